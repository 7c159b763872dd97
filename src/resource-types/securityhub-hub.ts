import type { DescribeHubResponse } from '@aws-sdk/client-securityhub';
import { resourceType } from './resource-type.ts';
import { flag, object, oneOf, text, time } from './shape.ts';

/** Security Hub CSPM of a region: it is enabled where there is a hub. */
export const hub = resourceType({
  name: 'AWS::SecurityHub::Hub',
  id: 'HubArn',
  label: 'HubArn',
  home: 'arn',
  item: object<DescribeHubResponse>()({
    HubArn: text,
    SubscribedAt: time,
    AutoEnableControls: flag,
    ControlFindingGenerator: oneOf('STANDARD_CONTROL', 'SECURITY_CONTROL'),
  }),
  list: {
    operation: 'securityhub:DescribeHub',
    // What IAM forbids is an AccessDeniedException: this one says that the account is not subscribed.
    notSet: ['InvalidAccessException'],
  },
  reads: {},
  relations: {},
});

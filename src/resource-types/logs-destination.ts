import type { Destination } from '@aws-sdk/client-cloudwatch-logs';
import { resourceType } from './resource-type.ts';
import { json, object, text } from './shape.ts';

/** What other accounts may send the events of their log groups to: its policy says who. */
export const logDestination = resourceType({
  name: 'AWS::Logs::Destination',
  id: 'Arn',
  label: 'DestinationName',
  home: 'arn',
  item: object<Destination>()({
    Arn: text,
    DestinationName: text,
    TargetArn: text,
    RoleArn: text,
    AccessPolicy: json,
  }),
  list: { operation: 'logs:DescribeDestinations', at: 'destinations' },
  reads: {},
  relations: {},
});

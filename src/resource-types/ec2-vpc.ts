import type { FlowLog, Vpc } from '@aws-sdk/client-ec2';
import { resourceType } from './resource-type.ts';
import { flag, list, object, oneOf, text } from './shape.ts';

/**
 * The VPCs of an account and those that others share with it, with the flow logs of the VPC as a whole: those of its
 * subnets and network interfaces are not among them. AWS shows flow logs to their owner alone.
 */
export const vpc = resourceType({
  name: 'AWS::EC2::VPC',
  id: 'arn:{partition}:ec2:{Region}:{OwnerId}:vpc/{VpcId}',
  label: 'VpcId',
  home: 'Region',
  derived: { Region: '{region}' },
  item: object<Vpc & { readonly region?: string }>()({
    VpcId: text,
    OwnerId: text,
    Region: text,
    IsDefault: flag,
    State: oneOf('pending', 'available'),
    CidrBlock: text,
  }),
  list: { operation: 'ec2:DescribeVpcs', at: 'Vpcs' },
  reads: {
    'ec2:DescribeFlowLogs': {
      params: { Filter: [{ Name: 'resource-id', Values: ['{VpcId}'] }] },
      at: 'FlowLogs',
      ownerOnly: true,
      gives: {
        FlowLogs: list(
          object<FlowLog>()({
            FlowLogId: text,
            FlowLogStatus: text,
            TrafficType: oneOf('ACCEPT', 'ALL', 'REJECT'),
            DeliverLogsStatus: oneOf('SUCCESS', 'FAILED'),
            DeliverLogsErrorMessage: text,
            LogDestinationType: oneOf('cloud-watch-logs', 's3', 'kinesis-data-firehose'),
            LogDestination: text,
            LogGroupName: text,
            DeliverLogsPermissionArn: text,
          }),
        ),
      },
    },
  },
  relations: {},
});

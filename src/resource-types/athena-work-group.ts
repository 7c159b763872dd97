import type {
  EncryptionConfiguration,
  ManagedQueryResultsConfiguration,
  ManagedQueryResultsEncryptionConfiguration,
  ResultConfiguration,
  WorkGroupConfiguration,
  WorkGroupSummary,
} from '@aws-sdk/client-athena';
import { resourceType } from './resource-type.ts';
import { flag, object, oneOf, text } from './shape.ts';

/** Where the answers of queries over the logs go, and how they are encrypted (aws-semantics §12). */
export const workGroup = resourceType({
  name: 'AWS::Athena::WorkGroup',
  id: 'Arn',
  label: 'Name',
  home: 'arn',
  // AWS lists workgroups by name alone.
  derived: { Arn: 'arn:{partition}:athena:{region}:{account}:workgroup/{Name}' },
  item: object<WorkGroupSummary & { readonly arn?: string }>()({
    Arn: text,
    Name: text,
    State: oneOf('ENABLED', 'DISABLED'),
  }),
  list: { operation: 'athena:ListWorkGroups', at: 'WorkGroups' },
  reads: {
    'athena:GetWorkGroup': {
      params: { WorkGroup: '{Name}' },
      at: 'WorkGroup.Configuration',
      gives: {
        Configuration: object<WorkGroupConfiguration>()({
          ResultConfiguration: object<ResultConfiguration>()({
            OutputLocation: text,
            EncryptionConfiguration: object<EncryptionConfiguration>()({
              EncryptionOption: oneOf('SSE_S3', 'SSE_KMS', 'CSE_KMS'),
              KmsKey: text,
            }),
            ExpectedBucketOwner: text,
          }),
          ManagedQueryResultsConfiguration: object<ManagedQueryResultsConfiguration>()({
            Enabled: flag,
            EncryptionConfiguration: object<ManagedQueryResultsEncryptionConfiguration>()({ KmsKey: text }),
          }),
          EnforceWorkGroupConfiguration: flag,
          EnableMinimumEncryptionConfiguration: flag,
          PublishCloudWatchMetricsEnabled: flag,
          RequesterPaysEnabled: flag,
        }),
      },
    },
  },
  relations: {
    resultBucket: {
      to: 'AWS::S3::Bucket',
      by: 'Configuration.ResultConfiguration.OutputLocation',
      at: 'Name',
      inUri: true,
      back: 'queryWorkGroups',
    },
  },
});

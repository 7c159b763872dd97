import type {
  ConfigExportDeliveryInfo,
  ConfigSnapshotDeliveryProperties,
  ConfigStreamDeliveryInfo,
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
  DeliveryChannel,
  DeliveryChannelStatus,
  ExclusionByResourceTypes,
  RecordingGroup,
  RecordingMode,
  RecordingStrategy,
  RetentionConfiguration,
} from '@aws-sdk/client-config-service';
import { resourceType } from './resource-type.ts';
import { flag, list, number, object, oneOf, text, time } from './shape.ts';

const texts = list(text);
const lastStatus = oneOf(
  'Pending',
  'Success',
  'Failure',
  'NotApplicable',
  'PENDING',
  'SUCCESS',
  'FAILURE',
  'NOT_APPLICABLE',
);
const deliveryStatus = oneOf('Success', 'Failure', 'Not_Applicable', 'SUCCESS', 'FAILURE', 'NOT_APPLICABLE');
const exportInfo = object<ConfigExportDeliveryInfo>()({
  LastStatus: deliveryStatus,
  LastErrorCode: text,
  LastErrorMessage: text,
  LastAttemptTime: time,
  LastSuccessfulTime: time,
});

/** The recorder of one region, with its status, the region's delivery channel and its retention (aws-semantics §9.1). */
export const configurationRecorder = resourceType({
  name: 'AWS::Config::ConfigurationRecorder',
  id: 'Arn',
  label: 'Name',
  home: 'arn',
  // AWS names recorders by ARN since December 2024 only.
  derived: { Arn: 'arn:{partition}:config:{region}:{account}:configuration-recorder/{Name}' },
  item: object<ConfigurationRecorder>()({
    Arn: text,
    Name: text,
    RoleARN: text,
    RecordingGroup: object<RecordingGroup>()({
      AllSupported: flag,
      IncludeGlobalResourceTypes: flag,
      ResourceTypes: texts,
      ExclusionByResourceTypes: object<ExclusionByResourceTypes>()({ ResourceTypes: texts }),
      RecordingStrategy: object<RecordingStrategy>()({
        UseOnly: oneOf('ALL_SUPPORTED_RESOURCE_TYPES', 'INCLUSION_BY_RESOURCE_TYPES', 'EXCLUSION_BY_RESOURCE_TYPES'),
      }),
    }),
    RecordingMode: object<RecordingMode>()({ RecordingFrequency: oneOf('CONTINUOUS', 'DAILY') }),
    RecordingScope: oneOf('INTERNAL', 'PAID'),
    ServicePrincipal: text,
  }),
  list: { operation: 'config:DescribeConfigurationRecorders', at: 'ConfigurationRecorders' },
  reads: {
    'config:DescribeConfigurationRecorderStatus': {
      params: { ConfigurationRecorderNames: ['{Name}'] },
      at: 'ConfigurationRecordersStatus.[name={Name}]',
      gives: {
        Status: object<ConfigurationRecorderStatus>()({
          Name: text,
          Recording: flag,
          LastStatus: lastStatus,
          LastErrorCode: text,
          LastErrorMessage: text,
          LastStartTime: time,
          LastStopTime: time,
          LastStatusChangeTime: time,
        }),
      },
    },
    'config:DescribeDeliveryChannels': {
      at: 'DeliveryChannels',
      gives: {
        DeliveryChannels: list(
          object<DeliveryChannel>()({
            Name: text,
            S3BucketName: text,
            S3KeyPrefix: text,
            S3KmsKeyArn: text,
            SnsTopicARN: text,
            ConfigSnapshotDeliveryProperties: object<ConfigSnapshotDeliveryProperties>()({ DeliveryFrequency: text }),
          }),
        ),
      },
    },
    'config:DescribeDeliveryChannelStatus': {
      at: 'DeliveryChannelsStatus',
      gives: {
        DeliveryChannelsStatus: list(
          object<DeliveryChannelStatus>()({
            Name: text,
            ConfigSnapshotDeliveryInfo: exportInfo,
            ConfigHistoryDeliveryInfo: exportInfo,
            ConfigStreamDeliveryInfo: object<ConfigStreamDeliveryInfo>()({
              LastStatus: deliveryStatus,
              LastErrorCode: text,
              LastErrorMessage: text,
              LastStatusChangeTime: time,
            }),
          }),
        ),
      },
    },
    'config:DescribeRetentionConfigurations': {
      // None: items are kept for seven years.
      at: 'RetentionConfigurations',
      gives: {
        RetentionConfigurations: list(object<RetentionConfiguration>()({ Name: text, RetentionPeriodInDays: number })),
      },
    },
  },
  relations: {
    // A region has one delivery channel at most.
    bucket: {
      to: 'AWS::S3::Bucket',
      by: 'DeliveryChannels.0.S3BucketName',
      at: 'Name',
      back: 'configurationRecorders',
    },
  },
});

import type { Item } from '../src/snapshot/snapshot.ts';
import { type Owner, regions } from './owner.ts';

/** A recorder for each region, with its status and delivery channel. */
export function recordersOf({ id, random }: Owner): readonly Item[] {
  return regions.map((region) => ({
    Arn: `arn:aws:config:${region}:${id}:configuration-recorder/default/${random.hex(16)}`,
    Name: 'default',
    RoleARN: `arn:aws:iam::${id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    RecordingGroup: {
      AllSupported: true,
      IncludeGlobalResourceTypes: region === 'us-east-1',
      ResourceTypes: [],
      ExclusionByResourceTypes: { ResourceTypes: [] },
      RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
    },
    RecordingMode: { RecordingFrequency: 'CONTINUOUS' },
    RecordingScope: 'PAID',
    Status: {
      Name: 'default',
      Recording: random.chance(0.95),
      LastStatus: 'SUCCESS',
      LastStartTime: '2024-03-01T10:20:00Z',
      LastStatusChangeTime: '2026-11-20T08:31:00Z',
    },
    DeliveryChannels: [
      {
        Name: 'default',
        S3BucketName: `config-history-${id}`,
        SnsTopicARN: `arn:aws:sns:${region}:${id}:config`,
        ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'TwentyFour_Hours' },
      },
    ],
    DeliveryChannelsStatus: [
      {
        Name: 'default',
        ConfigSnapshotDeliveryInfo: delivered,
        ConfigHistoryDeliveryInfo: delivered,
        ConfigStreamDeliveryInfo: { LastStatus: 'SUCCESS', LastStatusChangeTime: '2026-11-20T08:31:00Z' },
      },
    ],
  }));
}

const delivered: Item = {
  LastStatus: 'SUCCESS',
  LastAttemptTime: '2026-11-20T06:00:00Z',
  LastSuccessfulTime: '2026-11-20T06:00:00Z',
};

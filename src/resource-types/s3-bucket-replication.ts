import type {
  DeleteMarkerReplication,
  Destination,
  EncryptionConfiguration,
  ExistingObjectReplication,
  ReplicaModifications,
  ReplicationConfiguration,
  ReplicationRule,
  ReplicationRuleAndOperator,
  ReplicationRuleFilter,
  SourceSelectionCriteria,
  SseKmsEncryptedObjects,
  Tag,
} from '@aws-sdk/client-s3';
import { list, number, object, oneOf, text } from './shape.ts';

const tag = object<Tag>()({ Key: text, Value: text });
const status = oneOf('Enabled', 'Disabled');

/** Where the objects of a bucket are copied to (aws-semantics §4.4). A rule without `Filter` has the older `Prefix`. */
export const replication = object<ReplicationConfiguration>()({
  Role: text,
  Rules: list(
    object<ReplicationRule>()({
      ID: text,
      Status: status,
      Priority: number,
      Prefix: text,
      Filter: object<ReplicationRuleFilter>()({
        Prefix: text,
        Tag: tag,
        And: object<ReplicationRuleAndOperator>()({ Prefix: text, Tags: list(tag) }),
      }),
      Destination: object<Destination>()({
        Bucket: text,
        Account: text,
        StorageClass: text,
        EncryptionConfiguration: object<EncryptionConfiguration>()({ ReplicaKmsKeyID: text }),
      }),
      DeleteMarkerReplication: object<DeleteMarkerReplication>()({ Status: status }),
      ExistingObjectReplication: object<ExistingObjectReplication>()({ Status: status }),
      SourceSelectionCriteria: object<SourceSelectionCriteria>()({
        SseKmsEncryptedObjects: object<SseKmsEncryptedObjects>()({ Status: status }),
        ReplicaModifications: object<ReplicaModifications>()({ Status: status }),
      }),
    }),
  ),
});

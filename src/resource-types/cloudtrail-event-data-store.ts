import type { EventDataStore, GetEventDataStoreResponse } from '@aws-sdk/client-cloudtrail';
import { advancedEventSelectors } from './cloudtrail-trail.ts';
import { resourceType } from './resource-type.ts';
import { flag, json, number, object, oneOf, tags, text, time } from './shape.ts';

/** Who else may use it. That of an organization's delegated administrator, which AWS makes itself, is another. */
export const resourcePolicy = {
  at: 'ResourcePolicy',
  notSet: ['ResourcePolicyNotFoundException'],
  gives: { Policy: json },
} as const;

/** Listed by name alone: what it records and keeps comes from `GetEventDataStore` (aws-semantics §5.2, §14.18). */
export const eventDataStore = resourceType({
  name: 'AWS::CloudTrail::EventDataStore',
  id: 'EventDataStoreArn',
  label: 'Name',
  home: 'arn',
  item: object<EventDataStore>()({ EventDataStoreArn: text, Name: text }),
  list: { operation: 'cloudtrail:ListEventDataStores', at: 'EventDataStores' },
  reads: {
    'cloudtrail:GetEventDataStore': {
      params: { EventDataStore: '{EventDataStoreArn}' },
      spread: true,
      gives: eventDataStoreDetails(),
    },
    'cloudtrail:GetResourcePolicy': { params: { ResourceArn: '{EventDataStoreArn}' }, ...resourcePolicy },
    'cloudtrail:ListTags': {
      params: { ResourceIdList: ['{EventDataStoreArn}'] },
      at: 'ResourceTagList.[ResourceId={EventDataStoreArn}].TagsList',
      gives: { tags },
    },
  },
  relations: { key: { to: 'AWS::KMS::Key', by: 'KmsKeyId', at: 'Arn', back: 'eventDataStores' } },
});

function eventDataStoreDetails() {
  const details = {
    Status: oneOf(
      'CREATED',
      'ENABLED',
      'PENDING_DELETION',
      'STARTING_INGESTION',
      'STOPPING_INGESTION',
      'STOPPED_INGESTION',
    ),
    AdvancedEventSelectors: advancedEventSelectors,
    MultiRegionEnabled: flag,
    OrganizationEnabled: flag,
    RetentionPeriod: number,
    BillingMode: oneOf('EXTENDABLE_RETENTION_PRICING', 'FIXED_RETENTION_PRICING'),
    TerminationProtectionEnabled: flag,
    KmsKeyId: text,
    CreatedTimestamp: time,
    UpdatedTimestamp: time,
  } as const;
  object<GetEventDataStoreResponse>()(details);
  return details;
}

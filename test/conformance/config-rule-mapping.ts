import type { Parameters } from '../../src/rules/rule.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import type { Around } from './config-rule-account.ts';
import {
  alarmOfSubscribed,
  alarmOfTopics,
  bucketsOfParameter,
  namesIn,
  trailsOfKeys,
  trailsOfLogGroups,
} from './config-rule-around.ts';

/** What a rule for AWS Config asks, in rules of ours. */
export interface Mapped {
  /** Rules that all have to pass, of whatever they judge. */
  readonly every: readonly string[];
  /** Rules that one and the same resource has to pass. */
  readonly some?: readonly string[];
  readonly parameters?: Parameters;
  readonly critical?: readonly CriticalSelector[];
  readonly around: Around;
}

type Given = Readonly<Record<string, string>>;

const nothing: Around = () => [];

/** What each parameter of CLOUDTRAIL_ENABLED_V2 adds, where it is `True`. */
const switches: Readonly<Record<string, Pick<Mapped, 'every' | 'some'>>> = {
  EncryptedBoolean: { every: [], some: ['trail-kms-encryption-enabled'] },
  GlobalResourcesBoolean: { every: ['global-service-events-logged'] },
  MultiRegionBoolean: { every: ['multi-region-trail-enabled'] },
  ManagementEventBoolean: { every: ['management-events-all'] },
  S3DataEventBoolean: { every: ['s3-data-events-read-all', 's3-data-events-write-all'] },
  // It asks for a selector of all functions, not for those that are there.
  LambdaEventBoolean: { every: ['data-events-required-resource-types'] },
  LFIBoolean: { every: [], some: ['trail-log-file-validation-enabled'] },
};

function someTrail(given: Given): Mapped {
  const set = Object.entries(switches).flatMap(([name, adds]) => (given[name] === 'True' ? [adds] : []));
  return {
    every: ['trail-enabled', ...set.flatMap(({ every }) => every)],
    some: [
      'trail-is-logging',
      'trail-s3-delivery-healthy',
      ...(given.S3BucketName ? ['trail-uses-designated-bucket'] : []),
      ...set.flatMap(({ some = [] }) => some),
    ],
    parameters: {
      'trail-uses-designated-bucket': { buckets: namesIn(given.S3BucketName) },
      'data-events-required-resource-types': { resourceTypes: ['AWS::Lambda::Function'] },
    },
    around: nothing,
  };
}

function dataEvents({ S3BucketName }: Given): Mapped {
  if (S3BucketName === undefined)
    return { every: ['s3-data-events-read-all', 's3-data-events-write-all'], around: nothing };
  const critical = namesIn(S3BucketName);
  return { every: ['s3-data-events-critical-buckets'], critical, around: bucketsOfParameter };
}

/** By the name of the published rule: which of ours ask the same. */
export const mapping: Readonly<Record<string, (given: Given) => Mapped>> = {
  CLOUDTRAIL_ENABLED_V2: someTrail,
  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: dataEvents,
  CLOUDWATCH_LOG_GROUP_ENCRYPTED: () => ({ every: ['log-group-kms-encrypted'], around: trailsOfLogGroups }),
  KMS_KEYS_TO_NOT_DELETE: () => ({ every: ['trail-kms-key-usable'], around: trailsOfKeys }),
  SNS_ENCRYPTED_TOPIC_CHECK: () => ({ every: ['sns-topic-encrypted'], around: alarmOfTopics }),
  SNS_TOPIC_EMAIL_SUB_IN_DOMAINS: ({ domainNames }) => ({
    every: ['sns-subscription-secure'],
    parameters: { 'sns-subscription-secure': { endpoints: namesIn(domainNames).map((domain) => `*@${domain}`) } },
    around: alarmOfSubscribed,
  }),
};

import { type Chain, type ChainQuestion, chains, wholeness } from '../../src/proof/chain.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith } from '../rules/judging.ts';
import { alarm, filter, group, type Item, main, stop, topic } from './alerting/asking.ts';
import { view } from './viewing.ts';

export const keyArn = `arn:aws:kms:us-east-1:${home}:key/k`;
export const storeArn = `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/lake`;

const letsCloudTrailIn = (name: string): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:GetBucketAcl', 's3:PutObject'],
        Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      },
    ],
  });

/** A bucket that CloudTrail may write to; files expire after so many days. */
export const logs = (name: string, days?: number, more: Item = {}): Item =>
  bucket(name, {
    Policy: letsCloudTrailIn(name),
    ...(days !== undefined && {
      LifecycleConfiguration: { Rules: [{ ID: 'x', Status: 'Enabled', Filter: {}, Expiration: { Days: days } }] },
    }),
    ...more,
  });

/** A multi-Region trail into `logs`. */
export const sound = (more: Item = {}): Item => main({ S3BucketName: 'logs', ...more });

export const store = (more: Item = {}): Item => ({
  EventDataStoreArn: storeArn,
  Name: 'lake',
  Status: 'ENABLED',
  MultiRegionEnabled: true,
  RetentionPeriod: 366,
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
  ...more,
});

/** What there is, where it differs from an account in which every link holds for StopLogging. */
export interface Setting {
  readonly trails?: readonly Item[];
  readonly buckets?: readonly Item[];
  readonly stores?: readonly Item[];
  readonly keys?: readonly Item[];
  readonly filters?: readonly Item[];
  readonly rules?: readonly Item[];
  readonly topics?: readonly Item[];
  readonly regions?: readonly Item[];
  readonly more?: Partial<Snapshot>;
  readonly events?: Item;
  readonly except?: readonly string[];
  readonly asked?: ChainQuestion['asked'];
  readonly days?: number;
}

export const snapshotOf = (setting: Setting): Snapshot =>
  snapshotWith(
    {
      'AWS::CloudTrail::Trail': setting.trails ?? [sound()],
      'AWS::CloudTrail::EventDataStore': setting.stores ?? [],
      'AWS::S3::Bucket': setting.buckets ?? [logs('logs')],
      'AWS::KMS::Key': setting.keys ?? [],
      'AWS::Logs::LogGroup': [{ LogGroupArn: group, LogGroupName: 'trails' }],
      'AWS::Logs::MetricFilter': setting.filters ?? [filter(stop)],
      'AWS::CloudWatch::Alarm': [alarm()],
      'AWS::SNS::Topic': setting.topics ?? [topic()],
      'AWS::Events::Rule': setting.rules ?? [],
      ...(setting.regions && { 'AWS::Region': setting.regions }),
    },
    { regions: ['us-east-1', 'eu-west-1'], ...setting.more },
  );

export function prove(setting: Setting = {}): readonly Chain[] {
  const snapshot = snapshotOf(setting);
  return chains(view(snapshot), {
    events: setting.events ?? { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' },
    except: setting.except ?? [],
    asked: setting.asked ?? 'all links',
    days: setting.days ?? 91,
    now: snapshot.collectedAt,
  });
}

/** Each chain in a line: its regions, what each link says in the order of the links, the broken one, and the whole. */
export const lines = (setting: Setting = {}): readonly string[] =>
  prove(setting).map((chain) => {
    const truths = chain.links.map(({ answer }) => answer.truth).join(' ');
    return `${chain.regions.join(', ')}: ${truths}; ${chain.broken?.name ?? '-'}; ${wholeness(chain)}`;
  });

/** What one link says of one chain: path, and note, refusal or value. */
export function evidenceOf(setting: Setting, link: string, chain = 0): readonly string[] {
  const found = prove(setting)[chain]?.links.find(({ name }) => name === link);
  return (found?.answer.evidence ?? []).map(
    ({ path, note, gap, actual }) => `${path}: ${note ?? gap?.error ?? JSON.stringify(actual)}`,
  );
}

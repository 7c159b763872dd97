import type { ShapeNode } from '../resource-types/shape.ts';
import { redactedGap, redactedValue } from '../snapshot/redacted.ts';
import { hasKnownOwner, isObject, type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import {
  actionsEnabled,
  alarmsMayPublish,
  auditing,
  oneEventEnough,
  takesAction,
  watched,
} from './alerting/auditing.ts';
import type { Answer } from './answer.ts';
import { tellingOrganization } from './as-cloudtrail.ts';
import { bucketAccepts } from './bucket-accepts.ts';
import { bucketKeptDays } from './bucket-retention.ts';
import { isAggregated } from './config-aggregator.ts';
import { channelDelivers, recordsIam } from './config-recorder.ts';
import { delivers } from './delivery.ts';
import { digestsPermitted } from './digests-permitted.ts';
import { eventFacts } from './event-facts.ts';
import { matchesGlob } from './glob.ts';
import type { Context } from './leaf.ts';
import { queriesLogs } from './log-tables.ts';
import { type Counted, managementEventCopies } from './management-event-copies.ts';
import { notifies } from './notifies.ts';
import { lockOf } from './object-lock.ts';
import { ofItsBucket } from './of-bucket.ts';
import { ownedByManagement } from './organization-owner.ts';
import { confusedDeputy } from './policy/confused-deputy.ts';
import { outsiders, readers } from './policy/let-in.ts';
import { tlsOnly } from './policy/tls-only.ts';
import { resultsKeptDays, resultVersionsKeptDays } from './query-results.ts';
import { queryable } from './queryable.ts';
import { ingests } from './recorder.ts';
import { recordsItself } from './records-itself.ts';
import { replicated } from './replicated.ts';
import { setDays } from './set-days.ts';
import { lasting } from './span.ts';

/** Something worked out from properties or from the config. */
export interface Fact {
  /** What it says, in a line, for editors and the reference. */
  readonly says: string;
  readonly node: ShapeNode;
  /** The resource types that have it; left out: every one. */
  readonly of?: readonly string[];
  /** The property that it reads: its operation is needed, and its gap makes the fact unknown. */
  readonly reads?: string;
  readonly answer: (view: ResourceView) => Reading;
  /** A question of its own, answered with what decided it; `answer` is then not asked. */
  readonly proof?: (view: ResourceView, prefix: string, context: Context) => Answer;
  /** How many of something there are; `answer` is then not asked. */
  readonly counts?: (view: ResourceView, prefix: string, context: Context) => Counted;
  /** What else is read, for a resource of this type: type → properties. */
  readonly needs?: (typeName: string) => Readonly<Record<string, readonly string[]>>;
}

const text: ShapeNode = { kind: 'text' };
const texts: ShapeNode = { kind: 'list', of: text };
const recorder = 'AWS::Config::ConfigurationRecorder';
const known = (value: unknown): Reading =>
  value === '' ? { is: 'absent', from: undefined } : { is: 'value', value, from: undefined };

/** What nobody could read has an owner and a region only where its ARN says so. */
const said = (view: ResourceView, value: string): Reading =>
  hasKnownOwner(view) ? known(value) : { is: 'gap', gaps: view.unread ?? [], from: undefined };

/** What shows which filters, alarms and topics keep watch over trails. */
const watch = { 'AWS::CloudTrail::Trail': [], 'AWS::Logs::MetricFilter': [], 'AWS::CloudWatch::Alarm': [] };

/** Facts by name (design §3). Each reads what it declares and nothing else: a test gaps all the rest. */
export const facts: Readonly<Record<string, Fact>> = {
  id: { says: 'Its ARN, where AWS has one.', node: text, answer: ({ id }) => known(id) },
  name: { says: 'What people call it by.', node: text, answer: ({ name }) => known(name) },
  region: {
    says: 'Where it lives; `global` for what lives in no region.',
    node: text,
    answer: (view) => said(view, view.region),
  },
  accountId: { says: 'The account that owns it.', node: text, answer: (view) => said(view, view.accountId) },
  partition: {
    says: 'aws, aws-us-gov or aws-cn.',
    node: text,
    answer: ({ account }) => known(account.account.partition),
  },
  ownedByThisAccount: {
    says: 'Whether the account that is judged owns it: a trail of the organization or a shared VPC belongs to another, and so does the organization itself in a member.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail', 'AWS::EC2::VPC', 'AWS::Organizations::Organization'],
    answer: ({ accountId, account }) => known(accountId === account.account.id),
  },
  ownedByManagementAccount: {
    says: 'Whether the management account of the organization that the judged account is in owns it.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: ownedByManagement,
    needs: () => ({ 'AWS::Organizations::Organization': [] }),
  },
  critical: {
    says: 'Whether the config calls it critical, by name, ARN glob or tag.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table'],
    reads: 'tags',
    answer: isCritical,
  },
  delivering: {
    says: 'Whether what it records arrives. Of a trail: it is logging, the last delivery went well, the bucket lets CloudTrail in, the key is usable. Of a recorder: nothing that its delivery channel last sent failed.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail', recorder],
    answer: () => known(undefined),
    proof: (view, prefix, context) =>
      view.type.name === recorder ? channelDelivers(view, prefix) : delivers(view, prefix, context),
    needs: (typeName) =>
      typeName === recorder
        ? { [recorder]: ['DeliveryChannelsStatus'] }
        : {
            'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
            'AWS::S3::Bucket': ['Policy', 'RequestPayment', 'Encryption'],
            'AWS::KMS::Key': ['Policy'],
            'AWS::Organizations::Organization': [],
          },
  },
  recordsIam: {
    says: 'Whether it is set to record all of the users, groups, roles and policies of IAM, and can in its region.',
    node: { kind: 'flag' },
    of: [recorder],
    answer: () => known(undefined),
    proof: recordsIam,
    needs: () => ({ [recorder]: [] }),
  },
  aggregated: {
    says: 'Whether a delegated administrator of AWS Config aggregates all of its accounts and regions.',
    node: { kind: 'flag' },
    of: ['AWS::Organizations::Organization'],
    answer: () => known(undefined),
    proof: isAggregated,
    needs: () => ({
      'AWS::Organizations::Account': ['DelegatedServices'],
      'AWS::Config::ConfigurationAggregator': [],
    }),
  },
  notifying: {
    says: 'Whether its SNS topic learns of new files: the last message went well, and the topic and its key let CloudTrail in.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: notifies,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status'],
      'AWS::SNS::Topic': [],
      'AWS::KMS::Key': ['Policy'],
      'AWS::Organizations::Organization': [],
    }),
  },
  ingesting: {
    says: 'Whether it takes events in: it is enabled, and so is its key, where it has one.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::EventDataStore'],
    answer: () => known(undefined),
    proof: (view, prefix) => ingests({ view, prefix }),
    needs: () => ({ 'AWS::CloudTrail::EventDataStore': ['Status'], 'AWS::KMS::Key': [] }),
  },
  queryable: {
    says: 'Whether an Athena table is over all its log files, reads their format, and has partitions that reach till today.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: queryable,
    needs: () => ({
      'AWS::CloudTrail::Trail': [],
      'AWS::Glue::Database': ['Tables'],
      'AWS::S3::Bucket': [],
      'AWS::Region': [],
      'AWS::Organizations::Organization': [],
    }),
  },
  queriesLogs: {
    says: 'Whether a table of its region is over log files of a trail, so that results of its queries may hold them.',
    node: { kind: 'flag' },
    of: ['AWS::Athena::WorkGroup'],
    answer: () => known(undefined),
    proof: queriesLogs,
    needs: () => ({ 'AWS::Glue::Database': ['Tables'] }),
  },
  resultsKeptDays: {
    says: 'For how many days at most results of queries stay under their names; more than any number where nothing ends it.',
    node: { kind: 'number' },
    of: ['AWS::S3::Bucket'],
    reads: 'LifecycleConfiguration',
    answer: resultsKeptDays,
    needs: () => ({ 'AWS::Athena::WorkGroup': ['Configuration'] }),
  },
  resultVersionsKeptDays: {
    says: 'For how many days at most a noncurrent version of a result stays after that; more than any number where nothing ends it.',
    node: { kind: 'number' },
    of: ['AWS::S3::Bucket'],
    reads: 'LifecycleConfiguration',
    answer: resultVersionsKeptDays,
    needs: () => ({ 'AWS::Athena::WorkGroup': ['Configuration'] }),
  },
  outsiders: {
    says: 'The numbers of other accounts that its policy lets do something, on whatever condition; `*` for anybody.',
    node: texts,
    of: ['AWS::KMS::Key', 'AWS::CloudTrail::EventDataStore', 'AWS::CloudTrail::Channel'],
    reads: 'Policy',
    answer: outsiders,
  },
  readers: {
    says: 'Whom its policy lets decrypt, as the policy names them, on whatever condition; `*` for anybody.',
    node: texts,
    of: ['AWS::KMS::Key'],
    reads: 'Policy',
    answer: readers,
  },
  recordsItself: {
    says: 'Whether it records what its own deliveries cause: writes to its bucket, to the copies and the access logs of that.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: recordsItself,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
      'AWS::S3::Bucket': ['Logging', 'Replication'],
      'AWS::Region': [],
    }),
  },
  managementEventCopies: {
    says: 'How many trails and event data stores record management events of it: each is a copy, of which AWS gives one.',
    node: { kind: 'number' },
    of: ['AWS::Region'],
    answer: () => known(undefined),
    counts: managementEventCopies,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
      'AWS::CloudTrail::EventDataStore': ['Status'],
      'AWS::KMS::Key': [],
    }),
  },
  bucketAccepts: {
    says: 'Whether the bucket that it names takes its files: it exists, its owner pays, and its policy lets CloudTrail write each kind.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: (trail, prefix) =>
      ofItsBucket(trail, prefix, () => tellingOrganization(bucketAccepts(trail, prefix), trail, prefix)),
    needs: () => ({
      'AWS::CloudTrail::Trail': ['EventSelectors'],
      'AWS::S3::Bucket': ['Policy', 'RequestPayment'],
      'AWS::Organizations::Organization': [],
    }),
  },
  digestsPermitted: {
    says: 'Whether what its bucket policy says of encryption lets its digest files in, which of a trail without a key have SSE-S3.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: digestsPermitted,
    needs: () => ({ 'AWS::S3::Bucket': ['Policy'], 'AWS::Organizations::Organization': [] }),
  },
  tlsOnly: {
    says: 'Whether its policy denies every request that comes without TLS.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket'],
    answer: () => known(undefined),
    proof: tlsOnly,
    needs: () => ({ 'AWS::S3::Bucket': ['Policy'] }),
  },
  confusedDeputy: {
    says: 'Whether its policy lets CloudTrail in for a trail of any account, which no condition keeps to its own.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket'],
    answer: () => known(undefined),
    proof: confusedDeputy,
    needs: () => ({ 'AWS::S3::Bucket': ['Policy'] }),
  },
  replicated: {
    says: 'Whether all that trails write into it is copied into another Region or account, and locked there.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket'],
    answer: () => known(undefined),
    proof: replicated,
    needs: () => ({
      'AWS::S3::Bucket': ['Replication', 'ObjectLock'],
      'AWS::CloudTrail::Trail': ['EventSelectors'],
      'AWS::Organizations::Organization': [],
    }),
  },
  auditing: {
    says: 'Whether it belongs to the watch over a trail: a metric filter on its log group, an alarm on what such a filter writes or above one, a topic that such an alarm notifies.',
    node: { kind: 'flag' },
    of: ['AWS::Logs::MetricFilter', 'AWS::CloudWatch::Alarm', 'AWS::SNS::Topic'],
    answer: () => known(undefined),
    proof: auditing,
    needs: () => watch,
  },
  watched: {
    says: 'Whether for each metric that it writes there is an alarm, by namespace and name.',
    node: { kind: 'flag' },
    of: ['AWS::Logs::MetricFilter'],
    answer: () => known(undefined),
    proof: watched,
    needs: () => watch,
  },
  oneEventEnough: {
    says: 'Whether one event that a metric filter counts sets it off.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: oneEventEnough,
    needs: () => watch,
  },
  takesAction: {
    says: 'Whether it, or a composite alarm that goes off with it, takes an action when it goes off.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: takesAction,
    needs: () => watch,
  },
  actionsEnabled: {
    says: 'Whether such an action is switched on, and no other alarm may hold it back.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: actionsEnabled,
    needs: () => watch,
  },
  alarmsMayPublish: {
    says: 'Whether each alarm that keeps watch over a trail and notifies it may publish to it, under its key.',
    node: { kind: 'flag' },
    of: ['AWS::SNS::Topic'],
    answer: () => known(undefined),
    proof: alarmsMayPublish,
    needs: () => ({ ...watch, 'AWS::KMS::Key': ['Policy'] }),
  },
  keptDays: {
    says: 'For how many days what is written today can be read under its name; more than any number where nothing ends it.',
    node: { kind: 'number' },
    of: ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::CloudTrail::EventDataStore'],
    answer: (view) => (view.type.name === 'AWS::S3::Bucket' ? bucketKeptDays(view) : setDays(view)),
    needs: (typeName) =>
      typeName === 'AWS::S3::Bucket'
        ? {
            [typeName]: ['LifecycleConfiguration', 'Versioning', 'Logging'],
            'AWS::CloudTrail::Trail': ['EventSelectors'],
            'AWS::Organizations::Organization': [],
          }
        : { [typeName]: typeName === 'AWS::Logs::LogGroup' ? [] : ['RetentionPeriod'] },
  },
  lockedDays: {
    says: 'For how many days a new object is locked by default, in either mode of Object Lock; 0 without a default.',
    node: { kind: 'number' },
    of: ['AWS::S3::Bucket'],
    reads: 'ObjectLock',
    answer: lockedDays,
  },
  ...eventFacts,
};

/** The facts that a resource type has. */
export const factsOf = (typeName: string): Readonly<Record<string, Fact>> =>
  Object.fromEntries(Object.entries(facts).filter(([, { of }]) => !of || of.includes(typeName)));

/** Whether the config calls a bucket critical: by name, ARN glob or tag (design §7). Tags are read only if a tag may decide. */
function isCritical(view: ResourceView): Reading {
  const { critical } = view.account;
  if (
    critical.some(
      (selector) => typeof selector === 'string' && [view.name, view.id].some((it) => matchesGlob(selector, it)),
    )
  ) {
    return known(true);
  }
  const wanted = critical.flatMap((selector) => (typeof selector === 'string' ? [] : Object.entries(selector.tag)));
  if (wanted.length === 0) return known(false);
  const tags = read(view, 'tags');
  if (tags.is === 'gap') return tags;
  const has = tags.is === 'value' && isObject(tags.value) ? tags.value : {};
  const asked = wanted.flatMap(([key, value]) => (Object.hasOwn(has, key) ? [{ found: has[key], value }] : []));
  const value = asked.some((tag) => tag.found === tag.value);
  if (!value && asked.some(({ found }) => found === redactedValue))
    return { is: 'gap', gaps: [redactedGap(view.id)], from: tags.from };
  return { is: 'value', value, from: tags.from };
}

/**
 * For how many days a new object is locked by default, in either mode; 0 without a default retention, because
 * CloudTrail sets none of its own (aws-semantics §4.4). A hold until some event is a gap.
 */
function lockedDays(view: ResourceView): Reading {
  const lock = read(view, 'ObjectLock');
  if (lock.is === 'gap') return lock;
  const { fromLifecycle: days, why } = lockOf(lock.is === 'value' ? lock.value : undefined);
  if (days.least === days.most) return { is: 'value', value: days.least, from: lock.from };
  const message = `locked ${lasting(days)}: ${why}`;
  return { is: 'gap', gaps: [{ resource: view.id, error: 'NotDecidable', message }], from: lock.from };
}

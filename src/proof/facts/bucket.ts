import { type Reading, type ResourceView, read } from '../../snapshot/resource-view.ts';
import { bucketKeptDays } from '../bucket-retention.ts';
import { queriesLogs } from '../log-tables.ts';
import { lockOf } from '../object-lock.ts';
import { confusedDeputy } from '../policy/confused-deputy.ts';
import { outsiders, readers } from '../policy/let-in.ts';
import { openToAnybody } from '../policy/open-to-anybody.ts';
import { tlsOnly } from '../policy/tls-only.ts';
import { resultsKeptDays, resultVersionsKeptDays } from '../query-results.ts';
import { replicated } from '../replicated.ts';
import { setDays } from '../set-days.ts';
import { lasting } from '../span.ts';
import { type Fact, known, texts } from './fact.ts';

/** What can be asked of buckets and of what else keeps logs or lets them be read (aws-semantics §4, §8). */
export const bucketFacts: Readonly<Record<string, Fact>> = {
  tlsOnly: {
    says: 'Whether its policy denies every request that comes without TLS.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket'],
    answer: () => known(undefined),
    proof: tlsOnly,
    needs: () => ({ 'AWS::S3::Bucket': ['Policy'] }),
  },
  openToAnybody: {
    says: 'Whether S3 calls its policy public; where nothing says so, whether the policy lets anybody do anything with it or with some of its objects.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket'],
    answer: () => known(undefined),
    proof: openToAnybody,
    needs: () => ({ 'AWS::S3::Bucket': ['Policy', 'PolicyStatus'] }),
  },
  confusedDeputy: {
    says: 'Whether its policy lets CloudTrail in for a trail of any account, which no condition keeps to its own.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket', 'AWS::KMS::Key'],
    answer: () => known(undefined),
    proof: confusedDeputy,
    needs: (typeName) => ({ [typeName]: ['Policy'] }),
  },
  replicated: {
    says: 'Whether all that trails write into it is copied into another Region or account, and locked there.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket'],
    answer: () => known(undefined),
    proof: replicated,
    needs: () => ({
      'AWS::S3::Bucket': ['Replication', 'ObjectLock', 'Encryption'],
      'AWS::CloudTrail::Trail': ['EventSelectors'],
      'AWS::Organizations::Organization': [],
    }),
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
    says: 'For how many days at most a result is there at all, where versions are or were kept; more than any number where nothing ends it.',
    node: { kind: 'number' },
    of: ['AWS::S3::Bucket'],
    reads: 'LifecycleConfiguration',
    answer: resultVersionsKeptDays,
    needs: () => ({ 'AWS::S3::Bucket': ['Versioning'], 'AWS::Athena::WorkGroup': ['Configuration'] }),
  },
};

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

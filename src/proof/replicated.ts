import { type Named, resolve } from '../snapshot/links.ts';
import { isObject, objectsIn, type ResourceView, read, saidBy, valueAt } from '../snapshot/resource-view.ts';
import { type Answer, all, any, distinct, type Evidence, nothingSaid } from './answer.ts';
import { foldersNotWritten } from './folders.ts';
import { beginSome } from './key-space.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { type Meant, meantIn, writersOf } from './log-writers.ts';
import { lockOf } from './object-lock.ts';
import { reaches } from './span.ts';

/** One replication rule that is switched on, as far as it decides what is copied where (aws-semantics §4.4). */
interface ReplicationRule {
  readonly name: string;
  readonly prefix: string;
  /** It copies objects that have tags, and CloudTrail gives them none. */
  readonly isTagged: boolean;
  /** What is deleted here is gone there too: rules of the older form always copy delete markers. */
  readonly deletesToo: boolean;
  readonly copiesKms: boolean;
  readonly bucket: string;
  readonly account: unknown;
}

/**
 * Whether all that trails write into a bucket is copied into another Region or account, where nobody can delete it: each
 * folder by a rule that covers it, copies what is encrypted with a key if the trail has one, copies no delete markers,
 * and leads to a bucket whose default retention locks what arrives.
 */
export function replicated(bucket: ResourceView, prefix: string): Answer {
  const path = `${prefix}Replication`;
  const reading = read(bucket, 'Replication');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const evidence: Evidence = { path, ...(reading.from && { from: reading.from }), resource: bucket.id };
  const written = saidBy(reading);
  const rules = objectsIn(isObject(written) ? written.Rules : undefined).flatMap(readRule);
  if (rules.length === 0) return decided(false, { ...evidence, note: 'no replication rule is enabled' });
  const writers = writersOf(bucket, prefix);
  const meant = meantIn(bucket, prefix, writers, { events: [] });
  const keys = writers.trails.map(({ view, prefix: at }) => ({ view, at, reading: read(view, 'KmsKeyId') }));
  const unread = keys.flatMap(({ view, at, reading: key }) =>
    key.is === 'gap' ? [unknown(view, `${at}KmsKeyId`, key.gaps, key.from)] : [],
  );
  const needsKms = keys.some(({ reading: key }) => key.is === 'value');
  const asked = { bucket, prefix, path, evidence, needsKms, rules };
  const said = [...meant.said, ...unread];
  const copiedFrom = (space: Space): Answer =>
    any(
      rules.map((rule) => copies(rule, space, asked)),
      'yes',
    );
  const each = meant.spaces.map(copiedFrom);
  const needless = writers.trails
    .flatMap(foldersNotWritten)
    .flatMap((folder) => (copiedFrom(folder).truth === 'yes' ? [] : folder.why));
  const enough = distinct(all([...each, ...said, ...needless], 'no'));
  const known = said.filter(({ truth }) => truth === 'yes').flatMap((answer) => answer.evidence);
  return enough.truth === 'no' ? { ...enough, evidence: [...enough.evidence, ...known] } : enough;
}

function readRule(written: Readonly<Record<string, unknown>>, index: number): readonly ReplicationRule[] {
  if (written.Status !== 'Enabled') return [];
  const filter = isObject(written.Filter) ? written.Filter : {};
  const and = isObject(filter.And) ? filter.And : {};
  const destination = isObject(written.Destination) ? written.Destination : {};
  const criteria = isObject(written.SourceSelectionCriteria) ? written.SourceSelectionCriteria : {};
  return [
    {
      name: `replication rule ${typeof written.ID === 'string' ? written.ID : index + 1}`,
      prefix: String(filter.Prefix ?? and.Prefix ?? written.Prefix ?? ''),
      isTagged: filter.Tag !== undefined || objectsIn(and.Tags).length > 0,
      deletesToo: written.Filter === undefined || isEnabled(written.DeleteMarkerReplication),
      copiesKms: isEnabled(criteria.SseKmsEncryptedObjects),
      bucket: String(destination.Bucket ?? ''),
      account: destination.Account,
    },
  ];
}

const isEnabled = (written: unknown): boolean => isObject(written) && written.Status === 'Enabled';

interface Asked {
  readonly bucket: ResourceView;
  readonly prefix: string;
  readonly path: string;
  readonly evidence: Evidence;
  readonly needsKms: boolean;
  readonly rules: readonly ReplicationRule[];
}

type Space = Meant['spaces'][number];

/** Whether one rule is enough for a folder, or why it is not. */
function copies(rule: ReplicationRule, space: Space, asked: Asked): Answer {
  const { evidence, needsKms, rules, bucket, prefix, path } = asked;
  const not = (note: string): Answer => decided(false, { ...evidence, note: `${rule.name} ${note}` });
  if (rule.isTagged) return not('copies tagged objects alone, and CloudTrail tags none');
  if (needsKms && !rule.copiesKms) return not('leaves out what is encrypted with a key, as the log files are');
  const also = rules.find((one) => one.bucket === rule.bucket && one.deletesToo);
  if (also) return not(`leads where ${also.name} copies delete markers to`);
  if (!space.prefix.startsWith(rule.prefix)) {
    const may = space.open || space.doubtful || beginSome(rule.prefix, space) === 'unknown';
    const note = `${rule.name} copies what is under ${rule.prefix}, and files are under ${space.prefix}`;
    return may ? all([undecided({ ...evidence, note }), ...space.why], 'no') : decided(false, { ...evidence, note });
  }
  const kinds = rule.copiesKms ? nothingSaid : withoutKeys(rule, bucket, prefix);
  const there = all([arrives(rule, bucket, path), kinds], 'no');
  const copied = {
    ...evidence,
    note: `${rule.name} copies all ${rule.prefix === '' ? 'of them' : `that is under ${rule.prefix}`}`,
  };
  return there.truth === 'unknown' ? there : { ...there, evidence: [copied, ...there.evidence] };
}

/**
 * Whether nothing that a trail without a key writes is encrypted with one all the same: whether the default encryption
 * of the bucket applies to what CloudTrail delivers is not documented (aws-semantics §4.1).
 */
function withoutKeys({ name }: ReplicationRule, bucket: ResourceView, prefix: string): Answer {
  const path = `${prefix}Encryption`;
  const reading = read(bucket, 'Encryption');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const written = saidBy(reading);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: bucket.id };
  const isKms = objectsIn(isObject(written) ? written.Rules : undefined).some((rule) =>
    String(valueAt(rule, ['ApplyServerSideEncryptionByDefault', 'SSEAlgorithm'])).startsWith('aws:kms'),
  );
  return isKms
    ? undecided({ ...evidence, note: `${name} leaves out what the bucket may encrypt with its default key` })
    : decided(true, { ...evidence, note: 'no key by default' });
}

/** Whether what is copied is in another place, and locked there. */
function arrives(rule: ReplicationRule, source: ResourceView, path: string): Answer {
  const { bucket: arn, account, name } = rule;
  const at = `${path}.destination`;
  const byName = resolve(source.account, 'AWS::S3::Bucket', arn.split(':::').at(-1) ?? arn);
  const found = byName.is === 'found' ? byName : resolve(source.account, 'AWS::S3::Bucket', arn);
  if (found.is !== 'found') return notFound(rule, found, source, path);
  const { view } = found;
  const isAway = isOfAnother(account, source) || view.accountId !== source.accountId;
  const said = { path: at, actual: arn, resource: source.id };
  if (!isAway && [source.region, view.region].includes('')) {
    return undecided({ ...said, note: `which Region ${name} copies into is not known` });
  }
  return isAway || source.region !== view.region
    ? locks(view, `${at}[${arn}].ObjectLock`)
    : decided(false, { ...said, note: `${name} copies into the same Region and account` });
}

const isOfAnother = (account: unknown, { accountId }: ResourceView): boolean =>
  typeof account === 'string' && account !== accountId;

/** What is said to be another account's may be there, though nobody here sees it. */
function notFound(
  { bucket: arn, account, name }: ReplicationRule,
  found: Exclude<Named, { readonly is: 'found' }>,
  source: ResourceView,
  path: string,
): Answer {
  const away = isOfAnother(account, source) ? [{ resource: arn, error: 'OtherAccount' }] : [];
  const gaps = found.is === 'unknown' ? found.gaps : away;
  if (gaps.length > 0) return unknown(source, `${path}.destination[${arn}]`, gaps);
  const from = source.account.registry['AWS::S3::Bucket']?.list?.operation;
  const note = `${name} leads to a bucket that does not exist`;
  return decided(false, {
    path: path.replace(/Replication$/, 'AWS::S3::Bucket'),
    ...(from && { from }),
    resource: arn,
    note,
  });
}

/** Whether the default retention of a bucket locks what arrives. */
function locks(bucket: ResourceView, path: string): Answer {
  const reading = read(bucket, 'ObjectLock');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const { fromLifecycle, why } = lockOf(saidBy(reading));
  const lock: Evidence = { path, ...(reading.from && { from: reading.from }), resource: bucket.id };
  const does = reaches(fromLifecycle, 1);
  if (does === 'unknown') return undecided({ ...lock, note: why });
  return decided(does === 'yes', {
    ...lock,
    note: `${bucket.name} ${does === 'yes' ? 'locks' : 'does not lock'} what arrives`,
  });
}

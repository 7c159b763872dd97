import { finderOf } from '../snapshot/gaps.ts';
import { resolve } from '../snapshot/links.ts';
import { type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import { type Answer, all, any } from './answer.ts';
import { type Context, decided, unknown } from './leaf.ts';
import { namingsOf } from './log-buckets.ts';
import { records } from './records.ts';

/**
 * Whether a trail records what its own deliveries cause, and then delivers that too: writes to its bucket, to that
 * bucket's access logs and its copies (aws-semantics §2.5, controls E16).
 */
export function recordsItself(trail: ResourceView, prefix: string, context: Context): Answer {
  const { thorough } = context;
  const loops = namingsOf({ view: trail, prefix }).map((naming, index) => {
    if (naming.is === 'unknown') return naming.answer;
    if (naming.names.length === 0) return decided(false, naming.evidence);
    const ofDelivery = index === 0 ? [makesEventsOfDelivery(trail, prefix)] : [];
    const written = index === 0 ? byCloudTrail(trail) : byOthers;
    const closed = naming.names.map((name) =>
      all([happensHere(name, trail, prefix), writesRecorded(name, written, { trail, prefix, context })], thorough),
    );
    const loop = all([...ofDelivery, any(closed, thorough)], thorough);
    return { ...loop, evidence: [naming.evidence, ...loop.evidence] };
  });
  return any(loops, thorough);
}

/** CloudTrail leaves out the events of its own deliveries where the trail says so; by default it does not. */
function makesEventsOfDelivery(trail: ResourceView, prefix: string): Answer {
  const path = `${prefix}RecursiveLogging`;
  const reading = read(trail, 'RecursiveLogging');
  if (reading.is === 'gap') return unknown(trail, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  const from = reading.from && { from: reading.from };
  return decided(actual !== false, { path, ...(actual !== undefined && { actual }), ...from, resource: trail.id });
}

const bucketType = 'AWS::S3::Bucket';

/**
 * Whether what happens to a bucket happens where the trail sees it: in its account. What CloudTrail writes to another
 * account's bucket is an event there, which only a trail of the organization records (aws-semantics §1.4).
 */
function happensHere(name: string, trail: ResourceView, prefix: string): Answer {
  const isOfAll = read(trail, 'IsOrganizationTrail');
  if (saidBy(isOfAll) === true) {
    const from = isOfAll.from && { from: isOfAll.from };
    return decided(true, { path: `${prefix}IsOrganizationTrail`, actual: true, ...from, resource: trail.id });
  }
  const { account } = trail;
  const found = resolve(account, bucketType, name);
  const path = `${prefix}bucket`;
  if (found.is === 'unknown') return unknown(trail, path, found.gaps);
  if (found.is === 'absent') {
    const type = account.registry[bucketType];
    const from = type && finderOf(type, account.gaps);
    return decided(false, { path, note: `${name} does not exist`, ...(from && { from }), resource: trail.id });
  }
  const { view } = found;
  if (view.unread) return unknown(view, path, view.unread);
  const from = finderOf(view.type, view.account.gaps);
  const owner = view.account.account.id;
  const evidence = { path: `${path}[${view.id}]`, actual: name, ...(from && { from }), resource: view.id };
  if (owner === trail.accountId) return decided(true, evidence);
  return decided(false, { ...evidence, note: `${name} belongs to account ${owner}` });
}

/** What is written into a bucket: below which folder, and by which calls. */
interface Written {
  readonly folder: string;
  readonly eventName: unknown;
}

/** How CloudTrail writes its files (aws-semantics §1.6, §2.5). */
function byCloudTrail(trail: ResourceView): Written {
  const prefix = saidBy(read(trail, 'S3KeyPrefix'));
  return {
    folder: `${typeof prefix === 'string' && prefix !== '' ? `${prefix}/` : ''}AWSLogs/`,
    eventName: 'PutObject',
  };
}

/** How S3 writes access logs and copies is not documented, but it deletes nothing by that. */
const byOthers: Written = { folder: '', eventName: { not: { in: ['DeleteObject', 'DeleteObjects'] } } };

interface Asking {
  readonly trail: ResourceView;
  readonly prefix: string;
  readonly context: Context;
}

/** Whether the trail records what is written into a bucket, in the bucket's region where that is known. */
function writesRecorded(name: string, { folder, eventName }: Written, { trail, prefix, context }: Asking): Answer {
  const found = resolve(trail.account, bucketType, name);
  const region = found.is === 'found' ? found.view.region : '';
  const writes = {
    eventCategory: 'Data',
    readOnly: false,
    'resources.type': 'AWS::S3::Object',
    'resources.ARN': { like: `arn:${trail.account.account.partition}:s3:::${name}/${folder}*` },
    eventName,
    ...(region && { regions: [region] }),
  };
  return records(trail, { how: 'some', classes: [writes] }, prefix, context);
}

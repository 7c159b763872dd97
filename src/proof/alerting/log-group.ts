import { target } from '../../snapshot/links.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { isObject, type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import { type Answer, all, nothingSaid } from '../answer.ts';
import { keyIsEnabled } from '../key-qualities.ts';
import { decided, pointedAt, undecided, unknown } from '../leaf.ts';
import type { Recorder } from '../recorder.ts';
import { permitted } from './permitted.ts';

/** Whether what a trail records reaches its log group, and may be filtered there (aws-semantics §6.1): asked once. */
export const arrives = ({ view: trail, prefix }: Recorder): Answer =>
  remember(workedOut(trail, noAnswers), prefix, () => reachesGroup(trail, prefix));

const noAnswers = (_: ResourceView): Map<string, Answer> => new Map();

function reachesGroup(trail: ResourceView, prefix: string): Answer {
  const group = target(trail, 'logGroup');
  const path = `${prefix}logGroup`;
  if (group.is === 'unknown') return unknown(trail, path, group.gaps, group.pointer.from);
  if (group.is !== 'found') {
    const actual = 'id' in group && { actual: group.id };
    return decided(false, { path, ...actual, resource: trail.id, note: 'the log group does not exist' });
  }
  const at = `${path}.`;
  const from = group.pointer.from && { from: group.pointer.from };
  const leads = decided(true, { path: `${prefix}CloudWatchLogsLogGroupArn`, ...from, resource: trail.id });
  const last = groupReached(trail, prefix, trail.account.snapshot.collectedAt);
  return all([leads, last, standard(group.view, at), takesIn(group.view, at)], 'no');
}

const hour = 3_600_000;

/**
 * Whether the last delivery went well. One that was long ago, or of which there is no word though the trail has been
 * logging for a while, does not show that the next one will.
 */
export function groupReached(trail: ResourceView, prefix: string, now: string | undefined): Answer {
  const at = `${prefix}Status.LatestCloudWatchLogsDelivery`;
  const status = read(trail, 'Status');
  if (status.is === 'gap') return unknown(trail, `${at}Error`, status.gaps, status.from);
  const last = saidBy(status);
  const {
    LatestCloudWatchLogsDeliveryError: error,
    LatestCloudWatchLogsDeliveryTime: time,
    StartLoggingTime: start,
  } = isObject(last) ? last : {};
  const from = { resource: trail.id, ...(status.from && { from: status.from }) };
  const failed = typeof error === 'string' && error !== '';
  if (failed) {
    return decided(false, { path: `${at}Error`, actual: error, ...from }, [
      [{ resource: trail.id, path: 'Status.LatestCloudWatchLogsDeliveryError', set: null }],
    ]);
  }
  const age = (instant: unknown): number => Date.parse(String(now)) - Date.parse(String(instant));
  if (age(time) > 24 * hour) {
    return undecided({ path: `${at}Time`, actual: time, ...from, note: 'nothing has arrived for more than a day' });
  }
  if (time === undefined && age(start) > hour) {
    return undecided({ path: `${at}Time`, ...from, note: 'nothing has arrived since the trail began to log' });
  }
  return decided(true, { path: `${at}Error`, ...from });
}

const withoutFilters = ['INFREQUENT_ACCESS', 'DELIVERY'];

/** Only groups of the standard class have metric filters. */
function standard(group: ResourceView, prefix: string): Answer {
  const reading = read(group, 'LogGroupClass');
  const path = `${prefix}LogGroupClass`;
  if (reading.is === 'gap') return unknown(group, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  const evidence = {
    path,
    expected: 'STANDARD',
    actual,
    ...(reading.from && { from: reading.from }),
    resource: group.id,
  };
  if (actual === undefined || actual === 'STANDARD') return decided(true, evidence);
  return withoutFilters.includes(String(actual))
    ? decided(false, evidence)
    : undecided({ ...evidence, note: 'whether a group of this class has metric filters is not known' });
}

/** A group whose key is off, or does not let CloudWatch Logs in, takes nothing in (aws-semantics §8). */
export function takesIn(group: ResourceView, prefix: string): Answer {
  const key = target(group, 'key');
  const path = `${prefix}key`;
  if (key.is === 'none') return nothingSaid;
  if (key.is === 'unknown') return unknown(group, path, key.gaps, key.pointer.from);
  if (key.is === 'dangling')
    return decided(false, { path, actual: key.id, resource: group.id, note: 'the key does not exist' });
  const at = `${path}.`;
  const without = undecided({
    path: `${at}Policy`,
    resource: key.view.id,
    note: 'every key has a policy, and none is here',
  });
  const lets = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
    permitted(key.view, at, {
      service: `logs.${group.region}.amazonaws.com`,
      action,
      keys: { 'kms:EncryptionContext:aws:logs:arn': group.id },
      without,
    }),
  );
  const from = key.pointer.from && { from: key.pointer.from };
  const pointer = { path: `${prefix}KmsKeyId`, actual: group.item.KmsKeyId, ...from, resource: group.id };
  return pointedAt(pointer, all([keyIsEnabled(key.view, at), ...lets], 'no'));
}

import { isObject, type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { tellingOrganization } from './as-cloudtrail.ts';
import { bucketAccepts } from './bucket-accepts.ts';
import { keyUsable } from './key-usable.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { isRecording } from './recorder.ts';

/**
 * Whether what a trail records arrives: it is logging, S3 took the last delivery, the bucket's policy lets CloudTrail
 * in, and the key can be used (aws-semantics §1.6). The first broken link stands first in the evidence.
 */
export const delivers = (trail: ResourceView, prefix: string, { now, thorough }: Context): Answer =>
  all([isRecording({ view: trail, prefix }), ...linksOf(trail, prefix, now).map(({ answer }) => answer)], thorough);

/** One link of the way into the bucket. */
export interface DeliveryLink {
  readonly name: 'delivered to' | 'encrypted with';
  readonly answer: Answer;
}

/** The links between recording and a file in the bucket. */
export function linksOf(trail: ResourceView, prefix: string, now: string | undefined): readonly DeliveryLink[] {
  const bucket = tellingOrganization(bucketAccepts(trail, prefix, now), trail, prefix);
  const key = tellingOrganization(keyUsable(trail, prefix), trail, prefix);
  return [
    { name: 'delivered to', answer: all([deliveredLast(trail, prefix, now), bucket], 'no') },
    { name: 'encrypted with', answer: key },
  ];
}

/**
 * Whether the last delivery went well: an error that S3 gave stays until one does. No file for a day proves nothing,
 * for a region where nothing happens delivers none (aws-semantics §1.5).
 */
function deliveredLast(trail: ResourceView, prefix: string, now: string | undefined): Answer {
  const path = `${prefix}Status.LatestDeliveryError`;
  const status = read(trail, 'Status');
  if (status.is === 'gap') return unknown(trail, path, status.gaps, status.from);
  const { LatestDeliveryError, LatestDeliveryTime, StartLoggingTime } =
    status.is === 'value' && isObject(status.value) ? status.value : {};
  const said = { ...(status.from && { from: status.from }), resource: trail.id };
  const failed = typeof LatestDeliveryError === 'string' && LatestDeliveryError !== '';
  const [time, hours] = LatestDeliveryTime ? [LatestDeliveryTime, 24] : [StartLoggingTime, 1];
  if (!failed && isOlder(time, hours, now)) {
    const note = `no file came in the last ${hours === 1 ? 'hour, nor before' : '24 hours'}: perhaps nothing happened`;
    return undecided({ path: `${prefix}Status.LatestDeliveryTime`, actual: LatestDeliveryTime, ...said, note });
  }
  return decided(!failed, { path, ...(failed && { actual: LatestDeliveryError }), ...said }, [
    [{ resource: trail.id, path: 'Status.LatestDeliveryError', set: null }],
  ]);
}

const hour = 60 * 60 * 1000;

/** Where either is not said, nothing is older. */
const isOlder = (time: unknown, hours: number, now: string | undefined): boolean =>
  Date.parse(String(now)) - Date.parse(String(time)) > hours * hour;

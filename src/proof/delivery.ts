import { isObject, type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { bucketAccepts } from './bucket-accepts.ts';
import { keyUsable } from './key-usable.ts';
import { type Context, decided, unknown } from './leaf.ts';
import { isRecording } from './recorder.ts';

/**
 * Whether what a trail records arrives: it is logging, S3 took the last delivery, the bucket's policy lets CloudTrail
 * in, and the key can be used (aws-semantics §1.6). The first broken link stands first in the evidence.
 */
export const delivers = (trail: ResourceView, prefix: string, { thorough }: Context): Answer =>
  all([isRecording({ view: trail, prefix }), ...linksOf(trail, prefix).map(({ answer }) => answer)], thorough);

/** One link of the way into the bucket. */
export interface DeliveryLink {
  readonly name: 'delivered to' | 'encrypted with';
  readonly answer: Answer;
}

/** The links between recording and a file in the bucket. */
export const linksOf = (trail: ResourceView, prefix: string): readonly DeliveryLink[] => [
  { name: 'delivered to', answer: all([deliveredLast(trail, prefix), bucketAccepts(trail, prefix)], 'no') },
  { name: 'encrypted with', answer: keyUsable(trail, prefix) },
];

/** Whether the last delivery went well: an error that S3 gave stays until one does (aws-semantics §1.5). */
function deliveredLast(trail: ResourceView, prefix: string): Answer {
  const path = `${prefix}Status.LatestDeliveryError`;
  const status = read(trail, 'Status');
  if (status.is === 'gap') return unknown(trail, path, status.gaps, status.from);
  const error = status.is === 'value' && isObject(status.value) ? status.value.LatestDeliveryError : undefined;
  const failed = typeof error === 'string' && error !== '';
  return decided(
    !failed,
    { path, ...(failed && { actual: error }), ...(status.from && { from: status.from }), resource: trail.id },
    [[{ resource: trail.id, path: 'Status.LatestDeliveryError', set: null }]],
  );
}

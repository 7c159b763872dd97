import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, any, type Evidence } from './answer.ts';
import { readEventClass } from './event-class.ts';
import type { Context } from './leaf.ts';
import { recordersOf, recordsClass } from './records.ts';

/** Those that may count: whether each does, what shows that these are all, and why there may be more. */
export interface Counted {
  readonly each: readonly Answer[];
  readonly listed: readonly Evidence[];
  readonly more: Answer | undefined;
}

const management = readEventClass({ eventCategory: 'Management' });

/**
 * The copies of management events that CloudTrail makes in a region: one by each trail and event data store that
 * works there and records some of them, those of the organization too. The first is free (aws-semantics §1.4, §2, §5).
 */
export function managementEventCopies(region: ResourceView, prefix: string, context: Context): Counted {
  const { candidates, listing } = recordersOf(region, prefix);
  const events = { ...management, regions: [region.name] };
  const unlisted = listing.filter(({ truth }) => truth === 'unknown');
  return {
    each: candidates.map((recorder) =>
      recordsClass(recorder.view, { events, how: 'some', prefix: recorder.prefix }, context.thorough),
    ),
    listed: listing.flatMap(({ truth, evidence }) => (truth === 'unknown' ? [] : evidence)),
    more: unlisted.length > 0 ? any(unlisted, context.thorough) : undefined,
  };
}

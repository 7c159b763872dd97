import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, any, type Evidence } from './answer.ts';
import type { Context } from './leaf.ts';
import { recordersOf, records } from './records.ts';

/** Those that may count: whether each does, what shows that these are all, and why there may be more. */
export interface Counted {
  readonly each: readonly Answer[];
  readonly listed: readonly Evidence[];
  readonly more: Answer | undefined;
}

/**
 * The copies of management events that CloudTrail makes in a region: one by each trail and event data store that
 * works there and records some of them, those of the organization too. The first is free (aws-semantics §1.4, §2, §5).
 */
export function managementEventCopies(region: ResourceView, prefix: string, context: Context): Counted {
  const { candidates, listing } = recordersOf(region, prefix);
  const some = { how: 'some', classes: [{ eventCategory: 'Management', regions: [region.name] }] } as const;
  const unlisted = listing.filter(({ truth }) => truth === 'unknown');
  return {
    each: candidates.map((recorder) => records(recorder.view, some, recorder.prefix, context)),
    listed: listing.flatMap(({ truth, evidence }) => (truth === 'unknown' ? [] : evidence)),
    more: unlisted.length > 0 ? any(unlisted, context.thorough) : undefined,
  };
}

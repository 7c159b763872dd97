import { remember } from '../snapshot/remember.ts';
import { flipTruth, type Truth } from './answer.ts';
import type { EventClass } from './event-class.ts';
import type { EventSet, Witness } from './event-set.ts';
import { type KindCoverage, ofOneKind, type Source } from './kind-coverage.ts';
import { realities } from './realities.ts';
import { smallestCover } from './smallest-cover.ts';

/** How much of a class of events the sources record together, with events to show for it. */
export interface Coverage {
  /** Is every event of the class recorded? */
  readonly every: Truth;
  /** Is any? */
  readonly some: Truth;
  /** Where every event is: the sources that are enough, by their place in the list. */
  readonly enough: readonly number[];
  /** One that no source records. */
  readonly missed?: Witness;
  /** One of which nobody knows. */
  readonly open?: Witness;
  /** Why it cannot be decided whether every event is. */
  readonly why?: string;
}

/**
 * Decides how much of a class several sources record together, by one witness for every combination of values that
 * they can tell apart (aws-semantics §2.7): exact, not sampled, because a text outside all literals behaves as its
 * longest matching beginning and ending do.
 */
export function coverage(sources: readonly Source[], events: EventClass): Coverage {
  const [only] = sources;
  if (!only || sources.length > 1 || only.works !== 'yes') return together(sources, events);
  const ofSource = remember(alone, only.events, newWeakMap);
  return remember(ofSource, events.fields, () => together(sources, events));
}

/** What one source records of a class is the same in most regions, and many rules' question. */
const alone = new WeakMap<EventSet, WeakMap<EventClass['fields'], Coverage>>();
const newWeakMap = (): WeakMap<EventClass['fields'], Coverage> => new WeakMap();

function together(sources: readonly Source[], events: EventClass): Coverage {
  const { kinds, why } = realities(events);
  const parts = kinds.map((possible) =>
    possible.map((real) => ofOneKind(sources, real)).reduce((one, other) => either(one, other, why)),
  );
  const every = decisive(
    parts.map((part) => part.every),
    'no',
  );
  const some = decisive(
    parts.map((part) => part.some),
    'yes',
  );
  const [missed, open] = [parts.find((part) => part.missed)?.missed, parts.find((part) => part.open)?.open];
  const because = parts.find((part) => part.every === 'unknown')?.why;
  return {
    every,
    some,
    enough: every === 'yes' ? smallestCover(parts.flatMap(({ by }) => by)) : [],
    ...(missed && { missed }),
    ...(open && { open }),
    ...(every === 'unknown' && because && { why: because }),
  };
}

function decisive(truths: readonly Truth[], settles: 'yes' | 'no'): Truth {
  if (truths.includes(settles)) return settles;
  return truths.includes('unknown') ? 'unknown' : flipTruth(settles);
}

/** Only one of the two is real, and nobody knows which: what they agree on holds. */
function either(one: KindCoverage, other: KindCoverage, why: string): KindCoverage {
  const by = [...one.by, ...other.by];
  const some = one.some === other.some ? one.some : 'unknown';
  if (one.every === other.every) return { ...one, some, by };
  const open = one.missed ?? other.missed ?? one.open ?? other.open;
  return { every: 'unknown', some, by, why, ...(open && { open }) };
}

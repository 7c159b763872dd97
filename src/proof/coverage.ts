import { newWeakMap, remember } from '../snapshot/remember.ts';
import { flipTruth, type Truth } from './answer.ts';
import type { EventClass } from './event-class.ts';
import type { EventSet, Witness } from './event-set.ts';
import { type KindCoverage, ofOneKind } from './kind-coverage.ts';
import { realities } from './realities.ts';
import { smallestCover } from './smallest-cover.ts';
import type { Source } from './try-events.ts';

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
  const ofClass = remember(alone, events.fields, newWeakMap<EventSet, Coverage>);
  return remember(ofClass, only.events, () => together(sources, events));
}

/** What one source records of a class is the same in most regions, and many rules' question. */
const alone = new WeakMap<EventClass['fields'], WeakMap<EventSet, Coverage>>();

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

/** Whether sources record any event of a class: of that each can be asked alone, and none after one that does. */
export const someOf = (sources: readonly Source[], events: EventClass): Truth =>
  decisive(
    realities(events).kinds.map((possible) => {
      const [first = 'unknown', ...others] = possible.map((real) => someOfKind(sources, real));
      return others.every((other) => other === first) ? first : 'unknown';
    }),
    'yes',
  );

/** Whether they record some for certain: of what a class may mean no more is asked than need be. */
export function isSomeOf(sources: readonly Source[], events: EventClass): boolean {
  const working = sources.filter(isWorking);
  return realities(events).kinds.some((possible) => possible.every((real) => someOfKind(working, real) === 'yes'));
}

function someOfKind(sources: readonly Source[], real: EventClass): Truth {
  if (sources.length === 0) return ofOneKind([], real).some;
  let truth: Truth = 'no';
  // What works is asked first.
  for (const source of [...sources.filter(isWorking), ...sources.filter((it) => !isWorking(it))]) {
    const { some } = ofKindAlone(source, real);
    if (some === 'yes') return some;
    if (some === 'unknown') truth = some;
  }
  return truth;
}

const isWorking = ({ works }: Source): boolean => works === 'yes';

const ofKindAlone = (source: Source, real: EventClass): KindCoverage =>
  isWorking(source)
    ? remember(remember(kindsAlone, real.fields, newWeakMap<EventSet, KindCoverage>), source.events, () =>
        ofOneKind([source], real),
      )
    : ofOneKind([source], real);

const kindsAlone = new WeakMap<EventClass['fields'], WeakMap<EventSet, KindCoverage>>();

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

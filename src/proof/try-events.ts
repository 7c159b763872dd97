import type { Truth } from './answer.ts';
import type { EventClass } from './event-class.ts';
import { alwaysIn, contains, type EventSet, type FieldValue, isNone, restOf, type Witness } from './event-set.ts';
import { type Agreement, agreementsOn } from './possible-events.ts';
import { textsNamedIn } from './values-to-try.ts';

/** A set of events that may record, and whether it does at all. */
export interface Source {
  readonly works: Truth;
  readonly events: EventSet;
}

/** One of those that are tried. */
export interface Numbered extends Source {
  readonly index: number;
}

/** A field, and the values to try of it. */
export interface Tryable {
  readonly field: string;
  readonly values: readonly FieldValue[];
  /** The sources that ask about it. */
  readonly asking: ReadonlySet<number>;
}

/** What trying shows. */
export interface Tried {
  /** The first event that none of the sources records. */
  readonly missed: Witness | undefined;
  /** The first of which nobody knows. */
  readonly open: Witness | undefined;
  /** For each event that is recorded, who records it: each such group once. */
  readonly by: readonly (readonly number[])[];
}

/** Tries every event that these values make; those that no source can tell apart are one. */
export function tryAll(fields: readonly Tryable[], sources: readonly Numbered[], events: EventClass): Tried {
  const steps = fields.map((field, at) => stepOf(field, fields.slice(at + 1), sources));
  const tried = trySteps(steps, sources, { events, thorough: false });
  // By whom is of interest where everything is recorded, and by several.
  return tried.missed || tried.open || sources.length < 2
    ? tried
    : trySteps(steps, sources, { events, thorough: true });
}

interface How {
  readonly events: EventClass;
  /** Also where it is plain that everything is recorded: by whom. */
  readonly thorough: boolean;
}

function trySteps(steps: readonly Step[], sources: readonly Numbered[], { events, thorough }: How): Tried {
  let missed: Witness | undefined;
  let open: Witness | undefined;
  const recorded = new Map<string, readonly number[]>();
  const witness = new Map<string, FieldValue>();
  const judge = (left: readonly Numbered[]): void => {
    const { by, perhaps } = whoRecords(left, witness);
    if (by.length > 0) recorded.set(by.join(' '), by);
    else if (perhaps) open ??= new Map(witness);
    else missed ??= new Map(witness);
  };
  const isDecided = (): boolean => recorded.size > 0 && missed !== undefined;
  const isPlain = (left: readonly Numbered[]): boolean => !thorough && recorded.size > 0 && left.some(takesAll);
  tryFrom(0, sources, { steps, witness, events, judge, isDecided, isPlain });
  return { missed, open, by: [...recorded.values()] };
}

const takesAll = ({ works, events }: Numbered): boolean => works === 'yes' && alwaysIn(events) === 'yes';

/** A field in its turn. */
interface Step extends Tryable {
  /** What an event has to keep to as soon as this field of it is known. */
  readonly agreements: readonly Agreement[];
  /** No field that is tried later has to agree with it. */
  readonly isApart: boolean;
  /** Of sources that ask about it, the texts that each takes; left out: it may take any. */
  readonly texts: ReadonlyMap<number, ReadonlySet<FieldValue>> | undefined;
}

/** Of fewer sources or values each is looked at. */
const fewest = 8;

function stepOf(tried: Tryable, later: readonly Tryable[], sources: readonly Numbered[]): Step {
  const { field, values, asking } = tried;
  const own = agreementsOn(field);
  const closed = own.filter(({ fields }) => !later.some((it) => fields.includes(it.field)));
  const isLong = values.length > fewest && asking.size > fewest;
  return {
    ...tried,
    agreements: closed,
    isApart: closed.length === own.length,
    texts: isLong ? textsOf(field, sources) : undefined,
  };
}

const textsOf = (field: string, sources: readonly Numbered[]): Step['texts'] =>
  new Map(
    sources.flatMap(({ index, events }) => {
      const texts = textsNamedIn(events, field);
      return texts ? [[index, texts] as const] : [];
    }),
  );

interface Trying {
  readonly steps: readonly Step[];
  /** As far as its fields are chosen. */
  readonly witness: Map<string, FieldValue>;
  readonly events: EventClass;
  readonly judge: (left: readonly Numbered[]) => void;
  readonly isDecided: () => boolean;
  /** Whether all further events are recorded, and by whom does not matter. */
  readonly isPlain: (left: readonly Numbered[]) => boolean;
}

/** Tries all values of the fields from one on; whether there was any event among them. */
function tryFrom(at: number, left: readonly Numbered[], trying: Trying): boolean {
  const { steps, witness, events, judge, isDecided, isPlain } = trying;
  if (isPlain(left)) return true;
  const step = steps[at];
  if (!step) {
    judge(left);
    return true;
  }
  const isAsked = left.some(({ index }) => step.asking.has(index));
  // Where nothing is left to ask, or nothing hangs on this field, all events are as the first one.
  const isSettled =
    (step.isApart && !isAsked) || left.every(({ events: recorded }) => alwaysIn(recorded) !== 'unknown');
  const isNarrowing = isAsked && at + 1 < steps.length;
  let wasAny = false;
  for (const value of step.values) {
    witness.set(step.field, value);
    if (!step.agreements.every(({ holds }) => holds(witness, events))) continue;
    wasAny = tryFrom(at + 1, isNarrowing ? leftFor(left, step, value) : left, trying) || wasAny;
    if (isDecided() || (isSettled && wasAny)) break;
  }
  return wasAny;
}

/** What is left to ask of the sources once a field is known: most are about one call, and so out of it for every other. */
function leftFor(sources: readonly Numbered[], step: Step, value: FieldValue): readonly Numbered[] {
  const { field, asking, texts } = step;
  const known = new Map([[field, value]]);
  const left: Numbered[] = [];
  for (const source of sources) {
    const { index, works, events } = source;
    if (!asking.has(index)) {
      left.push(source);
      continue;
    }
    if (typeof value === 'string' && texts?.get(index)?.has(value) === false) continue;
    const rest = restOf(events, known);
    if (!isNone(rest)) left.push({ index, works, events: rest });
  }
  return left;
}

/** Who records one event: those that do, and whether others perhaps do. */
function whoRecords(
  sources: readonly Numbered[],
  event: Witness,
): { readonly by: readonly number[]; readonly perhaps: boolean } {
  const by: number[] = [];
  let perhaps = false;
  for (const { index, works, events } of sources) {
    const has = contains(events, event);
    if (has === 'yes' && works === 'yes') by.push(index);
    else if (has !== 'no' && works !== 'no') perhaps = true;
  }
  return { by, perhaps };
}

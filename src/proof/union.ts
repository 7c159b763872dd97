import { lazily } from '../snapshot/remember.ts';
import { read } from '../snapshot/resource-view.ts';
import { type Answer, all, any, type Evidence, type Thorough } from './answer.ts';
import { type Coverage, coverage } from './coverage.ts';
import { globalShare } from './event-catalogue.ts';
import type { EventClass } from './event-class.ts';
import { contains } from './event-set.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { asksForGlobal, isRecording, isTrail, type Recorder, reaches, recordedIn, selectionOf } from './recorder.ts';
import { whatIsOpen, whatIsUnclear, whyRefused } from './refusals.ts';
import type { Source } from './try-events.ts';
import { describeWitness } from './witness-text.ts';

/** One that may record, and what has to hold besides its selectors. */
export interface Candidate extends Recorder {
  /** Whether it counts at all: keeps it long enough, for one. Left out: it does. */
  readonly counts?: Answer;
}

/** Events of a class that happen in one region. */
export interface Happening {
  readonly events: EventClass;
  readonly region: string;
}

/** A candidate, looked at from one region. */
interface Seen {
  readonly candidate: Candidate;
  readonly happening: Happening;
  readonly works: Answer;
  /** Whether it asks for the events of global services that happen there; undefined: it need not. */
  readonly globals: Answer | undefined;
  readonly source: Source;
  /** How much it records alone, if it works; worked out where somebody asks. */
  readonly alone: () => Coverage;
}

function look(candidate: Candidate, happening: Happening, thorough: Thorough): Seen {
  const { counts } = candidate;
  const { events, region } = happening;
  const globals = asksForGlobal(candidate, region);
  const links = [
    reaches(candidate, region),
    // Where it does not ask for them, or nobody knows, what it records says so.
    ...(globals?.truth === 'yes' && globalShare(events) !== 'none' ? [globals] : []),
    isRecording(candidate),
    ...(counts ? [counts] : []),
  ];
  const works = all(links, thorough);
  const recorded = recordedIn(candidate, region);
  return {
    candidate,
    happening,
    works,
    globals,
    source: { works: works.truth, events: recorded },
    alone: lazily(() => coverage([{ works: 'yes', events: recorded }], events)),
  };
}

/** Whether these record some event of a class in a region. */
export function someRecorded(candidates: readonly Candidate[], happening: Happening, thorough: Thorough): Answer {
  return any(
    candidates.map((candidate) => {
      const one = look(candidate, happening, thorough);
      return all([one.works, someSelected(one)], thorough);
    }),
    thorough,
  );
}

/** Whether one selects any event; where it would but for those of global services, that is why not. */
function someSelected(one: Seen): Answer {
  const { candidate, globals, happening } = one;
  const alone = one.alone();
  if (globals && globals.truth !== 'yes') {
    const { events } = selectionOf(candidate.view);
    if (coverage([{ works: 'yes', events }], happening.events).some !== alone.some) return globals;
  }
  if (alone.some === 'unknown') return unsure(one, alone);
  return selected(one, alone.some, alone.some === 'yes' ? 'records some such events' : 'records no such event');
}

/**
 * Whether these together record every event of a class in a region: with the fewest of them that do, or an event
 * that none of them records and what in each refuses it (aws-semantics §2.7).
 */
export function everyRecorded(candidates: readonly Candidate[], happening: Happening, thorough: Thorough): Answer {
  const seen = candidates.map((candidate) => look(candidate, happening, thorough));
  const together = coverage(
    seen.map(({ source }) => source),
    happening.events,
  );
  if (together.every === 'yes' && thorough === 'no') return enough(seen, together, thorough);
  const alone = any(
    seen.map((one) => all([one.works, everySelected(one, together)], thorough)),
    thorough,
  );
  if (alone.truth === 'yes') return alone;
  if (together.every === 'yes') return enough(seen, together, thorough);
  return together.every === 'unknown' && alone.truth === 'no' ? perhaps(seen, together, thorough) : alone;
}

/** Whether one selects every event; where it does not, by the event that `covered` shows. */
function everySelected(one: Seen, covered: Coverage): Answer {
  const { candidate, globals } = one;
  const alone = one.alone();
  if (alone.every === 'yes') return selected(one, 'yes', 'records every such event');
  const lacking = covered.missed ?? covered.open ?? new Map();
  const { events, selectors } = selectionOf(candidate.view);
  if (globals && contains(events, lacking) !== contains(one.source.events, lacking)) return globals;
  if (alone.every === 'unknown') return unsure(one, alone);
  if (alone.some === 'no') return selected(one, 'no', 'records no such event');
  const shown = contains(events, lacking) === 'no' ? lacking : (alone.missed ?? lacking);
  const why = whyRefused(selectors, shown);
  return selected(one, 'no', `does not record ${describeWitness(shown)}${why && `: ${why}`}`);
}

/** A few that together are enough: each works, and what one leaves out another has. */
function enough(seen: readonly Seen[], { enough: chosen }: Coverage, thorough: Thorough): Answer {
  const few = seen.filter((_, index) => chosen.includes(index));
  const names = few.map(({ candidate }) => candidate.view.name).join(' and ');
  const [only, ...others] = few;
  const isAlone = only !== undefined && others.length === 0;
  const text = isAlone ? 'records every such event' : `records its part: ${names} together record every such event`;
  return all(
    few.flatMap((one) => [one.works, selected(one, 'yes', text)]),
    thorough,
  );
}

/** None is known to be enough, and those of which something is not known may fill what is missing. */
function perhaps(seen: readonly Seen[], covered: Coverage, thorough: Thorough): Answer {
  const open = seen.flatMap((one): readonly Answer[] => {
    if (one.works.truth === 'unknown') return [one.works];
    return one.works.truth === 'no' || one.alone().every !== 'unknown' ? [] : [everySelected(one, covered)];
  });
  if (open.length > 0) return all(open, thorough);
  return any(
    seen.map((one) => unsure(one, covered)),
    thorough,
  );
}

/** What the selectors of one come to, as evidence; those that nobody could read come to nothing. */
function selected(one: Seen, truth: 'yes' | 'no', note: string): Answer {
  const { candidate, happening } = one;
  const evidence = selectionEvidence(candidate);
  return decided(truth === 'yes', { ...evidence, note }, truth === 'no' ? byDefault(candidate.view, happening) : []);
}

function selectionEvidence({ view, prefix }: Candidate): Evidence {
  const { reading, path } = selectionOf(view);
  return { path: `${prefix}${path}`, ...(reading.from && { from: reading.from }), resource: view.id };
}

/** Nobody can say what one records: it could not be read, or is not documented. */
function unsure({ candidate }: Seen, { open, why }: Coverage): Answer {
  const { view, prefix } = candidate;
  const selection = selectionOf(view);
  const isInsight = isTrail(view) && open?.get('eventCategory') === 'Insight';
  const unread = [
    ...(isInsight ? [{ reading: read(view, 'InsightSelectors'), path: 'InsightSelectors' }] : []),
    selection,
  ].find(({ reading }) => reading.is === 'gap');
  if (unread?.reading.is === 'gap') {
    return unknown(view, `${prefix}${unread.path}`, unread.reading.gaps, unread.reading.from);
  }
  const evidence = selectionEvidence(candidate);
  if (selection.isLost) {
    return undecided({ ...evidence, note: 'AWS says that there are selectors, and lists none' });
  }
  const doubt = why ?? whatIsUnclear(selection.selectors) ?? whatIsOpen(open ?? new Map());
  return undecided({ ...evidence, note: `it cannot be said what these selectors record: ${doubt}` });
}

const allManagement = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }];

/** All management events again: what a trail records before anybody narrows it. */
function byDefault(view: Recorder['view'], { events }: Happening): Answer['changes'] {
  const category = events.fields.get('eventCategory');
  const isManagement = category?.has('Management') === 'yes' && category.has('Data') === 'no';
  if (!isTrail(view) || !isManagement) return [];
  return [[{ resource: view.id, path: 'AdvancedEventSelectors', set: allManagement }]];
}

import { members } from '../../snapshot/members.ts';
import { lazily, remember } from '../../snapshot/remember.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import type { EventSet } from '../event-set.ts';
import { unknown } from '../leaf.ts';
import { isRecording, type Recorder, reaches, recordedIn, selectionOf } from '../recorder.ts';
import { unreadIn } from './unread.ts';

/** Where a question stands: the account, and the region that the events happen in. */
export interface Here {
  readonly account: ResourceView;
  readonly region: string;
  readonly prefix: string;
  /** Whether what a pattern matches may be the events that are asked about. */
  readonly isAbout: (matched: EventSet) => boolean;
}

/** What lets some events through and others not, as evidence names it. */
export interface Sieve {
  readonly events: EventSet;
  readonly path: string;
  readonly resource: string;
  readonly from: string | undefined;
  /** `match`, `record`: what it does to the events that it lets through. */
  readonly does: string;
  /** Why nobody could read which events these are. */
  readonly unread?: () => Answer | undefined;
}

/** One way in which somebody may learn of events: what goes it, and whether it works to its end. */
export interface Route {
  /** An event goes this way if all let it through; the pattern stands first. */
  readonly sieves: readonly [Sieve, ...Sieve[]];
  readonly events: EventSet;
  /** Worked out only where the events are the ones that are asked about. */
  readonly works: () => Answer;
}

export const routeThrough = (sieves: Route['sieves'], works: () => Answer): Route => ({
  sieves,
  events: jointly(sieves.map(({ events }) => events)),
  works,
});

/** What several let through. Of the same ones it is one set, so that what is known of it is known in every region. */
export function jointly(sets: readonly EventSet[]): EventSet {
  let at = nothingYet;
  for (const set of sets) at = remember(at.further, set, newJoint);
  at.events ??= { all: sets };
  return at.events;
}

interface Joint {
  readonly further: WeakMap<EventSet, Joint>;
  events?: EventSet;
}

const newJoint = (): Joint => ({ further: new WeakMap() });
const nothingYet = newJoint();

/** A trail at the beginning of a way. */
export interface Head {
  readonly recorder: Recorder;
  readonly sieve: Sieve;
  /** Whether it gets what happens in the region, and is logging. */
  readonly works: () => readonly Answer[];
}

/** The trails that may record the events that are asked about: event data stores notify nobody (aws-semantics §7.1). */
export const headsOf = (here: Here): readonly Head[] =>
  trailsOf(here).filter(({ sieve }) => here.isAbout(sieve.events));

/** What lets none of the events through that are asked about: of each other trail, its selectors. */
export const shutOf = (here: Here): readonly Sieve[] =>
  trailsOf(here).flatMap(({ sieve }) => (here.isAbout(sieve.events) ? [] : [sieve]));

function trailsOf(here: Here): readonly Head[] {
  return members(here.account, 'trails').sure.map((view) => {
    const recorder = { view, prefix: `${here.prefix}trails[${view.id}].` };
    const works = lazily((): readonly Answer[] => [reaches(recorder, here.region), isRecording(recorder)]);
    return { recorder, sieve: sieveOf(recorder, recordedIn(recorder, here.region)), works };
  });
}

function sieveOf({ view, prefix }: Recorder, events: EventSet): Sieve {
  const { reading, path } = selectionOf(view);
  const at = `${prefix}${path}`;
  const unread = (): Answer | undefined =>
    reading.is === 'gap'
      ? unknown(view, at, reading.gaps, reading.from)
      : unreadIn(view, prefix, ['IncludeGlobalServiceEvents', 'InsightSelectors']);
  return { events, path: at, resource: view.id, from: reading.from, does: 'record', unread };
}

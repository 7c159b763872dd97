import { lazily, newMap, newWeakMap, remember } from '../../snapshot/remember.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Coverage, coverage } from '../coverage.ts';
import { type EventClass, narrow } from '../event-class.ts';
import { type EventSet, fieldsIn } from '../event-set.ts';
import { happeningIn } from '../places.ts';
import type { Source } from '../try-events.ts';
import { jointly } from './route.ts';

/** What of a class happens in a region of an account. */
export interface Happening {
  /** Most regions have this in common. */
  readonly anywhere: EventClass;
  /** The same with what its records say of where it is. */
  readonly here: () => EventClass;
}

/** What of a class happens in one region: nothing of the global services of another one. */
export function happeningAt(asked: EventClass, owner: ResourceView, region: string): Happening {
  const { id, partition } = owner.account.account;
  const there = happeningIn(asked, region, partition);
  const here = lazily(() => narrow(there, { awsRegion: region, recipientAccountId: id }));
  return { anywhere: placeFields.some((field) => there.fields.has(field)) ? here() : there, here };
}

/** The fields of a record that say where it is from. */
const placeFields: readonly string[] = ['awsRegion', 'recipientAccountId'];

/** Whether a set asks where an event happens: most are the same everywhere. */
const asksWhere = (set: EventSet): boolean => placeFields.some((field) => fieldsIn(set).has(field));

/** The events to ask these sets about: where none of them asks where they happen, the same as in other regions. */
export const askedOf = (sets: readonly EventSet[], { anywhere, here }: Happening): EventClass =>
  sets.some(asksWhere) ? here() : anywhere;

/** How much of it these sources cover together: where the same ones work, regions are alike, and asked about once. */
export function coveredBy(sources: readonly Source[], happening: Happening): Coverage {
  const sets = sources.map(({ events }) => events);
  const events = askedOf(sets, happening);
  const ofClass = remember(compared, events.fields, newWeakMap<EventSet, Map<string, Coverage>>);
  const ofSets = remember(ofClass, jointly(sets), newMap<string, Coverage>);
  return remember(ofSets, sources.map(({ works }) => works).join(' '), () => coverage(sources, events));
}

const compared = new WeakMap<EventClass['fields'], WeakMap<EventSet, Map<string, Coverage>>>();

import { hasOtherDataEvents, type Known, lookUp, readsByName } from './event-catalogue.ts';
import { type EventClass, narrow, valuesOf } from './event-class.ts';

/** What a class means, as far as names alone say it. */
export interface Realities {
  /** The kinds of events that are in the class; of each, the possible readings, of which one is real. */
  readonly kinds: readonly (readonly EventClass[])[];
  /** Why nobody knows which. */
  readonly why: string;
}

/**
 * A call is a read or a write, a management or a data event, once and for all: a class that names calls and not these
 * means what they really are. Where neither the documents nor the name say it, both are possible.
 */
export function realities(events: EventClass): Realities {
  const names = valuesOf(events, 'eventName');
  const isOpen = ['readOnly', 'eventCategory', 'eventType'].some((field) => !events.fields.has(field));
  if (!names || !isOpen) return { kinds: [[events]], why: '' };
  const kinds = names.map((name) => readingsOf(typed(narrow(events, { eventName: name }), name), name));
  const isUnsure = (field: string): boolean => kinds.some((kind) => distinct(kind, field));
  const unsure = [
    ...(isUnsure('eventCategory') ? ['management or data events'] : []),
    ...(isUnsure('readOnly') ? ['reads or writes'] : []),
  ];
  return { kinds, why: `whether the named calls are ${unsure.join(', and ')} decides it` };
}

function distinct(kind: readonly EventClass[], field: string): boolean {
  const said = kind.map(({ fields }) => fields.get(field)?.whole.join(' '));
  return said.some((one) => one !== said[0]);
}

/** A call is recorded as a call; signing in is recorded as that. */
function typed(events: EventClass, name: string): EventClass {
  if (events.fields.has('eventType') || events.fields.get('eventCategory')?.has('Management') === 'no') return events;
  return narrow(events, { eventType: lookUp(name, events)?.eventType ?? 'AwsApiCall' });
}

function readingsOf(events: EventClass, name: string): readonly EventClass[] {
  const known = lookUp(name, events);
  return categoriesOf(events, known).flatMap((category) => directionsOf(category, name, known));
}

function categoriesOf(events: EventClass, known: Known | undefined): readonly EventClass[] {
  if (events.fields.has('eventCategory')) return [events];
  if (events.fields.has('resources.type')) return [narrow(events, { eventCategory: 'Data' })];
  const possible = known ? [known.eventCategory] : hasOtherDataEvents(events) ? ['Management', 'Data'] : ['Management'];
  return possible.map((eventCategory) => narrow(events, { eventCategory }));
}

function directionsOf(events: EventClass, name: string, known: Known | undefined): readonly EventClass[] {
  if (events.fields.has('readOnly')) return [events];
  const readOnly = known ? known.readOnly : readsByName(name);
  const possible = readOnly === undefined ? [true, false] : [readOnly];
  return possible.map((it) => narrow(events, { readOnly: it }));
}

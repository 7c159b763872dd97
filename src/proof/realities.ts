import { type Known, lookUp, mayBeDataEvent, readsByName } from './event-catalogue.ts';
import { type EventClass, narrow, valuesOf } from './event-class.ts';
import { typeOfArns } from './resource-arn.ts';

/** What a class means, as far as names alone say it. */
export interface Realities {
  /** The kinds of events that are in the class; of each, the possible readings, of which one is real. */
  readonly kinds: readonly (readonly EventClass[])[];
  /** Why nobody knows which. */
  readonly why: string;
}

/**
 * A call is a read or a write, a management or a data event on one type of resource, once and for all: a class that
 * names calls or ARNs and not these means what they really are. Where neither the documents nor the name say it, both
 * are possible.
 */
export function realities(events: EventClass): Realities {
  const names = valuesOf(events, 'eventName');
  const isOpen = ['readOnly', 'eventCategory', 'eventType', 'resources.type'].some((it) => !events.fields.has(it));
  if (!names || !isOpen) return { kinds: [[narrow(events, { ...resourceTypeOf(events, {}, undefined) })]], why: '' };
  const said = names.map((name) => ({ name, readings: readingsOf(events, name) }));
  // Calls that are certainly of the same kind are asked about together.
  const kinds = Map.groupBy(
    said,
    ({ name, readings }) => `${readings.length > 1 ? name : ''}${JSON.stringify(readings)}`,
  );
  const isUnsure = (field: keyof Reading): boolean =>
    said.some(({ readings }) => readings.some((reading) => reading[field] !== readings[0]?.[field]));
  const unsure = [
    ...(isUnsure('eventCategory') ? ['management or data events'] : []),
    ...(isUnsure('readOnly') ? ['reads or writes'] : []),
  ];
  return {
    kinds: [...kinds.values()].map((alike) =>
      (alike[0]?.readings ?? []).map((reading) =>
        narrow(events, { eventName: alike.map(({ name }) => name), ...reading }),
      ),
    ),
    why: `whether the named calls are ${unsure.join(', and ')} decides it`,
  };
}

/** What a class leaves open that a call's name may say. */
interface Reading {
  readonly eventType?: string;
  readonly eventCategory?: string;
  readonly readOnly?: boolean;
  readonly 'resources.type'?: string;
}

function readingsOf(events: EventClass, name: string): readonly Reading[] {
  const known = lookUp(name, events);
  const typed = typeOf(events, known);
  return categoriesOf(events, name, known).flatMap((category) =>
    directionsOf(events, name, known).map((direction) => ({
      ...typed,
      ...category,
      ...direction,
      ...resourceTypeOf(events, category, known),
    })),
  );
}

/** A call is recorded as a call; signing in is recorded as that. */
function typeOf({ fields }: EventClass, known: Known | undefined): Reading {
  if (fields.has('eventType') || fields.get('eventCategory')?.has('Management') === 'no') return {};
  return { eventType: known?.eventType ?? 'AwsApiCall' };
}

function categoriesOf(events: EventClass, name: string, known: Known | undefined): readonly Reading[] {
  if (events.fields.has('eventCategory')) return [{}];
  if (events.fields.has('resources.type')) return [{ eventCategory: 'Data' }];
  if (known) return [{ eventCategory: known.eventCategory }];
  return mayBeDataEvent(name, events)
    ? [{ eventCategory: 'Management' }, { eventCategory: 'Data' }]
    : [{ eventCategory: 'Management' }];
}

/** Of data events alone: no selector sees the resources of the others. */
function resourceTypeOf(events: EventClass, { eventCategory }: Reading, known: Known | undefined): Reading {
  const isData = (eventCategory ?? valuesOf(events, 'eventCategory')?.join()) === 'Data';
  if (!isData || events.fields.has('resources.type')) return {};
  const type = typeOfArns(events) ?? known?.resourceType;
  return type === undefined ? {} : { 'resources.type': type };
}

function directionsOf(events: EventClass, name: string, known: Known | undefined): readonly Reading[] {
  if (events.fields.has('readOnly')) return [{}];
  const readOnly = known ? known.readOnly : readsByName(name);
  return (readOnly === undefined ? [true, false] : [readOnly]).map((it) => ({ readOnly: it }));
}

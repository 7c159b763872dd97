import { remember } from '../snapshot/remember.ts';
import { type Known, lookUp, mayBeDataEvent, readsByName, sourceOfType } from './event-catalogue.ts';
import { type EventClass, limit, narrow, valuesOf } from './event-class.ts';
import { typesOfCategories } from './possible-events.ts';
import { typeOfArns } from './resource-arn.ts';

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
export const realities = (events: EventClass): Realities =>
  remember(ofFields, events.fields, () => workOut({ fields: events.fields, regions: undefined }));

/** Of the same fields the same is true, wherever it happens. */
const ofFields = new WeakMap<EventClass['fields'], Realities>();

function workOut(events: EventClass): Realities {
  const names = valuesOf(events, 'eventName') ?? [];
  if (names.length === 0) return { kinds: [[ofItsType(events)]], why: '' };
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
    ...(isUnsure('resources.type') ? ['of objects or access points'] : []),
  ];
  return {
    kinds: [...kinds.values()].map((alike) => {
      const calls = alike.map(({ name }) => name);
      const readings = alike[0]?.readings ?? [];
      return readings.map((reading) => narrow(limit(events, 'eventName', calls), { ...reading }));
    }),
    why: `whether the named calls are ${unsure.join(', and ')} decides it`,
  };
}

/** What a class leaves open that a call's name may say. */
interface Reading {
  readonly eventType?: readonly string[];
  readonly eventCategory?: string;
  readonly readOnly?: boolean;
  readonly 'resources.type'?: string;
}

function readingsOf(events: EventClass, name: string): readonly Reading[] {
  const known = lookUp(name, events);
  const typed = typeOf(events, known);
  return categoriesOf(events, name, known).flatMap((category) =>
    directionsOf(events, name, known).flatMap((direction) =>
      resourcesOf(events, known).map((resource) => ({ ...typed, ...category, ...direction, ...resource })),
    ),
  );
}

/** A call is recorded as a call, signing in as that; the same call may be network activity besides. */
function typeOf({ fields }: EventClass, known: Known | undefined): Reading {
  const category = fields.get('eventCategory');
  if (fields.has('eventType') || category?.has('Management') === 'no') return {};
  return { eventType: [known?.eventType ?? 'AwsApiCall', ...(category ? typesOfCategories(category) : [])] };
}

function categoriesOf(events: EventClass, name: string, known: Known | undefined): readonly Reading[] {
  if (events.fields.has('eventCategory')) return [{}];
  if (known) return [{ eventCategory: known.eventCategory }];
  const types = valuesOf(events, 'resources.type');
  const either = [{ eventCategory: 'Management' }, { eventCategory: 'Data' }];
  // A type of resource is a matter of data events, unless all data events of the service are known and this is none.
  if (mayBeDataEvent(name, events)) return events.fields.has('resources.type') ? either.slice(1) : either;
  return types?.some((type) => sourceOfType.has(type)) ? either : either.slice(0, 1);
}

function directionsOf(events: EventClass, name: string, known: Known | undefined): readonly Reading[] {
  if (events.fields.has('readOnly')) return [{}];
  const readOnly = known ? known.readOnly : readsByName(name);
  return (readOnly === undefined ? [true, false] : [readOnly]).map((it) => ({ readOnly: it }));
}

/**
 * The type of resource that a data event is about. A call to S3 that goes through an access point is recorded as one of
 * that, and perhaps as one of the object besides (aws-semantics §2.8, S22), unless its ARN is said to be an object's.
 */
function resourcesOf(events: EventClass, known: Known | undefined): readonly Reading[] {
  const [said, type] = [typeOfArns(events), known?.resourceType];
  if (type === undefined || events.fields.has('resources.type')) return [{}];
  if (said !== undefined) return [{ 'resources.type': said }];
  const own = { 'resources.type': type };
  return type === 'AWS::S3::Object' ? [own, {}] : [own];
}

/** Data events on resources that no call's name, but the form of their ARNs tells the type of. */
function ofItsType(events: EventClass): EventClass {
  const isData = valuesOf(events, 'eventCategory')?.join() === 'Data';
  const type = isData && !events.fields.has('resources.type') ? typeOfArns(events) : undefined;
  return type === undefined ? events : narrow(events, { 'resources.type': type });
}

import { appliesTo, members } from '../snapshot/members.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, all, any, distinct, flip, not, type Thorough } from './answer.ts';
import { globalShare, lookUp, mayBeDataEvent, sourceOfType } from './event-catalogue.ts';
import { type EventClass, limit, narrow, readEventClass, valuesOf } from './event-class.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { everyButLogBuckets, withoutObjectsOf } from './log-buckets.ts';
import { happeningIn, hasGlobal, placesOf } from './places.ts';
import { type Candidate, everyRecorded, someRecorded } from './union.ts';

export type Quantifier = 'every' | 'some' | 'none';

/** What `records` asks, as it is written: one class or several, each of which must hold. */
export interface RecordsQuestion {
  readonly how: Quantifier;
  readonly classes: readonly Readonly<Record<string, unknown>>[];
  /** Of every event, what need not be: objects of the buckets that hold what trails write. */
  readonly except?: 'logBuckets';
}

/** Reads `CLASS`, `[CLASS…]`, `{ every | some | none: CLASS… }`, the first of these also with `except: logBuckets`. */
export function readRecords(written: unknown): RecordsQuestion {
  const quantified = (['every', 'some', 'none'] as const).find(
    (how) => typeof written === 'object' && written !== null && Object.hasOwn(written, how),
  );
  const asked = (quantified ? written : { every: written }) as Readonly<Record<string, unknown>>;
  const how = quantified ?? 'every';
  return {
    how,
    classes: [asked[how]].flat() as RecordsQuestion['classes'],
    ...(asked.except === 'logBuckets' && { except: asked.except }),
  };
}

/**
 * Whether every (some, no) event of each class is recorded: by a trail or event data store alone, or by all of them
 * together in an account, a region, or for the objects of a bucket, the calls of a function, the items of a table.
 */
export function records(
  view: ResourceView,
  { how, classes, except }: RecordsQuestion,
  prefix: string,
  context: Context,
): Answer {
  const inner = how === 'none' ? flip(context.thorough) : context.thorough;
  const exceptions = except && {
    recorders: recordersOf(view, prefix).candidates,
    trails: recordersOf(view, prefix, ['trails']),
  };
  const answers = classes.map((written) => {
    const events = located(readEventClass(written));
    const ask = (it: EventClass): Answer =>
      recordsClass(view, { events: it, how: how === 'every' ? 'every' : 'some', prefix }, inner);
    const answer = exceptions
      ? everyButLogBuckets(exceptions, (buckets) => ask(withoutObjectsOf(buckets, events, view)))
      : ask(events);
    return how === 'none' ? not(answer) : answer;
  });
  return all(answers, context.thorough);
}

/** The region that a record names is the one where it happens. */
const located = (events: EventClass): EventClass => ({
  ...events,
  regions: events.regions ?? valuesOf(events, 'awsRegion'),
});

/** One class, asked of one resource. */
interface ClassQuestion {
  readonly events: EventClass;
  readonly how: 'every' | 'some';
  readonly prefix: string;
}

/** Whether every, or some event of one class is recorded: what `records` asks of each of its classes. */
export function recordsClass(view: ResourceView, asked: ClassQuestion, thorough: Thorough): Answer {
  const { events, prefix } = asked;
  switch (view.type.name) {
    case 'AWS::CloudTrail::Trail':
    case 'AWS::CloudTrail::EventDataStore':
      return recordedEverywhere(view, { candidates: [{ view, prefix }], listing: [] }, asked, thorough);
    case 'AWS::Account':
      return recordedEverywhere(view, recordersOf(view, prefix), asked, thorough);
    case 'AWS::Region':
      return recordedThere(view, view.name, asked, thorough);
    default:
      if (!view.region) return nowhere(view, prefix);
      return (asked.how === 'every' ? all : any)(
        aboutResource(view, events).map((it) => recordedThere(view, view.region, { ...asked, events: it }, thorough)),
        thorough,
      );
  }
}

/** Those that may record something in an account, and whether these are all; of one alone nothing else is asked. */
export interface Recorders {
  readonly candidates: readonly Candidate[];
  readonly listing: readonly Answer[];
}

const kindsOfRecorders = ['trails', 'eventDataStores'] as const;

/** The trails and event data stores that an account has or sees. */
export function recordersOf(
  view: ResourceView,
  prefix: string,
  kinds: readonly (typeof kindsOfRecorders)[number][] = kindsOfRecorders,
): Recorders {
  const owner = accountOf(view);
  const found = kinds.map((relation) => ({ relation, ...members(owner, relation) }));
  return {
    candidates: found.flatMap(({ relation, sure }) =>
      sure.map((recorder) => ({ view: recorder, prefix: `${prefix}${relation}[${recorder.id}].` })),
    ),
    listing: found.map(({ relation, sure, gaps, from }) => {
      const path = `${prefix}${relation}`;
      if (gaps.length > 0) return unknown(owner, path, gaps, from);
      return decided(false, { path, actual: sure.length, ...(from && { from }), resource: owner.id });
    }),
  };
}

interface Asked extends ClassQuestion {
  readonly view: ResourceView;
  readonly regions: readonly string[];
}

/** A region of which nothing is known but that it may exist. */
export const anyOther = 'any other region';

/** In every region that is enabled, also those that nobody could list. */
export function recordedEverywhere(
  view: ResourceView,
  recorders: Recorders,
  asked: ClassQuestion,
  thorough: Thorough,
): Answer {
  const { enabledRegions } = view.account;
  const here = recordedIn(recorders, { ...asked, view, regions: enabledRegions }, thorough);
  if (asked.events.regions || globalShare(asked.events) === 'all') return here;
  const known = knownRegions(view, asked.prefix);
  const elsewhere = (): Answer =>
    recordedIn(recorders, { ...asked, view, regions: othersThan(enabledRegions, recorders) }, thorough);
  if (asked.how === 'every') {
    const there = elsewhere();
    // Either would do: that it is recorded wherever else, or that there is nowhere else.
    const isSaidThere = there.truth === 'yes' || (there.truth === 'unknown' && known.truth === 'unknown');
    return distinct(all([here, isSaidThere ? there : known], thorough));
  }
  if (known.truth === 'yes') return any([here, not(known)], thorough);
  // Where nobody could list the regions, there may be trails that nobody could list: unless it is about one alone.
  return distinct(any([here, recorders.listing.length === 0 ? elsewhere() : known], thorough));
}

/** Any region that is not listed, and those of which a trail shows that they are there. */
const othersThan = (listed: readonly string[], { candidates }: Recorders): readonly string[] => [
  anyOther,
  ...candidates.map(({ view }) => view.region).filter((region) => region && !listed.includes(region)),
];

/** In one region, if the class is about it at all. */
function recordedThere(view: ResourceView, region: string, asked: ClassQuestion, thorough: Thorough): Answer {
  const { regions } = asked.events;
  const events = regions ? { ...asked.events, regions: regions.filter((it) => it === region) } : asked.events;
  return recordedIn(recordersOf(view, asked.prefix), { ...asked, events, view, regions: [region] }, thorough);
}

/** In each of these regions (for `some`: in any of them). Regions that all recorders see alike are asked about once. */
function recordedIn({ candidates, listing }: Recorders, asked: Asked, thorough: Thorough): Answer {
  const { partition } = asked.view.account.account;
  const places = placesOf(asked.events, asked.regions, partition);
  if (places.length === 0) {
    return undecided({ path: `${asked.prefix}region`, resource: asked.view.id, note: 'no such event happens there' });
  }
  const answers = alike(candidates, places, partition).map((region) => {
    const happening = { events: happeningIn(asked.events, region, partition), region };
    const recorded = asked.how === 'every' ? everyRecorded : someRecorded;
    return any([recorded(candidates, happening, thorough), ...listing], thorough);
  });
  return distinct(asked.how === 'every' ? all(answers, thorough) : any(answers, thorough));
}

/** One of each group of regions that the same recorders reach; one that none of them lives in says it best. */
function alike(candidates: readonly Candidate[], regions: readonly string[], partition: string): readonly string[] {
  if (regions.length === 1) return regions;
  const homes = new Set(candidates.map(({ view }) => view.region));
  const groups = Map.groupBy(regions, (region) =>
    [hasGlobal(region, partition) ? region : '', ...candidates.map(({ view }) => appliesTo(view, region).applies)].join(
      ' ',
    ),
  );
  const telling = [...groups.values()].flatMap(
    (group) => group.find((region) => !homes.has(region)) ?? group.slice(0, 1),
  );
  return telling.toSorted((a, b) => Number(homes.has(a)) - Number(homes.has(b)));
}

/** What happens to one resource; calls that are certainly no data events are management events, of its service. */
function aboutResource(view: ResourceView, events: EventClass): readonly EventClass[] {
  const names = valuesOf(events, 'eventName');
  const eventSource = sourceOfType.get(view.type.name === 'AWS::S3::Bucket' ? 'AWS::S3::Object' : view.type.name);
  if (events.fields.has('eventCategory') || !names || !eventSource) return [narrow(events, dataOf(view, events))];
  const ofService = narrow(events, { eventSource });
  const isManagement = (name: string): boolean => {
    const known = lookUp(name, ofService);
    return known ? known.eventCategory === 'Management' : !mayBeDataEvent(name, ofService);
  };
  const [managing, others] = [names.filter(isManagement), names.filter((name) => !isManagement(name))];
  const managed = narrow(limit(ofService, 'eventName', managing), { eventCategory: 'Management' });
  return [
    ...(managing.length > 0 ? [managed] : []),
    ...(others.length > 0 ? [narrow(limit(events, 'eventName', others), dataOf(view, events))] : []),
  ];
}

/** What happens to one resource, to a bucket to its objects: these are data events, unless the class says otherwise. */
function dataOf({ id, type }: ResourceView, { fields }: EventClass): Readonly<Record<string, unknown>> {
  const category = fields.has('eventCategory') ? {} : { eventCategory: 'Data' };
  if (type.name === 'AWS::S3::Bucket') {
    return { ...category, 'resources.type': 'AWS::S3::Object', 'resources.ARN': { like: `${id}/*` } };
  }
  return { ...category, 'resources.type': type.name, 'resources.ARN': id };
}

/** Nobody knows where a resource is, nor therefore who records what happens to it. */
const nowhere = (view: ResourceView, prefix: string): Answer =>
  view.unread
    ? unknown(view, `${prefix}region`, view.unread)
    : undecided({
        path: `${prefix}${view.type.home === 'arn' ? 'region' : view.type.home}`,
        resource: view.id,
        note: `nothing says which region the ${view.type.name.split('::').at(-1)?.toLowerCase()} is in`,
      });

/** Whether the regions that are known are all there are. */
function knownRegions(view: ResourceView, prefix: string): Answer {
  const owner = accountOf(view);
  const { sure, gaps, from } = members(owner, 'regions');
  const path = `${prefix}regions`;
  if (gaps.length > 0) return unknown(owner, path, gaps, from);
  return decided(true, { path, actual: sure.length, ...(from && { from }), resource: owner.id });
}

const accountOf = (view: ResourceView): ResourceView => view.account.byType.get('AWS::Account')?.[0] ?? view;

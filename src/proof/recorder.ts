import { leaderRegion } from '../resource-types/partition.ts';
import { appliesTo, multiRegion } from '../snapshot/members.ts';
import { workedOut } from '../snapshot/remember.ts';
import { isObject, type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Answer } from './answer.ts';
import { globalServices } from './event-catalogue.ts';
import { type EventSet, nobodyKnowsWhich } from './event-set.ts';
import { exceptInsights, insightsOf } from './insights.ts';
import { decided, unknown } from './leaf.ts';
import { readSelectors, recordedBy, type Selector } from './selectors.ts';

/** A trail or event data store, and the path that evidence names it by. */
export interface Recorder {
  readonly view: ResourceView;
  readonly prefix: string;
}

/** What a trail or event data store selects, and where that is said. */
export interface Selection {
  readonly reading: Reading;
  readonly selectors: readonly Selector[];
  readonly path: string;
  readonly events: EventSet;
}

export const isTrail = ({ type }: ResourceView): boolean => type.name === 'AWS::CloudTrail::Trail';

const statusOfTrail = ['Status', 'IsLogging', true] as const;
const statusOfEventDataStore = ['Status', '', 'ENABLED'] as const;
/** On its way there: whether it records already is not documented (aws-semantics §5.2). */
const starting = ['CREATED', 'STARTING_INGESTION'];

/** Whether a trail or event data store is recording at all (aws-semantics §1.5, §5.2). */
export function isRecording({ view, prefix }: Recorder): Answer {
  const [property, member, expected] = isTrail(view) ? statusOfTrail : statusOfEventDataStore;
  const own = `${property}${member && `.${member}`}`;
  const path = `${prefix}${own}`;
  const reading = read(view, property);
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  const value = reading.is === 'value' ? reading.value : undefined;
  const actual = member ? (isObject(value) ? value[member] : undefined) : value;
  const evidence = { path, expected, actual, ...(reading.from && { from: reading.from }), resource: view.id };
  if (!isTrail(view) && starting.includes(String(actual))) {
    return { truth: 'unknown', evidence: [{ ...evidence, note: 'it is only starting to record' }], changes: [] };
  }
  return decided(actual === expected, evidence, [[{ resource: view.id, path: own, set: expected }]]);
}

/** What a trail or event data store selects; worked out once, however many rules ask. */
export const selectionOf = (view: ResourceView): Selection => workedOut(view, readSelection);

function readSelection(view: ResourceView): Selection {
  const selection = isTrail(view) ? trailSelection(view) : storeSelection(view);
  const isKnown = selection.reading.is !== 'gap' && !listsNone(view, selection.reading);
  const recorded = isKnown ? recordedBy(selection.selectors) : nobodyKnowsWhich;
  const events = isTrail(view) ? { any: [recorded, insightsOf(view, recorded)] } : exceptInsights(recorded);
  return { ...selection, events };
}

/** AWS says that a trail has selectors of its own, and lists none: then nobody knows them. */
export const listsNone = (view: ResourceView, reading: Reading): boolean =>
  reading.is === 'absent' && view.item.HasCustomEventSelectors === true;

const said = (reading: Reading): unknown => (reading.is === 'value' ? reading.value : undefined);

type Said = Omit<Selection, 'events'>;

function storeSelection(view: ResourceView): Said {
  const reading = read(view, 'AdvancedEventSelectors');
  return { reading, selectors: readSelectors(undefined, said(reading)), path: 'AdvancedEventSelectors' };
}

function trailSelection(view: ResourceView): Said {
  const advanced = read(view, 'AdvancedEventSelectors');
  const basic = read(view, 'EventSelectors');
  const gapped = [advanced, basic].find(({ is }) => is === 'gap');
  const custom = read(view, 'HasCustomEventSelectors');
  const none = gapped ?? (advanced.is === 'absent' && basic.is === 'absent');
  if (none && custom.is === 'value' && custom.value === false) {
    // No selectors, or none that anybody could read, and AWS says that there are none of its own: the default holds.
    return { reading: custom, selectors: readSelectors(undefined, undefined), path: 'HasCustomEventSelectors' };
  }
  const inForce = said(advanced);
  const path = Array.isArray(inForce) && inForce.length > 0 ? 'AdvancedEventSelectors' : 'EventSelectors';
  return {
    reading: gapped ?? (path === 'EventSelectors' ? basic : advanced),
    selectors: readSelectors(said(basic), inForce),
    path,
  };
}

/** Whether a recorder gets what happens in one region (aws-semantics §1.4). */
export function reaches({ view, prefix }: Recorder, region: string): Answer {
  const { applies, gaps } = appliesTo(view, region);
  const multi = multiRegion(view.type.name) ?? 'HomeRegion';
  const everywhere = read(view, multi);
  const from = everywhere.from && { from: everywhere.from };
  const path = `${prefix}${multi}`;
  if (applies === 'unknown') return unknown(view, path, gaps, everywhere.from);
  const isMulti = everywhere.is === 'value' && everywhere.value === true;
  const actual = everywhere.is === 'value' ? { actual: everywhere.value } : {};
  const evidence = { path, expected: true, ...actual, ...from, resource: view.id };
  if (applies === 'yes') {
    const atHome = { path: `${prefix}region`, expected: region, actual: view.region, resource: view.id };
    return decided(true, isMulti ? evidence : atHome);
  }
  const home = view.region || 'an unknown region';
  const note = isMulti
    ? `it lives in ${home}, which this account has not enabled`
    : `it records ${home} alone, not ${region}`;
  return decided(false, { ...evidence, note }, isMulti ? [] : [[{ resource: view.id, path: multi, set: true }]]);
}

const isGlobal: EventSet = {
  field: 'eventSource',
  has: (value) => (globalServices.includes(String(value)) ? 'yes' : 'no'),
  whole: globalServices,
  beginnings: [],
  endings: [],
};

/**
 * Whether a trail of the leader region alone asks for the events of global services, which are recorded there
 * (aws-semantics §1.4); undefined: it need not ask.
 */
export function asksForGlobal({ view, prefix }: Recorder, region: string): Answer | undefined {
  const everywhere = said(read(view, 'IsMultiRegionTrail')) === true;
  if (!isTrail(view) || everywhere || region !== leaderRegion(view.account.account.partition)) return undefined;
  const path = `${prefix}IncludeGlobalServiceEvents`;
  const included = read(view, 'IncludeGlobalServiceEvents');
  if (included.is === 'gap') return unknown(view, path, included.gaps, included.from);
  const actual = said(included);
  return decided(
    actual !== false,
    { path, expected: true, actual, ...(included.from && { from: included.from }), resource: view.id },
    [[{ resource: view.id, path: 'IncludeGlobalServiceEvents', set: true }]],
  );
}

/** What a recorder records in a region. */
export function recordedIn(recorder: Recorder, region: string): EventSet {
  const { events } = selectionOf(recorder.view);
  const asks = asksForGlobal(recorder, region)?.truth ?? 'yes';
  if (asks === 'yes') return events;
  const rest: EventSet = { not: isGlobal };
  return { all: [events, asks === 'unknown' ? { any: [rest, nobodyKnowsWhich] } : rest] };
}

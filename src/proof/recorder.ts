import { appliesTo, isForeign, members } from '../snapshot/members.ts';
import { workedOut } from '../snapshot/remember.ts';
import { type Reading, type ResourceView, read, readPath, saidBy } from '../snapshot/resource-view.ts';
import { type Answer, all, type Evidence } from './answer.ts';
import { globalServices } from './event-catalogue.ts';
import { type EventSet, nobodyKnowsWhich } from './event-set.ts';
import { exceptInsights, insightsOf } from './insights.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { hasGlobal } from './places.ts';
import { inPartition, readSelectors, recordedBy, type Selector } from './selectors.ts';
import { storeHasItsKey } from './store-key.ts';

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
  /** AWS says that a trail has selectors of its own, and lists none: then nobody knows them. */
  readonly isLost: boolean;
  readonly events: EventSet;
}

export const isTrail = ({ type }: ResourceView): boolean => type.name === 'AWS::CloudTrail::Trail';

/** Whether a trail or event data store is recording at all (aws-semantics §1.5, §5.2). */
export const isRecording = (recorder: Recorder): Answer =>
  isTrail(recorder.view)
    ? isLogging(recorder)
    : all([takesEvents(recorder), storeHasItsKey(recorder.view, recorder.prefix)], 'no');

/** The same of an event data store, whose key is found by what the store says. */
export function ingests(store: Recorder): Answer {
  const { view, prefix } = store;
  const recording = isRecording(store);
  const pointer = read(view, 'KmsKeyId');
  const restsOnKey = recording.evidence.some(({ path }) => path.startsWith(`${prefix}key`));
  if (!restsOnKey || recording.truth === 'unknown') return recording;
  const named = { path: `${prefix}KmsKeyId`, actual: saidBy(pointer), ...fromOf(pointer), resource: view.id };
  return { ...recording, evidence: [named, ...recording.evidence] };
}

function isLogging({ view, prefix }: Recorder): Answer {
  const own = 'Status.IsLogging';
  const reading = readPath(view, own);
  const path = `${prefix}${own}`;
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  return decided(actual === true, { path, expected: true, actual, ...fromOf(reading), resource: view.id }, [
    [{ resource: view.id, path: own, set: true }],
  ]);
}

/** Anything else is on its way there, or came after this was written: whether it records already is not documented. */
const resting: readonly unknown[] = ['STOPPING_INGESTION', 'STOPPED_INGESTION', 'PENDING_DELETION', undefined];

function takesEvents({ view, prefix }: Recorder): Answer {
  const path = `${prefix}Status`;
  const reading = read(view, 'Status');
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  const evidence = { path, expected: 'ENABLED', actual, ...fromOf(reading), resource: view.id };
  if (actual !== 'ENABLED' && !resting.includes(actual)) {
    return undecided({ ...evidence, note: `whether it records while it is ${actual} is not documented` });
  }
  return decided(actual === 'ENABLED', evidence, [[{ resource: view.id, path: 'Status', set: 'ENABLED' }]]);
}

const fromOf = ({ from }: Reading): { readonly from?: string } => (from === undefined ? {} : { from });

/** What a trail or event data store selects; worked out once, however many rules ask. */
export const selectionOf = (view: ResourceView): Selection => workedOut(view, readSelection);

function readSelection(view: ResourceView): Selection {
  const selection = isTrail(view) ? trailSelection(view) : storeSelection(view);
  const isKnown = selection.reading.is !== 'gap' && !selection.isLost;
  const recorded = isKnown ? recordedBy(selection.selectors) : nobodyKnowsWhich;
  const events = isTrail(view) ? { any: [recorded, insightsOf(view, recorded)] } : exceptInsights(recorded);
  return { ...selection, events };
}

type Said = Omit<Selection, 'events'>;

const selectorsOf = (view: ResourceView, basic: unknown, advanced: unknown): readonly Selector[] =>
  inPartition(readSelectors(basic, advanced), view.account.account.partition);

function storeSelection(view: ResourceView): Said {
  const reading = read(view, 'AdvancedEventSelectors');
  return {
    reading,
    selectors: selectorsOf(view, undefined, saidBy(reading)),
    path: 'AdvancedEventSelectors',
    isLost: false,
  };
}

const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);

/** The advanced form where there is one, else the basic one; of neither the default, if AWS does not say otherwise. */
function trailSelection(view: ResourceView): Said {
  const advanced = read(view, 'AdvancedEventSelectors');
  const basic = read(view, 'EventSelectors');
  const custom = read(view, 'HasCustomEventSelectors');
  const selectors = selectorsOf(view, saidBy(basic), saidBy(advanced));
  if (!isEmpty(saidBy(advanced)))
    return { reading: advanced, selectors, path: 'AdvancedEventSelectors', isLost: false };
  const isListed = !isEmpty(saidBy(basic));
  if (!isListed && saidBy(custom) === false) {
    return { reading: custom, selectors, path: 'HasCustomEventSelectors', isLost: false };
  }
  const reading = advanced.is === 'gap' ? advanced : basic;
  return { reading, selectors, path: 'EventSelectors', isLost: !isListed && saidBy(custom) === true };
}

/** Whether a recorder gets what happens in one region (aws-semantics §1.4). */
export function reaches({ view, prefix }: Recorder, region: string): Answer {
  const { applies, gaps } = appliesTo(view, region);
  const multi = isTrail(view) ? 'IsMultiRegionTrail' : 'MultiRegionEnabled';
  const everywhere = read(view, multi);
  const path = `${prefix}${multi}`;
  if (applies === 'unknown') return unknown(view, path, gaps, everywhere.from);
  const isMulti = saidBy(everywhere) === true;
  const actual = everywhere.is === 'value' ? { actual: everywhere.value } : {};
  const evidence = { path, expected: true, ...actual, ...fromOf(everywhere), resource: view.id };
  if (applies === 'yes') {
    const atHome = { path: `${prefix}region`, expected: region, actual: view.region, resource: view.id };
    return decided(true, isMulti ? evidence : atHome);
  }
  if (isForeign(view)) {
    const note = `it is of account ${view.accountId} alone, not of its organization`;
    return decided(false, { path: `${prefix}accountId`, resource: view.id, note });
  }
  const home = view.region || 'an unknown region';
  if (isMulti) {
    const note = `it lives in ${home}, which this account has not enabled`;
    const away = decided(false, { ...evidence, note });
    return { ...away, evidence: [...away.evidence, enabledRegions(view, prefix)] };
  }
  const note = `it records ${home} alone, not ${region}`;
  return decided(false, { ...evidence, note }, [[{ resource: view.id, path: multi, set: true }]]);
}

/** That these are all the regions that the account has enabled. */
function enabledRegions(view: ResourceView, prefix: string): Evidence {
  const owner = view.account.byType.get('AWS::Account')?.[0] ?? view;
  const { sure, from } = members(owner, 'regions');
  return { path: `${prefix}account.regions`, actual: sure.length, ...(from && { from }), resource: owner.id };
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
  const everywhere = saidBy(read(view, 'IsMultiRegionTrail')) === true;
  if (!isTrail(view) || everywhere || !hasGlobal(region, view.account.account.partition)) return undefined;
  const path = `${prefix}IncludeGlobalServiceEvents`;
  const included = read(view, 'IncludeGlobalServiceEvents');
  if (included.is === 'gap') return unknown(view, path, included.gaps, included.from);
  const actual = saidBy(included);
  return decided(actual !== false, { path, expected: true, actual, ...fromOf(included), resource: view.id }, [
    [{ resource: view.id, path: 'IncludeGlobalServiceEvents', set: true }],
  ]);
}

/** What a recorder records in a region. */
export function recordedIn(recorder: Recorder, region: string): EventSet {
  const { events } = selectionOf(recorder.view);
  const asks = asksForGlobal(recorder, region)?.truth ?? 'yes';
  if (asks === 'yes') return events;
  const rest: EventSet = { not: isGlobal };
  return { all: [events, asks === 'unknown' ? { any: [rest, nobodyKnowsWhich] } : rest] };
}

import { leaderRegion } from '../resource-types/partition.ts';
import { appliesTo, multiRegion } from '../snapshot/members.ts';
import { type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all, any } from './answer.ts';
import { type Coverage, coverage, describeWitness } from './coverage.ts';
import { type EventClass, globalShare } from './event-class.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { readSelectors, type Selector } from './selectors.ts';

const isTrail = ({ type }: ResourceView): boolean => type.name === 'AWS::CloudTrail::Trail';

const statusOfTrail = ['Status', 'IsLogging', true] as const;
const statusOfEventDataStore = ['Status', '', 'ENABLED'] as const;

/** Whether a trail or event data store is recording at all (aws-semantics §1.5, §5.2). */
function active(recorder: ResourceView, prefix: string): Answer {
  const [property, member, expected] = isTrail(recorder) ? statusOfTrail : statusOfEventDataStore;
  const path = `${prefix}${property}${member && `.${member}`}`;
  const reading = read(recorder, property);
  if (reading.is === 'gap') return unknown(recorder, path, reading.gaps, reading.from);
  const value = reading.is === 'value' ? reading.value : undefined;
  const actual = member ? (value as Readonly<Record<string, unknown>> | undefined)?.[member] : value;
  const change = { resource: recorder.id, path: path.slice(prefix.length), set: expected };
  return decided(
    actual === expected,
    { path, expected, actual, ...(reading.from && { from: reading.from }), resource: recorder.id },
    [[change]],
  );
}

/** What a trail or event data store selects: its selectors and where they are said, or why nobody knows. */
function selectorsOf(recorder: ResourceView): {
  readonly reading: Reading;
  readonly selectors: readonly Selector[];
  readonly path: string;
} {
  const advanced = read(recorder, 'AdvancedEventSelectors');
  const value = (reading: Reading): unknown => (reading.is === 'value' ? reading.value : undefined);
  if (!isTrail(recorder)) {
    return { reading: advanced, selectors: readSelectors(undefined, value(advanced)), path: 'AdvancedEventSelectors' };
  }
  const basic = read(recorder, 'EventSelectors');
  const gapped = [advanced, basic].find(({ is }) => is === 'gap');
  const custom = read(recorder, 'HasCustomEventSelectors');
  const none = gapped ?? (advanced.is === 'absent' && basic.is === 'absent');
  if (none && custom.is === 'value' && custom.value === false) {
    // No selectors, or none that anybody could read, and AWS says that there are none of its own: the default holds.
    return { reading: custom, selectors: readSelectors(undefined, undefined), path: 'HasCustomEventSelectors' };
  }
  const path =
    value(advanced) && (value(advanced) as unknown[]).length > 0 ? 'AdvancedEventSelectors' : 'EventSelectors';
  return {
    reading: gapped ?? (path === 'EventSelectors' ? basic : advanced),
    selectors: readSelectors(value(basic), value(advanced)),
    path,
  };
}

/** Whether the selectors let every (or some) event of a class through. */
function selected(recorder: ResourceView, events: EventClass, how: 'every' | 'some', prefix: string): Answer {
  const { reading, selectors, path } = selectorsOf(recorder);
  if (reading.is === 'absent' && recorder.item.HasCustomEventSelectors === true) {
    const note = 'AWS says that there are selectors, and lists none';
    return undecided({
      path: `${prefix}${path}`,
      ...(reading.from && { from: reading.from }),
      resource: recorder.id,
      note,
    });
  }
  const at = `${prefix}${path}`;
  if (reading.is === 'gap') return unknown(recorder, at, reading.gaps, reading.from);
  const covered = coverage(selectors, events);
  const evidence = {
    path: at,
    ...(reading.from && { from: reading.from }),
    resource: recorder.id,
    note: explain(covered, how),
  };
  if (covered.records === 'uncertain') return undecided(evidence);
  const does = how === 'every' ? covered.records === 'all' : covered.records !== 'none';
  return decided(does, evidence, does ? [] : defaultSelection(recorder, events));
}

function explain({ records, missed, why }: Coverage, how: 'every' | 'some'): string {
  if (records === 'uncertain') return `it cannot be said what these selectors record: ${why ?? ''}`;
  if (records === 'all') return 'records every such event';
  if (records === 'none') return 'records no such event';
  return how === 'some' ? 'records some such events' : `does not record: ${describeWitness(missed ?? new Map())}`;
}

/** All management events again: what a trail records before anybody narrows it. */
function defaultSelection(recorder: ResourceView, { fields }: EventClass): Answer['changes'] {
  const onlyManagement = fields.get('eventCategory')?.has('Management') && !fields.get('eventCategory')?.has('Data');
  if (!isTrail(recorder) || !onlyManagement) return [];
  const set = (path: string, value: unknown) => ({ resource: recorder.id, path, set: value });
  const everything = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }];
  return [[set('AdvancedEventSelectors', everything)]];
}

/** Whether a recorder gets the events of a class that happen in one region (aws-semantics §1.4). */
function reaches(recorder: ResourceView, events: EventClass, region: string, prefix: string): Answer {
  const { applies, gaps } = appliesTo(recorder, region);
  const multi = multiRegion(recorder.type.name) ?? 'HomeRegion';
  const everywhere = read(recorder, multi);
  const from = everywhere.from && { from: everywhere.from };
  const path = `${prefix}${multi}`;
  if (applies === 'unknown') return unknown(recorder, path, gaps, everywhere.from);
  const isMulti = everywhere.is === 'value' && everywhere.value === true;
  const atHome = decided(true, {
    path: `${prefix}region`,
    expected: region,
    actual: recorder.region,
    resource: recorder.id,
  });
  const said = {
    path,
    expected: true,
    ...(everywhere.is === 'value' && { actual: everywhere.value }),
    ...from,
    resource: recorder.id,
  };
  if (applies === 'no') {
    const home = recorder.region || 'an unknown region';
    const note = isMulti
      ? `it lives in ${home}, which this account has not enabled`
      : `it records ${home} alone, not ${region}`;
    return decided(false, { ...said, note }, isMulti ? [] : [[{ resource: recorder.id, path: multi, set: true }]]);
  }
  if (recorder.region === region && !globalShareIn(recorder, events, region)) return atHome;
  return isMulti ? decided(true, said) : globalEvents(recorder, prefix);
}

/** Whether events of global services are meant that only this region records. */
const globalShareIn = (recorder: ResourceView, events: EventClass, region: string): boolean =>
  isTrail(recorder) && globalShare(events) !== 'none' && region === leaderRegion(recorder.account.account.partition);

/** A trail of the leader region alone gets the events of global services if it asks for them. */
function globalEvents(recorder: ResourceView, prefix: string): Answer {
  const path = `${prefix}IncludeGlobalServiceEvents`;
  const included = read(recorder, 'IncludeGlobalServiceEvents');
  if (included.is === 'gap') return unknown(recorder, path, included.gaps, included.from);
  const actual = included.is === 'value' ? included.value : undefined;
  return decided(
    actual !== false,
    { path, expected: true, actual, ...(included.from && { from: included.from }), resource: recorder.id },
    [[{ resource: recorder.id, path: 'IncludeGlobalServiceEvents', set: true }]],
  );
}

/** One that works in every region answers alike for each. */
function isEverywhere(recorder: ResourceView): boolean {
  const reading = read(recorder, multiRegion(recorder.type.name) ?? '');
  return reading.is === 'value' && reading.value === true;
}

export interface Question {
  readonly events: EventClass;
  readonly how: 'every' | 'some';
  readonly regions: readonly string[];
  readonly prefix: string;
}

/** Whether one trail or event data store, alone, records every (some) event of a class in these regions. */
export function recordsAlone(
  recorder: ResourceView,
  { events, how, regions, prefix }: Question,
  { thorough }: Context,
): Answer {
  // What works in every region answers alike for each, and says so best of one that it does not live in.
  const telling = regions.find((region) => region !== recorder.region) ?? regions[0];
  const asked = isEverywhere(recorder) && telling !== undefined ? [telling] : regions;
  const everywhere = asked.map((region) => reaches(recorder, events, region, prefix));
  return all(
    [
      how === 'every' ? all(everywhere, thorough) : any(everywhere, thorough),
      active(recorder, prefix),
      selected(recorder, events, how, prefix),
    ],
    thorough,
  );
}

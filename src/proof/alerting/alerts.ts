import { members } from '../../snapshot/members.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, all, any, distinct, type Evidence } from '../answer.ts';
import { type Coverage, coverage } from '../coverage.ts';
import { globalShare } from '../event-catalogue.ts';
import { type EventClass, narrow, readEventClass } from '../event-class.ts';
import { contains } from '../event-set.ts';
import { glancing } from '../glance.ts';
import type { Source } from '../kind-coverage.ts';
import { type Context, decided, undecided, unknown } from '../leaf.ts';
import { happeningIn, placesOf } from '../places.ts';
import { describeWitness } from '../witness-text.ts';
import { type Alike, alike } from './alike.ts';
import { eventRuleRoutes } from './event-rule-routes.ts';
import { filterRoutes } from './filter-routes.ts';
import { type Here, headsOf, type Route, type Sieve } from './route.ts';

export type Via = 'any' | 'metric-filter' | 'eventbridge';

/** Does somebody learn of such events, and by which way? */
export interface AlertsQuestion {
  readonly classes: readonly Readonly<Record<string, unknown>>[];
  readonly via: Via;
}

/**
 * Whether somebody learns of one event of each class, wherever in the account (or in one region) it happens: over a
 * metric filter and an alarm, or over a rule of EventBridge (aws-semantics §6–7). All ways together count; of what is
 * missed the first broken link is named.
 */
export function alerts(
  view: ResourceView,
  { classes, via }: AlertsQuestion,
  prefix: string,
  { thorough }: Context,
): Answer {
  const { account } = view;
  const owner = account.byType.get('AWS::Account')?.[0] ?? view;
  const only = view.type.name === 'AWS::Region' ? view.name : undefined;
  const enabled = only === undefined ? account.enabledRegions : [only];
  const { partition } = account.account;
  const read = classes.map(readEventClass).map((events) => (only === undefined ? events : limited(events, only)));
  const answers = read.flatMap((events) => {
    const isAbout = glancing(events);
    const judge = (region: string, by: Via): Answer =>
      inRegion(narrowed(events, owner, region), { account: owner, region, prefix, isAbout }, by);
    const places = placesOf(events, enabled, partition).filter((region) => mayHappenIn(events, region));
    if (places.length === 0) return [nowhere(owner, prefix)];
    return alike(owner, places, isAbout).flatMap((group) => judgeAlike(group, via, judge));
  });
  const everywhere = only === undefined && read.some((events) => isEverywhere(events));
  return distinct(all([...answers, ...(everywhere ? otherRegions(owner, prefix) : [])], thorough));
}

/** A class that names regions, asked of one: of what happens in the others that one says nothing. */
const limited = (events: EventClass, region: string): EventClass =>
  events.regions ? { ...events, regions: events.regions.filter((it) => it === region) } : events;

const mayHappenIn = ({ fields }: EventClass, region: string): boolean => fields.get('awsRegion')?.has(region) !== 'no';

/** Of what cannot happen nobody needs to learn, but whoever asks means something that does. */
const nowhere = ({ id }: ResourceView, prefix: string): Answer =>
  undecided({ path: `${prefix}alerts`, resource: id, note: 'such events happen in none of its regions' });

const isEverywhere = (events: EventClass): boolean => events.regions === undefined && globalShare(events) !== 'all';

/** Filters are the same for all of them; where they fall short, the rules of each region may do. */
function judgeAlike(
  { regions, byRules }: Alike,
  via: Via,
  judge: (region: string, by: Via) => Answer,
): readonly Answer[] {
  if (via !== 'eventbridge') {
    const [byFilters] = regions.slice(0, 1).map((region) => judge(region, 'metric-filter'));
    if (byFilters && (via === 'metric-filter' || byFilters.truth === 'yes')) return [byFilters];
  }
  return byRules.flatMap(([region]) => (region === undefined ? [] : [judge(region, via)]));
}

/** Whether somebody learns of events of a class that happen in one region. */
export function alertsIn(owner: ResourceView, region: string, events: EventClass): Answer {
  const here = { account: owner, region, prefix: '', isAbout: glancing(events) };
  return distinct(inRegion(narrowed(events, owner, region), here, 'any'));
}

/** There may be regions that nobody could list; what happens there is not known to be noticed. */
function otherRegions(owner: ResourceView, prefix: string): readonly Answer[] {
  const { gaps, from } = members(owner, 'regions');
  return gaps.length === 0 ? [] : [unknown(owner, `${prefix}regions`, gaps, from)];
}

/** What of a class happens in a region, and what its records say of where that is. */
function narrowed(events: EventClass, owner: ResourceView, region: string): EventClass {
  const { id, partition } = owner.account.account;
  return narrow(happeningIn(events, region, partition), { awsRegion: region, recipientAccountId: id });
}

function inRegion(events: EventClass, here: Here, via: Via): Answer {
  const heads = headsOf(here);
  const mayMatch = glancing(events);
  const routes = [
    ...(via === 'eventbridge' ? [] : filterRoutes(heads, here)),
    ...(via === 'metric-filter' ? [] : eventRuleRoutes(heads, here)),
  ].filter((route) => mayMatch(route.events));
  const ways = walk(routes, events);
  if (ways.covered.every === 'yes') return noticed(ways);
  // What only seemed to be about such events has no part in why nobody learns of them.
  const about = routes.filter((route) => coverage([{ works: 'yes', events: route.events }], events).some !== 'no');
  const why = about.length < routes.length ? walk(about, events) : ways;
  if (why.covered.every === 'unknown') return uncertain(why, here);
  return any([missing(why, events, here), ...listings(here, via)], 'no');
}

/** The ways that events of a class may go. */
interface Ways {
  readonly routes: readonly Route[];
  /** Of each route, whether somebody learns of what goes it. */
  readonly works: readonly Answer[];
  readonly covered: Coverage;
}

function walk(routes: readonly Route[], events: EventClass): Ways {
  const works = routes.map((route) => route.works());
  return { routes, works, covered: coverage(sourcesOf(routes, works), events) };
}

const sourcesOf = (routes: readonly Route[], works: readonly Answer[]): readonly Source[] =>
  routes.map((route, index) => ({ works: works[index]?.truth ?? 'unknown', events: route.events }));

const does: ReadonlyMap<string, string> = new Map([
  ['match', 'matches such events'],
  ['record', 'records such events'],
]);

/** The ways that are enough, from one end to the other. */
function noticed({ routes, works, covered: { enough } }: Ways): Answer {
  const said = enough.flatMap((index) =>
    (routes[index]?.sieves ?? []).flatMap((sieve) => {
      const note = does.get(sieve.does);
      return note ? [decided(true, { ...named(sieve), note })] : [];
    }),
  );
  return all([...works.filter((_, index) => enough.includes(index)), ...said], 'no');
}

const named = ({ path, resource, from }: Sieve): Evidence => ({ path, resource, ...(from && { from }) });

/** Which ways may be the ones, and what of them is not known. */
function uncertain({ routes, works, covered: { open, why } }: Ways, { prefix, account, region }: Here): Answer {
  const event = open && `${describeWitness(open)} in ${region}`;
  const reasons = routes.flatMap((route, index): readonly Answer[] => {
    const work = works[index];
    if (!work || work.truth === 'no') return [];
    if (!open) return work.truth === 'unknown' ? [work] : [];
    const sieve = route.sieves.find(({ events }) => contains(events, open) === 'unknown');
    if (contains(route.events, open) === 'no') return [];
    if (work.truth === 'unknown') return [work];
    const note = `it cannot be said whether it would ${sieve?.does} ${event}`;
    return sieve ? [sieve.unread?.() ?? undecided({ ...named(sieve), note })] : [];
  });
  if (reasons.length > 0) return all(reasons, 'no');
  const note = `it cannot be said whether somebody learns of such events${why ? `: ${why}` : ''}`;
  return undecided({ path: `${prefix}alerts`, resource: account.id, note });
}

/** What of each way, if there is one, lets the event slip. */
function missing(ways: Ways, events: EventClass, here: Here): Answer {
  const { routes, works, covered } = ways;
  const missed = covered.missed ?? new Map();
  const event = `${describeWitness(missed)} in ${here.region}`;
  const nobody = { path: `${here.prefix}alerts`, resource: here.account.id, note: `nobody learns of ${event}` };
  const reasons = routes.flatMap((route, index): readonly Answer[] => {
    const refusing = route.sieves.find((sieve) => contains(sieve.events, missed) === 'no');
    if (!refusing) return works.slice(index, index + 1);
    return [decided(false, { ...named(refusing), note: `does not ${refusing.does} ${event}` })];
  });
  const changes = works.flatMap((work, index) => (mends(ways, index, events) ? work.changes : []));
  return { truth: 'no', evidence: [nobody, ...reasons.flatMap(({ evidence }) => evidence)], changes };
}

/** Whether somebody would learn of all such events, if that way worked. */
function mends({ routes, works }: Ways, index: number, events: EventClass): boolean {
  if (works[index]?.truth !== 'no' || works[index].changes.length === 0) return false;
  const sources = sourcesOf(routes, works).map((source, at) =>
    at === index ? { ...source, works: 'yes' as const } : source,
  );
  return coverage(sources, events).every === 'yes';
}

/** Why there may be ways that nobody saw. */
function listings({ account, prefix, region }: Here, via: Via): readonly Answer[] {
  const relations = [
    'trails',
    ...(via === 'eventbridge' ? [] : ['metricFilters']),
    ...(via === 'metric-filter' ? [] : ['eventRules']),
  ];
  return relations.flatMap((relation) => {
    const { gaps, from } = members(account, relation);
    const near = relation === 'eventRules' ? gaps.filter((gap) => !gap.region || gap.region === region) : gaps;
    return near.length > 0 ? [unknown(account, `${prefix}${relation}`, near, from)] : [];
  });
}

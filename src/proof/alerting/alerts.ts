import { remember } from '../../snapshot/remember.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, all, any, distinct, type Evidence, not } from '../answer.ts';
import { type Coverage, coverage } from '../coverage.ts';
import { globalShare } from '../event-catalogue.ts';
import { type EventClass, readEventClass } from '../event-class.ts';
import { contains } from '../event-set.ts';
import { glancing } from '../glance.ts';
import { type Context, decided, undecided } from '../leaf.ts';
import { placesOf } from '../places.ts';
import { ofRoot } from '../possible-events.ts';
import { describeWitness } from '../witness-text.ts';
import { type Alike, alike } from './alike.ts';
import { eventRuleRoutes } from './event-rule-routes.ts';
import { filterRoutes } from './filter-routes.ts';
import { askedOf, coveredBy, type Happening, happeningAt } from './happening.ts';
import { mayBeMore } from './listing.ts';
import { type Here, headsOf, type Route, type Sieve, shutOf } from './route.ts';

/** The ways over which somebody may learn of an event. */
export const waysToLearn = ['any', 'metric-filter', 'eventbridge'] as const;
export type Via = (typeof waysToLearn)[number];

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
  const asked = classes.map((written) => ofRoot(readEventClass(written), account.account));
  const read = asked.map((events) => (only === undefined ? events : limited(events, only)));
  const answers = read.flatMap((events) => {
    const isAbout = glancing(events);
    const there = new Map<string, Happening>();
    const judge = (region: string, by: Via): Answer => {
      const happening = remember(there, region, () => happeningAt(events, owner, region));
      return inRegion(happening, { account: owner, region, prefix, isAbout }, by);
    };
    const places = placesOf(events, enabled, partition).filter((region) => mayHappenIn(events, region));
    if (places.length === 0) return [nowhere(owner, prefix)];
    return alike(owner, places, isAbout).flatMap((group) => judgeAlike(group, via, judge));
  });
  const everywhere = only === undefined && read.some((events) => isEverywhere(events));
  return distinct(all([...answers, ...(everywhere ? [otherRegions(owner, prefix)] : [])], thorough));
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
  { region, byRules }: Alike,
  via: Via,
  judge: (region: string, by: Via) => Answer,
): readonly Answer[] {
  if (via !== 'eventbridge') {
    const byFilters = judge(region, 'metric-filter');
    if (via === 'metric-filter' || byFilters.truth === 'yes') return [byFilters];
  }
  return byRules.map((it) => judge(it, via));
}

/** Whether somebody learns of events of a class that happen in one region. */
export function alertsIn(owner: ResourceView, region: string, asked: EventClass): Answer {
  const events = ofRoot(asked, owner.account.account);
  const here = { account: owner, region, prefix: '', isAbout: glancing(events) };
  return distinct(inRegion(happeningAt(events, owner, region), here, 'any'));
}

/** There may be regions that nobody could list; what happens there is not known to be noticed. */
const otherRegions = (owner: ResourceView, prefix: string): Answer => not(mayBeMore(owner, prefix, 'regions'));

/** How much of what happens goes one way, if that works. */
const goes = ({ events }: Route, happening: Happening): Coverage =>
  coverage([{ works: 'yes', events }], askedOf([events], happening));

function inRegion(happening: Happening, here: Here, via: Via): Answer {
  const heads = headsOf(here);
  const routes = [
    ...(via === 'eventbridge' ? [] : filterRoutes(heads, here)),
    ...(via === 'metric-filter' ? [] : eventRuleRoutes(heads, here)),
  ];
  const ways = waysOf(routes, happening);
  if (ways.covered.every === 'yes') return noticed(ways);
  if (ways.covered.every === 'unknown') return uncertain(ways, here);
  return any([missing(ways, happening, here), ...listings(here, via)], 'no');
}

/** A route that was walked, and whether somebody learns of what goes it. */
interface Way extends Route {
  readonly told: Answer;
}

/** The ways that events of a class may go, and how much of the class goes them. */
interface Ways {
  readonly ways: readonly Way[];
  readonly covered: Coverage;
}

/** Those that some of what happens may go. What only seems to be about such events has no part in why nobody learns. */
function waysOf(routes: readonly Route[], happening: Happening): Ways {
  const ways: Way[] = [];
  for (const route of routes) {
    const { some, every } = goes(route, happening);
    if (some === 'no') continue;
    const way = { ...route, told: route.works() };
    // Mostly one is enough, and all together may be too many to compare.
    if (every === 'yes' && way.told.truth === 'yes') return together([way], happening);
    ways.push(way);
  }
  return together(ways, happening);
}

const together = (ways: readonly Way[], happening: Happening): Ways => ({
  ways,
  covered: coveredBy(
    ways.map((way) => ({ works: way.told.truth, events: way.events })),
    happening,
  ),
});

const does: ReadonlyMap<string, string> = new Map([
  ['match', 'matches such events'],
  ['record', 'records such events'],
]);

/** The ways that are enough, from one end to the other. */
function noticed({ ways, covered: { enough } }: Ways): Answer {
  const taken = ways.filter((_, index) => enough.includes(index));
  const said = taken
    .flatMap(({ sieves }) => sieves)
    .flatMap((sieve) => {
      const note = does.get(sieve.does);
      return note ? [decided(true, { ...named(sieve), note })] : [];
    });
  return all([...taken.map(({ told }) => told), ...said], 'no');
}

const named = ({ path, resource, from }: Sieve): Evidence => ({ path, resource, ...(from && { from }) });

/** Which ways may be the ones, and what of them is not known. */
function uncertain({ ways, covered: { open, why } }: Ways, { prefix, account, region }: Here): Answer {
  const reasons = ways.flatMap(({ sieves, events, told }): readonly Answer[] => {
    if (told.truth === 'no' || (open && contains(events, open) === 'no')) return [];
    if (told.truth === 'unknown') return [told];
    const sieve = open && sieves.find((it) => contains(it.events, open) === 'unknown');
    if (!sieve) return [];
    const note = `it cannot be said whether it would ${sieve.does} ${describeWitness(open)} in ${region}`;
    return [sieve.unread?.() ?? undecided({ ...named(sieve), note })];
  });
  if (reasons.length > 0) return all(reasons, 'no');
  const note = `it cannot be said whether somebody learns of such events${why ? `: ${why}` : ''}`;
  return undecided({ path: `${prefix}alerts`, resource: account.id, note });
}

/** What of each way, if there is one, lets the event slip. */
function missing({ ways, covered: { missed: shown } }: Ways, happening: Happening, here: Here): Answer {
  const missed = shown ?? new Map();
  const event = `${describeWitness(missed)} in ${here.region}`;
  const nobody = { path: `${here.prefix}alerts`, resource: here.account.id, note: `nobody learns of ${event}` };
  const reasons = ways.flatMap(({ sieves, told }): readonly Evidence[] => {
    const refusing = sieves.find((sieve) => contains(sieve.events, missed) === 'no');
    return refusing ? [{ ...named(refusing), note: `does not ${refusing.does} ${event}` }] : told.evidence;
  });
  const shut = shutOf(here).map((sieve) => ({ ...named(sieve), note: `does not ${sieve.does} ${event}` }));
  const changes = ways.flatMap((way) => way.told.changes.filter(() => mends(way, ways, happening)));
  return { truth: 'no', evidence: [nobody, ...reasons, ...shut], changes };
}

/** Whether somebody would learn of all such events, if that way worked. */
function mends(mended: Way, ways: readonly Way[], happening: Happening): boolean {
  const sources = ways.map((way) => ({ works: way === mended ? 'yes' : way.told.truth, events: way.events }) as const);
  return coveredBy(sources, happening).every === 'yes';
}

/** What there may be more of, of which somebody may learn. */
const listed: Readonly<Record<Via, readonly string[]>> = {
  any: ['trails', 'metricFilters', 'eventRules'],
  'metric-filter': ['trails', 'metricFilters'],
  eventbridge: ['trails', 'eventRules'],
};

/** Why there may be ways that nobody saw, or that these are all. */
const listings = ({ account, prefix, region }: Here, via: Via): readonly Answer[] =>
  listed[via].map((relation) => mayBeMore(account, prefix, relation, relation === 'eventRules' ? region : undefined));

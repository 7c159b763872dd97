import { members } from '../../snapshot/members.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, all, any, distinct } from '../answer.ts';
import { type Coverage, coverage } from '../coverage.ts';
import { type EventClass, narrow, readEventClass } from '../event-class.ts';
import { contains, type Witness } from '../event-set.ts';
import { glancing } from '../glance.ts';
import { type Context, decided, undecided, unknown } from '../leaf.ts';
import { happeningIn, placesOf } from '../places.ts';
import { describeWitness } from '../witness-text.ts';
import { type Alike, alike } from './alike.ts';
import { eventRuleRoutes } from './event-rule-routes.ts';
import { filterRoutes, type Here } from './filter-routes.ts';
import type { Route } from './route.ts';

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
  const enabled = view.type.name === 'AWS::Region' ? [view.name] : account.enabledRegions;
  const { partition } = account.account;
  const answers = classes.flatMap((written) => {
    const events = readEventClass(written);
    const isAbout = glancing(events);
    const judge = (region: string, by: Via): Answer =>
      inRegion(narrowed(events, owner, region), { account: owner, region, prefix, isAbout }, by);
    return alike(owner, placesOf(events, enabled, partition), isAbout).flatMap((group) =>
      judgeAlike(group, via, judge),
    );
  });
  return distinct(all([...answers, ...otherRegions(owner, view, prefix)], thorough));
}

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
function otherRegions(owner: ResourceView, view: ResourceView, prefix: string): readonly Answer[] {
  const { gaps, from } = members(owner, 'regions');
  return view.type.name === 'AWS::Region' || gaps.length === 0 ? [] : [unknown(owner, `${prefix}regions`, gaps, from)];
}

/** What of a class happens in a region, and what its records say of where that is. */
function narrowed(events: EventClass, owner: ResourceView, region: string): EventClass {
  const { id, partition } = owner.account.account;
  return narrow(happeningIn(events, region, partition), { awsRegion: region, recipientAccountId: id });
}

function inRegion(events: EventClass, here: Here, via: Via): Answer {
  const trails = members(here.account, 'trails').sure;
  const mayMatch = glancing(events);
  const routes = [
    ...(via === 'eventbridge' ? [] : filterRoutes(trails, here)),
    ...(via === 'metric-filter' ? [] : eventRuleRoutes(trails, here)),
  ].filter((route) => mayMatch(route.events));
  const ways = walk(routes, events);
  const { works, covered } = ways;
  if (covered.every === 'yes') {
    return all(
      covered.enough.flatMap((index) => [works[index] ?? any([], 'no'), noticing(routes[index])]),
      'no',
    );
  }
  // What only seemed to be about such events has no part in why nobody learns of them.
  const about = routes.filter((route) => coverage([{ works: 'yes', events: route.events }], events).some !== 'no');
  const why = about.length < routes.length ? walk(about, events) : ways;
  if (why.covered.every === 'unknown') return uncertain(why, here);
  return any([missing(why, why.covered.missed ?? new Map(), here), ...listings(here, via)], 'no');
}

interface Ways {
  readonly routes: readonly Route[];
  /** Of each route, whether somebody learns of what it matches. */
  readonly works: readonly Answer[];
  readonly covered: Coverage;
}

function walk(routes: readonly Route[], events: EventClass): Ways {
  const works = routes.map((route) => route.works());
  const sources = routes.map((route, index) => ({ works: works[index]?.truth ?? 'unknown', events: route.events }));
  return { routes, works, covered: coverage(sources, events) };
}

function noticing(route: Route | undefined): Answer {
  if (!route) return any([], 'no');
  return decided(true, {
    path: route.path,
    resource: route.resource,
    ...(route.from && { from: route.from }),
    note: 'matches such events',
  });
}

/** Which ways may be the ones, and what of them is not known. */
function uncertain({ routes, works, covered: { why } }: Ways, { prefix, account }: Here): Answer {
  const open = works.filter(({ truth }) => truth === 'unknown');
  if (open.length > 0) return all(open, 'no');
  const [first] = routes;
  const note = `it cannot be said what it matches${why ? `: ${why}` : ''}`;
  return undecided({ path: first?.path ?? `${prefix}alerts`, resource: first?.resource ?? account.id, note });
}

/** What of each way, if there is one, lets the event slip. */
function missing({ routes, works }: Ways, missed: Witness, here: Here): Answer {
  const event = `${describeWitness(missed)} in ${here.region}`;
  const nobody = { path: `${here.prefix}alerts`, resource: here.account.id, note: `nobody learns of ${event}` };
  const reasons = routes.map((route, index): Answer => {
    if (contains(route.events, missed) !== 'no') return works[index] ?? any([], 'no');
    const note = `does not match ${event}`;
    return decided(false, {
      path: route.path,
      resource: route.resource,
      ...(route.from && { from: route.from }),
      note,
    });
  });
  const changes = reasons.flatMap((reason) => (reason.truth === 'no' ? reason.changes : []));
  return { truth: 'no', evidence: [nobody, ...reasons.flatMap(({ evidence }) => evidence)], changes };
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

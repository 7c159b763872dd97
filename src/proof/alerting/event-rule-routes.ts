import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import { type Answer, all, nothingSaid } from '../answer.ts';
import { type EventSet, type FieldTest, nobodyKnowsWhich } from '../event-set.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { hasPattern, matchedByRule, unreadPattern } from './event-rule-pattern.ts';
import { anyTarget } from './event-rule-targets.ts';
import { is } from './is.ts';
import { tells } from './notice.ts';
import { type Head, type Here, type Route, routeThrough } from './route.ts';

/** From the default event bus of a region, over each rule on it, to its targets (aws-semantics §7). */
export function eventRuleRoutes(heads: readonly Head[], here: Here): readonly Route[] {
  const rules = members(here.account, 'eventRules').sure.filter(
    (rule) => rule.region === here.region && hasPattern(rule) && here.isAbout(matchedByRule(rule)),
  );
  return heads.flatMap((head) => rules.map((rule) => ruleRoute(head, rule, here)));
}

/** An event arrives only where a trail that is logging records it (aws-semantics §7.1). */
function ruleRoute({ sieve, works }: Head, rule: ResourceView, here: Here): Route {
  const prefix = `${here.prefix}eventRules[${rule.id}].`;
  const from = read(rule, 'EventPattern').from;
  const pattern = { path: `${prefix}EventPattern`, resource: rule.id, from };
  return routeThrough(
    [
      { ...pattern, events: matchedByRule(rule), does: 'match' },
      { ...pattern, path: `${prefix}State`, events: deliveredTo(rule), does: 'get' },
      sieve,
    ],
    () => all([...works(), notified(rule, prefix)], 'no'),
  );
}

/** Whether a rule notifies somebody: the same for every trail, and so asked once. */
const notified = (rule: ResourceView, prefix: string): Answer =>
  remember(workedOut(rule, noAnswers), prefix, () =>
    all([onDefaultBus(rule, prefix), enabled(rule, prefix), valid(rule, prefix), anyTarget(rule, prefix, tells)], 'no'),
  );

const noAnswers = (_: ResourceView): Map<string, Answer> => new Map();

const exempt = ['GetFederationToken', 'GetSessionToken'];

/** Whether a management event of that name is never delivered to a rule that is merely enabled (aws-semantics §7.1). */
export const isHeldBack = (name: string): boolean => /^(List|Get|Describe)/.test(name) && !exempt.includes(name);

/** Of other reads nobody knows (U8). */
const readByName: FieldTest = {
  ...nobodyKnowsWhich,
  field: 'eventName',
  has: (name) => (isHeldBack(String(name)) ? 'no' : 'unknown'),
  whole: exempt,
  beginnings: ['List', 'Get', 'Describe'],
};

const reads: EventSet = { all: [is('eventCategory', 'Management'), is('readOnly', true)] };

/** What of the events on the bus a rule gets: read-only management events only where its state asks for them. */
function deliveredTo({ item: { State } }: ResourceView): EventSet {
  if (State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') return { all: [] };
  return { any: [{ not: reads }, State === 'ENABLED' ? readByName : nobodyKnowsWhich] };
}

function onDefaultBus(rule: ResourceView, prefix: string): Answer {
  const path = `${prefix}EventBusName`;
  const reading = read(rule, 'EventBusName');
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const bus = saidBy(reading) ?? 'default';
  const isDefault = bus === 'default' || String(bus).endsWith(':event-bus/default');
  const from = reading.from && { from: reading.from };
  const evidence = { path, expected: 'default', actual: bus, ...from, resource: rule.id };
  const note = 'CloudTrail’s events arrive on the default bus alone';
  return decided(isDefault, isDefault ? evidence : { ...evidence, note });
}

const enabling = ['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

function enabled(rule: ResourceView, prefix: string): Answer {
  const reading = read(rule, 'State');
  const path = `${prefix}State`;
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  const evidence = {
    path,
    expected: 'ENABLED',
    actual,
    ...(reading.from && { from: reading.from }),
    resource: rule.id,
  };
  if (enabling.includes(String(actual))) return decided(true, evidence);
  const change = [[{ resource: rule.id, path: 'State', set: 'ENABLED' }]];
  return actual === 'DISABLED'
    ? decided(false, evidence, change)
    : undecided({ ...evidence, note: `a state that is not known` });
}

/** A pattern that EventBridge could not have stored: what it matches nobody knows. */
const valid = (rule: ResourceView, prefix: string): Answer => unreadPattern(rule, prefix) ?? nothingSaid;

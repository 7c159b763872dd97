import { members } from '../../snapshot/members.ts';
import { workedOut } from '../../snapshot/remember.ts';
import { isObject, type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all, any } from '../answer.ts';
import { eventsOf } from '../event-pattern/events-of.ts';
import { parseEventPattern } from '../event-pattern/parse.ts';
import { type EventSet, type FieldTest, nobodyKnowsWhich } from '../event-set.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { isRecording, reaches, recordedIn } from '../recorder.ts';
import { aboutRecords } from './envelope.ts';
import type { Here } from './filter-routes.ts';
import { tells } from './notice.ts';
import type { Route } from './route.ts';

/** From the default event bus of a region, over each rule on it, to its targets (aws-semantics §7). */
export function eventRuleRoutes(trails: readonly ResourceView[], here: Here): readonly Route[] {
  const rules = members(here.account, 'eventRules').sure.filter(
    (rule) =>
      rule.region === here.region && typeof rule.item.EventPattern === 'string' && here.isAbout(matchedByRule(rule)),
  );
  if (rules.length === 0) return [];
  const arriving = arrivingOnBus(trails, here);
  return rules.map((rule) => ruleRoute(rule, arriving, here));
}

/** An event arrives only where some logging trail records it (aws-semantics §7.1). */
function arrivingOnBus(trails: readonly ResourceView[], { region, prefix }: Here): EventSet {
  const sets = trails.flatMap((view): readonly EventSet[] => {
    const recorder = { view, prefix: `${prefix}trails[${view.id}].` };
    const works = all([reaches(recorder, region), isRecording(recorder)], 'no').truth;
    const recorded = recordedIn(recorder, region);
    if (works === 'no') return [];
    return [works === 'yes' ? recorded : { all: [recorded, nobodyKnowsWhich] }];
  });
  return { any: sets };
}

const patternOf = (rule: ResourceView): ReturnType<typeof parseEventPattern> =>
  parseEventPattern(String(rule.item.EventPattern));

/** The events that a rule's pattern matches, if it is one. */
export const matchedByRule = (rule: ResourceView): EventSet => workedOut(rule, matchedBy);

function matchedBy(rule: ResourceView): EventSet {
  const pattern = workedOut(rule, patternOf);
  return 'mistake' in pattern ? nobodyKnowsWhich : aboutRecords(eventsOf(pattern), rule);
}

function ruleRoute(rule: ResourceView, arriving: EventSet, here: Here): Route {
  const path = `${here.prefix}eventRules[${rule.id}]`;
  return {
    path: `${path}.EventPattern`,
    resource: rule.id,
    from: read(rule, 'EventPattern').from,
    events: { all: [matchedByRule(rule), deliveredTo(rule), arriving] },
    works: () =>
      all(
        [onDefaultBus(rule, `${path}.`), enabled(rule, `${path}.`), valid(rule, `${path}.`), targets(rule, `${path}.`)],
        'no',
      ),
  };
}

const is = (field: string, value: string | boolean): FieldTest => ({
  field,
  has: (it) => (it === value ? 'yes' : 'no'),
  whole: [value],
  beginnings: [],
  endings: [],
});

/** Names that are never delivered to a rule that is merely enabled; of other reads nobody knows (§7.1, U8). */
const readByName: FieldTest = {
  field: 'eventName',
  has: (name) => (/^(List|Get|Describe)/.test(String(name)) && !exempt.includes(String(name)) ? 'no' : 'unknown'),
  whole: ['GetFederationToken', 'GetSessionToken'],
  beginnings: ['List', 'Get', 'Describe'],
  endings: [],
};
const exempt = ['GetFederationToken', 'GetSessionToken'];

/** What of the events on the bus a rule gets: read-only management events only where its state asks for them. */
function deliveredTo({ item }: ResourceView): EventSet {
  if (item.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') return { all: [] };
  const reads: EventSet = { all: [is('eventCategory', 'Management'), is('readOnly', true)] };
  return { any: [{ not: reads }, readByName] };
}

function onDefaultBus(rule: ResourceView, prefix: string): Answer {
  const bus = rule.item.EventBusName ?? 'default';
  const isDefault = bus === 'default' || String(bus).endsWith(':event-bus/default');
  const note = 'CloudTrail’s events arrive on the default bus alone';
  return decided(isDefault, {
    path: `${prefix}EventBusName`,
    expected: 'default',
    actual: bus,
    resource: rule.id,
    ...(!isDefault && { note }),
  });
}

const enabling = ['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

function enabled(rule: ResourceView, prefix: string): Answer {
  const reading = read(rule, 'State');
  const path = `${prefix}State`;
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? reading.value : undefined;
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
function valid(rule: ResourceView, prefix: string): Answer {
  const pattern = workedOut(rule, patternOf);
  if (!('mistake' in pattern)) return { truth: 'yes', evidence: [], changes: [] };
  const note = `the pattern is not valid${pattern.where && ` at ${pattern.where}`}: ${pattern.mistake}`;
  return undecided({ path: `${prefix}EventPattern`, resource: rule.id, note });
}

function targets(rule: ResourceView, prefix: string): Answer {
  const path = `${prefix}Targets`;
  const reading = read(rule, 'Targets');
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const list = reading.is === 'value' && Array.isArray(reading.value) ? reading.value.filter(isObject) : [];
  const evidence = { path, actual: list.length, ...(reading.from && { from: reading.from }), resource: rule.id };
  if (list.length === 0) return decided(false, { ...evidence, note: 'it has no target' });
  return any(
    list.map(({ Arn, RoleArn }, index) => {
      const at = `${prefix}Targets[${index}].`;
      const told = tells(String(Arn), { view: rule, service: 'events.amazonaws.com', prefix: at });
      if (!RoleArn || told.truth === 'yes') return told;
      return undecided({
        path: `${at}RoleArn`,
        actual: RoleArn,
        resource: rule.id,
        note: 'what its role may do is not read',
      });
    }),
    'no',
  );
}

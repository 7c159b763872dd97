import { workedOut } from '../../snapshot/remember.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import { flipTruth, type Truth } from '../answer.ts';
import { type AlarmState, readAlarmRule, type StateOf } from './alarm-rule.ts';

/** A composite alarm that stands above an alarm, and whether it goes off with it. */
export interface Risen {
  readonly alarm: ResourceView;
  readonly truth: Truth;
}

/** Names and ARNs of alarms that have gone off; undefined: perhaps. */
type States = Map<string, AlarmState | undefined>;

/**
 * The composite alarms that name an alarm, or another one that goes off with it: whether each goes off when the alarm
 * does and all others are OK (aws-semantics §6.7). One that is in ALARM without it does not change its state.
 */
export function composites(alarm: ResourceView, alarms: readonly ResourceView[]): readonly Risen[] {
  const above = alarms.filter(({ item }) => typeof item.AlarmRule === 'string');
  const states: States = new Map();
  note(states, alarm, 'ALARM');
  const found = new Map<ResourceView, Truth>();
  let settled = false;
  while (!settled) {
    settled = true;
    // Which of them hears first of what others do nobody knows: at first none has heard of it.
    const before: States = new Map(states);
    for (const composite of above) {
      const truth = goesOffWith(composite, alarm, before);
      // What has gone off once stays so: alarms that watch each other would never come to an end.
      if (truth === undefined || truth === found.get(composite) || found.get(composite) === 'yes') continue;
      found.set(composite, truth);
      if (truth === 'no') continue;
      note(states, composite, truth === 'yes' ? 'ALARM' : undefined);
      settled = false;
    }
  }
  // One that another alarm of these keeps down goes off only if it hears of that one last.
  const staysSo = (composite: ResourceView): boolean => goesOffWith(composite, alarm, states) === 'yes';
  return [...found].map(([composite, truth]) => ({
    alarm: composite,
    truth: truth === 'yes' && !staysSo(composite) ? 'unknown' : truth,
  }));
}

function note(states: States, { name, id }: ResourceView, state: AlarmState | undefined): void {
  states.set(name, state).set(id, state);
}

const ruleOf = ({ item }: ResourceView) => readAlarmRule(String(item.AlarmRule));

/** Undefined: it names none of those that have gone off. */
function goesOffWith(composite: ResourceView, alarm: ResourceView, states: States): Truth | undefined {
  const rule = workedOut(composite, ruleOf);
  if (!rule) return mayName(composite, alarm) ? 'unknown' : undefined;
  if (![...rule.names].some((name) => states.has(name))) return undefined;
  const after = rule.holds((name) => (states.has(name) ? states.get(name) : 'OK'));
  // An alarm on a metric that events write has no data between them, or what is written otherwise.
  const [ok, noData] = [rule.holds(atRest(alarm, 'OK')), rule.holds(atRest(alarm, 'INSUFFICIENT_DATA'))];
  return both(after, flipTruth(ok === noData ? ok : 'unknown'));
}

const atRest =
  ({ name, id }: ResourceView, state: AlarmState): StateOf =>
  (it) =>
    it === name || it === id ? state : 'OK';

/** Kleene AND. */
const both = (one: Truth, other: Truth): Truth => (one === 'yes' || other === 'no' ? other : one);

/** Whether a rule that could not be read may be about an alarm: what is in quotes may be written in another way. */
const mayName = ({ item }: ResourceView, { name }: ResourceView): boolean =>
  /["\\]/.test(name) || String(item.AlarmRule).includes(name);

import { workedOut } from '../../snapshot/remember.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Truth } from '../answer.ts';
import { type AlarmRule, type AlarmState, readAlarmRule } from './alarm-rule.ts';

/** A composite alarm that stands above an alarm, and whether it goes off with it. */
export interface Risen {
  readonly alarm: ResourceView;
  readonly truth: Truth;
}

/** Composite alarms and the alarm below them, all by their ids. */
interface Net {
  readonly base: string;
  readonly rules: ReadonlyMap<string, AlarmRule>;
  /** By their names and ARNs. */
  readonly called: ReadonlyMap<string, string>;
  /** Those of them that each names. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** In which state the alarm and the composite alarms are; undefined: nobody knows. */
type States = ReadonlyMap<string, AlarmState | undefined>;

/**
 * The composite alarms that name an alarm, or another one that goes off with it: whether each goes off when the alarm
 * does and all others on metrics are OK (aws-semantics §6.7). One that is in ALARM without it does not change its state.
 * Where they watch each other in a circle CloudWatch may stop to evaluate them (API Reference, PutCompositeAlarm).
 */
export function composites(alarm: ResourceView, alarms: readonly ResourceView[]): readonly Risen[] {
  const all = alarms.filter((it) => it !== alarm && typeof it.item.AlarmRule === 'string');
  const net = netOf(alarm, all);
  const unread = all.filter((it) => !net.rules.has(it.id) && mayName(it, alarm)).map(({ id }) => id);
  const above = reach([alarm.id, ...unread], (id) => namers(id, net));
  above.delete(alarm.id);
  const rests = (['OK', 'INSUFFICIENT_DATA'] as const).map((state) => atRest(net, above, state));
  const truths = new Map([...above].map((id) => [id, alike(rests.map((rest) => rises(id, { net, above, rest })))]));
  const isNear = ({ id }: ResourceView): boolean =>
    truths.get(id) !== 'no' || named(id, net).some((it) => it === alarm.id || (truths.get(it) ?? 'no') !== 'no');
  return all.flatMap((it) => {
    const truth = truths.get(it.id);
    return truth && isNear(it) ? [{ alarm: it, truth }] : [];
  });
}

const ruleOf = ({ item }: ResourceView) => readAlarmRule(String(item.AlarmRule));

function netOf(alarm: ResourceView, all: readonly ResourceView[]): Net {
  const read = all.flatMap((it) => {
    const rule = workedOut(it, ruleOf);
    return rule ? [[it.id, rule] as const] : [];
  });
  const called = new Map([alarm, ...all].flatMap(({ name, id }) => [[name, id] as const, [id, id] as const]));
  const names = read.map(([id, rule]) => [id, [...rule.names].flatMap((it) => called.get(it) ?? [])] as const);
  return { base: alarm.id, rules: new Map(read), called, names: new Map(names) };
}

const named = (id: string, { names }: Net): readonly string[] => names.get(id) ?? [];

/** The composite alarms that name one. */
const namers = (id: string, { names }: Net): readonly string[] =>
  [...names].flatMap(([it, others]) => (others.includes(id) ? [it] : []));

/** Where one can come to from some, by as many steps as it takes. */
function reach(from: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set(from);
  for (const id of found) for (const it of next(id)) found.add(it);
  return found;
}

const holds = (id: string, states: States, { rules, called }: Net): Truth =>
  rules.get(id)?.holds((name) => {
    const known = called.get(name);
    return known === undefined ? 'OK' : states.get(known);
  }) ?? 'unknown';

const stateFor = (truth: Truth): AlarmState | undefined =>
  truth === 'unknown' ? undefined : truth === 'yes' ? 'ALARM' : 'OK';

/**
 * In which states all are before the alarm goes off: one on a metric that events write has no data between them, or
 * what is written otherwise.
 */
function atRest(net: Net, above: ReadonlySet<string>, state: AlarmState): States {
  const states = new Map<string, AlarmState | undefined>([[net.base, state]]);
  let open = [...reach([...above], (id) => named(id, net))].filter((id) => id !== net.base);
  let settled = false;
  while (!settled) {
    for (const id of open) states.set(id, stateFor(holds(id, states, net)));
    const left = open.filter((id) => states.get(id) === undefined);
    settled = left.length === open.length;
    open = left;
  }
  return states;
}

interface Moving {
  readonly net: Net;
  /** The composite alarms that may change with the alarm. */
  readonly above: ReadonlySet<string>;
  readonly rest: States;
}

/** So many may hear of each other in too many orders to try them. */
const mostMoving = 12;

/** Whether a composite alarm goes off, in whatever order alarms hear of each other. */
function rises(id: string, { net, above, rest }: Moving): Truth {
  const below = (it: string) => reach(named(it, net), (other) => named(other, net));
  const under = [id, ...below(id)];
  const moving = under.filter((it) => above.has(it));
  const isOpen = rest.get(id) === undefined || under.some((it) => below(it).has(it));
  if (isOpen || moving.length > mostMoving) return 'unknown';
  const known = new Map<string, Truth>();
  const from = (states: States): Truth => {
    const key = moving.map((it) => states.get(it)).join();
    const truth = known.get(key) ?? alike(moving.flatMap((it) => after(it, states)));
    known.set(key, truth);
    return truth;
  };
  const after = (it: string, states: States): readonly Truth[] => {
    const state = stateFor(holds(it, states, net));
    if (state === undefined) return ['unknown'];
    if (state === states.get(it)) return [];
    return [it === id && state === 'ALARM' ? 'yes' : from(new Map(states).set(it, state))];
  };
  return from(new Map(rest).set(net.base, 'ALARM'));
}

/** What all of them say; of none that it does not. */
const alike = ([first = 'no', ...others]: readonly Truth[]): Truth =>
  others.every((truth) => truth === first) ? first : 'unknown';

/** Whether a rule that could not be read may be about an alarm: what is in quotes may be written in another way. */
const mayName = ({ item }: ResourceView, { name }: ResourceView): boolean =>
  /["\\]/.test(name) || String(item.AlarmRule).includes(name);

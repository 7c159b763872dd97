import { type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { coverage } from '../coverage.ts';
import { callNamed, readsByName } from '../event-catalogue.ts';
import { readEventClass } from '../event-class.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { callsNamedBy, matchedByRule, unreadPattern } from './event-rule-pattern.ts';
import { isHeldBack } from './event-rule-routes.ts';

/** The read-only management events that a pattern names. */
interface Reads {
  /** By calls that a rule which is merely enabled never gets. */
  readonly heldBack: readonly string[];
  /** By others, of which nobody knows whether it does. */
  readonly others: readonly string[];
}

/** What a pattern names, as far as it can be a read-only management event: `GetObject` is a data event, and arrives. */
function readsOf(rule: ResourceView): Reads {
  const matched = matchedByRule(rule);
  const mayBe = (eventName: object | string | undefined): boolean => {
    const events = { eventCategory: 'Management', readOnly: true, ...(eventName !== undefined && { eventName }) };
    return coverage([{ works: 'yes', events: matched }], readEventClass(events)).some !== 'no';
  };
  const { sources, names, beginnings, onlyReads } = callsNamedBy(rule);
  // Of no service in particular, a name that is known means the call that has it.
  const isData = (name: string): boolean => sources.length === 0 && callNamed(name)?.eventCategory === 'Data';
  const named = names.filter((name) => isRead(name) && !isData(name) && mayBe(name));
  const begun = beginnings.filter((it) => isHeldBack(`${it}Things`) && mayBe({ like: `${it}*` })).map((it) => `${it}*`);
  const all = named.length + begun.length === 0 && onlyReads && mayBe(undefined) ? ['whatever reads'] : [];
  const heldBack = named.filter(isHeldBack);
  return { heldBack: [...heldBack, ...begun, ...all], others: named.filter((name) => !heldBack.includes(name)) };
}

/** As far as the documents or its verb say it. */
const isRead = (name: string): boolean => (callNamed(name)?.readOnly ?? readsByName(name)) === true;

/** Whether a rule's pattern names calls that are read-only management events (aws-semantics §7.1). */
export function asksForReads(rule: ResourceView, prefix: string): Answer {
  const unread = unreadPattern(rule, prefix);
  if (unread) return unread;
  const { from } = read(rule, 'EventPattern');
  const evidence = { path: `${prefix}EventPattern`, ...(from && { from }), resource: rule.id };
  const { heldBack, others } = readsOf(rule);
  const names = [...heldBack, ...others];
  return names.length > 0
    ? decided(true, { ...evidence, note: `it names ${names.join(', ')}` })
    : decided(false, { ...evidence, note: 'it names no read-only management event' });
}

const whole = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** Whether a rule's state lets the read-only management events through that its pattern names. */
export function receivesReads(rule: ResourceView, prefix: string): Answer {
  const path = `${prefix}State`;
  const reading = read(rule, 'State');
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  const evidence = { path, expected: whole, actual, ...(reading.from && { from: reading.from }), resource: rule.id };
  if (actual === whole) return decided(true, evidence);
  const unread = unreadPattern(rule, prefix);
  if (unread) return unread;
  const { heldBack, others } = readsOf(rule);
  if (actual === 'ENABLED' && heldBack.length === 0 && others.length > 0) {
    return undecided({
      ...evidence,
      note: `whether a rule that is merely enabled gets ${others.join(', ')} is not known`,
    });
  }
  if (actual !== 'ENABLED' && actual !== 'DISABLED')
    return undecided({ ...evidence, note: 'a state that is not known' });
  const note = `in that state it never gets ${heldBack.concat(actual === 'DISABLED' ? others : []).join(', ')}`;
  return decided(false, { ...evidence, note }, [[{ resource: rule.id, path: 'State', set: whole }]]);
}

import { workedOut } from '../../snapshot/remember.ts';
import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { eventsOf } from '../event-pattern/events-of.ts';
import { parseEventPattern } from '../event-pattern/parse.ts';
import { type EventSet, type FieldTest, nobodyKnowsWhich, testsIn } from '../event-set.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { aboutRecords, detailTypes } from './envelope.ts';

/** Rules of a schedule have none. */
export const hasPattern = (rule: ResourceView): boolean => read(rule, 'EventPattern').is !== 'absent';

const patternOf = ({ item }: ResourceView): ReturnType<typeof parseEventPattern> | undefined =>
  typeof item.EventPattern === 'string' ? parseEventPattern(item.EventPattern) : undefined;

/** The events that a rule's pattern matches, if it is one. */
export const matchedByRule = (rule: ResourceView): EventSet => workedOut(rule, matchedBy);

function matchedBy(rule: ResourceView): EventSet {
  const pattern = workedOut(rule, patternOf);
  return !pattern || 'mistake' in pattern ? nobodyKnowsWhich : aboutRecords(eventsOf(pattern), rule);
}

/** Why nobody knows what a pattern matches; undefined: it was read, and EventBridge could have stored it. */
export function unreadPattern(rule: ResourceView, prefix: string): Answer | undefined {
  const path = `${prefix}EventPattern`;
  const reading = read(rule, 'EventPattern');
  if (reading.is === 'gap') return unknown(rule, path, reading.gaps, reading.from);
  const pattern = workedOut(rule, patternOf);
  if (!pattern || !('mistake' in pattern)) return undefined;
  const note = `the pattern is not valid${pattern.where && ` at ${pattern.where}`}: ${pattern.mistake}`;
  return undecided({ path, resource: rule.id, note });
}

/** What stands under `detail` in a CloudTrail record and in the events of hardly any other service. */
const ofRecords: ReadonlySet<string> = new Set(
  (
    'additionalEventData awsRegion errorCode errorMessage eventCategory eventName eventSource eventType ' +
    'managementEvent readOnly recipientAccountId requestParameters responseElements ' +
    'sessionCredentialFromConsole sourceIPAddress userAgent userIdentity vpcEndpointId'
  ).split(' '),
);

/** Whether a test is one that CloudTrail's events pass and those of other services do not. */
function isOfCloudTrail({ field, has }: FieldTest): boolean {
  if (field === 'envelope.source') return has('aws.cloudtrail') === 'yes' && has('aws.ec2') !== 'yes';
  if (field !== 'envelope.detail-type') return ofRecords.has(field.split('.')[0] ?? '');
  return (
    [...detailTypes.values()].some((kind) => has(kind) === 'yes') &&
    has('EC2 Instance State-change Notification') !== 'yes'
  );
}

/**
 * Whether a rule is about what CloudTrail records (aws-semantics §7.1): its pattern names the kind of such events, their
 * source, or a field of their records. One that takes all events of a service, or of the bus, is not.
 */
export function isAuditing(rule: ResourceView, prefix: string): Answer {
  const unread = unreadPattern(rule, prefix);
  if (unread) return unread;
  const { from } = read(rule, 'EventPattern');
  const evidence = { path: `${prefix}EventPattern`, ...(from && { from }), resource: rule.id };
  const { note, isNamed } = workedOut(rule, ownFieldOf);
  return decided(isNamed, { ...evidence, note });
}

/** What of CloudTrail's events a pattern names, or that it names nothing: asked by each rule about such rules. */
function ownFieldOf(rule: ResourceView): { readonly note: string; readonly isNamed: boolean } {
  const pattern = workedOut(rule, patternOf);
  if (!pattern || 'mistake' in pattern) return { note: 'it has no pattern', isNamed: false };
  const named = testsIn(eventsOf(pattern)).find(isOfCloudTrail);
  if (!named) return { note: 'it names nothing of CloudTrail’s events', isNamed: false };
  return { note: `it names the ${named.field.replace(/^envelope\./, '')} of CloudTrail’s events`, isNamed: true };
}

/** The calls that a pattern names: alone, by their beginnings, or as reads or writes. */
export interface NamedCalls {
  /** The services that it names; empty: it takes those of any. */
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly beginnings: readonly string[];
  /** It asks for reads and not for writes, whatever they are called. */
  readonly onlyReads: boolean;
}

/** What calls a rule's pattern names; nothing where it takes them as they come. */
export const callsNamedBy = (rule: ResourceView): NamedCalls => workedOut(rule, namedIn);

function namedIn(rule: ResourceView): NamedCalls {
  const tests = testsIn(matchedByRule(rule));
  const named = (field: string): readonly string[] =>
    distinct(
      tests.filter((test) => test.field === field).flatMap(({ whole, has }) => whole.filter((it) => has(it) === 'yes')),
    );
  const ofNames = tests.filter(({ field }) => field === 'eventName');
  return {
    sources: named('eventSource'),
    names: named('eventName'),
    beginnings: distinct(
      ofNames.flatMap(({ beginnings, has }) => beginnings.filter((beginning) => has(`${beginning}Things`) === 'yes')),
    ),
    onlyReads: tests.some(({ field, has }) => field === 'readOnly' && has(true) === 'yes' && has(false) === 'no'),
  };
}

/** What a rule's pattern names in a field of the record, as globs: alone, or by how it begins. */
export function namedBy(rule: ResourceView, name: string): readonly string[] {
  const tests = testsIn(matchedByRule(rule)).filter(({ field }) => field === name);
  return distinct(
    tests.flatMap(({ whole, beginnings, has }) => [
      ...whole.filter((it) => has(it) === 'yes'),
      ...beginnings.filter((it) => has(`${it}things`) === 'yes').map((it) => `${it}*`),
    ]),
  );
}

const distinct = (values: readonly unknown[]): readonly string[] => [
  ...new Set(values.filter((value) => typeof value === 'string')),
];

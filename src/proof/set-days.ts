import { type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Answer } from './answer.ts';
import { decided, undecided, unknown } from './leaf.ts';
import type { KeepsQuestion } from './retention.ts';
import { anyTime, exactly, lasting, never, reaches, type Span, shown } from './span.ts';

/** For how many days something is set to keep what it has, and which property says so. */
interface Setting {
  readonly property: string;
  readonly reading: Reading;
  readonly days: Span;
  /** Why it is not as many as are set. */
  readonly note?: string;
}

/** What a type of resource is set to keep, and another property that may say that it does not. */
interface Kind {
  readonly property: string;
  readonly whenAbsent: Span;
  readonly state: string;
  /** Values of that other property with which the days hold that are set; left out of a file it says nothing. */
  readonly usual: readonly unknown[];
  /** Values with which others do. */
  readonly unusual: Readonly<Record<string, { readonly days: number; readonly note: string }>>;
}

/** Without a word a log group keeps for ever; its class may set days of its own (aws-semantics §6.1). */
const logGroup: Kind = {
  property: 'RetentionInDays',
  whenAbsent: never,
  state: 'LogGroupClass',
  usual: [undefined, 'STANDARD', 'INFREQUENT_ACCESS'],
  unusual: { DELIVERY: { days: 1, note: 'a log group of class DELIVERY keeps one day' } },
};

/** A store that no longer ingests keeps what it has; one that is being deleted can no longer be queried (aws-semantics §5.2). */
const eventDataStore: Kind = {
  property: 'RetentionPeriod',
  whenAbsent: exactly(0),
  state: 'Status',
  usual: [undefined, 'CREATED', 'ENABLED', 'STARTING_INGESTION', 'STOPPING_INGESTION', 'STOPPED_INGESTION'],
  unusual: { PENDING_DELETION: { days: 0, note: 'it is being deleted: nothing in it can be queried any more' } },
};

function settingOf(view: ResourceView): Setting {
  const kind = view.type.name === 'AWS::Logs::LogGroup' ? logGroup : eventDataStore;
  const reading = read(view, kind.property);
  const state = read(view, kind.state);
  const value = state.is === 'value' ? state.value : undefined;
  const isUsual = kind.usual.includes(value);
  if (reading.is === 'gap' || (isUsual && state.is !== 'gap')) {
    const days = reading.is === 'value' ? daysIn(reading.value) : kind.whenAbsent;
    return { property: kind.property, reading, days };
  }
  const own = Object.entries(kind.unusual).find(([name]) => name === value)?.[1];
  const note = own?.note ?? `what ${kind.state} ${JSON.stringify(value)} means is not known`;
  return { property: kind.state, reading: state, days: own ? exactly(own.days) : anyTime, note };
}

const daysIn = (value: unknown): Span => (typeof value === 'number' ? exactly(value) : anyTime);

/** The days that a log group or an event data store keeps what it has, as a fact; a gap says what is not known. */
export function setDays(view: ResourceView): Reading {
  const { reading, days, note, property } = settingOf(view);
  const { from } = reading;
  if (reading.is === 'gap') return reading;
  if (days.least === days.most) return { is: 'value', value: days.least, from };
  const message = note ?? `${property} is no number of days`;
  return { is: 'gap', gaps: [{ resource: view.id, error: 'NotDecidable', message }], from };
}

/** Whether a log group or an event data store keeps what it has for so many days. Whoever may delete it deletes that too. */
export function settingKeeps(view: ResourceView, { atLeast, measure }: KeepsQuestion, prefix: string): Answer {
  const { property, reading, days: set, note } = settingOf(view);
  const path = `${prefix}${property}`;
  if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
  const days = measure === 'undeletable' ? exactly(0) : set;
  const evidence = {
    path,
    expected: { atLeast },
    actual: shown(days.least),
    ...(reading.from && { from: reading.from }),
    resource: view.id,
    ...(note && { note }),
  };
  const enough = reaches(days, atLeast);
  if (enough === 'unknown') return undecided({ ...evidence, note: note ?? `kept ${lasting(days)}` });
  const canChange = measure !== 'undeletable' && note === undefined;
  return decided(enough === 'yes', evidence, canChange ? [[{ resource: view.id, path: property, set: atLeast }]] : []);
}

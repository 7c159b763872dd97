import { matchesGlob } from '../proof/glob.ts';

/** The kinds of scalar that a rule can put a condition on. */
export type ScalarKind = 'text' | 'flag' | 'number' | 'time' | 'enum' | 'json';

/** What an operator says of a value; `unsure`: the value does not decide it, and the sentence says why. */
export type Verdict = boolean | { readonly unsure: string };

export interface Operator {
  /** The kinds of value that it can be put on. */
  readonly on: readonly ScalarKind[];
  /** What its operand is: a value of the same kind, a list of them, or something of its own. */
  readonly operand: 'same' | 'list' | 'globs' | 'boolean' | 'number' | 'duration';
  test(actual: unknown, operand: unknown, now: string | undefined): Verdict;
  /** A value that passes; undefined when there is none to name. `null`: absent. */
  passing(operand: unknown, now: string | undefined): unknown;
  /** What it never says: where it does not hold, nothing is decided. */
  readonly neverSays?: 'no';
}

const every: readonly ScalarKind[] = ['text', 'flag', 'number', 'time', 'enum', 'json'];
const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
const anyText = '(any value)';

/** Absent, null, `""`, `[]` or `{}`. */
export const isEmpty = (value: unknown): boolean =>
  !isPresent(value) || value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const list = (operand: unknown): readonly unknown[] => (Array.isArray(operand) ? operand : [operand]);

/** The operators of a scalar position (design §4). `not` is logic and stands in the compiler. */
export const operators: Readonly<Record<string, Operator>> = {
  equals: {
    on: every,
    operand: 'same',
    test: (actual, operand) => actual === operand,
    passing: (operand) => operand,
  },
  in: {
    on: ['text', 'flag', 'number', 'enum', 'json'],
    operand: 'list',
    test: (actual, operand) => list(operand).includes(actual),
    passing: (operand) => list(operand)[0],
  },
  like: {
    on: ['text', 'enum', 'json'],
    operand: 'globs',
    test: (actual, operand) =>
      typeof actual === 'string' && list(operand).some((pattern) => matchesGlob(String(pattern), actual)),
    passing: (operand) =>
      String(list(operand)[0] ?? '')
        .replaceAll('*', '')
        .replaceAll('?', 'x'),
  },
  exists: {
    on: every,
    operand: 'boolean',
    test: (actual, operand) => isPresent(actual) === operand,
    passing: (operand) => (operand === true ? anyText : null),
  },
  empty: {
    on: every,
    operand: 'boolean',
    test: (actual, operand) => isEmpty(actual) === operand,
    passing: (operand) => (operand === true ? null : anyText),
  },
  atLeast: {
    on: ['number'],
    operand: 'number',
    test: (actual, operand) => typeof actual === 'number' && typeof operand === 'number' && actual >= operand,
    passing: (operand) => operand,
  },
  atMost: {
    on: ['number'],
    operand: 'number',
    test: (actual, operand) => typeof actual === 'number' && typeof operand === 'number' && actual <= operand,
    passing: (operand) => operand,
  },
  within: {
    on: ['time'],
    operand: 'duration',
    test: isWithin,
    passing: (_, now) => now,
    neverSays: 'no',
  },
};

/** `24h`, `90m`, `7d` in milliseconds; undefined when it is none of these. */
export function duration(written: unknown): number | undefined {
  const [, amount, unit] = /^(\d+)([mhd])$/.exec(String(written)) ?? [];
  const minutes = { m: 1, h: 60, d: 24 * 60 }[unit ?? ''];
  return minutes === undefined ? undefined : Number(amount) * minutes * 60_000;
}

/**
 * Not older than that when the facts were collected. Silence proves nothing (aws-semantics §1.5: a region without
 * activity delivers nothing): older, or no time at all, is not a no.
 */
function isWithin(actual: unknown, operand: unknown, now: string | undefined): Verdict {
  const span = duration(operand);
  if (now === undefined) return { unsure: 'nothing says when this was collected (collectedAt, or --now)' };
  if (typeof actual !== 'string' || span === undefined) return { unsure: 'no time is reported' };
  const age = Date.parse(now) - Date.parse(actual);
  if (Number.isNaN(age)) return { unsure: `${actual} is not a time` };
  return age <= span ? true : { unsure: `last at ${actual}, more than ${String(operand)} before ${now}` };
}

import ipaddr from 'ipaddr.js';
import { flipTruth, type Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import type { Condition } from './policy.ts';
import { type Context, unknownKey, valuesOf } from './request.ts';
import { allOf, anyOf, truthOf } from './truth.ts';
import { fillIn, literal, matchesFilled } from './variables.ts';

/** Whether one value of a key is what one value of a condition wants; undefined: nobody knows. */
type Compare = (given: string, wanted: string, context: Context) => boolean | undefined;

const ofTexts =
  (holds: (given: string, wanted: string) => boolean | undefined): Compare =>
  (given, text, context) => {
    const wanted = fillIn(text, context);
    return wanted === undefined ? undefined : holds(given, wanted);
  };

/** What is no number, or no date, is compared with nothing: AWS would have refused the policy. */
const ofNumbers =
  (read: (text: string) => number, holds: (given: number, wanted: number) => boolean): Compare =>
  (given, wanted) => {
    const [a, b] = [read(given), read(wanted)];
    return Number.isNaN(a) || Number.isNaN(b) ? undefined : holds(a, b);
  };

const decimal = (text: string): number => (/^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

const iso8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** Dates are ISO 8601 or seconds since 1970. Without its zone a time would be read as this machine's. */
function instant(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  return iso8601.test(text) ? Date.parse(text) : Number.NaN;
}

const orders: Readonly<Record<string, (given: number, wanted: number) => boolean>> = {
  equals: (a, b) => a === b,
  lessthan: (a, b) => a < b,
  lessthanequals: (a, b) => a <= b,
  greaterthan: (a, b) => a > b,
  greaterthanequals: (a, b) => a >= b,
};

const compares: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['stringequals', ofTexts((given, wanted) => given === wanted)],
  ['stringequalsignorecase', ofTexts((given, wanted) => given.toLowerCase() === wanted.toLowerCase())],
  ['stringlike', (given, wanted, context) => matchesFilled(wanted, given, context)],
  ['arnequals', matchesArn],
  ['arnlike', matchesArn],
  ['bool', (given, wanted) => given.toLowerCase() === wanted.toLowerCase()],
  ['ipaddress', isInRange],
  ...Object.entries(orders).flatMap(([order, holds]): readonly (readonly [string, Compare])[] => [
    [`numeric${order}`, ofNumbers(decimal, holds)],
    [`date${order}`, ofNumbers(instant, holds)],
  ]),
]);

const negations: ReadonlyMap<string, string> = new Map([
  ['stringnotequals', 'stringequals'],
  ['stringnotequalsignorecase', 'stringequalsignorecase'],
  ['stringnotlike', 'stringlike'],
  ['arnnotequals', 'arnequals'],
  ['arnnotlike', 'arnlike'],
  ['notipaddress', 'ipaddress'],
  ['numericnotequals', 'numericequals'],
  ['datenotequals', 'dateequals'],
]);

/**
 * The six parts between the colons match each by itself, the last with whatever colons are in it. What AWS makes of a
 * pattern with fewer, `*` alone for one, is not documented.
 */
function matchesArn(given: string, pattern: string, context: Context): boolean | undefined {
  const patterns = partsOfArn(fillIn(pattern, context, literal) ?? '');
  const parts = partsOfArn(literal(given));
  if (!patterns) return undefined;
  return parts?.every((part, index) => matchesGlob(patterns[index] ?? '', part)) ?? false;
}

const partsOfArn = (arn: string): readonly string[] | undefined =>
  /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/.exec(arn)?.slice(1);

function isInRange(given: string, wanted: string): boolean | undefined {
  const range = wanted.includes('/') ? wanted : `${wanted}/${wanted.includes(':') ? 128 : 32}`;
  if (!ipaddr.isValid(given) || !ipaddr.isValidCIDR(range)) return undefined;
  const address = ipaddr.parse(given);
  const [network, bits] = ipaddr.parseCIDR(range);
  // The kinds are the same: the overloads of `match` cannot say so.
  return address.kind() === network.kind() && (address as ipaddr.IPv4).match(network as ipaddr.IPv4, bits);
}

const notation = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/;

/** Whether a condition holds of a request; `key` undecided: unknown, and so is an operator nobody knows. */
export function holds(condition: Condition, context: Context): Truth {
  const given = valuesOf(context, condition.key);
  if (given !== unknownKey) return holdsOf(given, condition, context);
  const perhaps = context.oneOf?.get(condition.key.toLowerCase());
  const [first, ...others] = (perhaps ?? []).map((value) => holdsOf([value], condition, context));
  return first !== undefined && others.every((truth) => truth === first) ? first : 'unknown';
}

function holdsOf(given: readonly string[], { operator, values }: Condition, context: Context): Truth {
  const [, quantifier, base = '', ifExists] = notation.exec(operator.toLowerCase()) ?? [];
  if (base === 'null') {
    return truthOf(values.some((value) => (value.toLowerCase() === 'true') === (given.length === 0)));
  }
  const positive = negations.get(base);
  const compare = compares.get(positive ?? base);
  if (!compare) return 'unknown';
  if (given.length === 0) {
    // What is not there equals nothing: a negation of it holds.
    return truthOf(ifExists !== undefined || quantifier === 'forallvalues' || (positive !== undefined && !quantifier));
  }
  const each = given.map((value) => {
    const matches = anyOf(values.map((wanted) => known(compare(value, wanted, context))));
    return positive === undefined ? matches : flipTruth(matches);
  });
  // AWS wants a quantifier where a key has several values. Without one: as cautious as can be.
  const every = quantifier === undefined ? positive !== undefined : quantifier === 'forallvalues';
  return every ? allOf(each) : anyOf(each);
}

const known = (does: boolean | undefined): Truth => (does === undefined ? 'unknown' : truthOf(does));

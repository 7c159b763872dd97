import ipaddr from 'ipaddr.js';
import type { Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import type { Condition } from './policy.ts';
import { type Context, unknownKey, valuesOf } from './request.ts';

/** Whether one value of a key is what one value of a condition wants. */
type Compare = (given: string, wanted: string) => boolean;

const ofNumbers =
  (holds: (given: number, wanted: number) => boolean): Compare =>
  (given, wanted) =>
    holds(Number(given), Number(wanted));
const ofDates =
  (holds: (given: number, wanted: number) => boolean): Compare =>
  (given, wanted) =>
    holds(instant(given), instant(wanted));

/** Dates are ISO 8601 or seconds since 1970. */
const instant = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const equal = (a: number, b: number): boolean => a === b;

const compares: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['stringequals', (given, wanted) => given === wanted],
  ['stringequalsignorecase', (given, wanted) => given.toLowerCase() === wanted.toLowerCase()],
  ['stringlike', (given, wanted) => matchesGlob(wanted, given)],
  ['arnequals', matchesArn],
  ['arnlike', matchesArn],
  ['bool', (given, wanted) => given.toLowerCase() === wanted.toLowerCase()],
  ['ipaddress', isInRange],
  ['numericequals', ofNumbers(equal)],
  ['numericlessthan', ofNumbers((a, b) => a < b)],
  ['numericlessthanequals', ofNumbers((a, b) => a <= b)],
  ['numericgreaterthan', ofNumbers((a, b) => a > b)],
  ['numericgreaterthanequals', ofNumbers((a, b) => a >= b)],
  ['dateequals', ofDates(equal)],
  ['datelessthan', ofDates((a, b) => a < b)],
  ['datelessthanequals', ofDates((a, b) => a <= b)],
  ['dategreaterthan', ofDates((a, b) => a > b)],
  ['dategreaterthanequals', ofDates((a, b) => a >= b)],
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

/** The parts between the colons match each by itself. */
function matchesArn(given: string, wanted: string): boolean {
  const parts = (arn: string): readonly string[] => {
    const [a = '', b = '', c = '', d = '', e = '', ...rest] = arn.split(':');
    return [a, b, c, d, e, rest.join(':')];
  };
  const patterns = parts(wanted);
  return parts(given).every((part, index) => matchesGlob(patterns[index] ?? '', part));
}

function isInRange(given: string, wanted: string): boolean {
  const range = wanted.includes('/') ? wanted : `${wanted}/${wanted.includes(':') ? 128 : 32}`;
  if (!ipaddr.isValid(given) || !ipaddr.isValidCIDR(range)) return false;
  const address = ipaddr.parse(given);
  const [network, bits] = ipaddr.parseCIDR(range);
  // The kinds are the same: the overloads of `match` cannot say so.
  return address.kind() === network.kind() && (address as ipaddr.IPv4).match(network as ipaddr.IPv4, bits);
}

const notation = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/;

/** Whether a condition holds of a request; `key` undecided: unknown, and so is an operator nobody knows. */
export function holds({ operator, key, values }: Condition, context: Context): Truth {
  const [, quantifier, base = '', ifExists] = notation.exec(operator.toLowerCase()) ?? [];
  const given = valuesOf(context, key);
  const wanted = values.map((value) => fillIn(value, context));
  if (given === unknownKey || wanted.includes(undefined)) return 'unknown';
  if (base === 'null')
    return truthOf(values.some((value) => (value.toLowerCase() === 'true') === (given.length === 0)));
  const negated = negations.get(base);
  const compare = compares.get(negated ?? base);
  if (!compare) return 'unknown';
  if (given.length === 0) {
    // What is not there equals nothing: a negation of it holds.
    return truthOf(ifExists !== undefined || quantifier === 'forallvalues' || (negated !== undefined && !quantifier));
  }
  const one = (value: string): boolean => {
    const matches = wanted.some((it) => it !== undefined && compare(value, it));
    return negated === undefined ? matches : !matches;
  };
  if (quantifier === 'foranyvalue') return truthOf(given.some(one));
  if (quantifier === 'forallvalues') return truthOf(given.every(one));
  return truthOf(negated === undefined ? given.some(one) : given.every(one));
}

const truthOf = (does: boolean): Truth => (does ? 'yes' : 'no');

/** A text with the variables of the request filled in; undefined: nobody knows them. */
export function fillIn(text: string, context: Context): string | undefined {
  if (!text.includes('${')) return text;
  let known = true;
  const filled = text.replaceAll(/\$\{([^}]*)\}/g, (_, variable: string) => {
    if (variable === '*' || variable === '?' || variable === '$') return variable;
    const [key = '', fallback] = variable.split(',').map((part) => part.trim().replaceAll(/^'|'$/g, ''));
    const values = valuesOf(context, key);
    if (values === unknownKey || (values.length === 0 && fallback === undefined)) known = false;
    return values === unknownKey ? '' : (values[0] ?? fallback ?? '');
  });
  return known ? filled : undefined;
}

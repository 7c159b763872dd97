import { assert, constantFrom, letrec, option, property, record, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains } from '../../../src/proof/event-set.ts';
import { eventsOf } from '../../../src/proof/filter-pattern/events-of.ts';
import { matchesRecord } from '../../../src/proof/filter-pattern/match.ts';
import { parseFilterPattern } from '../../../src/proof/filter-pattern/parse.ts';

function matches(text: string, event: unknown): string {
  const pattern = parseFilterPattern(text);
  return 'mistake' in pattern ? `at column ${pattern.column}: ${pattern.mistake}` : matchesRecord(pattern, event);
}

describe('the vectors of the reference (aws-semantics §6.4)', () => {
  const login = (MFAUsed?: string) => ({
    eventName: 'ConsoleLogin',
    additionalEventData: { LoginTo: 'https://console', ...(MFAUsed && { MFAUsed }) },
  });
  const noMfa = '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }';
  const users = (E: boolean, A: boolean, B: boolean) => ({ user: { email: E, a: A, b: B } });
  const e = '$.user.email IS TRUE';
  const a = '$.user.a IS TRUE';
  const b = '$.user.b IS TRUE';
  test.each<[unknown, string, string]>([
    [{ sourceIPAddress: '111.111.111.111' }, '{ $.sourceIPAddress != 123.123.* }', 'yes'],
    [{ sourceIPAddress: '123.123.1.1' }, '{ $.sourceIPAddress != 123.123.* }', 'no'],
    [{ arrayKey: ['value', 'another value'] }, '{ $.arrayKey[0] = "value" }', 'yes'],
    [{ arrayKey: ['value', 'another value'] }, '{ $.arrayKey[*] = %val.{2}% }', 'yes'],
    [{ 'cluster.name': 'c' }, `{ $.['cluster.name'] = "c" }`, 'yes'],
    [{ SomeObject: null }, '{ $.SomeObject IS NULL }', 'yes'],
    [{}, '{ $.SomeObject IS NULL }', 'no'],
    [{}, '{ $.x NOT EXISTS }', 'yes'],
    [{ x: null }, '{ $.x NOT EXISTS }', 'no'],
    [{ users: [1, 2, 3] }, '{ $.users = 1 }', 'no'],
    [{ users: [1, 2, 3] }, '{ $.users != 1 }', 'no'],
    [users(true, false, false), `{ ${e} || ${a} && ${b} }`, 'yes'],
    [users(true, false, false), `{ (${e} || ${a}) && ${b} }`, 'no'],
    [
      { errorCode: 'AccessDenied', userIdentity: { accountId: '1' } },
      '{ ($.errorCode = "AccessDenied") && ($.userIdentity.invokedBy != "cloudfront.amazonaws.com") }',
      'no',
    ],
    [
      { errorCode: 'Client.UnauthorizedOperation' },
      '{ ($.errorCode = *UnauthorizedOperation) || ($.errorCode = AccessDenied*) }',
      'yes',
    ],
    [login(), noMfa, 'no'],
    [login('No'), noMfa, 'yes'],
    [login('Yes'), noMfa, 'no'],
    [{ a: 'EvXent' }, '{$.a = Ev*ent}', 'no'],
    [{ n: 1000 }, '{ $.n = 1e+3 }', 'yes'],
    [{ n: '1000' }, '{ $.n = 1000 }', 'yes'],
    [{ n: '1000' }, '{ $.n < 2000 }', 'no'],
    [{ n: 5 }, '{ $.n >= 5 && $.n <= 5 }', 'yes'],
    [{ eventName: 'CreateRouteTable' }, '{($.eventName=CreateRoute)}', 'no'],
    [{ a: null }, '{ $.a = "x" }', 'no'],
    [{ a: null }, '{ $.a != "x" }', 'no'],
    [{ eventName: 'x' }, '{ $.eventName = * }', 'yes'],
    [{}, '{ $.eventName = * }', 'no'],
    [{}, ' ', 'yes'],
    [{ eventName: 'StopLogging' }, '"StopLogging"', 'yes'],
    [{ eventName: 'StopLogging' }, 'Stop', 'unknown'],
    [{ eventName: 'StopLogging' }, '?StartLogging ?StopLogging', 'yes'],
    [{ eventName: 'StopLogging' }, 'StopLogging -eventName', 'no'],
    [{ eventName: 'x' }, '[a, b]', 'unknown'],
    [{ a: 'it says "no"' }, '{ $.a = "it says \\"no\\"" }', 'yes'],
    [{ a: 'line' }, '{ $.a\n=\t"line" }', 'yes'],
    [JSON.parse('{"__proto__": 1}'), '{ $.toString NOT EXISTS }', 'yes'],
  ])('%j %s: %s', (event, text, expected) => {
    expect(matches(text, event)).toBe(expected);
  });

  test.each([
    ['{ $.eventName == ConsoleLogin }', 'at column 16: a value is wanted, not = ConsoleLog'],
    ['{ ($.eventName = A }', 'at column 20: &&, || or ) is wanted, not }'],
    ['{ $.errorMessage = Failed authentication }', 'at column 27: &&, || or } is wanted, not authenticati'],
    ['{ &.eventType = A }', 'at column 3: a field such as $.eventName is wanted, not &.eventType '],
    ['{ $.a = "x }', 'at column 9: a quote opens and never closes'],
    ['{ $.a EXISTS }', 'at column 7: =, !=, <, >, IS or NOT EXISTS is wanted, not EXISTS }'],
    ['{ $.a > x }', 'at column 9: a number is wanted, not x }'],
    ['{ $.a = %(b)% }', 'at column 10: ( has no place in such a regular expression'],
    ['{ $.a = 1', 'at column 10: &&, || or } is wanted where it ends'],
    ['{ $.a = 1 } x', 'at column 13: nothing more is wanted, not x'],
    ['{ $.a[*].b[*] = 1 }', 'at column 14: more than one wildcard in a selector'],
    [`{ ${'('.repeat(80)}`, 'at column 68: nested deeper than 64 levels'],
    ['x'.repeat(1025), 'at column 1025: longer than 1024 characters'],
    ['[a, b', 'at column 6: ] is wanted where it ends'],
  ])('%s is not valid', (text, expected) => {
    expect(matches(text, {})).toBe(expected);
  });
});

test.each([
  ['a|b$', 'xb', 'yes'],
  ['^b', 'ab', 'no'],
  ['[a-c]{2,3}d', 'xabd', 'yes'],
  ['[^a-c]d', 'ad', 'no'],
  ['\\d+\\.\\d', 'v1.2', 'yes'],
  ['\\x41B?', 'A', 'yes'],
  ['a*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000), 'no'],
])('the regular expression %s in a text: %#', (regex, text, expected) => {
  expect(matches(`{ $.a = %${regex}% }`, { a: text })).toBe(expected);
});

const literal = constantFrom('a', '"ab"', 'a*', '*b', '*b*', '1', '"1"', '*', '%a.%', 'true');
const expression = letrec<{ any: string; comparison: string }>((tie) => ({
  comparison: tuple(constantFrom('$.x', '$.y.z'), constantFrom('=', '!=', 'IS', 'NOT', '<'), literal).map(
    ([field, operator, value]) => {
      if (operator === 'IS') return `${field} IS ${value.length % 2 === 0 ? 'NULL' : 'TRUE'}`;
      if (operator === 'NOT') return `${field} NOT EXISTS`;
      return operator === '<' ? `${field} < 2` : `${field} ${operator} ${value}`;
    },
  ),
  any: tuple(
    tie('comparison'),
    constantFrom('&&', '||'),
    tie('comparison'),
    constantFrom('&&', '||'),
    tie('comparison'),
  ).map(([a, first, b, second, c]) => `(${a} ${first} ${b}) ${second} ${c}`),
})).any;
const value = option(constantFrom<unknown>('a', 'ab', 'b', 'xb', '1', 1, 2, true, false, null), { nil: undefined });

test('as a set of events it holds what it matches', () => {
  assert(
    property(expression, record({ x: value, z: value }), (text, { x, z }) => {
      const pattern = parseFilterPattern(`{ ${text} }`);
      if ('mistake' in pattern) throw new Error(`${text}: ${pattern.mistake}`);
      const event = { ...(x !== undefined && { x }), y: { ...(z !== undefined && { z }) } };
      const witness = new Map<string, never>([
        ...(x === undefined ? [] : [['x', x as never] as const]),
        ...(z === undefined ? [] : [['y.z', z as never] as const]),
      ]);
      expect(contains(eventsOf(pattern), witness)).toBe(matchesRecord(pattern, event));
    }),
    { numRuns: 2000, seed: 5 },
  );
});

import { type Arbitrary, array, assert, constantFrom, option, property, tuple, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { contains, type FieldTest, type FieldValue, testsIn } from '../../../src/proof/event-set.ts';
import { eventsOf } from '../../../src/proof/filter-pattern/events-of.ts';
import { matchesRecord } from '../../../src/proof/filter-pattern/match.ts';
import { valuesToTry } from '../../../src/proof/values-to-try.ts';
import { patternOf } from './ask.ts';

const text = array(constantFrom('a', 'b', '1', '.'), { maxLength: 4 }).map((it) => it.join(''));
const literal = tuple(constantFrom('', '', '*'), text, constantFrom('', '', '*')).map(
  ([start, inside, end]) => `"${start}${inside}${end}"`,
);
const number = constantFrom('1', '11', '1.0', '1e1', '-1', '0.5');
const simple = tuple(
  constantFrom('=', '!='),
  literal.filter((it) => !/\*.+\*/.test(it)),
).map((it) => it.join(' '));
const exact: Arbitrary<string> = constantFrom('NOT EXISTS', 'IS NULL', 'IS TRUE', 'IS FALSE');
const value: Arbitrary<FieldValue> = option(
  constantFrom<FieldValue>(1, 11, 10, -1, 0.5, 2, true, false, 'true', '…', '1e1', '1.0', 'abab', 'baba', '11a'),
  { nil: undefined },
);
const anyValue: Arbitrary<FieldValue> = tuple(constantFrom(true, false), value, text).map(([of, one, other]) =>
  of ? one : other,
);

/** Flags are left out: how they are compared is not documented, and only members of calls hold them. */
const anyText = anyValue.filter((one) => typeof one !== 'boolean');

/** What several tests say of one value. */
const vector = (tests: readonly FieldTest[], one: FieldValue): string => tests.map(({ has }) => has(one)).join();

test('some value to try stands for any value that a field may hold', () => {
  const comparison = tuple(constantFrom(0, 1, 2), simple, number, exact).map(([kind, plain, digits, other]) =>
    kind === 0 ? plain : kind === 1 ? `!= ${digits}` : other,
  );
  assert(
    property(array(comparison, { minLength: 1, maxLength: 4 }), anyText, (comparisons, one) => {
      const pattern = patternOf(`{ ${comparisons.map((it) => `$.x ${it}`).join(' || ')} }`);
      const tests = testsIn(eventsOf(pattern));
      const tried = valuesToTry('x', tests)?.map((it) => vector(tests, it));
      expect(tried).toContain(vector(tests, one));
    }),
    { numRuns: 1500, seed: 11 },
  );
});

const fields = ['eventName', 'errorCode', 'userIdentity.invokedBy', 'requestParameters.x', 'additionalEventData.a.b'];
const regex = constantFrom('%a%', '%^[ab]+$%', '%1.%', '%^$%');
const relation = tuple(constantFrom('<', '<=', '>', '>='), number).map((it) => it.join(' '));
const any = tuple(constantFrom(0, 1, 2, 3, 4), tuple(constantFrom('=', '!='), literal), number, exact, regex, relation);
const comparison = tuple(constantFrom(...fields, 'resources.type', 'userIdentity', 'resources[0].ARN'), any).map(
  ([field, [kind, [operator, written], digits, other, expression, compared]]) =>
    `$.${field} ${[`${operator} ${written}`, `${operator} ${digits}`, other, `${operator} ${expression}`, compared][kind]}`,
);
const expression = tuple(comparison, constantFrom('&&', '||'), comparison, constantFrom('&&', '||'), comparison)
  .map(([one, first, two, second, three]) => `{ (${one} ${first} ${two}) ${second} ${three} }`)
  // At most two regular expressions are valid.
  .filter((it) => it.split('%').length <= 5);
const event = uniqueArray(tuple(constantFrom(...fields), anyValue), { selector: ([field]) => field });

/** A record with these values, and what every record has. */
function recordOf(values: readonly (readonly [string, FieldValue])[]): object {
  const record: Record<string, unknown> = { userIdentity: { type: 'Root' }, resources: [{ ARN: 'a', type: 'b' }] };
  for (const [field, one] of values) {
    const names = field.split('.');
    const last = names.pop() ?? '';
    let at = record;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    at[last] = one;
  }
  return JSON.parse(JSON.stringify(record)) as object;
}

test('as a set of events it holds what it matches, or does not know', () => {
  let known = 0;
  assert(
    property(expression, event, (written, values) => {
      const pattern = patternOf(written);
      const said = contains(eventsOf(pattern), new Map(values));
      if (said === 'unknown') return;
      known += 1;
      expect(said).toBe(matchesRecord(pattern, recordOf(values)));
    }),
    { numRuns: 2000, seed: 5 },
  );
  expect(known).toBeGreaterThan(1200);
});

test('what null stands for is never held against what an object does', () => {
  assert(
    property(expression, event, constantFrom<unknown>(null, {}, { a: 1 }, ['a'], []), (written, values, composite) => {
      const pattern = patternOf(written);
      const others = values.filter(([field]) => field !== 'requestParameters.x');
      const said = contains(eventsOf(pattern), new Map([...others, ['requestParameters.x', null] as const]));
      const record = { ...recordOf(others), requestParameters: { x: composite } };
      if (said !== 'unknown') expect(said).toBe(matchesRecord(pattern, record));
    }),
    { numRuns: 1000, seed: 6 },
  );
});

test('words are held to be found only where they are', () => {
  const word = tuple(constantFrom('', '', '?', '-'), constantFrom('Stop', 'StopLogging', '"Logging"', 'us', '%St%'));
  const words = array(
    word.map((it) => it.join('')),
    { minLength: 1, maxLength: 3 },
  ).map((it) => it.join(' '));
  assert(
    property(words, constantFrom('Stop', 'StopLogging', 'Logging', 'x'), constantFrom('us', 'Stop'), (...row) => {
      const [written, eventName, awsRegion] = row;
      const pattern = patternOf(written);
      const said = contains(eventsOf(pattern), new Map([['eventName', eventName]]));
      if (said !== 'unknown') expect(said).toBe(matchesRecord(pattern, { eventName, awsRegion }));
    }),
    { numRuns: 500, seed: 8 },
  );
});

import { array, assert, constantFrom, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../../src/proof/event-pattern/events-of.ts';
import { matchesEventPattern } from '../../../src/proof/event-pattern/match.ts';
import { parseEventPattern } from '../../../src/proof/event-pattern/parse.ts';
import { contains } from '../../../src/proof/event-set.ts';

function matches(pattern: unknown, event: unknown): boolean | string {
  const parsed = parseEventPattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  return 'mistake' in parsed ? `${parsed.where}: ${parsed.mistake}` : matchesEventPattern(parsed, event);
}

describe('the tricky rows (aws-semantics §7.4)', () => {
  const mfa = { additionalEventData: { MFAUsed: [{ 'anything-but': 'Yes' }] } };
  const root = {
    userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] },
    eventType: [{ 'anything-but': 'AwsServiceEvent' }],
  };
  const resources = { r: { type: ['T'], ARN: ['B'] } };
  test.each<[string, unknown, unknown, boolean]>([
    ['a missing field with anything-but', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['a missing field with an empty prefix', { a: [{ prefix: '' }] }, {}, false],
    ['a missing field with a wildcard', { a: [{ wildcard: '*' }] }, {}, false],
    ['a missing field with null', { a: [null] }, {}, false],
    ['anything-but, or missing', { a: [{ 'anything-but': 'x' }, { exists: false }] }, {}, true],
    ['exists false of an object', { a: [{ exists: false }] }, { a: { b: 1 } }, true],
    ['exists false of an empty list', { a: [{ exists: false }] }, { a: [] }, true],
    ['exists false of an empty object', { a: [{ exists: false }] }, { a: {} }, true],
    [
      'two elements',
      resources,
      {
        r: [
          { type: 'T', ARN: 'A' },
          { type: 'U', ARN: 'B' },
        ],
      },
      false,
    ],
    [
      'the same element',
      resources,
      {
        r: [
          { type: 'U', ARN: 'A' },
          { type: 'T', ARN: 'B' },
        ],
      },
      true,
    ],
    ['anything but one or the other', { a: [{ 'anything-but': 'x' }, { 'anything-but': 'y' }] }, { a: 'x' }, true],
    ['anything-but of a list', { a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
    ['a dotted key', { 'state.status': ['on'] }, { state: { status: 'on' } }, true],
    ['$or and a sibling', { source: ['aws.iam'], $or: [{ a: [1] }, { b: [1] }] }, { source: 'aws.iam', b: 1 }, true],
    ['$or and another sibling', { source: ['aws.iam'], $or: [{ a: [1] }, { b: [1] }] }, { source: 'x', b: 1 }, false],
    [
      'a sign-in is no API call',
      { 'detail-type': ['AWS API Call via CloudTrail'] },
      { 'detail-type': 'AWS Console Sign In via CloudTrail' },
      false,
    ],
    ['MFA, where nobody says', mfa, { additionalEventData: {} }, false],
    ['MFA, not used', mfa, { additionalEventData: { MFAUsed: 'No' } }, true],
    ['root itself', root, { userIdentity: { type: 'Root' }, eventType: 'AwsApiCall' }, true],
    ['root for a service', root, { userIdentity: { type: 'Root', invokedBy: 'x' }, eventType: 'AwsApiCall' }, false],
    ['of two equal keys the last', '{"a":["x"],"a":["y"]}', { a: 'y' }, true],
    ['what every object inherits is no field', { constructor: [{ exists: true }] }, {}, false],
    ['dotted keys of an event', { a: { b: [1], c: [2] } }, { 'a.b': 1, 'a.c': 2 }, true],
  ])('%s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test.each<[unknown, string]>([
    [{}, ': an empty object matches nothing'],
    [{ detail: {} }, 'detail: an empty object matches nothing'],
    [{ a: [] }, 'a: an empty list matches nothing'],
    [{ a: 'x' }, 'a: the values to match are written as a list'],
    [{ a: [{ prefix: 'a', suffix: 'c' }] }, 'a.0: an object here holds one operator, no more and no less'],
    [{ a: [{ regex: 'a' }] }, 'a.0.regex: regex is not an operator'],
    [{ a: [{ wildcard: 'a**b' }] }, 'a.0.wildcard: two wildcards in a row'],
    [{ a: [{ 'anything-but': null }] }, 'a.0.anything-but: anything-but takes strings alone or numbers alone'],
    [{ a: [{ 'anything-but': ['x', 1] }] }, 'a.0.anything-but: anything-but takes strings alone or numbers alone'],
    [{ a: [{ 'anything-but': [] }] }, 'a.0.anything-but: anything-but of nothing'],
    [{ $or: [{ a: ['x'] }] }, '$or: $or takes two objects or more'],
    ['{"a":["x"', ': not valid JSON at column 10: the file ends where a comma or the closing bracket should stand'],
    ['[1]', ': a pattern is an object'],
    [`{"a":[${'['.repeat(100)}`, ': not valid JSON at column 69: nested deeper than 64 levels'],
    [' '.repeat(4097), ': longer than 4096 characters'],
  ])('%j is not valid', (pattern, expected) => {
    expect(matches(pattern, {})).toBe(expected);
  });
});

const value = constantFrom<unknown>('', 'a', 'ab', 'abc', 'b', 'B', 'xbc', 1, 2, true, null);
const alternative = constantFrom<unknown>(
  ...['a', 'ab', 1, true, null, { exists: true }, { exists: false }, { prefix: 'a' }, { suffix: 'c' }],
  ...[{ wildcard: 'a*c' }, { wildcard: '*b*' }, { wildcard: 'ab*bc' }, { numeric: ['>', 1] }],
  ...[{ 'equals-ignore-case': 'B' }, { 'anything-but': ['a', 'b'] }, { 'anything-but': { prefix: ['a'] } }],
);
const leaf = array(alternative, { minLength: 1, maxLength: 2 });

test('as a set of events it holds what it matches', () => {
  assert(
    property(
      record({ 'detail.x': leaf, 'detail.y.z': leaf, source: leaf }, { requiredKeys: ['source'] }),
      record({ x: option(value), z: option(value), source: value }),
      (written, { x, z, source }) => {
        const pattern = parseEventPattern(JSON.stringify(written));
        if ('mistake' in pattern) throw new Error(pattern.mistake);
        const detail = { ...(x !== null && { x }), y: { ...(z !== null && { z }) } };
        const event = new Map<string, never>([
          ['envelope.source', source as never],
          ...(x === null ? [] : [['x', x as never] as const]),
          ...(z === null ? [] : [['y.z', z as never] as const]),
        ]);
        expect(contains(eventsOf(pattern), event) === 'yes').toBe(matchesEventPattern(pattern, { source, detail }));
      },
    ),
    { numRuns: 2000, seed: 4 },
  );
});

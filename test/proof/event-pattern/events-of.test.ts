import { array, assert, constantFrom, option, property, record, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../../src/proof/event-pattern/events-of.ts';
import { matchesEventPattern } from '../../../src/proof/event-pattern/match.ts';
import { parseEventPattern } from '../../../src/proof/event-pattern/parse.ts';
import type { EventPattern } from '../../../src/proof/event-pattern/pattern.ts';
import { contains, type EventSet, type FieldTest, type FieldValue, testsIn } from '../../../src/proof/event-set.ts';
import { isComposite } from '../../../src/proof/record-composites.ts';
import { valuesToTry } from '../../../src/proof/values-to-try.ts';

function read(written: unknown): EventPattern {
  const pattern = parseEventPattern(JSON.stringify(written));
  if ('mistake' in pattern) throw new Error(pattern.mistake);
  return pattern;
}

const setOf = (written: unknown): EventSet => eventsOf(read(written));

/** The one test that a pattern makes. */
function testOf(written: unknown): FieldTest {
  const [only, ...more] = testsIn(setOf(written));
  if (!only || more.length > 0) throw new Error('not one test');
  return only;
}

const bare = { whole: [], beginnings: [], endings: [] };

describe('where the border of a test runs (aws-semantics §2.7, §7.4)', () => {
  test.each<[readonly unknown[], Partial<FieldTest>]>([
    [['x'], { whole: ['x'] }],
    [[1, true, null], { whole: [1, true, null] }],
    [[{ exactly: '::1' }], { whole: ['::1'] }],
    [[{ exists: true }], {}],
    [[{ exists: false }], {}],
    [[{ 'anything-but': ['x', 'y'] }], { whole: ['x', 'y'] }],
    [[{ 'anything-but': 1 }], { whole: [1] }],
    [[{ prefix: 'a' }], { beginnings: ['a'] }],
    [[{ suffix: 'z' }], { endings: ['z'] }],
    [[{ prefix: { 'equals-ignore-case': 'a' } }], { beginnings: ['a'], intricate: true }],
    [[{ suffix: { 'equals-ignore-case': 'z' } }], { endings: ['z'], intricate: true }],
    [[{ 'equals-ignore-case': 'x' }], { whole: ['x'], intricate: true }],
    [[{ wildcard: 'x' }], { whole: ['x'] }],
    [[{ wildcard: '' }], { whole: [''] }],
    [[{ wildcard: '*' }], { beginnings: [''], endings: [''] }],
    [[{ wildcard: 'a*' }], { beginnings: ['a'], endings: [''] }],
    [[{ wildcard: '*z' }], { beginnings: [''], endings: ['z'] }],
    [[{ wildcard: 'aba*aba' }], { beginnings: ['aba'], endings: ['aba'], whole: ['ababa', 'aba'] }],
    [[{ wildcard: 'a*b*c' }], { beginnings: ['a'], endings: ['c'], intricate: true }],
    [[{ wildcard: 'a\\*' }], { whole: ['a*'] }],
    [[{ 'anything-but': { prefix: ['a', 'b'] } }], { beginnings: ['a', 'b'] }],
    [[{ 'anything-but': { suffix: 'z' } }], { endings: ['z'] }],
    [[{ 'anything-but': { wildcard: ['x', 'ab*bc'] } }], { whole: ['x', 'abc'], beginnings: ['ab'], endings: ['bc'] }],
    [[{ 'anything-but': { 'equals-ignore-case': 'x' } }], { whole: ['x'], intricate: true }],
    [[{ numeric: ['=', 5] }], { whole: [5] }],
    [[{ numeric: ['>', 5] }], { whole: [4, 5, 6], intricate: true }],
    [[{ numeric: ['<=', 5] }], { whole: [4, 5, 6], intricate: true }],
    [[{ numeric: ['>', 0, '<', 5] }], { whole: [-1, 0, 1, 4, 5, 6], intricate: true }],
    [[{ cidr: '10.0.0.0/8' }], { whole: ['10.0.0.0'], intricate: true }],
    [['::1'], { whole: ['::1'], intricate: true }],
    [
      ['x', { prefix: 'a' }, { suffix: 'z' }, { wildcard: 'b*y' }],
      { whole: ['x'], beginnings: ['a', 'b'], endings: ['z', 'y'] },
    ],
    [[{ prefix: 'a' }, { numeric: ['<', 0] }], { whole: [-1, 0, 1], beginnings: ['a'], intricate: true }],
  ])('%j', (alternatives, border) => {
    const { has: _, ...test } = testOf({ detail: { requestParameters: { x: alternatives } } });
    const isOpen = alternatives.some((it) => JSON.stringify(it) === '{"wildcard":"*"}');
    expect(test).toEqual({ field: 'requestParameters.x', ...bare, ...border, ...(isOpen && { intricate: true }) });
  });

  const anyText = { prefix: '' };
  test.each<[string, readonly unknown[], boolean]>([
    ['any text and nothing else', [anyText], true],
    ['no text', [{ 'anything-but': { wildcard: '*' } }], true],
    ['some texts', [{ prefix: 'a' }], false],
    ['all but some texts', [{ 'anything-but': { prefix: 'a' } }], false],
    ['anything', [{ exists: true }], false],
    ['any text, and all else that is named but true', [anyText, false, 0.5, null], true],
    ['any text, and all else that is named but false', [anyText, true, 0.5, null], true],
    ['any text, and all else that is named but numbers', [anyText, true, false, null], true],
    ['any text, and all else that is named but null', [anyText, true, false, 0.5], true],
    ['any text or anything but one', [anyText, { 'anything-but': 'x' }], false],
  ])('%s: what a service writes besides texts is not known', (_, alternatives, intricate) => {
    const border = { ...bare, ...testOf({ detail: { requestParameters: { x: alternatives } } }) };
    expect(border.intricate ?? false).toBe(intricate);
    expect(testOf({ detail: { eventName: alternatives } }).intricate).toBeUndefined();
    expect(testOf({ source: alternatives }).intricate).toBeUndefined();
  });

  test.each(
    (
      'apiVersion awsRegion edgeDeviceDetails errorCode errorMessage eventCategory eventID eventName eventSource ' +
      'eventTime eventType eventVersion recipientAccountId requestID resources sessionCredentialFromConsole ' +
      'sharedEventID sourceIPAddress tlsDetails userAgent userIdentity vpcEndpointAccountId vpcEndpointId'
    ).split(' '),
  )('%s holds texts alone', (field) => {
    const one = isComposite(field)
      ? setOf({ detail: { [field]: [anyText] } })
      : testOf({ detail: { [field]: [anyText] } });
    expect(one).not.toHaveProperty('intricate');
    expect(testOf({ detail: { [`${field}.x`]: [anyText] } }).intricate).toBeUndefined();
    expect(testOf({ detail: { [`${field}Set`]: [anyText] } }).intricate).toBe(true);
  });
});

test.each<[string, unknown, string]>([
  ['userIdentity', { exists: false }, 'always'],
  ['userIdentity', { exists: true }, 'never'],
  ['userIdentity.sessionContext', { exists: false }, 'always'],
  ['userIdentity.sessionContext', { exists: true }, 'never'],
  ['resources', { exists: false }, 'always'],
  ['tlsDetails', { 'anything-but': 'x' }, 'never'],
  ['responseElements', { exists: true }, 'unknown'],
  ['responseElements', { exists: false }, 'unknown'],
  ['responseElements', null, 'unknown'],
  ['responseElements', 'x', 'never'],
  ['requestParameters', { 'anything-but': 'x' }, 'unknown'],
  ['additionalEventData', { exists: true }, 'unknown'],
  ['serviceEventDetails', { exists: true }, 'unknown'],
])('%s is an object, and no value itself: %j of it holds %s (aws-semantics §7.4)', (field, alternative, expected) => {
  const set = setOf({ detail: { [field]: [alternative] } });
  const [{ has }] = [...testsIn(set), { has: () => contains(set, new Map()) }];
  const truths = [undefined, null, 'x'].map(has);
  expect(truths).toEqual(Array.from({ length: 3 }, () => ({ always: 'yes', never: 'no' })[expected] ?? 'unknown'));
});

describe('what a pattern asks of a record', () => {
  test.each<[unknown, string]>([
    [{ detail: { eventName: ['x'] } }, 'eventName'],
    [{ 'detail.userIdentity': { 'sessionContext.x': ['x'] } }, 'userIdentity.sessionContext.x'],
    [{ detail: { 'detail.x': ['x'] } }, 'detail.x'],
    [{ source: ['x'] }, 'envelope.source'],
    [{ 'detail-type': ['x'] }, 'envelope.detail-type'],
    [{ resources: ['x'] }, 'envelope.resources'],
    [{ 'x.envelope': ['x'] }, 'envelope.x.envelope'],
  ])('%j is about %s', (pattern, field) => {
    expect(testOf(pattern).field).toBe(field);
  });

  test.each<[readonly unknown[], FieldValue, 'yes' | 'no']>([
    [['x'], 'x', 'yes'],
    [['x'], 'y', 'no'],
    [['x'], undefined, 'no'],
    [[{ 'anything-but': 'x' }], undefined, 'no'],
    [[{ exists: false }], undefined, 'yes'],
    [[{ exists: false }], 'x', 'no'],
    [[{ exists: false }, 'x'], 'x', 'yes'],
    [[null], null, 'yes'],
    [['true'], true, 'no'],
    [[true], true, 'yes'],
  ])('%j of %s: %s', (alternatives, value, truth) => {
    expect(testOf({ detail: { a: alternatives } }).has(value)).toBe(truth);
  });

  test.each<[unknown, 'yes' | 'no']>([
    [{ detail: ['x'] }, 'no'],
    [{ detail: [{ exists: true }] }, 'no'],
    [{ detail: [{ exists: false }] }, 'yes'],
    [{ detail: { envelope: { source: ['aws.iam'] } } }, 'no'],
    [{ 'detail.envelope': [{ exists: false }] }, 'yes'],
  ])('where no record holds a value there is none: %j', (pattern, truth) => {
    expect(testsIn(setOf(pattern))).toEqual([]);
    expect(contains(setOf(pattern), new Map([['envelope.source', 'aws.iam']]))).toBe(truth);
  });

  test('$or costs no more than what stands in it', () => {
    const fields = ({ detail }: { readonly detail: unknown }): readonly string[] =>
      testsIn(setOf({ detail })).map(({ field }) => field);
    const or = [{ a: ['x'] }, { b: ['y'] }];
    expect(fields({ detail: { eventName: ['A'], $or: or, eventSource: ['s'] } })).toEqual([
      ...['eventName', 'eventSource'],
      ...['a', 'b'],
    ]);
    expect(fields({ detail: { a: ['z'], $or: or } })).toEqual(['a', 'a', 'b']);
    const threeWays = { detail: { a: ['z'], $or: [{ b: ['y'] }, { a: ['x'] }, { c: ['y'] }] } };
    expect(fields(threeWays)).toEqual(['a', 'b', 'a', 'a', 'c']);
    expect(contains(setOf(threeWays), new Map([['a', 'x']]))).toBe('yes');
  });
});

const value = constantFrom<FieldValue>(
  ...['', 'a', 'ab', 'abc', 'abcd', 'b', 'B', 'xbc', 'abxbc', 'axb', 'c', '::1', '0::1', '10.0.0.1', '…', undefined],
  ...[0, 1, 2, 0.5, 7, true, false, null],
);
const alternative = constantFrom<unknown>(
  ...['a', 'ab', 'abc', '', '::1', 0, 1, true, false, null, { exists: true }, { exists: false }, { exactly: 'b' }],
  ...[{ prefix: 'a' }, { prefix: 'ab' }, { prefix: '' }, { suffix: 'c' }, { suffix: 'bc' }, { suffix: '' }],
  ...[{ prefix: { 'equals-ignore-case': 'A' } }, { suffix: { 'equals-ignore-case': 'C' } }],
  ...[{ wildcard: 'a*c' }, { wildcard: '*b*' }, { wildcard: 'ab*bc' }, { wildcard: '*' }, { wildcard: 'abc*bcd' }],
  ...[{ numeric: ['>', 1] }, { numeric: ['=', 2] }, { cidr: '::/8' }, { 'equals-ignore-case': 'B' }],
  ...[{ 'anything-but': ['a', 'b'] }, { 'anything-but': [1] }, { 'anything-but': { prefix: ['a'] } }],
  ...[{ 'anything-but': { suffix: 'c' } }, { 'anything-but': { wildcard: ['a*c', '*'] } }],
  { 'anything-but': { 'equals-ignore-case': ['ab'] } },
);
const leaf = array(alternative, { minLength: 1, maxLength: 3 });
const runs = { numRuns: 250, seed: 4 };

describe('of any pattern', () => {
  test('the set holds what the pattern matches', () => {
    const fields = record({ x: leaf, 'y.z': leaf }, { requiredKeys: [] }).filter((it) => Object.keys(it).length > 0);
    const pattern = record(
      {
        'detail.x': leaf,
        detail: fields,
        source: leaf,
        $or: tuple(record({ source: leaf }), record({ detail: fields })),
      },
      { requiredKeys: ['source'] },
    );
    assert(
      property(pattern, record({ x: value, z: value, source: value }), (written, { x, z, source }) => {
        const event = new Map<string, FieldValue>([
          ['envelope.source', source],
          ['x', x],
          ['y.z', z],
        ]);
        const does = matchesEventPattern(read(written), { source, detail: { x, y: { z } } });
        expect(contains(setOf(written), event)).toBe(does ? 'yes' : 'no');
      }),
      runs,
    );
  });

  test('every value behaves as one that is tried, wherever its border is not intricate', () => {
    const field = constantFrom('eventName', 'requestParameters.x');
    assert(
      property(field, array(leaf, { minLength: 1, maxLength: 3 }), option(value), (name, leaves, given) => {
        const tests = leaves.map((alternatives) => testOf({ detail: { [name]: alternatives } }));
        const isText = name === 'eventName';
        if (tests.some(({ intricate }) => intricate) || (isText && typeof given !== 'string')) return;
        const answers = (it: FieldValue): string => tests.map(({ has }) => has(it)).join();
        const tried = valuesToTry(name, tests)?.map(answers);
        expect(tried).toContain(answers(given ?? undefined));
      }),
      runs,
    );
  });
});

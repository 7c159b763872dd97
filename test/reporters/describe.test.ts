import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/proof/answer.ts';
import { changeLines, evidenceLine, evidenceLines, fixesOf, gapLine, plural } from '../../src/reporters/describe.ts';
import { expectedText, valueText } from '../../src/reporters/value-text.ts';
import { findingOf, trail } from './shared-report.ts';

const finding = findingOf({ rule: 'x', status: 'fail', resource: trail });

describe('an evidence line', () => {
  test.each<readonly [Evidence, string]>([
    [{ path: 'A', expected: true, actual: false, from: 'x:Y' }, 'A: expected true, found false  (from x:Y)'],
    [{ path: 'A', expected: true }, 'A: expected true, found nothing'],
    [{ path: 'A', expected: 'x', actual: null }, 'A: expected "x", found nothing'],
    [{ path: 'A', actual: '1' }, 'A: found "1"'],
    [{ path: 'A', actual: 1, note: 'why' }, 'A: why'],
    [{ path: 'A', note: 'why', from: 'x:Y' }, 'A: why  (from x:Y)'],
    [{ path: '', note: 'why' }, 'why'],
    [{ path: 'A' }, 'A'],
    [
      { path: 'A', expected: true, from: 'x:Y', gap: { operation: 'x:Y', resource: trail.id, error: 'Throttling' } },
      'A: expected true; x:Y could not be read: Throttling',
    ],
    [
      { path: 'A', gap: { operation: 'x:Y', resource: 'other', region: 'r', error: 'TimedOut' } },
      'A: x:Y of other in r did not answer in time (TimedOut)',
    ],
  ])('%j', (evidence, line) => {
    expect(evidenceLine(evidence, finding)).toBe(line);
  });

  test('what only made the rule apply is not among them', () => {
    expect(evidenceLines({ ...finding, evidence: [{ path: 'A', when: true }, { path: 'B' }] })).toEqual(['B']);
  });
});

test.each([
  [{ error: 'NotScanned', region: 'r' }, 'everything in r was not scanned (NotScanned)'],
  [{ error: 'NotCollected', operation: 'x:Y' }, 'x:Y was not asked (NotCollected)'],
  [{ error: 'NotRecorded', operation: 'x:Y', region: 'r' }, 'x:Y in r is not in the recording (NotRecorded)'],
  [{ error: 'X', message: 'm', account: '1' }, 'everything of account 1 could not be read: X, m'],
  [{ error: 'constructor', operation: 'x:Y' }, 'x:Y could not be read: constructor'],
])('the gap %j', (gap, line) => {
  expect(gapLine(gap)).toBe(line);
});

test('changes: the first alternative alone, `null` takes away, another resource is named', () => {
  const toPass = [
    [
      { resource: trail.id, path: 'A', set: { B: 1 } },
      { resource: 'other', path: 'C', set: null },
    ],
    [{ resource: trail.id, path: 'D', set: 1 }],
  ];
  expect(changeLines({ ...finding, toPass })).toEqual(['set A to {"B":1}', 'remove C on other']);
  expect(changeLines(finding)).toEqual([]);
});

test.each<readonly [unknown, string]>([
  [undefined, 'nothing'],
  ['Enabled', '"Enabled"'],
  [[1, 2], '[1,2]'],
  [{ in: ['a', 'b'] }, 'one of ["a","b"]'],
  [{ like: 'a*' }, 'like "a*"'],
  [{ like: ['a*', 'b*'] }, 'like "a*" or "b*"'],
  [{ equals: 1 }, '1'],
  [{ not: { in: [1] } }, 'not one of [1]'],
  [{ not: 'a' }, 'not "a"'],
  [{ exists: true }, 'something'],
  [{ exists: false }, 'nothing'],
  [{ empty: true }, 'empty'],
  [{ empty: false }, 'not empty'],
  [{ atLeast: 1, atMost: 2 }, 'at least 1 and at most 2'],
  [{ within: '24h' }, 'not older than 24h'],
  [{ atLeast: 1, Other: 2 }, '{"atLeast":1,"Other":2}'],
  [{}, '{}'],
  [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
])('what is expected: %j', (expected, said) => {
  expect(expectedText(expected)).toBe(said);
});

test('a long value is cut', () => {
  expect(valueText('x'.repeat(300))).toBe(`"${'x'.repeat(198)}…`);
});

test('fixes: words first, nothing empty, own properties alone', () => {
  expect(fixesOf({ cli: 'c', text: 't', terraform: '' })).toEqual([
    { by: 'text', text: 't' },
    { by: 'cli', text: 'c' },
  ]);
  expect(fixesOf(undefined)).toEqual([]);
});

test('plural', () => {
  expect([0, 1, 2].map((count) => plural(count, 'gap'))).toEqual(['0 gaps', '1 gap', '2 gaps']);
});

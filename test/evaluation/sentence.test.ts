import { describe, expect, test } from 'vitest';
import { clause, expectation, sentence, shortPath, show } from '../../src/evaluation/sentence.ts';
import type { Answer, Evidence } from '../../src/proof/answer.ts';

test.each([
  [undefined, 'not set'],
  [null, 'not set'],
  ['a', 'a'],
  [true, 'true'],
  [0, '0'],
  [['a', 1], '["a",1]'],
  [{ a: 1 }, '{"a":1}'],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['x'.repeat(81), `${'x'.repeat(79)}…`],
  // A character that takes two places is not cut in half.
  [`${'x'.repeat(78)}😀x`, `${'x'.repeat(78)}…`],
  [`${'x'.repeat(77)}😀xx`, `${'x'.repeat(77)}😀…`],
  [`😀${'x'.repeat(79)}`, `😀${'x'.repeat(77)}…`],
])('%j is shown as %j', (value, shown) => {
  expect(show(value)).toBe(shown);
});

test.each([
  [true, 'true'],
  [{ not: 'a' }, 'not a'],
  [{ not: { in: ['a', 'b'] } }, 'not one of a, b'],
  [{ in: ['a', 'b'] }, 'one of a, b'],
  [{ in: 'a' }, 'one of a'],
  [{ like: ['a*', 'b'] }, 'like a* or b'],
  [{ like: 'a*' }, 'like a*'],
  [{ exists: true }, 'set'],
  [{ exists: false }, 'not set'],
  [{ empty: true }, 'empty'],
  [{ empty: false }, 'not empty'],
  [{ atLeast: 365 }, 'at least 365'],
  [{ atMost: 1 }, 'at most 1'],
  [{ within: '24h' }, 'within the last 24h'],
  [{ somethingElse: 1 }, 'somethingElse 1'],
  [{ count: 2 }, 'a count of 2'],
  [{ count: { atMost: 1 } }, 'a count of {"atMost":1}'],
  [{ atLeast: 1, atMost: 3 }, 'at least 1 and at most 3'],
  [null, 'not set'],
  [undefined, 'not set'],
  [['a', 'b'], '["a","b"]'],
])('%j is expected as %j', (expected, said) => {
  expect(expectation(expected)).toBe(said);
});

describe('a clause', () => {
  const gap = {
    operation: 's3:GetBucketPolicy',
    resource: 'arn:aws:s3:::b',
    region: 'us-east-1',
    error: 'AccessDenied',
  };
  test.each<[string, Evidence, string]>([
    ['a fact', { path: 'Name', actual: 'a' }, 'Name is a'],
    ['what is not there', { path: 'Name' }, 'Name is not set'],
    [
      'what was expected',
      { path: 'Days', actual: 30, expected: { atLeast: 365 } },
      'Days is 30, expected at least 365',
    ],
    ['a note', { path: 'bucket', actual: 'x', note: 'x does not exist' }, 'bucket: x does not exist'],
    [
      'a refusal',
      { path: 'Policy', gap },
      'Policy is not known: s3:GetBucketPolicy of arn:aws:s3:::b in us-east-1 gave AccessDenied',
    ],
    [
      'a refusal with a message',
      { path: 'Policy', gap: { ...gap, message: 'no' } },
      'Policy is not known: s3:GetBucketPolicy of arn:aws:s3:::b in us-east-1 gave AccessDenied, no',
    ],
    [
      'a listing',
      { path: 'trails', gap: { operation: 'cloudtrail:DescribeTrails', error: 'x' } },
      'trails is not known: cloudtrail:DescribeTrails gave x',
    ],
    [
      'a region',
      { path: 'trails', gap: { region: 'us-east-1', error: 'NotScanned' } },
      'trails is not known: in us-east-1 gave NotScanned',
    ],
    ['an account', { path: 'trails', gap: { error: 'x' } }, 'trails is not known: the account gave x'],
    [
      'a resource',
      { path: 'trails', gap: { resource: 'arn:aws:s3:::b', error: 'x' } },
      'trails is not known: of arn:aws:s3:::b gave x',
    ],
    [
      'what was expected, where it is not known',
      { path: 'Policy', expected: true, gap: { error: 'x' } },
      'Policy is not known: the account gave x',
    ],
    [
      'what was expected, beside a note',
      { path: 'Policy', expected: true, note: 'no such key' },
      'Policy: no such key',
    ],
    [
      'a gap before a note',
      { path: 'Policy', note: 'hm', gap: { error: 'x' } },
      'Policy is not known: the account gave x',
    ],
    [
      'an element, by the last part of its id',
      { path: 'trails[arn:aws:cloudtrail:us-east-1:1:trail/main].Status', actual: 1 },
      'trails[main].Status is 1',
    ],
  ])('%s', (_, evidence, said) => {
    expect(clause(evidence)).toBe(said);
  });
});

describe('a sentence', () => {
  const answer = (truth: Answer['truth'], ...evidence: readonly Evidence[]): Answer => ({
    truth,
    evidence,
    changes: [],
  });
  const item = (path: string, more: Partial<Evidence> = {}): Evidence => ({ path, actual: 1, expected: 2, ...more });
  test.each<[string, Answer, string]>([
    ['a failure says what was expected', answer('no', item('A')), 'A is 1, expected 2'],
    ['a pass does not', answer('yes', item('A')), 'A is 1'],
    [
      'at most three',
      answer('no', item('A'), item('B'), item('C'), item('D'), item('E')),
      'A is 1, expected 2; B is 1, expected 2; C is 1, expected 2; and 2 more',
    ],
    ['the same once', answer('yes', item('A'), item('A', { expected: 3 })), 'A is 1'],
    ['nothing', answer('yes'), ''],
    [
      'exactly three',
      answer('no', item('A'), item('B'), item('C')),
      'A is 1, expected 2; B is 1, expected 2; C is 1, expected 2',
    ],
    ['what is not known says what was expected too', answer('unknown', item('A')), 'A is 1, expected 2'],
    ['the same once, of two', answer('no', item('A'), item('A'), item('B')), 'A is 1, expected 2; B is 1, expected 2'],
    ['a link says nothing', answer('yes', item('bucket', { expected: undefined }), item('bucket.A')), 'bucket.A is 1'],
    [
      'a link says nothing, among notes',
      answer('yes', item('bucket', { expected: undefined }), { path: 'A', note: 'b' }),
      'A: b',
    ],
    [
      'a link says nothing, among gaps',
      answer('unknown', item('bucket', { expected: undefined }), { path: 'A', gap: { error: 'x' } }),
      'A is not known: the account gave x',
    ],
    ['a link, where there is nothing else', answer('yes', item('bucket', { expected: undefined })), 'bucket is 1'],
    [
      'links, where there is nothing else',
      answer('yes', item('a', { expected: undefined }), item('b', { expected: undefined })),
      'a is 1; b is 1',
    ],
  ])('%s', (_, it, said) => {
    expect(sentence(it)).toBe(said);
  });

  test('why the rule applies is left out, unless there is nothing else', () => {
    expect(sentence(answer('yes', item('A', { when: true }), item('B')))).toBe('B is 1');
    expect(sentence(answer('no', item('A', { when: true })))).toBe('A is 1, expected 2');
    expect(sentence(answer('no', item('A', { when: true }), item('B', { when: true })))).toBe(
      'A is 1, expected 2; B is 1, expected 2',
    );
  });
});

describe('a path', () => {
  test.each([
    ['Status.IsLogging', 'Status.IsLogging'],
    ['trails[arn:aws:cloudtrail:us-east-1:1:trail/main].Status', 'trails[main].Status'],
    ['logGroups[arn:aws:logs:us-east-1:1:log-group:a/b:*].key', 'logGroups[b].key'],
    ['buckets[arn:aws:s3:::logs]', 'buckets[logs]'],
    ['a[arn:aws:sns:r:1:t].b[arn:aws:sns:r:1:u]', 'a[t].b[u]'],
    ['EventSelectors[0].ReadWriteType', 'EventSelectors[0].ReadWriteType'],
    ['trails[main]', 'trails[main]'],
    ['trails[arn:]', 'trails[arn:]'],
  ])('%s is short %s', (path, short) => {
    expect(shortPath(path)).toBe(short);
  });

  test('of a hostile name takes no longer than it is long', () => {
    const hostile = `trails[${'[arn:a:'.repeat(150_000)}`;
    expect(shortPath(hostile)).toBe(hostile);
  });
});

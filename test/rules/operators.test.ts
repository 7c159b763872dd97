import { describe, expect, test } from 'vitest';
import { duration, isEmpty, operators } from '../../src/rules/operators.ts';
import { findingOf, snapshotWith, trail } from './judging.ts';

const now = '2026-11-20T09:00:00Z';

describe('each operator', () => {
  test.each([
    ['equals', 'a', 'a', true],
    ['equals', 'a', 'A', false],
    ['equals', undefined, 'a', false],
    ['equals', null, 'a', false],
    ['equals', '', 'a', false],
    ['equals', true, true, true],
    ['equals', false, true, false],
    ['equals', 'true', true, false],
    ['equals', 1, 1, true],
    ['equals', 1, '1', false],
    ['in', 'a', ['a', 'b'], true],
    ['in', 'c', ['a', 'b'], false],
    ['in', undefined, ['a'], false],
    ['in', 2, [1, 2], true],
    ['in', true, [true, false], true],
    ['in', 'a', 'a', true],
    ['like', 'arn:aws:s3:::logs', 'arn:*:logs', true],
    ['like', 'arn:aws:s3:::Logs', 'arn:*:logs', false],
    ['like', 'arn:aws:s3:::logs/a', 'arn:*:logs', false],
    ['like', 'logs', ['x*', 'l?gs'], true],
    ['like', 'logs', ['x*', 'l?ogs'], false],
    ['like', undefined, '*', false],
    ['like', 5, '*', false],
    ['exists', 'a', true, true],
    ['exists', '', true, true],
    ['exists', false, true, true],
    ['exists', 0, true, true],
    ['exists', undefined, true, false],
    ['exists', null, true, false],
    ['exists', undefined, false, true],
    ['exists', 'a', false, false],
    ['empty', undefined, true, true],
    ['empty', null, true, true],
    ['empty', '', true, true],
    ['empty', [], true, true],
    ['empty', {}, true, true],
    ['empty', 'a', true, false],
    ['empty', 0, true, false],
    ['empty', false, true, false],
    ['empty', 'a', false, true],
    ['empty', '', false, false],
    ['atLeast', 365, 365, true],
    ['atLeast', 364, 365, false],
    ['atLeast', undefined, 365, false],
    ['atLeast', '365', 365, false],
    ['atLeast', 365, '365', false],
    ['atMost', 365, 365, true],
    ['atMost', 366, 365, false],
    ['atMost', undefined, 365, false],
    ['atMost', 1, undefined, false],
    ['within', '2026-11-20T08:00:00Z', '1h', true],
    ['within', '2026-11-20T10:00:00Z', '1h', true],
    ['within', '2026-11-19T09:00:00Z', '1d', true],
    ['within', '2026-11-20T08:30:00Z', '30m', true],
  ])('%s: %j against %j is %s', (name, actual, operand, expected) => {
    expect(operators[name]?.test(actual, operand, now)).toBe(expected);
  });

  test.each([
    [
      'older',
      '2026-11-20T07:59:59Z',
      '1h',
      now,
      'last at 2026-11-20T07:59:59Z, more than 1h before 2026-11-20T09:00:00Z',
    ],
    ['never', undefined, '1h', now, 'no time is reported'],
    ['no time', 'yesterday', '1h', now, 'yesterday is not a time'],
    [
      'nobody says when',
      '2026-11-20T08:00:00Z',
      '1h',
      undefined,
      'nothing says when this was collected (collectedAt, or --now)',
    ],
    ['no duration', '2026-11-20T08:00:00Z', 'an hour', now, 'no time is reported'],
  ])('within, %s: does not decide', (_, actual, operand, at, unsure) => {
    expect(operators.within?.test(actual, operand, at)).toEqual({ unsure });
  });

  test.each([
    ['equals', 'a', 'a'],
    ['in', ['a', 'b'], 'a'],
    ['in', 'a', 'a'],
    ['like', ['log?-*', 'b'], 'logx-'],
    ['like', [], ''],
    ['exists', true, '(any value)'],
    ['exists', false, null],
    ['empty', true, null],
    ['empty', false, '(any value)'],
    ['atLeast', 7, 7],
    ['atMost', 7, 7],
    ['within', '1h', now],
  ])('%s %j is passed by %j', (name, operand, passing) => {
    expect(operators[name]?.passing(operand, now)).toEqual(passing);
  });

  test('can be put on these kinds', () => {
    expect(Object.fromEntries(Object.entries(operators).map(([name, { on }]) => [name, on.join(' ')]))).toEqual({
      equals: 'text flag number time enum json',
      in: 'text flag number enum json',
      like: 'text enum json',
      exists: 'text flag number time enum json',
      empty: 'text flag number time enum json',
      atLeast: 'number',
      atMost: 'number',
      within: 'time',
    });
  });
});

test.each([
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['0m', 0],
  ['1s', undefined],
  ['1.5h', undefined],
  ['h', undefined],
  [' 1h', undefined],
  [24, undefined],
  [undefined, undefined],
])('a duration: %j is %j ms', (written, milliseconds) => {
  expect(duration(written)).toBe(milliseconds);
});

test('empty is what holds nothing', () => {
  expect([undefined, null, '', [], {}, 0, false, ' ', [0], { a: 1 }].map(isEmpty)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

describe('in a rule', () => {
  const status = (require: object, item: object, more = {}) =>
    findingOf(
      { require: require as Record<string, unknown> },
      snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)] }, more),
    );
  const refused = {
    gaps: [
      {
        operation: 'cloudtrail:GetTrailStatus',
        resource: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
        error: 'AccessDenied',
      },
    ],
  };

  test.each([
    ['text', { S3KeyPrefix: 'a' }, { S3KeyPrefix: 'a' }, { S3KeyPrefix: 'b' }],
    ['text, in', { S3KeyPrefix: { in: ['a', 'b'] } }, { S3KeyPrefix: 'b' }, {}],
    ['text, like', { S3KeyPrefix: { like: 'a*' } }, { S3KeyPrefix: 'ab' }, { S3KeyPrefix: 'b' }],
    ['text, not a value', { S3KeyPrefix: { not: 'a' } }, { S3KeyPrefix: 'b' }, { S3KeyPrefix: 'a' }],
    ['text, not a value: absent is another', { S3KeyPrefix: { not: 'a' } }, {}, { S3KeyPrefix: 'a' }],
    ['text, not operators', { S3KeyPrefix: { not: { in: ['a', 'b'] } } }, { S3KeyPrefix: 'c' }, { S3KeyPrefix: 'b' }],
    ['flag', { LogFileValidationEnabled: true }, { LogFileValidationEnabled: true }, {}],
    [
      'flag, not',
      { LogFileValidationEnabled: { not: true } },
      { LogFileValidationEnabled: false },
      { LogFileValidationEnabled: true },
    ],
    [
      'several operators hold together',
      { S3KeyPrefix: { like: 'a*', not: 'ab' } },
      { S3KeyPrefix: 'ac' },
      { S3KeyPrefix: 'ab' },
    ],
    [
      'time',
      { Status: { LatestDeliveryTime: { exists: true } } },
      { Status: { LatestDeliveryTime: now } },
      { Status: {} },
    ],
    ['time equals', { Status: { LatestDeliveryTime: now } }, { Status: { LatestDeliveryTime: now } }, {}],
    [
      'empty',
      { Status: { LatestDeliveryError: { empty: true } } },
      { Status: { LatestDeliveryError: '' } },
      { Status: { LatestDeliveryError: 'NoSuchBucket' } },
    ],
    ['object exists', { Status: { exists: true } }, { Status: {} }, {}],
    ['tag', { tags: { env: 'prod' } }, { tags: { env: 'prod' } }, { tags: { env: 'test' } }],
    ['tags exist', { tags: { exists: true } }, { tags: {} }, {}],
    ['tags not empty', { tags: { empty: false } }, { tags: { a: 'b' } }, { tags: {} }],
  ])('%s: a pass, a fail, its opposite and what makes it pass', (_, require, good, bad) => {
    expect(status(require, good).status).toBe('pass');
    expect(status(require, bad).status).toBe('fail');
    expect(status({ not: require }, good).status).toBe('fail');
    expect(status({ not: require }, bad).status).toBe('pass');
  });

  test('on a gap every operator is unknown, also under not', () => {
    for (const require of [
      { exists: false },
      { IsLogging: true },
      { LatestDeliveryError: { empty: true } },
      { LatestDeliveryTime: { within: '1h' } },
    ]) {
      expect(status({ Status: require }, {}, refused).status).toBe('unknown');
      expect(status({ not: { Status: require } }, {}, refused).status).toBe('unknown');
    }
  });

  test('within is never a fail', () => {
    const within = { Status: { LatestDeliveryTime: { within: '1h' } } };
    const { status: said, message } = status(within, { Status: { LatestDeliveryTime: '2026-11-20T07:00:00Z' } });
    expect([said, message]).toEqual([
      'unknown',
      'Status.LatestDeliveryTime: last at 2026-11-20T07:00:00Z, more than 1h before 2026-11-20T09:00:00Z',
    ]);
    expect(status({ not: within }, { Status: { LatestDeliveryTime: '2026-11-20T07:00:00Z' } }).status).toBe('unknown');
  });

  test('what a value is called by is never a tag or property that it inherits', () => {
    expect(status({ tags: { constructor: { exists: true } } }, { tags: {} }).status).toBe('fail');
  });
});

import { describe, expect, test } from 'vitest';
import { mutantsOf } from '../../src/evaluation/mutants.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { ruleWith } from '../rules/judging.ts';

const changes = (rule: Partial<RuleDefinition>) =>
  mutantsOf(ruleWith({ resource: 'AWS::Account', ...rule })).map(({ change }) => change);
const requires = (require: Record<string, unknown>) =>
  mutantsOf(ruleWith({ resource: 'AWS::Account', require })).map(({ definition }) => definition.require);

describe('every leaf is dropped and flipped', () => {
  test.each<[string, Record<string, unknown>, readonly unknown[]]>([
    ['a flag', { A: true, B: 'x' }, [{ B: 'x' }, { A: false, B: 'x' }, { A: true }, { A: true, B: 'x-other' }]],
    ['a number', { A: 2 }, [undefined, { A: 1 }, { A: 3 }]],
    ['nought', { A: 0 }, [undefined, { A: 1 }]],
    ['a duration', { within: '24h' }, [undefined, { within: '48h' }]],
    ['a duration of days', { within: '7d' }, [undefined, { within: '14d' }]],
    ['a duration of nothing', { within: '0m' }, [undefined, { within: '1m' }]],
    ['no duration', { A: 'x24h' }, [undefined, { A: 'x24h-other' }]],
    ['no duration, after one', { A: '24hx' }, [undefined, { A: '24hx-other' }]],
    ['a number below nought', { A: -1 }, [undefined, { A: 0 }]],
    ['one condition of all', { all: [{ A: true }] }, [{ all: [{}] }, { all: [{ A: false }] }]],
    [
      'what is left of an object that held more',
      { S: { A: true, B: true } },
      [{ S: { B: true } }, { S: { A: false, B: true } }, { S: { A: true } }, { S: { A: true, B: false } }],
    ],
    [
      'a list of conditions and words',
      { in: ['a', { A: true }] },
      [{ in: [{ A: true }] }, { in: ['a'] }, { in: ['a', {}] }, { in: ['a', { A: false }] }],
    ],
    ['any of several', { any: ['a', 'b'] }, [undefined, { any: ['b'] }, { any: ['a'] }, { all: ['a', 'b'] }]],
    [
      'every element',
      { L: { every: { A: 'x' } } },
      [undefined, { L: { every: { A: 'x-other' } } }, { L: { some: { A: 'x' } } }],
    ],
    ['a parameter', { A: '$a' }, [undefined]],
    ['nothing', { A: null }, [undefined]],
    ['a list of words', { in: ['a', 'b'] }, [undefined, { in: ['b'] }, { in: ['a'] }]],
    ['a list of one', { in: ['a'] }, [undefined]],
    [
      'conditions',
      { all: [{ A: true }, { B: true }] },
      [
        { all: [{ B: true }] },
        { all: [{}, { B: true }] },
        { all: [{ A: false }, { B: true }] },
        { all: [{ A: true }] },
        { all: [{ A: true }, {}] },
        { all: [{ A: true }, { B: false }] },
        { any: [{ A: true }, { B: true }] },
      ],
    ],
    ['an only condition', { Status: { A: true } }, [undefined, { Status: { A: false } }]],
    [
      'a quantifier',
      { L: { some: { A: true } } },
      [undefined, { L: { some: { A: false } } }, { L: { every: { A: true } } }],
    ],
    [
      'both quantifiers stay',
      { L: { some: { A: true }, every: { B: true } } },
      [
        { L: { every: { B: true } } },
        { L: { some: { A: false }, every: { B: true } } },
        { L: { some: { A: true } } },
        { L: { some: { A: true }, every: { B: false } } },
      ],
    ],
  ])('%s', (_, require, expected) => {
    expect(requires(require)).toEqual(expected);
  });
});

test('of when, of defaults, of whenNone, each called by its place', () => {
  expect(
    changes({
      resource: 'AWS::S3::Bucket',
      when: { critical: true },
      parameters: {
        days: { type: 'integer', default: 365 },
        name: { type: 'string', default: 'x' },
        open: { type: 'string' } as never,
        events: { type: 'events', default: { a: 1 } },
      },
      require: { A: true },
    }),
  ).toEqual([
    'when.critical dropped',
    'when.critical: true → false',
    'require.A dropped',
    'require.A: true → false',
    'parameters.days.default: 365 → 364',
    'parameters.days.default: 365 → 366',
    'parameters.name.default: "x" → "x-other"',
    'whenNone → fail',
  ]);
  expect(changes({ resource: 'AWS::S3::Bucket', whenNone: 'fail', require: { A: true } }).at(-1)).toBe(
    'whenNone → not-applicable',
  );
  expect(changes({ resource: 'AWS::Region', require: { A: true } })).toEqual([
    'require.A dropped',
    'require.A: true → false',
  ]);
});

test('each is called by its place', () => {
  expect(changes({ require: { all: [{ A: true }, { L: { some: { B: 'x' } } }], in: ['a', 'b'] } })).toEqual([
    'require.all[0] dropped',
    'require.all[0].A dropped',
    'require.all[0].A: true → false',
    'require.all[1] dropped',
    'require.all[1].L.some.B dropped',
    'require.all[1].L.some.B: "x" → "x-other"',
    'require.all[1].L.some → every',
    'require.all → any',
    'require.in dropped',
    'require.in[0] dropped',
    'require.in[1] dropped',
  ]);
});

test('a default changes alone, and the rest of the rule stays', () => {
  const rule = ruleWith({
    resource: 'AWS::Account',
    parameters: { days: { type: 'integer', default: 0, minimum: 0 }, on: { type: 'boolean', default: true } },
    when: { A: true },
    require: { B: '$days' },
  });
  const [days, on] = mutantsOf(rule).slice(-2);
  expect(days?.definition).toEqual({
    ...rule,
    parameters: { ...rule.parameters, days: { type: 'integer', default: 1, minimum: 0 } },
  });
  expect(on?.definition.parameters).toEqual({ ...rule.parameters, on: { type: 'boolean', default: false } });
});

test('whenNone changes alone', () => {
  const rule = ruleWith({ require: { A: true } });
  expect(mutantsOf(rule).at(-1)).toEqual({ change: 'whenNone → fail', definition: { ...rule, whenNone: 'fail' } });
  expect(mutantsOf({ ...rule, whenNone: 'not-applicable' }).at(-1)?.definition.whenNone).toBe('fail');
});

test('an emptied when is none', () => {
  const [first] = mutantsOf(ruleWith({ when: { critical: true }, require: { A: true } }));
  expect(first?.definition.when).toBeUndefined();
});

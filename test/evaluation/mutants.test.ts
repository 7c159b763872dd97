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

test('an emptied when is none', () => {
  const [first] = mutantsOf(ruleWith({ when: { critical: true }, require: { A: true } }));
  expect(first?.definition.when).toBeUndefined();
});

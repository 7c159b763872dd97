import { describe, expect, test } from 'vitest';
import { type Answer, all, any, type Change, flip, not, type Truth } from '../../src/proof/answer.ts';

const of = (truth: Truth, path: string, changes: Answer['changes'] = []): Answer => ({
  truth,
  evidence: [{ path, resource: 'r' }],
  changes,
});
const change = (path: string, set: unknown = true): Change => ({ resource: 'r', path, set });
const paths = ({ truth, evidence }: Answer): readonly string[] => [truth, ...evidence.map(({ path }) => path)];

describe('Kleene logic', () => {
  test.each<[Truth, Truth, Truth, Truth]>([
    ['yes', 'yes', 'yes', 'yes'],
    ['yes', 'no', 'no', 'yes'],
    ['yes', 'unknown', 'unknown', 'yes'],
    ['no', 'no', 'no', 'no'],
    ['no', 'unknown', 'no', 'unknown'],
    ['unknown', 'unknown', 'unknown', 'unknown'],
  ])('%s and %s is %s, or is %s', (a, b, and, or) => {
    for (const [one, two] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(all([of(one, 'a'), of(two, 'b')], 'no').truth).toBe(and);
      expect(any([of(one, 'a'), of(two, 'b')], 'no').truth).toBe(or);
    }
  });

  test('of nothing: all holds, any does not', () => {
    expect([all([], 'no').truth, any([], 'no').truth]).toEqual(['yes', 'no']);
  });

  test('not', () => {
    expect((['yes', 'no', 'unknown'] as const).map((truth) => not(of(truth, 'a')).truth)).toEqual([
      'no',
      'yes',
      'unknown',
    ]);
    expect([flip('yes'), flip('no')]).toEqual(['no', 'yes']);
  });
});

describe('evidence', () => {
  const long: Answer = { ...of('no', 'a'), evidence: [{ path: 'a' }, { path: 'b' }] };
  test('of a failure: every reason, or the smallest one where a pass is explained', () => {
    expect(paths(all([long, of('yes', 'c'), of('no', 'd')], 'no'))).toEqual(['no', 'a', 'b', 'd']);
    expect(paths(all([long, of('yes', 'c'), of('no', 'd')], 'yes'))).toEqual(['no', 'd']);
  });
  test('of a pass: one sufficient set, or all of them under not', () => {
    expect(paths(any([of('yes', 'a'), of('no', 'b'), of('yes', 'c')], 'no'))).toEqual(['yes', 'a']);
    expect(paths(any([of('yes', 'a'), of('no', 'b'), of('yes', 'c')], 'yes'))).toEqual(['yes', 'a', 'c']);
  });
  test('where all must hold: all; where nothing is known: what is not', () => {
    expect(paths(all([of('yes', 'a'), of('yes', 'b')], 'no'))).toEqual(['yes', 'a', 'b']);
    expect(paths(all([of('yes', 'a'), of('unknown', 'b'), of('unknown', 'c')], 'no'))).toEqual(['unknown', 'b', 'c']);
  });
});

describe('changes that turn it round', () => {
  test('of one that alone decides: all of the settled together', () => {
    expect(all([of('no', 'A', [[change('A')]]), of('no', 'B', [[change('B')]]), of('yes', 'C')], 'no').changes).toEqual(
      [[change('A'), change('B')]],
    );
  });
  test('alternatives, the smallest first, at most eight', () => {
    expect(any([of('no', 'A', [[change('A'), change('B')]]), of('no', 'C', [[change('C')]])], 'no').changes).toEqual([
      [change('C')],
      [change('A'), change('B')],
    ]);
    expect(
      any(
        Array.from({ length: 10 }, (_, index) => of('no', `P${index}`, [[change(`P${index}`)]])),
        'no',
      ).changes,
    ).toHaveLength(8);
  });
  test('none where one cannot be changed, or something is not known', () => {
    expect(all([of('no', 'A', [[change('A')]]), of('no', 'B')], 'no').changes).toEqual([]);
    expect(all([of('no', 'A', [[change('A')]]), of('unknown', 'B')], 'no').changes).toEqual([]);
  });
  test('not two values for one property: another way is taken, or none', () => {
    const wants = (...values: readonly unknown[]) =>
      of(
        'no',
        'x',
        values.map((set) => [change('A', set)]),
      );
    expect(all([wants(1), wants(2)], 'no').changes).toEqual([]);
    expect(all([wants(1), wants(2, 1)], 'no').changes).toEqual([[change('A', 1)]]);
  });
  test('not what the others rest on', () => {
    const undoing = of('no', 'B', [[change('A')], [change('C')]]);
    expect(all([undoing, of('yes', 'bucket.A')], 'no').changes).toEqual([[change('C')]]);
  });
});

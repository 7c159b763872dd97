import { describe, expect, test } from 'vitest';
import {
  type Answer,
  all,
  any,
  type Change,
  distinct,
  type Evidence,
  flip,
  flipTruth,
  not,
  type Truth,
} from '../../src/proof/answer.ts';

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
  test('of one that alone settles it, and of one that does not matter: nothing else is asked', () => {
    const fails = of('no', 'A', [[change('A')]]);
    expect(all([fails], 'no')).toBe(fails);
    expect(any([fails], 'yes')).toBe(fails);
  });
  test('what two agree on is said once', () => {
    const both = of('no', 'x', [[change('A'), change('B')]]);
    expect(all([both, of('no', 'y', [[change('B')]])], 'no').changes).toEqual([[change('A'), change('B')]]);
    expect(any([of('no', 'x', [[change('A')]]), of('no', 'y')], 'no').changes).toEqual([[change('A')]]);
    expect(any([of('no', 'x'), of('no', 'y')], 'no').changes).toEqual([]);
  });
  test("of other resources do not get in each other's way", () => {
    const elsewhere: Change = { resource: 's', path: 'A', set: 2 };
    expect(all([of('no', 'x', [[change('A', 1)]]), of('no', 'y', [[elsewhere]])], 'no').changes).toEqual([
      [change('A', 1), elsewhere],
    ]);
    const resting: Answer = { ...of('yes', 'A'), evidence: [{ path: 'A', resource: 's' }] };
    expect(all([of('no', 'x', [[change('A')]]), resting], 'no').changes).toEqual([[change('A')]]);
  });
  test('what they rest on is named by its whole path, or by the end of it', () => {
    const resting = (path: string) => all([of('no', 'x', [[change('A')]]), of('yes', path)], 'no').changes;
    expect([resting('A'), resting('trails[t].A'), resting('BA'), resting('A.B')]).toEqual([
      [],
      [],
      [[change('A')]],
      [[change('A')]],
    ]);
  });
  test('an alternative of several changes is taken only if all of them may be', () => {
    const ways = of('no', 'x', [[change('A'), change('B')], [change('C')]]);
    expect(all([ways, of('yes', 'B')], 'no').changes).toEqual([[change('C')]]);
    expect(all([ways, of('yes', 'B'), of('yes', 'C')], 'no').changes).toEqual([]);
  });
  test('of equal length stay in their order', () => {
    const changes = any(
      ['A', 'B', 'C'].map((it) => of('no', it, [[change(it)]])),
      'no',
    ).changes;
    expect(changes).toEqual([[change('A')], [change('B')], [change('C')]]);
  });
  test('of a pass: what would turn every one of them round', () => {
    expect(any([of('yes', 'A', [[change('A')]]), of('yes', 'B', [[change('B')]])], 'no').changes).toEqual([
      [change('A'), change('B')],
    ]);
    expect(all([of('yes', 'A', [[change('A')]]), of('yes', 'B', [[change('B')]])], 'no').changes).toEqual([
      [change('A')],
      [change('B')],
    ]);
  });
});

describe('more about evidence', () => {
  const with_ = (truth: Truth, ...evidence: readonly Evidence[]): Answer => ({ truth, evidence, changes: [] });
  test('the smallest reason, the first of equal ones', () => {
    const two = with_('yes', { path: 'a' }, { path: 'b' });
    expect(any([two, with_('yes', { path: 'c' }), with_('yes', { path: 'd' })], 'no').evidence).toEqual([
      { path: 'c' },
    ]);
  });
  test('those without any add none', () => {
    const empty = with_('yes');
    expect(all([empty, with_('yes', { path: 'a' }), empty, with_('yes', { path: 'b' })], 'no').evidence).toEqual([
      { path: 'a' },
      { path: 'b' },
    ]);
    expect(all([empty, empty], 'no').evidence).toEqual([]);
  });
  test('lists are shared, not changed', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((path) => with_('yes', { path }));
    const answers = [a, b, c].filter((it) => it !== undefined);
    expect(all(answers, 'no').evidence.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(all(answers, 'no').evidence.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(a?.evidence).toEqual([{ path: 'a' }]);
  });
  test('not keeps it', () => {
    const answer = of('yes', 'a', [[change('A')]]);
    expect(not(answer)).toEqual({ ...answer, truth: 'no' });
    const open = of('unknown', 'a');
    expect(not(open)).toBe(open);
    expect((['yes', 'no', 'unknown'] as const).map(flipTruth)).toEqual(['no', 'yes', 'unknown']);
  });
});

describe('the same said twice', () => {
  const said = (...evidence: readonly Evidence[]) => distinct({ truth: 'no', evidence, changes: [] });
  const one: Evidence = { path: 'a', resource: 'r' };
  test('is said once', () => {
    expect(said(one, { path: 'b', resource: 'r' }, { ...one }).evidence).toEqual([one, { path: 'b', resource: 'r' }]);
  });
  test.each<[string, Evidence]>([
    ['another resource', { ...one, resource: 's' }],
    ['another path', { ...one, path: 'b' }],
    ['another note', { ...one, note: 'n' }],
    ['a gap', { ...one, gap: { operation: 'o', error: 'e' } }],
    ['a gap of a region', { ...one, gap: { region: 'us-east-1', error: 'e' } }],
    ['a gap of a resource', { ...one, gap: { resource: 'us-east-1', error: 'e' } }],
  ])('is not the same with %s', (_, two) => {
    const answer: Answer = { truth: 'no', evidence: [one, two], changes: [] };
    expect(distinct(answer)).toBe(answer);
  });
  test('of gaps: the operation, the region and the resource tell them apart', () => {
    const gaps = (['operation', 'region', 'resource'] as const).map((it) => ({
      ...one,
      gap: { [it]: 'x', error: 'e' },
    }));
    expect(said(...gaps, ...gaps).evidence).toEqual(gaps);
  });
});

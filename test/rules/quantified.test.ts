import { describe, expect, test } from 'vitest';
import type { Answer, Truth } from '../../src/proof/answer.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Asking } from '../../src/rules/compile-context.ts';
import { type CountTest, compileCount, quantify } from '../../src/rules/quantified.ts';
import { wordsIn } from '../../src/rules/vocabulary.ts';
import { findingOf, snapshotWith, trail, trailArn } from './judging.ts';

const truths: readonly Truth[] = ['yes', 'no', 'unknown'];
const saying = (truth: Truth, path: string = truth): Answer => ({ truth, evidence: [{ path }], changes: [] });
const asking = { now: undefined, thorough: 'no' } as Asking;

/** An element: whether it belongs at all, whether it is meant, whether it satisfies. */
interface Element {
  readonly belongs: 'yes' | 'unknown';
  readonly meant: Truth;
  readonly holds: Truth;
}

const elements: readonly Element[] = (['yes', 'unknown'] as const).flatMap((belongs) =>
  truths.flatMap((meant) => truths.map((holds) => ({ belongs, meant, holds }))),
);
const lists: readonly (readonly Element[])[] = [
  [],
  ...elements.map((one) => [one]),
  ...elements.flatMap((one) => elements.map((two) => [one, two])),
  ...elements.flatMap((one) =>
    elements.map((two) => [one, two, { belongs: 'yes', meant: 'yes', holds: 'yes' } as const]),
  ),
];

const compiling = {
  registry: resourceTypes,
  parameters: new Map(),
  parameterTypes: new Map(),
  judged: '',
  words: wordsIn(resourceTypes),
  scope: 'all' as const,
  namedBy: [],
  criticalTags: false,
  problems: [],
  operations: new Map(),
  reads: new Set<string>(),
};
const countOf = (written: unknown): CountTest => compileCount(written, [], compiling);

function ask(
  quantifier: string,
  list: readonly Element[],
  { more, count }: { readonly more?: boolean; readonly count?: CountTest } = {},
): Truth {
  return quantify(quantifier, {
    size: list.length,
    judged: count ? undefined : (index) => saying(list[index]?.holds ?? 'no'),
    where: (index) => saying(list[index]?.meant ?? 'no'),
    belongs: (index) => saying(list[index]?.belongs ?? 'yes'),
    listed: { path: 'list' },
    more: more ? saying('unknown', 'more') : undefined,
    count,
    asking,
  }).truth;
}

const either = (truth: Truth): readonly boolean[] => (truth === 'unknown' ? [true, false] : [truth === 'yes']);

/** Every list that it may really be: pairs of meant elements that satisfy and that do not. */
function realities(list: readonly Element[], more: boolean): readonly (readonly boolean[])[] {
  const known = list.reduce<readonly (readonly boolean[])[]>(
    (before, { belongs, meant, holds }) =>
      before.flatMap((so) =>
        either(belongs).flatMap((isThere) =>
          either(meant).flatMap((isMeant) => either(holds).map((does) => (isThere && isMeant ? [...so, does] : so))),
        ),
      ),
    [[]],
  );
  const extra = more ? [[], [true], [false], [true, true], [true, true, true, true, true], [false, false]] : [[]];
  return known.flatMap((so) => extra.map((others) => [...so, ...others]));
}

/** Known is what holds in every reality. */
function agreed(worlds: readonly (readonly boolean[])[], is: (reality: readonly boolean[]) => boolean): Truth {
  const said = new Set(worlds.map(is));
  return said.size > 1 ? 'unknown' : said.has(true) ? 'yes' : 'no';
}

/** `every` fails of nothing and fails of them: it would fail either way, and still waits to know which. */
const failsEitherWay = (list: readonly Element[]): boolean =>
  list.every(
    ({ belongs, meant, holds }) => meant === 'no' || (holds === 'no' && !(belongs === 'yes' && meant === 'yes')),
  );

const meanings: Readonly<Record<string, (reality: readonly boolean[]) => boolean>> = {
  some: (reality) => reality.some((does) => does),
  every: (reality) => reality.length > 0 && reality.every((does) => does),
  none: (reality) => !reality.some((does) => does),
};

describe('is known exactly when every list that it may really be agrees', () => {
  test.each(
    Object.entries(meanings).flatMap(([name, is]) => [
      [name, 'complete', is] as const,
      [name, 'incomplete', is] as const,
    ]),
  )('%s, of a list that is %s', (name, completeness, is) => {
    const more = completeness === 'incomplete';
    const wrong = lists.flatMap((list) => {
      const expected = agreed(realities(list, more), is);
      const said = ask(name, list, { more });
      return said === expected || (name === 'every' && said === 'unknown' && failsEitherWay(list))
        ? []
        : [`${JSON.stringify(list)}: ${said}, expected ${expected}`];
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['1', 1, (count: number) => count === 1],
    ['0', 0, (count: number) => count === 0],
    ['at least 1', { atLeast: 1 }, (count: number) => count >= 1],
    ['at least 2', { atLeast: 2 }, (count: number) => count >= 2],
    ['at most 1', { atMost: 1 }, (count: number) => count <= 1],
    ['at most 0', { atMost: 0 }, (count: number) => count === 0],
    ['equals 2', { equals: 2 }, (count: number) => count === 2],
    ['1 to 2', { atLeast: 1, atMost: 2 }, (count: number) => count >= 1 && count <= 2],
  ] as const)('count %s', (_, written, is) => {
    const wrong = [false, true].flatMap((more) =>
      lists.flatMap((list) => {
        const meant = list.map((it) => ({ ...it, holds: 'yes' as const }));
        const expected = agreed(realities(meant, more), ({ length }) => is(length));
        const said = ask('count', meant, { more, count: countOf(written) });
        return said === expected ? [] : [`${JSON.stringify(list)} ${more}: ${said}, expected ${expected}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe('says what it rests on', () => {
  const of = (quantifier: string, trails: readonly object[], more = {}) =>
    findingOf(
      { resource: 'AWS::Account', require: { trails: { [quantifier]: { LogFileValidationEnabled: true } } } },
      snapshotWith({ 'AWS::CloudTrail::Trail': trails }, more),
      '111122223333',
    );
  const on = (name: string) => trail(name, { LogFileValidationEnabled: true });
  const off = (name: string) => trail(name, { LogFileValidationEnabled: false });

  test('some: the one that satisfies, and nothing of the others', () => {
    const { status, evidence } = of('some', [off('a'), on('b')]);
    expect([status, evidence.map(({ path, actual }) => [path, actual])]).toEqual([
      'pass',
      [
        [`trails[${trailArn('b')}]`, 'b'],
        [`trails[${trailArn('b')}].LogFileValidationEnabled`, true],
      ],
    ]);
  });

  test('some, failing: each, and that these are all', () => {
    const { status, evidence, toPass } = of('some', [off('a'), off('b')]);
    expect([status, evidence.map(({ path }) => path)]).toEqual([
      'fail',
      [
        `trails[${trailArn('a')}].LogFileValidationEnabled`,
        `trails[${trailArn('b')}].LogFileValidationEnabled`,
        'trails',
      ],
    ]);
    expect(toPass).toEqual([
      [{ resource: trailArn('a'), path: 'LogFileValidationEnabled', set: true }],
      [{ resource: trailArn('b'), path: 'LogFileValidationEnabled', set: true }],
    ]);
  });

  test('every, failing: those that do not satisfy; all of them must change', () => {
    const { status, message, toPass } = of('every', [off('a'), on('b'), off('c')]);
    expect([status, message]).toEqual([
      'fail',
      'trails[a].LogFileValidationEnabled is false, expected true; trails[c].LogFileValidationEnabled is false, expected true',
    ]);
    expect(toPass).toEqual([
      [
        { resource: trailArn('a'), path: 'LogFileValidationEnabled', set: true },
        { resource: trailArn('c'), path: 'LogFileValidationEnabled', set: true },
      ],
    ]);
  });

  test('every of nothing fails, none of nothing passes, exists: false of nothing passes', () => {
    const one = (asked: object) =>
      findingOf({ resource: 'AWS::Account', require: { trails: asked } }, snapshotWith({}), '111122223333').status;
    expect(one({ every: { Name: 'a' } })).toBe('fail');
    expect(one({ none: { Name: 'a' } })).toBe('pass');
    expect(one({ exists: false })).toBe('pass');
    expect(one({ exists: true })).toBe('fail');
    expect(one({ count: 0 })).toBe('pass');
  });

  test('a listing that was refused: its operation, region and IAM action', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', region: 'us-east-1', error: 'AccessDeniedException' }];
    const { status, evidence } = of('some', [off('a')], { gaps });
    expect([status, evidence]).toEqual([
      'unknown',
      [
        {
          path: 'trails',
          from: 'cloudtrail:DescribeTrails',
          resource: 'arn:aws:iam::111122223333:root',
          gap: { ...gaps[0], action: 'cloudtrail:DescribeTrails' },
        },
      ],
    ]);
    expect(of('some', [on('a')], { gaps }).status).toBe('pass');
    expect(of('every', [off('a')], { gaps }).status).toBe('fail');
    expect(of('none', [on('a')], { gaps }).status).toBe('fail');
  });

  test('conditions in one some hold of one and the same element', () => {
    const both = { some: { LogFileValidationEnabled: true, IsMultiRegionTrail: true } };
    const snapshot = snapshotWith({
      'AWS::CloudTrail::Trail': [on('a'), trail('b', { IsMultiRegionTrail: true })],
    });
    expect(findingOf({ resource: 'AWS::Account', require: { trails: both } }, snapshot, '111122223333').status).toBe(
      'fail',
    );
  });
});

describe('a list inside a property', () => {
  const selectors = (asked: object, EventSelectors?: readonly object[]) =>
    findingOf(
      { require: { EventSelectors: asked } },
      snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { EventSelectors })] }),
    );

  test('elements by their index', () => {
    const { status, evidence, toPass } = selectors({ some: { ReadWriteType: 'All' } }, [{ ReadWriteType: 'ReadOnly' }]);
    expect([status, evidence.map(({ path, actual }) => [path, actual])]).toEqual([
      'fail',
      [['EventSelectors[0].ReadWriteType', 'ReadOnly']],
    ]);
    expect(toPass?.[0]).toEqual([{ resource: trailArn('main'), path: 'EventSelectors[0].ReadWriteType', set: 'All' }]);
  });

  test('where chooses the elements that are meant', () => {
    const management = { IncludeManagementEvents: true };
    const list = [
      { IncludeManagementEvents: false, ReadWriteType: 'ReadOnly' },
      { IncludeManagementEvents: true, ReadWriteType: 'All' },
    ];
    expect(selectors({ where: management, every: { ReadWriteType: 'All' } }, list).status).toBe('pass');
    expect(selectors({ where: management, count: 1 }, list).status).toBe('pass');
    expect(selectors({ where: management, none: { ReadWriteType: 'All' } }, list).status).toBe('fail');
    expect(selectors({ where: { IncludeManagementEvents: false }, some: { ReadWriteType: 'All' } }, list).status).toBe(
      'fail',
    );
  });

  test('every, failing: that the element is meant is part of why; a count rests on the list', () => {
    const list = [{ IncludeManagementEvents: true, ReadWriteType: 'ReadOnly' }];
    const where = { IncludeManagementEvents: true };
    expect(
      selectors({ where, every: { ReadWriteType: 'All' } }, list).evidence.map(({ path, actual }) => [path, actual]),
    ).toEqual([
      ['EventSelectors[0].IncludeManagementEvents', true],
      ['EventSelectors[0].ReadWriteType', 'ReadOnly'],
    ]);
    const from = 'cloudtrail:GetEventSelectors';
    expect(selectors({ count: { atMost: 0 } }, list).evidence).toMatchObject([{ path: 'EventSelectors', from }]);
  });

  test('absent is an empty list; exists asks for the list itself', () => {
    expect(selectors({ every: { ReadWriteType: 'All' } }).status).toBe('fail');
    expect(selectors({ none: { ReadWriteType: 'All' } }).status).toBe('pass');
    expect(selectors({ count: { atMost: 0 } }).status).toBe('pass');
    expect(selectors({ exists: false }).status).toBe('pass');
    expect(selectors({ exists: true }, []).status).toBe('pass');
  });

  test('a missing element is added to pass', () => {
    expect(selectors({ some: { ReadWriteType: 'All' } }, []).toPass).toEqual([
      [{ resource: trailArn('main'), path: 'EventSelectors[0].ReadWriteType', set: 'All' }],
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { idlePatches, merge, type RuleCase, snapshotOf } from '../../src/evaluation/case-snapshot.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { trail, trailArn } from '../rules/judging.ts';

const type = 'AWS::CloudTrail::Trail';
const written = (more: Partial<RuleCase>): RuleCase => ({ name: 'x', expect: 'pass', ...more });
const first = snapshotOf(written({ resources: { [type]: [trail('main', { A: 1 })] } }), undefined, resourceTypes);
const resourcesIn = (more: Partial<RuleCase>) => snapshotOf(written(more), first, resourceTypes).resources;
const idle = (more: Partial<RuleCase>) => idlePatches(written(more), first, resourceTypes);

describe('a patch finds what it is for', () => {
  test.each(['main', trailArn('main')])('called %s', (name) => {
    expect(resourcesIn({ patch: { [name]: { A: 2 } } })).toEqual({ [type]: [trail('main', { A: 2 })] });
    expect(resourcesIn({ remove: [name] })).toEqual({ [type]: [] });
    expect(idle({ patch: { [name]: {} }, remove: [name] })).toEqual([]);
  });

  test.each([
    [{ id: '444455556666', partition: 'aws-cn' }, 'arn:aws-cn:s3:::logs'],
    [{ id: '444455556666' }, 'arn:aws:s3:::logs'],
    [undefined, 'arn:aws:s3:::logs'],
    ['nonsense', 'arn:aws:s3:::logs'],
  ])('in the account %j by the id that it has there', (account, id) => {
    const bucket = {
      name: 'x',
      expect: 'pass',
      resources: { 'AWS::S3::Bucket': [{ Name: 'logs' }] },
      account,
    } as const;
    expect(snapshotOf({ ...bucket, patch: { [id]: { A: 1 } } }, undefined, resourceTypes).resources).toEqual({
      'AWS::S3::Bucket': [{ Name: 'logs', A: 1 }],
    });
    expect(idlePatches({ ...bucket, remove: [id, 'arn:aws-us-gov:s3:::logs'] }, undefined, resourceTypes)).toEqual([
      'arn:aws-us-gov:s3:::logs',
    ]);
  });

  test('by an id that holds the account', () => {
    const own = { resources: { 'AWS::Region': [{ RegionName: 'us-east-1' }] }, account: { id: '444455556666' } };
    expect(idle({ ...own, patch: { '444455556666/us-east-1': {}, '111122223333/us-east-1': {} } })).toEqual([
      '111122223333/us-east-1',
    ]);
    expect(idle({ resources: own.resources, patch: { '111122223333/us-east-1': {} } })).toEqual([]);
  });

  test('several patches of one resource, one after the other', () => {
    const patch = { main: { B: 1 }, [trailArn('main')]: { A: null } };
    expect(resourcesIn({ patch })).toEqual({ [type]: [trail('main', { B: 1 })] });
  });

  test('what is added stays as it is written', () => {
    const added = trail('other', {});
    expect(resourcesIn({ add: { [type]: [added] }, patch: { main: { A: 2 } }, remove: ['other'] })).toEqual({
      [type]: [trail('main', { A: 2 }), added],
    });
    expect(idle({ add: { [type]: [added] }, remove: ['other'] })).toEqual(['other']);
  });
});

describe('a case with resources or a snapshot of its own', () => {
  const own = { [type]: [trail('own')] };
  test.each<[string, Partial<RuleCase>]>([
    ['resources', { resources: own }],
    ['a snapshot', { snapshot: { resources: own } }],
  ])('%s: patches are for these', (_, more) => {
    expect(resourcesIn({ ...more, patch: { own: { A: 1 } } })).toEqual({ [type]: [trail('own', { A: 1 })] });
    expect(idle({ ...more, patch: { own: {}, main: {} } })).toEqual(['main']);
  });
  test('resources are put into the account of a snapshot', () => {
    const snapshot = { trailproof: 'snapshot/1', account: { id: '4' }, resources: {} };
    expect(snapshotOf(written({ snapshot, resources: own }), first, resourceTypes)).toEqual({
      ...snapshot,
      resources: own,
    });
  });
  test('resources alone are in an account of their own, not in that of the first case', () => {
    const elsewhere = { ...first, account: { id: '4' }, regions: ['eu-west-1'] };
    const { account, regions } = snapshotOf(written({ resources: own }), elsewhere, resourceTypes);
    expect([account, regions]).toEqual([{ id: '111122223333', partition: 'aws' }, ['us-east-1']]);
    expect(snapshotOf(written({}), elsewhere, resourceTypes)).toEqual(elsewhere);
  });
});

describe('what is no resource', () => {
  test('is left alone', () => {
    const odd = { [type]: ['main', null, 5], 'AWS::Nothing': [{ Name: 'main' }], constructor: [{ Name: 'main' }] };
    expect(resourcesIn({ resources: odd, patch: { main: { A: 1 } }, remove: ['5'] })).toEqual(odd);
    expect(idle({ resources: odd, patch: { main: {} } })).toEqual(['main']);
  });
  test('a list that is none is left to whoever validates', () => {
    const snapshot = { resources: { [type]: { Name: 'main' }, 'AWS::S3::Bucket': null } };
    expect(resourcesIn({ snapshot, patch: { main: { A: 1 } }, add: { [type]: [{}] } })).toEqual(snapshot.resources);
    expect(idle({ snapshot, remove: ['main'] })).toEqual(['main']);
  });
  test('a type may be called like what every object has', () => {
    expect(resourcesIn({ resources: {}, add: { constructor: [{ A: 1 }] } })).toEqual({ constructor: [{ A: 1 }] });
  });
});

describe('a merge', () => {
  test.each([
    ['null takes away what is not there too', { a: 1 }, { b: null }, { a: 1 }],
    ['null alone is a value', { a: 1 }, null, null],
    ['a null that was there stays', { a: null }, { b: 1 }, { a: null, b: 1 }],
    ['a list is replaced by an object', [1, 2], { a: 1 }, { a: 1 }],
    ['an object by a list', { a: 1 }, [1], [1]],
    ['null in a new object is nothing', {}, { a: { b: null } }, { a: {} }],
    ['inherited names are no values', {}, { constructor: { a: 1 } }, { constructor: { a: 1 } }],
    ['the order of what was there stays', { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
  ])('%s', (_, onto, patch, merged) => {
    expect(merge(onto, patch)).toEqual(merged);
  });
});

describe('the snapshot of a case', () => {
  const good: RuleCase = {
    name: 'good',
    resources: { [type]: [trail('main', { Status: { IsLogging: true } })] },
    expect: 'pass',
  };
  const first = snapshotOf(good, undefined, resourceTypes);
  const of = (written: Partial<RuleCase>, start: typeof first | undefined = first) =>
    snapshotOf({ name: 'x', expect: 'pass', ...written }, start, resourceTypes);

  test('resources in an account of their own', () => {
    expect(first).toEqual({
      trailproof: 'snapshot/1',
      account: { id: '111122223333', partition: 'aws' },
      collectedAt: '2026-11-20T09:00:00Z',
      regions: ['us-east-1'],
      resources: good.resources,
    });
  });
  test('a whole snapshot', () => {
    expect(of({ snapshot: { trailproof: 'snapshot/1', resources: { a: [] } } })).toEqual({
      trailproof: 'snapshot/1',
      resources: { a: [] },
    });
    expect(of({ snapshot: { resources: 5 } })).toEqual({ resources: {} });
  });
  test('nothing said is the first; nothing first is empty', () => {
    expect(of({})).toEqual(first);
    expect(snapshotOf({ name: 'x', expect: 'pass' }, undefined, resourceTypes).resources).toEqual({});
  });
  test('the scope, added and removed resources', () => {
    const changed = of({
      regions: ['a'],
      account: { id: '1' },
      collectedAt: 'x',
      operations: [],
      gaps: [],
      absent: [],
      add: { 'AWS::S3::Bucket': [{ Name: 'b' }] },
      remove: ['main'],
    });
    expect(changed).toEqual({
      ...first,
      regions: ['a'],
      account: { id: '1' },
      collectedAt: 'x',
      operations: [],
      gaps: [],
      absent: [],
      resources: { [type]: [], 'AWS::S3::Bucket': [{ Name: 'b' }] },
    });
  });
  test('patches by name or id, deep', () => {
    expect(
      of({ patch: { main: { Status: { IsLogging: null, A: 1 } }, [trailArn('main')]: { B: [1] } } }).resources,
    ).toEqual({ [type]: [trail('main', { Status: { A: 1 }, B: [1] })] });
  });
  test('patches that nothing answers to are slips', () => {
    const written: RuleCase = {
      name: 'x',
      expect: 'pass',
      patch: { main: {}, mian: {} },
      remove: ['other', trailArn('main')],
    };
    expect(idlePatches(written, first, resourceTypes)).toEqual(['mian', 'other']);
    expect(
      idlePatches(
        { name: 'x', expect: 'pass', patch: { a: {} } },
        { resources: { 'AWS::Nothing': [{ Name: 'a' }], [type]: ['a'] } },
        resourceTypes,
      ),
    ).toEqual(['a']);
  });
  test.each([
    [{ a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    [{ a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
    [undefined, { a: 1 }, { a: 1 }],
    [{ a: 1 }, 5, 5],
  ])('%j merged with %j is %j', (onto, patch, merged) => {
    expect(merge(onto, patch)).toEqual(merged);
  });
});

import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import {
  flag,
  json,
  list,
  nodesOf,
  number,
  oneOf,
  type ShapeNode,
  tags,
  text,
  time,
} from '../../src/resource-types/shape.ts';
import { utcTime } from '../../src/snapshot/plain-value.ts';
import { normaliser, otherSpelling, readAnswer, resourceNode } from '../../src/snapshot/spelling.ts';

const normalise = normaliser(resourceTypes);
const snapshot = (type: string, resource: unknown) => ({ trailproof: 'snapshot/1', resources: { [type]: [resource] } });
const bucket = (resource: unknown): unknown => {
  const normal = normalise(snapshot('AWS::S3::Bucket', resource));
  // The result has the shape that went in.
  return (normal as ReturnType<typeof snapshot>).resources['AWS::S3::Bucket']?.[0];
};

test.each([
  ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z'],
  ['2026-11-20', '2026-11-20T00:00:00Z'],
  ['2026-11-20 09:00:00+05:30', '2026-11-20T03:30:00Z'],
  ['2028-02-29T23:59:59Z', '2028-02-29T23:59:59Z'],
  ['2026-02-29T00:00:00Z', undefined],
  ['2026-02-30', undefined],
  ['2026-13-45T00:00:00Z', undefined],
  ['2026-11-20T99:99:99Z', undefined],
  ['0000-00-00T00:00:00Z', undefined],
  ['2026-11-20T09:00:00', undefined],
  ['yesterday', undefined],
])('the moment %s is %s', (written, moment) => {
  expect(utcTime(written)).toBe(moment);
});

describe('normalise', () => {
  test('what is already so is not copied', () => {
    const before = {
      ...snapshot('AWS::S3::Bucket', {
        Name: 'logs',
        Policy: '{"version":1}',
        LifecycleConfiguration: { Rules: [{ ID: 'a', Transitions: [{ Date: '2026-11-20T09:00:00Z' }] }] },
        tags: { env: 'prod' },
      }),
      gaps: [{ error: 'AccessDenied' }],
      collectedAt: '2026-11-20T09:00:00Z',
    };
    expect(normalise(before)).toBe(before);
  });

  test('only what changes is copied', () => {
    const rules = { Rules: [] };
    const before = { name: 'logs', LifecycleConfiguration: rules };
    expect(bucket(before)).toEqual({ Name: 'logs', LifecycleConfiguration: rules });
    expect((bucket(before) as typeof before).LifecycleConfiguration).toBe(rules);
    expect(before).toEqual({ name: 'logs', LifecycleConfiguration: rules });
  });

  test('a capital at every declared level, and nowhere else', () => {
    expect(
      bucket({
        name: 'logs',
        lifecycleConfiguration: { rules: [{ status: 'Enabled', filter: { tag: { key: 'k', value: 'v' } } }] },
        tags: { lower: 'x', Upper: 'y' },
        policy: '{"statement":[]}',
        unheardOf: { name: 1 },
        versioning: { status: 'Enabled' },
      }),
    ).toEqual({
      Name: 'logs',
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Filter: { Tag: { Key: 'k', Value: 'v' } } }] },
      tags: { lower: 'x', Upper: 'y' },
      Policy: '{"statement":[]}',
      unheardOf: { name: 1 },
      Versioning: { Status: 'Enabled' },
    });
  });

  test('both spellings stay, for the schema to refuse', () => {
    expect(bucket({ Name: 'a', name: 'b' })).toEqual({ Name: 'a', name: 'b' });
    expect(bucket({ name: 'b', Name: 'a' })).toEqual({ Name: 'a', name: 'b' });
  });

  test('nulls are absent', () => {
    expect(bucket({ Name: 'a', Policy: null, Versioning: { Status: null }, acl: null })).toEqual({
      Name: 'a',
      Versioning: {},
    });
    const nulls = {
      resources: null,
      gaps: [{ region: null, error: 'x' }],
      account: { id: '1', alias: null },
      operations: null,
    };
    expect(normalise(nulls)).toEqual({ gaps: [{ error: 'x' }], account: { id: '1' } });
  });

  test('a policy written as an object becomes its text', () => {
    expect(bucket({ Policy: { version: '2012-10-17', Statement: [] } })).toEqual({
      Policy: '{"version":"2012-10-17","Statement":[]}',
    });
  });

  test('tags in any form are one map', () => {
    const map = { tags: { env: 'prod', empty: '' } };
    expect(bucket({ Tags: [{ Key: 'env', Value: 'prod' }, { Key: 'empty' }] })).toEqual(map);
    expect(bucket({ tags: [{ TagKey: 'env', TagValue: 'prod' }, { tagKey: 'empty' }] })).toEqual(map);
    expect(
      bucket({
        tags: [
          { key: 'env', value: 'prod' },
          { key: 'empty', value: null },
        ],
      }),
    ).toEqual(map);
    expect(bucket({ tags: { env: 'prod', empty: '' } })).toEqual(map);
    expect(bucket({ tags: ['env'] })).toEqual({ tags: ['env'] });
    expect(bucket({ tags: [{ Key: 'constructor', Value: 'x' }] })).toEqual({ tags: { constructor: 'x' } });
  });

  test.each([
    [1_763_629_200, '2025-11-20T09:00:00Z'],
    [1_763_629_200.123, '2025-11-20T09:00:00.123Z'],
    [1_763_629_200_000, '2025-11-20T09:00:00Z'],
    [1_763_629_200_456, '2025-11-20T09:00:00.456Z'],
    [0, '1970-01-01T00:00:00Z'],
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z'],
    ['2026-11-20T09:00:00.123456Z', '2026-11-20T09:00:00.123456Z'],
    ['2026-11-20T10:00:00.5+01:00', '2026-11-20T09:00:00.500Z'],
    ['2026-11-20T10:00:00+0100', '2026-11-20T09:00:00Z'],
    ['2026-11-20 09:00:00+00:00', '2026-11-20T09:00:00Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    ['2026-11-20T09:00:00', '2026-11-20T09:00:00'],
    ['yesterday', 'yesterday'],
    [Number.NaN, Number.NaN],
    [1e300, 1e300],
  ])('the time %s is %s', (written, read) => {
    const key = snapshot('AWS::KMS::Key', { creationDate: written });
    expect(normalise(key)).toEqual(snapshot('AWS::KMS::Key', { CreationDate: read }));
    expect(normalise({ collectedAt: written })).toEqual({ collectedAt: read });
  });

  test.each([
    [undefined],
    [null],
    ['text'],
    [[1]],
    [{ resources: [1] }],
    [{ resources: { 'AWS::S3::Bucket': 1 } }],
    [{ resources: { 'AWS::S3::Bucket': [1, null, [2]] } }],
    [{ resources: { constructor: [{ name: 1 }] } }],
    [{ resources: { 'AWS::S3::Bucket': [{ LifecycleConfiguration: [], Versioning: 'x', Acl: { Grants: {} } }] } }],
    [{ account: 1, gaps: [1], absent: 'x' }],
  ])('%j is left for the schema to refuse', (value) => {
    expect(normalise(value)).toBe(value);
  });
});

test('the other spelling of a name', () => {
  expect(['Name', 'name', 'tags', ''].map(otherSpelling)).toEqual(['name', 'Name', 'Tags', '']);
});

test('a resource has what finds it and what further calls say', () => {
  const { properties } = resourceNode(resourceTypes['AWS::CloudTrail::Trail']);
  expect(
    ['TrailARN', 'Status', 'EventSelectors', 'AdvancedEventSelectors', 'tags'].filter((name) => !(name in properties)),
  ).toEqual([]);
});

describe('readAnswer', () => {
  const node: ShapeNode = {
    kind: 'object',
    properties: nodesOf({
      Name: text,
      On: flag,
      Size: number,
      At: time,
      Policy: json,
      State: oneOf('A'),
      tags,
      Names: list(text),
    }),
  };

  test('declared members only, in their spelling', () => {
    const answer = {
      name: 'a',
      on: false,
      size: 0,
      state: 'B',
      names: ['x', null],
      $metadata: {},
      other: 1,
      policy: null,
    };
    expect(readAnswer(node, answer)).toEqual({ Name: 'a', On: false, Size: 0, State: 'B', Names: ['x'] });
  });

  test('the capital wins where an answer has both', () => {
    expect(readAnswer(node, { name: 'small', Name: 'capital' })).toEqual({ Name: 'capital' });
    expect(readAnswer(node, { name: 'small', Name: null })).toEqual({ Name: 'small' });
  });

  test('times, policies, tags', () => {
    const at = '2025-11-20T09:00:00Z';
    expect(readAnswer(node, { At: new Date(at) })).toEqual({ At: at });
    expect(readAnswer(node, { at: 1_763_629_200 })).toEqual({ At: at });
    expect(readAnswer(node, { At: new Date(Number.NaN) })).toEqual({ At: new Date(Number.NaN) });
    expect(readAnswer(node, { Policy: { a: 1 } })).toEqual({ Policy: '{"a":1}' });
    expect(readAnswer(node, { Tags: [{ Key: 'a', Value: 'b' }] })).toEqual({ tags: { a: 'b' } });
    expect(
      readAnswer({ kind: 'tags' }, [
        { Key: 'a', Value: 'b' },
        { Key: '__proto__', Value: 'c' },
      ]),
    ).toEqual({ a: 'b' });
  });

  test('inherited members are none of the answer', () => {
    expect(readAnswer(node, Object.create({ Name: 'inherited' }))).toEqual({});
    const odd: ShapeNode = { kind: 'object', properties: { Constructor: { kind: 'text' } } };
    expect(readAnswer(odd, {})).toEqual({});
  });

  test('lists of objects, and answers of another shape', () => {
    expect(readAnswer({ kind: 'list', of: node }, [{ name: 'a', x: 1 }, null])).toEqual([{ Name: 'a' }]);
    expect(readAnswer({ kind: 'list', of: node }, 'x')).toBe('x');
    expect(readAnswer(node, undefined)).toBeUndefined();
  });
});

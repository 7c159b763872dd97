import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { bucket, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { applyChanges } from './apply-change.ts';

const resource = trailArn('main');
const changed = (item: object, ...changes: readonly { readonly path: string; readonly set: unknown }[]) =>
  applyChanges(
    snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item), trail('other', item)] }),
    changes.map((it) => ({ resource, ...it })),
    resourceTypes,
  ).resources['AWS::CloudTrail::Trail'];

describe('a change', () => {
  test.each<[string, object, { path: string; set: unknown }, object]>([
    ['sets a property', {}, { path: 'IsMultiRegionTrail', set: true }, { IsMultiRegionTrail: true }],
    [
      'replaces one',
      { IsMultiRegionTrail: false },
      { path: 'IsMultiRegionTrail', set: true },
      { IsMultiRegionTrail: true },
    ],
    ['takes one away', { KmsKeyId: 'a' }, { path: 'KmsKeyId', set: null }, {}],
    ['makes what is missing on the way', {}, { path: 'Status.IsLogging', set: true }, { Status: { IsLogging: true } }],
    [
      'leaves what stands beside it',
      { Status: { A: 1 } },
      { path: 'Status.IsLogging', set: true },
      { Status: { A: 1, IsLogging: true } },
    ],
    [
      'sets in an element',
      { EventSelectors: [{ A: 1 }, { B: 1 }] },
      { path: 'EventSelectors[1].B', set: 2 },
      { EventSelectors: [{ A: 1 }, { B: 2 }] },
    ],
    [
      'adds an element',
      { EventSelectors: [{ A: 1 }] },
      { path: 'EventSelectors[1].B', set: 2 },
      { EventSelectors: [{ A: 1 }, { B: 2 }] },
    ],
    [
      'makes a list',
      {},
      { path: 'EventSelectors[0].DataResources[0].Type', set: 'x' },
      { EventSelectors: [{ DataResources: [{ Type: 'x' }] }] },
    ],
    ['takes away inside', { Status: { A: 1, B: 2 } }, { path: 'Status.A', set: null }, { Status: { B: 2 } }],
    ['is not misled by inherited names', {}, { path: 'constructor.name', set: 'x' }, { constructor: { name: 'x' } }],
  ])('%s', (_, item, change, expected) => {
    expect(changed(item, change)).toEqual([trail('main', expected), trail('other', item)]);
  });

  test('several, one after the other', () => {
    expect(changed({}, { path: 'Status.A', set: 1 }, { path: 'Status.B', set: 2 })?.[0]).toEqual(
      trail('main', { Status: { A: 1, B: 2 } }),
    );
  });

  test('leaves other types, and types that nobody knows, alone', () => {
    const snapshot = snapshotWith({ 'AWS::S3::Bucket': [bucket('b')], 'AWS::Nothing': [{ a: 1 }] });
    expect(applyChanges(snapshot, [{ resource, path: 'a', set: 2 }], resourceTypes)).toEqual(snapshot);
  });
});

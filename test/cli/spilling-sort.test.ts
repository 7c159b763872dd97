import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { spillingSort } from '../../src/cli/spilling-sort.ts';
import { sortHeld } from '../../src/reporters/sort.ts';
import { compareText } from '../../src/snapshot/compare-text.ts';
import { hostile } from '../reporters/hostile.ts';

interface Item {
  readonly key: number;
  readonly place: number;
}

/** Many that compare as equal, in an order that is no order. */
const items = (count: number): readonly Item[] =>
  Array.from({ length: count }, (_, place) => ({ key: (place * 7919) % 17, place }));

const byKey = (a: Item, b: Item): number => a.key - b.key;

describe('a sort that needs little memory', () => {
  // 64 files are made one, and 64 of those: 5,000 items of one each are two levels, and 8 of the first.
  test.each([
    ['in memory', 1_000],
    ['one file and what is held', 60],
    ['some files', 7],
    ['files of files', 1],
  ])('%s: sorts as sorting in memory does, ties in their order', (_, most) => {
    const sorted = spillingSort({ items: most, length: 1e9 })(items(100), byKey);
    expect([...sorted]).toEqual(sortHeld(items(100), byKey));
  });

  test('files of files of files', () => {
    const sorted = spillingSort({ items: 1, length: 1e9 })(items(5_000), byKey);
    expect([...sorted]).toEqual(sortHeld(items(5_000), byKey));
  });

  test('long items go to files too, and come back as they were', () => {
    const texts = [...Object.values(hostile), ...Object.values(hostile).toReversed()];
    const sorted = spillingSort({ items: 1e9, length: 20 })(texts, compareText);
    expect([...sorted]).toEqual(sortHeld(texts, compareText));
  });

  test('nothing gives nothing', () => {
    expect([...spillingSort()([], byKey)]).toEqual([]);
  });

  test('nobody finds its files, also when no more is asked for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trailproof-sort-'));
    vi.stubEnv('TMPDIR', folder);
    for (const { key } of spillingSort({ items: 2, length: 1e9 })(items(500), byKey)) {
      expect(key).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
      break;
    }
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test('an error in what is sorted is that error', () => {
    function* broken(): Generator<number> {
      yield 1;
      yield 2;
      throw new Error('division by cucumber');
    }
    const sorted = spillingSort({ items: 1, length: 1e9 })(broken(), (a, b) => a - b);
    expect(() => [...sorted]).toThrow('division by cucumber');
  });
});

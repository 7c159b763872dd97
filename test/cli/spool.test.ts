import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Spool, spool } from '../../src/cli/spool.ts';
import { hostile } from '../reporters/hostile.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-spool-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function filled<T>(list: Spool<T>, items: Iterable<T>): Spool<T> {
  for (const item of items) list.add(item);
  return list;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe('a list that may outgrow memory', () => {
  test('within its bounds it holds the items themselves', () => {
    const item = { held: true };
    const list = filled(spool({ items: 1, length: 100 }), [item]);
    expect([...list][0]).toBe(item);
    list.close();
  });

  test.each([
    ['more items than it may hold', { items: 10, length: 1e6 }],
    ['longer items than it may hold', { items: 1e6, length: 10 }],
    ['fewer', { items: 1e6, length: 1e6 }],
  ])('%s: all of them, in their order, as often as asked', (_, bounds) => {
    const list = filled(spool(bounds), numbers(50_000));
    expect([...list]).toEqual(numbers(50_000));
    expect([...list]).toEqual(numbers(50_000));
    list.close();
  });

  test('may be read in the middle of being filled, and by two at a time', () => {
    const list = filled(spool({ items: 2, length: 1e6 }), [0, 1, 2]);
    expect([...list]).toEqual([0, 1, 2]);
    list.add(3);
    const pairs = [];
    for (const a of list) for (const b of list) pairs.push([a, b]);
    expect(pairs).toEqual(numbers(16).map((index) => [Math.floor(index / 4), index % 4]));
    list.close();
  });

  test('gives back any data as it was', () => {
    const items = [
      ...Object.values(hostile),
      { [hostile.newline]: [hostile.ansi, null, true, -1.5e300] },
      JSON.parse('{"__proto__":{"constructor":1},"toString":2}'),
      'x'.repeat(1_000_000),
      '東'.repeat(100_000),
      '',
    ];
    const list = filled(spool<unknown>({ items: 0, length: 0 }), items);
    expect([...list].map((item) => JSON.stringify(item))).toEqual(items.map((item) => JSON.stringify(item)));
    list.close();
  });

  test('is empty before anything is added', () => {
    expect([...spool()]).toEqual([]);
  });

  test('nobody finds its file, neither while it is used nor after', () => {
    const list = filled(spool<number>({ items: 1, length: 1 }), numbers(100_000));
    for (const _ of list) break;
    expect(readdirSync(folder)).toEqual([]);
    list.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says where it could not write', () => {
    vi.stubEnv('TMPDIR', join(folder, 'missing'));
    const list = spool<number>({ items: 0, length: 0 });
    expect(() => list.add(1)).toThrow(
      `cannot write a temporary file in ${join(folder, 'missing')}: there is no such folder`,
    );
  });
});

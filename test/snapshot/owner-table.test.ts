import { expect, test } from 'vitest';
import { ownerTable } from '../../src/snapshot/owner-table.ts';

const account = (index: number): string => String(index * 7_919).padStart(12, '0');

test('knows whose each of many names is, and of no other whose it is', () => {
  const table = ownerTable();
  const names = Array.from({ length: 20_000 }, (_, index) => `aws AWS::S3::Bucket logs-${index}`);
  for (const [index, name] of names.entries()) table.add(name, account(index));
  expect(names.filter((name, index) => table.get(name) !== account(index))).toEqual([]);
  expect(names.filter((name) => table.get(`${name}-x`) !== undefined)).toEqual([]);
});

test('a name is the first’s to have it, be that the account of noughts', () => {
  const table = ownerTable();
  expect(table.get('logs')).toBeUndefined();
  table.add('logs', '000000000000');
  table.add('logs', '111122223333');
  expect(table.get('logs')).toBe('000000000000');
});

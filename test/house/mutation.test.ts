import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modules } from '../mutation/modules.ts';
import { root } from './source-files.ts';

const filesOf = (patterns: readonly string[]): readonly string[] =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));

test('every file of the proof and of the evaluation is mutated, with one module', () => {
  const mutated = Object.values(modules).flatMap(({ sources }) => filesOf(sources));
  expect(mutated.toSorted()).toEqual(filesOf(['src/proof/**/*.ts', 'src/evaluation/*.ts']).toSorted());
});

test('every test that a module names is there', () => {
  const named = Object.values(modules).flatMap(({ tests }) => tests);
  expect(named.filter((pattern) => filesOf([pattern]).length === 0)).toEqual([]);
});

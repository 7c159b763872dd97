import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RuleFile } from '../../src/rules/load.ts';
import { families } from '../../src/rules/rule.ts';
import { loadBuiltIn, ruleFiles, rulesFolder, testFileOf, titleOf } from './built-in-rules.ts';

let loaded: readonly RuleFile[] = [];
beforeAll(async () => {
  loaded = await loadBuiltIn();
});

const named = ruleFiles.map((file) => [titleOf(file), file] as const);

// That their cases are sound and hold, and notice every mutant, is what `rules test` says in the same run.
describe('the built-in rules', () => {
  test('load without a mistake: schema, types, ids that are file names, no id twice', () => {
    expect(loaded.map(({ definition }) => definition.id).toSorted()).toEqual(
      ruleFiles.map((file) => basename(file, '.yaml')).toSorted(),
    );
  });

  test('stand in folders that are families', () => {
    expect(families).toEqual(expect.arrayContaining([...new Set(ruleFiles.map((file) => basename(dirname(file))))]));
    const elsewhere = globSync('**/*.yaml', { cwd: rulesFolder }).filter(
      (file) => !/^[a-z-]+\/[a-z0-9-]+(\.test)?\.yaml$/.test(file),
    );
    expect(elsewhere.filter((file) => !file.startsWith('packs/'))).toEqual([]);
  });

  test('each has a test file, and each test file a rule', () => {
    expect(ruleFiles.filter((file) => !existsSync(testFileOf(file)))).toEqual([]);
    const tests = globSync('*/*.test.yaml', { cwd: rulesFolder }).map((file) => join(rulesFolder, file));
    expect(tests.filter((file) => !ruleFiles.includes(file.replace('.test.yaml', '.yaml')))).toEqual([]);
  });

  test.each(named)('%s tells editors its schema', (_, file) => {
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('# yaml-language-server: $schema=../rule.schema.json');
  });
});

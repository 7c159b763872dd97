import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { idlePatches, snapshotOf } from '../../src/evaluation/case-snapshot.ts';
import { ruleCasesSchema } from '../../src/evaluation/rule-case-schema.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { RuleFile } from '../../src/rules/load.ts';
import { families } from '../../src/rules/rule.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';
import { casesOf, loadBuiltIn, readyCasesOf, ruleFiles, rulesFolder, testFileOf, titleOf } from './built-in-rules.ts';

const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
const isSnapshot = ajv.compile(snapshotSchema(resourceTypes));
const areCases = ajv.compile(ruleCasesSchema);

let loaded: readonly RuleFile[] = [];
beforeAll(async () => {
  loaded = await loadBuiltIn();
});

const named = ruleFiles.map((file) => [titleOf(file), file] as const);

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

// That they hold, and notice every mutant, is what `rules test` says in the same run.
describe('the cases of each rule', () => {
  test.each(named)('%s: are well-formed, named once, and change something', (_, file) => {
    const cases = casesOf(file);
    expect(areCases(cases), JSON.stringify(areCases.errors)).toBe(true);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    const [first] = cases;
    const start = first ? snapshotOf(first, undefined, resourceTypes) : {};
    expect(cases.flatMap((it) => idlePatches(it, start, resourceTypes))).toEqual([]);
  });

  test.each(named)('%s: describe snapshots', (_, file) => {
    const wrong = readyCasesOf(file).flatMap(({ written, snapshot }) =>
      isSnapshot(snapshot) ? [] : [`${written.name}: ${ajv.errorsText(isSnapshot.errors)}`],
    );
    expect(wrong).toEqual([]);
  });
});

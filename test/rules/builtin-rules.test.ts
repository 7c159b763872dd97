import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { idlePatches, snapshotOf } from '../../src/evaluation/case-snapshot.ts';
import { ruleCasesSchema } from '../../src/evaluation/rule-case-schema.ts';
import { testRule } from '../../src/evaluation/rule-test.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { RuleFile } from '../../src/rules/load.ts';
import { families, type RuleDefinition } from '../../src/rules/rule.ts';
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

  test.each(named)('%s: hold, and notice every mutant', { timeout: 30_000 }, (_, file) => {
    const definition = parse(readFileSync(file, 'utf8')) as RuleDefinition;
    const { cases, survivors, mutants } = testRule(definition, readyCasesOf(file), {
      registry: resourceTypes,
      mutate: 'mutate',
    });
    expect(cases.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(survivors).toEqual([]);
    expect(mutants).toBeGreaterThan(0);
  });
});

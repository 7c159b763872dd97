import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRules, loadRuleFiles, ruleFilesIn } from '../../src/rules/load.ts';
import { validatePack, validateRule } from './built-in-rules.ts';
import { ruleWith } from './judging.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = (id: string) =>
  `id: ${id}\ntitle: X\nseverity: low\nwhy: Because.\nresource: AWS::Account\nrequire: { name: x }\n`;

function write(files: Readonly<Record<string, string>>): string {
  const at = mkdtempSync(join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(at, name, '..'), { recursive: true });
    writeFileSync(join(at, name), text);
  }
  return at;
}

async function load(paths: readonly string[], input?: string) {
  const stdin = (async function* () {
    if (input !== undefined) yield Buffer.from(input);
  })();
  try {
    const { rules } = await loadRuleFiles(paths, {
      registry: resourceTypes,
      validate: validateRule,
      validatePack,
      stdin,
    });
    return rules.map(({ definition }) => definition.id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      code: error.code,
      message: error.message.replaceAll(/\S*case-\w+\//g, ''),
      details: error.details.map((it) => it.replaceAll(/\S*case-\w+\//g, '')),
    };
  }
}

describe('rule files', () => {
  test('of a folder: all below it, tests not, sorted', () => {
    const at = write({
      'b/x.yaml': good('x'),
      'a.yml': good('a'),
      'a.test.yaml': '[]',
      'b/x.test.yml': '[]',
      'README.md': '',
    });
    expect(ruleFilesIn([at]).map((file) => file.slice(at.length + 1))).toEqual(['a.yml', 'b/x.yaml']);
  });

  test('are loaded', async () => {
    expect(await load([write({ 'a.yaml': good('a'), 'family/b.yaml': good('b') })])).toEqual(['a', 'b']);
  });

  test('may come from standard input, called as they like', async () => {
    expect(await load(['-'], good('anything'))).toEqual(['anything']);
  });

  test('all mistakes of all files at once', async () => {
    const at = write({
      'a.yaml': good('a').replace('severity: low', 'severity: lw'),
      'b.yaml': 'id: b\nid: b\n',
      'c.yaml': good('d'),
      'e.yaml': good('e'),
    });
    expect(await load([at])).toEqual({
      code: 'rule',
      message: '3 mistakes in 3 files',
      details: [
        'a.yaml:3:11 severity cannot be "lw"; did you mean low?',
        'b.yaml:2:1 duplicate key id; it is on line 1 already; keep one of them',
        "c.yaml:1:5 id d is not the file's name; call the file d.yaml",
      ],
    });
  });

  test('an id that two files have', async () => {
    const at = write({ 'one/a.yaml': good('a'), 'two/a.yaml': good('a') });
    expect(await load([at])).toEqual({
      code: 'rule',
      message: '1 mistake in two/a.yaml',
      details: ['two/a.yaml:1:1 the id a is taken; one/a.yaml has it too'],
    });
  });
});

describe('compiling chosen rules', () => {
  const definition = ruleWith({
    id: 'a',
    parameters: { days: { type: 'integer', default: 1, minimum: 1, maximum: 9 } },
    require: { keeps: { atLeast: '$days' } },
  });
  const compile = (parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
    compileRules([definition, ruleWith({ id: 'b', require: { Name: 'x' } })], { registry: resourceTypes, parameters })
      .mistakes;

  test.each([
    ['none', {}, []],
    ['of another rule', { c: { days: 1 } }, []],
    ['in range', { a: { days: 9 } }, []],
    ['out of range', { a: { days: 10 } }, ['a: $days must be at most 9, not 10']],
    ['too low', { a: { days: 0 } }, ['a: $days must be at least 1, not 0']],
    ['of another type', { a: { days: 'many' } }, ['a: $days must be of type integer, not "many"']],
    ['misspelt', { a: { day: 2 } }, ['a has no parameter day; did you mean days?']],
    ['nothing like it', { a: { minimum: 2 } }, ['a has no parameter minimum; it has days']],
    ['of a rule without any', { b: { days: 2 } }, ['b has no parameter days; it has none']],
  ])('parameters: %s', (_, parameters, mistakes) => {
    expect(compile(parameters)).toEqual(mistakes);
  });

  test('gives the rules in their order', () => {
    const { rules } = compileRules([definition, ruleWith({ id: 'b' })], { registry: resourceTypes });
    expect(rules.map((rule) => rule.definition.id)).toEqual(['a', 'b']);
  });
});

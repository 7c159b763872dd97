import { existsSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { banned, bannedEverywhere, bannedInCode, bannedInPure, bannedInTests, drawer, relativeLinks } from './house.ts';
import { filesOf, root } from './source-files.ts';

const source = filesOf('src', '**/*.ts');
const code = { ...filesOf('test', '**/*.{ts,mjs}'), ...filesOf('bench', '**/*.ts') };
const tests = filesOf('test', '**/*.{test,e2e}.ts');
const house = Object.keys(filesOf('test', 'house/**/*.ts'));
const packs = inFolder('rules', 'packs/*.yaml');
const rules = {
  ...Object.fromEntries(Object.entries(inFolder('rules', '**/*.yaml')).filter(([path]) => !Object.hasOwn(packs, path))),
  ...inFolder('examples', '{custom-rule,scenarios/rules}/*.yaml'),
};
const documents = { ...filesOf('', '*.md'), ...inFolder('docs', '*.md'), ...inFolder('examples', '**/*.md') };

function inFolder(folder: string, pattern: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(filesOf(folder, pattern)).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}

/** The house's own files name what they forbid; what a machine may not have is skipped aloud, but fails in CI. */
function butHouse(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = [...house, 'conformance/conformance-folder.test.ts', 'e2e/html-report.e2e.ts'];
  return Object.fromEntries(Object.entries(files).filter(([path]) => !named.includes(path)));
}

describe('the source', () => {
  test('has no file of more than 250 lines', () => {
    const lines = Object.entries(source).map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }));
    expect(lines.filter(({ lines }) => lines > 250)).toEqual([]);
  });

  test('has no drawers', () => {
    expect([...Object.keys(source), ...Object.keys(code)].filter((path) => drawer.test(path))).toEqual([]);
  });

  test('says nothing that is banned', () => {
    expect(banned(source, [...bannedEverywhere, ...bannedInCode])).toEqual([]);
  });

  test('asks the clock and the dice at its edges alone', () => {
    const edges = /^(?:build|cli|commands|sources)\//;
    const pure = Object.fromEntries(Object.entries(source).filter(([path]) => !edges.test(path)));
    expect(banned(pure, bannedInPure)).toEqual([]);
  });
});

describe('the tests', () => {
  test('all run, and none waits', () => {
    expect(banned(butHouse(tests), bannedInTests)).toEqual([]);
  });

  test('say nothing that is banned', () => {
    expect(banned(butHouse(code), [...bannedEverywhere, ...bannedInCode])).toEqual([]);
  });
});

describe('rules, examples and documents', () => {
  test('say nothing that is banned', () => {
    const files = {
      ...inFolder('rules', '**/*.yaml'),
      ...inFolder('examples', '**/*.{yaml,json,jsonl}'),
      ...documents,
    };
    expect(banned(files, bannedEverywhere)).toEqual([]);
  });

  test.each([
    ['rule', 'rules', rules],
    ['pack', 'rules', packs],
    ['config', 'schemas', inFolder('examples', '{trailproof,overrides}.yaml')],
  ] as const)(
    'each %s names its schema in its first line, for editors, and the schema is there',
    (kind, folder, files) => {
      const file = `${folder}/${kind}.schema.json`;
      const wrong = Object.entries(files).filter(([path, text]) => {
        if (path.endsWith('.test.yaml')) return false;
        const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
        return resolve(root, dirname(path), schema) !== resolve(root, file);
      });
      expect(wrong.map(([path]) => path)).toEqual([]);
      expect(existsSync(resolve(root, file))).toBe(true);
    },
  );

  test('each rule has its test beside it, and each test its rule', () => {
    const paths = Object.keys(rules);
    const alone = paths.filter((path) => {
      const beside = path.endsWith('.test.yaml')
        ? path.replace(/\.test\.yaml$/, '.yaml')
        : path.replace(/yaml$/, 'test.yaml');
      return !paths.includes(beside);
    });
    expect(alone).toEqual([]);
  });

  test('every relative link leads somewhere', () => {
    const dead = Object.entries(documents).flatMap(([path, text]) =>
      relativeLinks(text)
        .filter((link) => !existsSync(resolve(root, dirname(path), link)))
        .map((link) => `${path} → ${link}`),
    );
    expect(dead).toEqual([]);
  });
});

test('the top level is what it was decided to be', () => {
  const built = /^(?:node_modules|dist|coverage|reports|\.stryker|oclif\.manifest\.json|\.git|\.venv|.*\.tgz)$/;
  expect(
    readdirSync(root)
      .filter((name) => !built.test(name))
      .toSorted(),
  ).toEqual([
    '.ci',
    '.dockerignore',
    '.github',
    '.gitignore',
    '.pre-commit-hooks.yaml',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'Dockerfile',
    'LICENSE',
    'README.md',
    'action.yml',
    'bench',
    'docs',
    'examples',
    'package-lock.json',
    'package.json',
    'rules',
    'schemas',
    'src',
    'test',
    'tsconfig.json',
  ]);
});

describe('a planted violation is found', () => {
  test.each([
    [bannedEverywhere, '// TODO later'],
    [bannedEverywhere, "const file = '/home/me/notes';"],
    [bannedEverywhere, 'see (/tmp/notes)'],
    [bannedInCode, 'const it = value as any;'],
    [bannedInCode, 'f(value as any)'],
    [bannedInCode, '// @ts-ignore'],
    [bannedInCode, '// @ts-expect-error: because'],
    [bannedInCode, '// biome-ignore lint/style/useConst'],
    [bannedInCode, '// biome-ignore lint/style/useConst: no'],
    [bannedInCode, '/* eslint-disable */'],
    [bannedInCode, 'a.localeCompare(b)'],
    [bannedInPure, 'const now = Date.now();'],
    [bannedInPure, 'const now = new Date();'],
    [bannedInTests, "test.skip('later', () => {});"],
    [bannedInTests, "describe.only('this', () => {});"],
    [bannedInTests, "test.skipIf(true)('this', () => {});"],
    [bannedInTests, 'await sleep(10);'],
    [bannedInTests, 'await new Promise((done) => setTimeout(done, 10));'],
  ])('%#: %s', (bans, line) => {
    expect(banned({ 'a.ts': `\n${line}\n` }, bans)).toHaveLength(1);
  });

  test.each([
    'util/a.ts',
    'rules/utils.ts',
    'a/rule-helpers.ts',
    'types.ts',
    'a/lib/b.ts',
    'a/common.test.ts',
    'a-manager.ts',
  ])('the drawer %s', (path) => {
    expect(path).toMatch(drawer);
  });

  test('a dead link', () => {
    const markdown =
      '[a](./a.md#part) ![b](b.png) [c](https://example.com) `[d](d.md)`\n\n[e]: e.md\n\n```\n[f](f.md)\n```\n';
    expect(relativeLinks(markdown)).toEqual(['./a.md', 'b.png', 'e.md']);
  });
});

describe('what is allowed is not reported', () => {
  test.each(['resource-types/a.ts', 'rules/resource-type.ts', 'reporters/shared-report.ts', 'proof/library.ts'])(
    '%s',
    (path) => {
      expect(path).not.toMatch(drawer);
    },
  );

  test.each([
    '// biome-ignore lint/style/useConst: it is written below',
    "expect(only).toBe('TODOS')",
    'new Date(written)',
  ])('%s', (line) => {
    const bans = [...bannedEverywhere, ...bannedInCode, ...bannedInPure, ...bannedInTests];
    expect(banned({ 'a.ts': line }, bans)).toEqual([]);
  });
});

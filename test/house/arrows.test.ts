import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { arrows, strangers, violations } from './arrows.ts';
import { type Modules, readImports } from './imports.ts';
import { filesOf, root } from './source-files.ts';

const check = (modules: Modules): readonly string[] => violations(readImports(modules));

describe('the source', () => {
  const modules = filesOf('src', '**/*.ts');

  test('imports along the arrows, through open doors, and in no ring', () => {
    expect(check(modules)).toEqual([]);
  });

  test('has no folder and no module beside the folders that the table does not know', () => {
    expect(strangers(readdirSync(`${root}src`))).toEqual([]);
  });

  test('has everything that the table names, but what a build writes', () => {
    const there = new Set(readdirSync(`${root}src`).map((name) => name.replace(/\.ts$/, '')));
    expect(Object.keys(arrows).filter((layer) => !there.has(layer) && layer !== 'generated')).toEqual([]);
  });
});

test('every way to import is read', () => {
  const text = [
    "import { value } from './value.ts';",
    "import type { Type } from './type.ts';",
    "import './effect.ts';",
    "export { again } from './again.ts';",
    "export type { Shape } from './shape.ts';",
    "export * from '../beside/all.ts';",
    "import { join } from 'node:path';",
    "const written = (): string => \"import nothing from './text.ts'\"; // import('./comment.ts')",
    "const later = (): Promise<unknown> => import('./later.ts');",
    'const unknown = (name: string): Promise<unknown> => import(name);',
    "type Far = import('./far.ts').Far;",
  ].join('\n');
  expect(readImports({ 'rules/here.ts': text }).map(({ kind, of, to }) => `${kind} ${of} ${to}`.trim())).toEqual([
    'value module rules/value.ts',
    'type module rules/type.ts',
    'value module rules/effect.ts',
    'value module rules/again.ts',
    'type module rules/shape.ts',
    'value module beside/all.ts',
    'value package node:path',
    'value module rules/later.ts',
    'value expression',
    'type module rules/far.ts',
  ]);
});

describe('a planted violation is found', () => {
  test.each([
    ['against an arrow', 'rules/a.ts', "import { b } from '../evaluation/b.ts';"],
    ['against an arrow, by a type', 'rules/a.ts', "import type { B } from '../evaluation/b.ts';"],
    ['against an arrow, when it runs', 'rules/a.ts', "export const b = () => import('../evaluation/b.ts');"],
    ['against an arrow, by a re-export', 'rules/a.ts', "export { b } from '../evaluation/b.ts';"],
    ['against an arrow, inside a type', 'rules/a.ts', "export type B = import('../evaluation/b.ts').B;"],
  ])('%s', (_, from, text) => {
    expect(check({ [from]: text })).toEqual(['rules may not import evaluation: rules/a.ts → evaluation/b.ts']);
  });

  const order = ['resource-types', 'snapshot', 'proof', 'rules', 'evaluation', 'reporters', 'commands'];
  const backwards = order.flatMap((left, at) => order.slice(at + 1).map((right) => [left, right] as const));

  test.each(backwards)('%s importing %s', (left, right) => {
    expect(check({ [`${left}/a.ts`]: `import type { B } from '../${right}/b.ts';` })).toEqual([
      `${left} may not import ${right}: ${left}/a.ts → ${right}/b.ts`,
    ]);
  });

  test.each(['proof', 'rules', 'evaluation', 'reporters', 'cli', 'commands'])('a collector importing %s', (layer) => {
    expect(check({ 'collectors/a.ts': `import { b } from '../${layer}/b.ts';` })).toEqual([
      `collectors may not import ${layer}: collectors/a.ts → ${layer}/b.ts`,
    ]);
  });

  test.each([
    ['cli/a.ts', '../commands/check.ts', 'cli may not import commands: cli/a.ts → commands/check.ts'],
    ['api/a.ts', '../commands/check.ts', 'api may not import commands: api/a.ts → commands/check.ts'],
    ['cli/a.ts', '../api/check.ts', 'cli may not import api: cli/a.ts → api/check.ts'],
    ['api/a.ts', '@oclif/core', 'api/a.ts may not import values of @oclif/core'],
    ['api/a.ts', '@aws-sdk/client-s3', 'api/a.ts may not import values of @aws-sdk/client-s3'],
    ['api/a.ts', 'node:fs', 'api/a.ts may not import values of node:fs'],
    ['collectors/a.ts', '../sources/b.ts', 'collectors may not import sources: collectors/a.ts → sources/b.ts'],
    ['documents/a.ts', '../snapshot/b.ts', 'documents may not import snapshot: documents/a.ts → snapshot/b.ts'],
    ['errors.ts', './documents/b.ts', 'errors may not import documents: errors.ts → documents/b.ts'],
    ['new/a.ts', '../snapshot/b.ts', 'new may not import snapshot: new/a.ts → snapshot/b.ts'],
    ['rules/a.ts', '../../test/b.ts', 'rules/a.ts leaves src: ../test/b.ts'],
    ['rules/a.ts', '@aws-sdk/client-s3', 'rules/a.ts may not import values of @aws-sdk/client-s3'],
    ['resource-types/a.ts', '@aws-sdk/client-s3', 'resource-types/a.ts may not import values of @aws-sdk/client-s3'],
    ['reporters/a.ts', '@oclif/core/flags', 'reporters/a.ts may not import values of @oclif/core/flags'],
    ['rules/load.ts', 'node:fs', 'rules/load.ts may not import values of node:fs'],
    ['documents/lines.ts', 'node:fs/promises', 'documents/lines.ts may not import values of node:fs/promises'],
    ['cli/a.ts', 'ajv', 'cli/a.ts may not import values of ajv'],
    ['rules/a.ts', 'yaml', 'rules/a.ts may not import values of yaml'],
    ['cli/a.ts', 'rolldown', 'cli/a.ts may not import values of rolldown'],
    ['commands/a.ts', 'node:module', 'commands/a.ts may not import values of node:module'],
    ['sources/a.ts', 'node:child_process', 'sources/a.ts may not import values of node:child_process'],
  ])('%s importing %s', (from, to, problem) => {
    expect(check({ [from]: `import { b } from '${to}';` })).toEqual([problem]);
  });

  test('an import that only a run could tell', () => {
    expect(check({ 'rules/a.ts': 'export const load = (name: string) => import(name);' })).toEqual([
      'rules/a.ts imports what only a run could tell',
    ]);
  });

  test('a ring of three, told once', () => {
    expect(
      check({
        'proof/b.ts': "import { c } from './c.ts';",
        'proof/c.ts': "export const a = () => import('./a.ts');",
        'proof/a.ts': "export { b } from './b.ts';",
        'proof/outside.ts': "import { a } from './a.ts';",
      }),
    ).toEqual(['cycle: proof/a.ts → proof/b.ts → proof/c.ts → proof/a.ts']);
  });

  test('a module that imports itself', () => {
    expect(check({ 'proof/a.ts': "import { a } from './a.ts';" })).toEqual(['cycle: proof/a.ts → proof/a.ts']);
  });

  test('a folder and a module that are not in the table', () => {
    expect(strangers(['rules', 'helpers', 'errors.ts', 'extra.ts'])).toEqual(['extra', 'helpers']);
  });
});

describe('what is allowed is not reported', () => {
  test.each([
    ['resource-types/a.ts', "import type { Trail } from '@aws-sdk/client-cloudtrail';"],
    ['sources/a.ts', "export const sdk = () => import('@aws-sdk/client-s3');"],
    ['documents/files.ts', "import { openSync } from 'node:fs';"],
    ['commands/a.ts', "import { Args } from '@oclif/core';"],
    ['reporters/a.ts', "import type { Finding } from '../evaluation/finding.ts';"],
    ['snapshot/a.ts', "import type { ValidateFunction } from 'ajv';"],
    ['build/a.ts', "import standalone from 'ajv/dist/standalone/index.js';"],
  ])('%s: %s', (from, text) => {
    expect(check({ [from]: text })).toEqual([]);
  });

  test('a ring that types alone close', () => {
    expect(
      check({ 'proof/a.ts': "import { b } from './b.ts';", 'proof/b.ts': "import type { A } from './a.ts';" }),
    ).toEqual([]);
  });
});

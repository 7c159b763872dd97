import { expect, test } from 'vitest';
import { declarationsOf } from '../../src/build/declarations.ts';

const of = (modules: Readonly<Record<string, string>>): string =>
  declarationsOf('api/index.ts', (module) => modules[module] ?? '');

test('what is exported comes with what it is made of, and with nothing else', () => {
  const text = of({
    'api/index.ts': `import { ask } from './ask.ts';
/** Not the comment of what follows it. */
export { ask };
export type { Reply } from '../reply.ts';
`,
    'api/ask.ts': `import type { Reply, Unused } from '../reply.ts';
/** Asks. */
export declare function ask(options?: Options): Promise<Reply>;
interface Options {
    readonly unused?: (typeof words)[number];
}
declare const words: readonly ['a'];
export declare const unused: Unused;
export {};
`,
    'reply.ts': `/** What came. */
export interface Reply {
    readonly again: Reply;
}
export interface Unused {
    readonly a: string;
}
`,
  });
  expect(text).toBe(`/** Asks. */
export declare function ask(options?: Options): Promise<Reply>;

interface Options {
    readonly unused?: (typeof words)[number];
}

declare const words: readonly ['a'];

/** What came. */
export interface Reply {
    readonly again: Reply;
}

export {};
`);
});

test.each([
  [
    'two that are called the same',
    {
      'api/index.ts': "export type { A } from './a.ts';\nexport type { B } from './b.ts';\n",
      'api/a.ts': 'type Own = 1;\nexport type A = Own;\n',
      'api/b.ts': 'type Own = 2;\nexport type B = Own;\n',
    },
    'Own is declared in api/a.ts and in api/b.ts: rename one',
  ],
  ['another name', { 'api/index.ts': "export type { A as B } from './a.ts';\n" }, 'api/index.ts renames A'],
  [
    'an import inside a type',
    { 'api/index.ts': "export type A = import('./b.ts').B;\n" },
    'api/index.ts imports inside a type',
  ],
  [
    'what is nowhere',
    { 'api/index.ts': "export type { A } from './a.ts';\n" },
    'api/index.ts exports A, which is declared nowhere',
  ],
])('%s is refused', (_, modules, message) => {
  expect(() => of(modules)).toThrow(message);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configOf } from '../../src/cli/config.ts';
import type { Account } from '../../src/cli/inputs.ts';
import { outputsOf } from '../../src/cli/publish.ts';
import { registry } from '../../src/cli/rule-set.ts';
import { type RunOptions, runReport } from '../../src/cli/run-report.ts';
import { compileRule } from '../../src/rules/compile.ts';
import { root, runShell } from './run-cli.ts';

const files = (...outputs: readonly (readonly [string, string])[]) =>
  outputs.map(([format, path]) => ({ format, path }));

describe('where formats go', () => {
  test.each([
    ['text, when nothing is said', {}, { stdout: 'text', files: [] }],
    ['the one that is named', { format: ['json'] }, { stdout: 'json', files: [] }],
    ['a path implies its format', { output: ['sarif=a.sarif'] }, { files: files(['sarif', 'a.sarif']) }],
    ['one of each', { format: ['text'], output: ['sarif=a'] }, { stdout: 'text', files: files(['sarif', 'a']) }],
    ['a format with a path', { format: ['json'], output: ['json=a'] }, { files: files(['json', 'a']) }],
    ['one format to two files', { output: ['json=a', 'json=b'] }, { files: files(['json', 'a'], ['json', 'b']) }],
    ['a path with an equals sign', { output: ['json=a=b'] }, { files: files(['json', 'a=b']) }],
    ['the same twice', { format: ['json', 'json'] }, { stdout: 'json', files: [] }],
  ] as const)('%s', (_, given, expected) => {
    const { format = [], output = [] } = given as {
      readonly format?: readonly 'json'[];
      readonly output?: readonly string[];
    };
    expect(outputsOf({ format: [...format], output: [...output] })).toEqual(expected);
  });

  test.each([
    [{ format: ['json', 'text'], output: [] }, 'only one format can go to standard output, not json and text'],
    [{ format: [], output: ['json'] }, '--output json: cannot be read'],
    [{ format: [], output: ['jsno=a'] }, '--output jsno=a: there is no format "jsno"'],
    [{ format: [], output: ['constructor=a'] }, '--output constructor=a: there is no format "constructor"'],
    [{ format: [], output: ['json=a', 'sarif=a'] }, 'json and sarif both go to a'],
    [{ format: [], output: ['json=a', 'sarif=b/.././a'] }, 'json and sarif both go to b/.././a'],
    [{ format: [], output: ['json=a'], record: './a' }, 'json and the recording both go to ./a'],
  ] as const)('%j is refused', ({ format, output, ...more }, message) => {
    expect(() => outputsOf({ format: [...format], output: [...output], ...more })).toThrow(message);
  });
});

describe('one run', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'trailproof-publish-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const asked = { read: 0, judged: 0 };

  /** Three accounts, counted as they are read. */
  async function* accounts(): AsyncGenerator<Account> {
    for (const id of ['111111111111', '222222222222', '333333333333']) {
      asked.read += 1;
      const account = { id, partition: 'aws' } as const;
      const read = { collectedAt: '2026-11-20T09:00:00Z', regions: ['us-east-1'], resources: {} };
      yield await Promise.resolve({ snapshot: { trailproof: 'snapshot/1', account, ...read } });
    }
  }

  /** A rule that counts what it judges. */
  function countedRule(): RunOptions['rules'][number] {
    const { rule } = compileRule(
      {
        id: 'my-rule',
        title: 'My rule',
        severity: 'low',
        resource: 'AWS::Account',
        why: 'Because.',
        require: { id: { equals: '111111111111' } },
      },
      { registry },
    );
    return {
      ...rule,
      require: (view, now) => {
        asked.judged += 1;
        return rule.require(view, now);
      },
    };
  }

  async function run(output: readonly string[]): Promise<unknown> {
    const before = process.exitCode;
    try {
      await runReport(accounts(), {
        rules: [countedRule()],
        needs: [],
        packs: [],
        frameworks: [],
        remarks: [],
        config: configOf([]),
        flags: {
          output: [...output],
          quiet: true,
          'no-color': true,
          'group-by': 'resource',
          'allow-empty': false,
        } as unknown as RunOptions['flags'], // nothing that is left out is a flag with a default
        version: '1.2.3',
        inputs: [],
      });
      return process.exitCode;
    } finally {
      process.exitCode = before;
    }
  }

  const formats = ['text', 'json', 'sarif', 'junit', 'ocsf', 'markdown'];

  test('in six formats reads each account once and judges it once', async () => {
    expect(await run(formats.map((format) => `${format}=${join(folder, format)}`))).toBe(1);
    expect(asked).toEqual({ read: 3, judged: 3 });
    for (const format of formats) expect(readFileSync(join(folder, format), 'utf8')).toContain('222222222222');
  });

  test('that cannot write one of its files writes none', async () => {
    writeFileSync(join(folder, 'old'), 'old');
    const outputs = [`json=${join(folder, 'old')}`, `sarif=${join(folder, 'missing', 'new')}`];
    await expect(run(outputs)).rejects.toMatchObject({ code: 'output' });
    await expect(run([`json=${join(folder, 'old')}`, 'sarif=/dev/full'])).rejects.toThrow('no space is left');
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual([...formats, 'old'].toSorted());
  });

  test('on a disk that is full ends with 2 and leaves the old file whole', async () => {
    writeFileSync(join(folder, 'old'), 'old');
    // No file may grow beyond a block.
    const command = `ulimit -f 1; trailproof check ${root}examples/broken-account.yaml --output json=old`;
    const { code, stdout, stderr } = await runShell(command, {
      cwd: folder,
      environment: { NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'trailproof: cannot write old: the file would be too large\nCheck the path and who may write there.\n',
    );
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual([...formats, 'old'].toSorted());
  });
});

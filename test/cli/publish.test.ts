import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputsOf, publish } from '../../src/cli/publish.ts';
import type { ExitCode } from '../../src/evaluation/gate.ts';
import { type Format, reporters } from '../../src/reporters/index.ts';
import { reportOf, sharedReport } from '../reporters/shared-report.ts';

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
    [{ format: [], output: ['json=a', 'sarif=a'] }, 'two formats go to a'],
  ] as const)('%j is refused', ({ format, output }, message) => {
    expect(() => outputsOf({ format: [...format], output: [...output] })).toThrow(message);
  });
});

test.each<ExitCode>([0, 1, 2, 3, 4])('no format changes exit code %i', async (exitCode) => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-publish-'));
  const before = process.exitCode;
  try {
    for (const format of Object.keys(reporters) as Format[]) {
      const outputs = { files: [{ format, path: join(folder, format) }] };
      const flags = {
        quiet: true,
        'no-color': true,
        'group-by': 'resource',
        show: undefined,
        'explain-gate': false,
      } as const;
      const report = reportOf(sharedReport.findings, exitCode);
      process.exitCode = undefined;
      await publish(report, { outputs, flags, policy: { failOn: 'info', unknown: 'fail' }, environment: {} });
      expect(process.exitCode, format).toBe(exitCode);
    }
  } finally {
    process.exitCode = before;
  }
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../src/cli/publish.ts';
import { decidedAnew } from '../../src/cli/read-report.ts';
import type { ExitCode, GatePolicy } from '../../src/evaluation/gate.ts';
import { type Format, formats, reporterFor, reporters } from '../../src/reporters/index.ts';
import { hostile } from '../reporters/hostile.ts';
import { findingOf, reportOf, sharedReport, trail, whole } from '../reporters/shared-report.ts';

// What other checkers get wrong in what they write and how they end. Where a test of ours holds it elsewhere already,
// the comment says where.

const policy: GatePolicy = { failOn: 'info', unknown: 'fail' };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-defects-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const before = process.exitCode;
afterEach(() => {
  process.exitCode = before;
});

/** Writes the shared report as it ended, and says how the process would end. */
async function endedWith(code: ExitCode, format: Format): Promise<unknown> {
  const report = { ...sharedReport, summary: { ...sharedReport.summary, exitCode: code } };
  const flags = {
    format: undefined,
    quiet: true,
    'no-color': true,
    'group-by': 'resource',
    show: undefined,
    'explain-gate': false,
    'sarif-suppressed': false,
    location: 'source',
  } as const;
  const outputs = { files: [{ format, path: join(folder, format) }] };
  process.exitCode = before;
  await publish(report, { outputs, flags, policy, environment: {} });
  return process.exitCode;
}

describe('the exit code', () => {
  test.each([1, 255, 256, 257, 512])('of %i failures is 1: it counts nothing that could wrap', (count) => {
    const failure = findingOf({ rule: 'trail-is-logging', status: 'fail', resource: trail });
    const report = reportOf(
      Array.from({ length: count }, () => failure),
      0,
    );
    expect(decidedAnew(report, policy).summary.exitCode).toBe(1);
  });

  test.each(formats)('is the one of the report, whatever %s has to say', async (format) => {
    for (const code of [0, 1, 2, 3, 4] as const) expect(await endedWith(code, format)).toBe(code);
  });

  test.each(formats)('is not touched by the reporter of %s', async (format) => {
    whole(await reporterFor(format))(sharedReport);
    expect(process.exitCode).toBe(before);
  });
});

// That the same report gives the same bytes twice: test/reporters/index.test.ts.
test.each(formats)('%s has no id that is made up', async (format) => {
  const text = whole(await reporterFor(format))(sharedReport);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i);
});

// That the commands themselves are escaped: test/reporters/lines.test.ts.
test.each(formats)('no line of %s becomes a workflow command in a log, but for our own', async (format) => {
  const findings = Object.values(hostile).flatMap((text) =>
    (['fail', 'unknown', 'not-applicable'] as const).map((status) =>
      findingOf({ rule: 'x', status, resource: { ...trail, id: text, name: text }, message: `\n${text}` }),
    ),
  );
  const commands = whole(await reporterFor(format))(reportOf(findings))
    .split(/\r?\n|\r/)
    .filter((line) => /^\s*::(?!placeholder \{)/.test(line));
  expect(
    commands.filter(
      (line) => format !== 'github' || !/^::(error|warning) file=[^,:]*,line=\d+,title=[^:]*::/.test(line),
    ),
  ).toEqual([]);
});

// That GitHub's rules accept the file: test/reporters/sarif.test.ts.
test('lines and columns count from 1', () => {
  const numbers = (text: string, name: RegExp): readonly number[] =>
    [...text.matchAll(name)].map(([, number]) => Number(number));
  const sarif = numbers(whole(reporters.sarif)(sharedReport), /"(?:start|end)(?:Line|Column)": (-?\d+)/g);
  const gitlab = numbers(whole(reporters.gitlab)(sharedReport), /"begin": (-?\d+)/g);
  expect([sarif.length, gitlab.length]).toEqual([44, 14]);
  expect([...sarif, ...gitlab].filter((number) => number < 1)).toEqual([]);
});

// That what goes through a pipe arrives whole, and that a reader may go away: test/cli/check.test.ts and
// test/cli/write-stream.test.ts.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import program from '@microsoft/sarif-multitool';
import type { Log } from 'sarif';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Finding, statuses, waiverStates } from '../../src/evaluation/finding.ts';
import { ocsf } from '../../src/reporters/ocsf.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { hostile } from '../reporters/hostile.ts';
import { findingOf, reportOf, sharedReport, showAll, trail, whole } from '../reporters/shared-report.ts';

// Validators that others publish and that are too large, or of another language, for the unit tests.

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-validators-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every status under every hostile text, known and waived in every way. */
const report = reportOf([
  ...sharedReport.findings,
  ...Object.values(hostile).flatMap((text) =>
    statuses.map((status): Finding => {
      const resource = { ...trail, id: text, name: text, region: text };
      return findingOf({ rule: 'trail-is-logging', status, resource, message: text });
    }),
  ),
  ...waiverStates.map(
    (state): Finding =>
      findingOf({
        rule: 'trail-is-logging',
        status: 'fail',
        resource: { ...trail, name: state },
        waiver: { state, reason: hostile.ansi, owner: hostile.bidi, expires: '2027-03-31' },
        baseline: { firstSeen: '2026-10-01' },
      }),
  ),
]);

const python = resolve(import.meta.dirname, '../../.venv/bin/python');

test('OCSF events keep to the published schema, of their version and of later ones', () => {
  const text = whole(ocsf)(report);
  const { severity_id: _, ...event } = JSON.parse(text.slice(0, text.indexOf('\n')));
  const planted = JSON.stringify({ ...event, status_id: 7, stray: true });
  const path = join(folder, 'report.ocsf.jsonl');
  writeFileSync(path, `${text}${planted}\n`);
  const said = execFileSync(python, [join(import.meta.dirname, 'ocsf-errors.py'), path], { encoding: 'utf8' });
  const errors = said.trimEnd().split('\n');
  expect(errors.filter((error) => !error.includes(` ${report.findings.length} $`))).toEqual([]);
  for (const version of ['1.5.0', '1.6.0', '1.7.0', '1.8.0']) {
    const of = errors.filter((error) => error.startsWith(version)).join('\n');
    expect(of).toContain("'severity_id' is a required property");
    expect(of).toContain('$.status_id: 7 is not one of');
    expect(of).toContain("('stray' was unexpected)");
  }
});

/** The rules that files break, each once by file. The tool ends with 0 whatever it finds, and says what in a file. */
function multitoolFindings(paths: readonly string[]): Readonly<Record<string, readonly string[]>> {
  // npm leaves this to a script of the package, which does not run here.
  chmodSync(program, 0o755);
  const output = join(folder, 'findings.sarif');
  const rules = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--kind', 'Fail'];
  // It would look whether links lead somewhere: nothing leaves this machine.
  const env = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
  execFileSync(program, ['validate', ...paths, ...rules, '--output', output], { stdio: 'pipe', env });
  const { runs }: Log = JSON.parse(readFileSync(output, 'utf8'));
  const found = runs
    .flatMap((run) => run.results ?? [])
    .map(({ level = 'warning', ruleId, locations }) => ({
      file: basename(locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? ''),
      broken: `${level} ${ruleId}`,
    }));
  return Object.fromEntries(
    paths.map((path) => {
      const own = found.filter(({ file }) => file === basename(path)).map(({ broken }) => broken);
      return [basename(path), [...new Set(own)].toSorted()];
    }),
  );
}

test('Microsoft finds nothing wrong with the SARIF file, neither by the standard nor by what GitHub asks', () => {
  const text = whole(sarif)(report, { ...showAll, waived: 'suppress' });
  const planted: Log = JSON.parse(text);
  for (const { results = [] } of planted.runs) for (const result of results) result.ruleIndex = 99;
  const paths = [join(folder, 'report.sarif'), join(folder, 'planted.sarif')] as const;
  writeFileSync(paths[0], text);
  writeFileSync(paths[1], JSON.stringify(planted));
  // It misses a link to the page of the tool, which has none.
  expect(multitoolFindings(paths)).toEqual({
    'report.sarif': ['warning SARIF2005'],
    'planted.sarif': ['error SARIF1009', 'warning SARIF2005'],
  });
});

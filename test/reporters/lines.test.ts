import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csv as csvPieces } from '../../src/reporters/csv.ts';
import { github as githubPieces } from '../../src/reporters/github.ts';
import { gitlab as gitlabPieces } from '../../src/reporters/gitlab.ts';
import { ndjson as ndjsonPieces } from '../../src/reporters/ndjson.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, sharedReport, trail, whole } from './shared-report.ts';

const csv = whole(csvPieces);
const github = whole(githubPieces);
const gitlab = whole(gitlabPieces);
const ndjson = whole(ndjsonPieces);

const failing = (count: number, part: Partial<Parameters<typeof findingOf>[0]> = {}) =>
  Array.from({ length: count }, (_, index) =>
    findingOf({
      rule: 'trail-is-logging',
      status: 'fail',
      severity: 'high',
      resource: { ...trail, id: `${trail.id}${String(index).padStart(3, '0')}` },
      ...part,
    }),
  );

describe('ndjson', () => {
  test('has the report first, each finding and gap on a line, and the summary last', () => {
    const lines = ndjson(sharedReport)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind)).toEqual([
      'report',
      ...[...sharedReport.findings].map(() => 'finding'),
      ...[...sharedReport.gaps].map(() => 'gap'),
      ...['waiver', 'waiver', 'waiver', 'baseline'],
      'summary',
    ]);
    const { kind: _, ...first } = lines[1];
    expect(first).toEqual(JSON.parse(JSON.stringify([...sharedReport.findings][0])));
  });
});

describe('csv', () => {
  const rows = (report = sharedReport): readonly Readonly<Record<string, string>>[] =>
    parse(csv(report), { columns: true });

  test('a parser reads back a row for each finding, whatever its names hold', () => {
    expect(rows().map(({ fingerprint }) => fingerprint)).toEqual(
      [...sharedReport.findings].map((it) => it.fingerprint),
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\uff1d1'])('%j is no formula', (message) => {
    const [row] = rows(reportOf(failing(1, { message }), 1));
    expect(row?.message).toBe(`'${message}`);
  });

  test('what is no formula stays as it is', () => {
    const message = 'a "quoted", text; with = and \u00fc';
    expect(rows(reportOf(failing(1, { message }), 1))[0]?.message).toBe(message);
  });
});

describe('gitlab', () => {
  test('has what GitLab demands of each: a path inside the repository, a line from 1, a fingerprint of its own', () => {
    const issues = JSON.parse(gitlab(sharedReport));
    const open = [...sharedReport.findings].filter(({ status }) => status === 'fail' || status === 'unknown');
    expect(issues.map((it: { fingerprint: string }) => it.fingerprint)).toEqual(open.map((it) => it.fingerprint));
    for (const { description, check_name, severity, location } of issues) {
      expect([typeof description, typeof check_name]).toEqual(['string', 'string']);
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
      expect(location.lines.begin).toBeGreaterThanOrEqual(1);
      expect(location.path).toMatch(/^(aws(\/[A-Za-z0-9._~-]+)+|snapshots\/.+)$/);
    }
  });

  test('an empty list where nothing is open', () => {
    expect(JSON.parse(gitlab(reportOf([], 0)))).toEqual([]);
  });
});

describe('github', () => {
  /** As the runner reads a command: its text up to the second pair of colons, and what follows. */
  const annotations = (text: string) =>
    text.split('\n').flatMap((line) => {
      const [, command, title = '', message = ''] =
        /^::(error|warning) file=[^,]*,line=1,title=(.*?)::(.*)$/.exec(line) ?? [];
      return command === undefined ? [] : [{ command, title, message }];
    });

  test('annotates ten errors and ten warnings at most, the worst, and says how many are left', () => {
    const text = github(reportOf([...failing(12), ...failing(11, { severity: 'low', rule: 'trail-has-tags' })], 1));
    expect(annotations(text).map(({ command }) => command)).toEqual([
      ...Array(10).fill('error'),
      ...Array(10).fill('warning'),
    ]);
    expect(text).toContain('2 more errors are not annotated: GitHub shows 10 of a step.\n');
    expect(text).toContain('1 more warnings are not annotated: GitHub shows 10 of a step.\n');
  });

  test('escapes what would end or forge a command', () => {
    const message = `100%\r\n::error::owned ${hostile.oldCommand}`;
    const text = github(reportOf(failing(1, { message, title: 'a,b:c' }), 1));
    const [only, ...others] = annotations(text);
    expect(others).toEqual([]);
    expect(only?.title).toBe('high%3A a%2Cb%3Ac (trail-is-logging)');
    expect(only?.message).toContain('100%25\\r\\n::error::owned ##\\[error]owned');
    expect(text.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
  });
});

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { FrameworkResult, RequirementResult, RuleResult } from '../../src/evaluation/framework.ts';
import { csv } from '../../src/reporters/csv.ts';
import { json } from '../../src/reporters/json.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import type { Report } from '../../src/reporters/report.ts';
import { reportSchema } from '../../src/reporters/report-schema.ts';
import { text } from '../../src/reporters/text.ts';
import { hostile } from './hostile.ts';
import { reportOf, sharedReport, showOpen, whole } from './shared-report.ts';

const rule = (name: string, more: Partial<RuleResult> = {}): RuleResult => ({
  rule: name,
  assertedBy: ['prowler'],
  status: 'pass',
  findings: { fail: 0, unknown: 0, pass: 1, 'not-applicable': 0 },
  ...more,
});

const requirement = (id: string, more: Partial<RequirementResult> = {}): RequirementResult => ({
  id,
  title: `Title of ${id}`,
  coverage: 'full',
  status: 'pass',
  rules: [rule('a')],
  ...more,
});

const failing = rule('b', { status: 'fail', findings: { fail: 1, unknown: 0, pass: 2, 'not-applicable': 0 } });
const requirements: readonly RequirementResult[] = [
  requirement('1'),
  requirement('2', { coverage: 'partial' }),
  requirement('3', { status: 'fail', rules: [rule('a'), failing] }),
  requirement('4', {
    status: 'fail',
    rules: [
      rule('a', {
        status: 'fail',
        floors: [{ parameter: 'days', value: 90, floor: 365, stricter: 'higher', holds: 'no' }],
      }),
    ],
  }),
  requirement('5', {
    status: 'unknown',
    rules: [
      rule('a'),
      rule('c', {
        status: 'unknown',
        findings: { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 },
        reason: 'it was not run',
      }),
    ],
  }),
  requirement('6', {
    status: 'unknown',
    rules: [
      rule('a', {
        status: 'unknown',
        floors: [{ parameter: 'events', floor: 'all', stricter: 'more', holds: 'unknown' }],
      }),
    ],
  }),
  requirement('7', { status: 'not-applicable' }),
  requirement('8', { status: 'manual', coverage: 'manual', note: 'Ask people.', rules: [] }),
];
const framework: FrameworkResult = {
  name: 'house',
  title: 'House rules',
  about: 'Ours alone.',
  summary: { pass: 2, fail: 2, unknown: 2, 'not-applicable': 1, manual: 1, partial: 1 },
  requirements,
};
const report: Report = { ...reportOf([]), frameworks: [framework] };
const said = (reporter: typeof text, of = report): string => whole(reporter)(of, showOpen);

test('text says each requirement, why it is not met, and how many are', () => {
  const [, shown] = said(text).split('house  House rules\n');
  expect(shown).toBe(`Ours alone.

  1  pass            Title of 1
  2  pass (partial)  Title of 2
  3  fail            Title of 3
     b: 1 of 3 findings failed
  4  fail            Title of 4
     a: days is 90, and has to be at least 365
  5  unknown         Title of 5
     c: it was not run
  6  unknown         Title of 6
     a: events is not told, and nobody can say whether that is no less than
     "all"
  7  not applicable  Title of 7
  8  manual          Title of 8
     Ask people.

8 requirements: 2 failed, 2 unknown, 2 passed (1 in part), 1 not applicable, 1
manual.
`);
});

test('Markdown has a table of them', () => {
  const [, shown = ''] = said(markdown).split('### House rules (<code>house</code>)\n');
  expect(shown).toContain(`
8 requirements: 2 failed, 2 unknown, 2 passed (1 in part), 1 not applicable, 1 manual

Ours alone.

| Requirement | Status | What it asks for | Why |
|---|---|---|---|
| <code>1</code> | ✅ pass | Title of 1 |  |
| <code>2</code> | ✅ pass (partial) | Title of 2 |  |
| <code>3</code> | ❌ fail | Title of 3 | b: 1 of 3 findings failed |
| <code>4</code> | ❌ fail | Title of 4 | a: days is 90, and has to be at least 365 |
| <code>5</code> | ❔ unknown | Title of 5 | c: it was not run |
`);
  expect(shown).toContain('| <code>7</code> | ➖ not applicable | Title of 7 |  |\n');
  expect(shown).toContain('| <code>8</code> | manual | Title of 8 | Ask people. |\n');
});

/** The rows of a CSV file, their cells as they are read, joined by a bar. */
const rowsOf = (file: string): readonly string[] =>
  file.split('\r\n').map((row) => {
    const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
    return cells.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain).join('|');
  });

test('CSV has a row for each', () => {
  expect(rowsOf(said(csv))).toEqual([
    'framework|requirement|title|status|coverage|failed|unknown|passed|not_applicable|rules|asserted_by|why|note',
    'house|1|Title of 1|pass|full|0|0|1|0|a|prowler||',
    'house|2|Title of 2|pass (partial)|partial|0|0|1|0|a|prowler||',
    'house|3|Title of 3|fail|full|1|0|3|0|a b|prowler|b: 1 of 3 findings failed|',
    'house|4|Title of 4|fail|full|0|0|1|0|a|prowler|a: days is 90, and has to be at least 365|',
    'house|5|Title of 5|unknown|full|0|0|1|0|a c|prowler|c: it was not run|',
    'house|6|Title of 6|unknown|full|0|0|1|0|a|prowler|a: events is not told, and nobody can say whether that is no less than "all"|',
    'house|7|Title of 7|not applicable|full|0|0|1|0|a|prowler||',
    'house|8|Title of 8|manual|manual|0|0|0|0||||Ask people.',
    '',
  ]);
});

test('JSON holds it, and the schema accepts it', () => {
  const written = JSON.parse(said(json));
  expect(written.frameworks).toEqual([framework]);
  const keys = ['trailproof', 'tool', 'scope', 'summary', 'gate', 'frameworks', 'findings', 'gaps'];
  expect(Object.keys(written)).toEqual(keys);
  const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false }).compile(reportSchema);
  expect(validate(written)).toBe(true);
  expect(
    validate({ ...written, frameworks: [{ ...framework, requirements: [{ ...requirements[0], status: 'met' }] }] }),
  ).toBe(false);
});

test('text gives the title room where the name of a requirement is long', () => {
  const named = [requirement('athena-workgroup-enforce-configuration'), requirement('short')];
  expect(said(text, { ...report, frameworks: [{ ...framework, requirements: named }] })).toContain(`
  athena-workgroup-enforce-configuration
                            pass            Title of
                                            athena-workgroup-enforce-configuration
  short                     pass            Title of short
`);
});

describe('what somebody wrote', () => {
  const texts = Object.values(hostile);
  const wild: Report = {
    ...report,
    frameworks: [
      {
        ...framework,
        title: hostile.html,
        about: hostile.command,
        requirements: texts.map((id) =>
          requirement(id, { title: id, note: id, status: 'fail', rules: [rule(id, { status: 'fail', reason: id })] }),
        ),
      },
    ],
  };

  test('is obeyed by no terminal, runner, browser or table', () => {
    for (const reporter of [text, markdown, csv]) {
      const shown = said(reporter, wild);
      for (const acting of ['\u001b', '\u0007', '\u202e']) expect(shown).not.toContain(acting);
      expect(shown).not.toMatch(/^\s*::/mu);
    }
    for (const reporter of [text, markdown]) expect(said(reporter, wild)).not.toContain('##[');
    expect(said(markdown, wild)).not.toContain('<script>');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '|calc', '%0a=1', '＝1'])(
    'is no formula to a spreadsheet: %j',
    (formula) => {
      const rows = said(csv, {
        ...report,
        frameworks: [{ ...framework, requirements: [requirement('1', { title: formula })] }],
      });
      const [, , cell = ''] = rows.split('\r\n')[1]?.split(',') ?? [];
      expect(cell.replace(/^"/, '').slice(0, 1)).toMatch(/['\\]/);
    },
  );

  test('keeps its quotes and commas in CSV', () => {
    const rows = said(csv, {
      ...report,
      frameworks: [{ ...framework, requirements: [requirement('1', { title: 'a "b", c' })] }],
    });
    expect(rowsOf(rows)[1]).toMatch(/^house\|1\|a "b", c\|pass\|/);
  });
});

test('without a framework nothing is said of any, and CSV has the findings', () => {
  expect(said(text, sharedReport)).not.toContain('requirement');
  expect(said(csv, sharedReport)).toMatch(/^"?status"?,/);
  expect(said(csv, { ...report, frameworks: [] })).toMatch(/^"?framework"?,[^\n]+\n$/);
});

test('a pack that chose the rules says how many of them ran', () => {
  const of = (name: string): Report => ({
    ...sharedReport,
    scope: { ...sharedReport.scope, packs: [{ name, rules: 21, of: 37 }] },
  });
  expect(said(text, of('recommended'))).toContain(
    '\nrecommended: 21 of 37 built-in rules; --rules everything runs all.\n',
  );
  expect(said(text, of('hipaa'))).toContain('\nhipaa: 21 rules.\n');
});

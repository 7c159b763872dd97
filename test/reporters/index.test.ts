import { describe, expect, test } from 'vitest';
import { type Format, formats, reporterFor, reporters } from '../../src/reporters/index.ts';
import { expectGolden } from './golden.ts';
import { withoutPage } from './html-page.ts';
import { reportOf, sharedReport, showAll, showOpen, whole } from './shared-report.ts';

const goldenFiles: Readonly<Record<Format, string>> = {
  text: 'report.txt',
  json: 'report.json',
  ndjson: 'report.ndjson',
  sarif: 'report.sarif',
  junit: 'report.xml',
  markdown: 'report.md',
  csv: 'report.csv',
  gitlab: 'report.gitlab.json',
  github: 'report.github.txt',
  ocsf: 'report.ocsf.jsonl',
  asff: 'report.asff.json',
  html: 'report.html',
};

test('the registry has exactly these formats', () => {
  expect(formats).toEqual(Object.keys(goldenFiles));
});

describe.each(formats)('%s', async (format) => {
  const reporter = whole(await reporterFor(format));

  test('is what it was', () => {
    const said = reporter(sharedReport, showOpen);
    expectGolden(goldenFiles[format], format === 'html' ? withoutPage(said) : said);
  });

  test('gives the same bytes twice, and ends with a line break', () => {
    const first = reporter(sharedReport, showAll);
    expect(reporter(structuredClone(sharedReport), showAll)).toBe(first);
    expect(first.endsWith('\n')).toBe(true);
  });

  test('does not look at the environment', () => {
    const before = reporter(sharedReport, { ...showAll, color: true });
    const { NO_COLOR, FORCE_COLOR } = process.env;
    Object.assign(process.env, { NO_COLOR: '1', FORCE_COLOR: '0' });
    const after = reporter(sharedReport, { ...showAll, color: true });
    for (const [name, value] of Object.entries({ NO_COLOR, FORCE_COLOR })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    expect(after).toBe(before);
  });

  test('says something of a report without findings, but for a list of events', () => {
    expect(reporter(reportOf([], 0), showOpen) === '').toBe(format === 'ocsf');
  });
});

test('text, coloured and by rule, is what it was', () => {
  expectGolden(
    'report-by-rule.ansi',
    whole(reporters.text)(sharedReport, { ...showAll, color: true, groupBy: 'rule' }),
  );
});

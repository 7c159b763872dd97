import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { markdown as markdownPieces } from '../../src/reporters/markdown.ts';
import { codeBlock, inlineCode, markdownText } from '../../src/reporters/markdown-text.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, sharedReport, showAll, showOpen, shuffled, trail, whole } from './shared-report.ts';
import { rules } from './shared-rules.ts';

const markdown = whole(markdownPieces);
const numbered = (count: number, change: Partial<Finding> = {}): readonly Finding[] =>
  Array.from({ length: count }, (_, index) =>
    findingOf({
      rule: 'trail-is-logging',
      status: 'fail',
      resource: { ...trail, name: `trail-${index}`, id: `${trail.id}-${index}` },
      message: 'It fails.',
      ...change,
    }),
  );

describe('markdown', () => {
  test('shows what is asked for and counts the rest', () => {
    const text = markdown(sharedReport, showOpen);
    expect(text).toContain('## Trailproof: 8 failed, 2 unknown, 1 known, 3 waived, 1 passed, 1 not applicable\n');
    expect(text).not.toContain('✅');
    expect(markdown(sharedReport, showAll).match(/^\| ✅ pass/gmu)).toHaveLength(1);
  });

  test('every row of its table has the same number of cells, whatever the names hold', () => {
    const rows = markdown(sharedReport, showAll).match(/^\|.*$/gmu) ?? [];
    expect(rows.map((row) => row.split('|').length - 2)).toEqual(rows.map(() => 7));
    expect(rows).toHaveLength(18);
  });

  test('holds no markup that comes from a name', () => {
    const outsideFences = markdown(sharedReport, showAll).replace(/^(`{3,})\n[\s\S]*?\n\1$/gmu, '');
    const tags = outsideFences.match(/<[^>]*>/gu) ?? [];
    expect(new Set(tags)).toEqual(new Set(['<code>', '</code>', '<details>', '</details>', '<summary>', '</summary>']));
    expect(outsideFences).not.toMatch(/`|\]\(|https:\/\/|www\./u);
  });

  test('no line is a workflow command', () => {
    for (const text of [markdown(sharedReport, showAll), markdown(sharedReport, { ...showAll, groupBy: 'rule' })]) {
      expect(text).not.toMatch(/^\s*::|##\[/mu);
    }
  });

  test('is the same whatever the order of the findings', () => {
    const other = { ...sharedReport, findings: shuffled(sharedReport.findings) };
    expect(markdown(other, showAll)).toBe(markdown(sharedReport, showAll));
  });

  test('stays below 1 MiB and says what it left out', () => {
    const gap = sharedReport.gaps[0];
    const gaps = Array.from({ length: 5000 }, () => gap).filter((value) => value !== undefined);
    const text = markdown({ ...reportOf(numbered(20_000)), gaps }, showOpen);
    const rows = text.match(/^\| ❌ fail/gmu)?.length ?? 0;
    const details = text.match(/^<details>/gmu)?.length ?? 0;
    const said = text.match(/\d+ entries left out of [a-z ]+/gu) ?? [];
    const gapsShown = text.match(/^- s3:GetBucket/gmu)?.length ?? 0;
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1000 * 1024);
    expect(said).toEqual([
      `${20_000 - rows} entries left out of this table`,
      `${5000 - gapsShown} entries left out of this list`,
      `${20_000 - details} entries left out of the details`,
    ]);
  });

  test('one finding alone, however long, fits', () => {
    const evidence = Array.from({ length: 2000 }, () => ({ path: '|'.repeat(5000), actual: '<'.repeat(5000) }));
    const remediation = { cli: '`'.repeat(100_000) };
    const text = markdown(reportOf(numbered(1, { evidence, remediation, message: '<'.repeat(1e6) })), showOpen);
    expect(text).not.toContain('left out');
    expect(text).toContain('- … and 1950 more\n');
  });

  test('says so briefly when nothing is to be shown', () => {
    expect(markdown({ ...reportOf([], 0), gaps: [] }, showOpen)).toBe(
      '## Trailproof: 0 failed, 0 unknown, 0 passed, 0 not applicable\n\n' +
        'Exit code 0: compliant: nothing failed and nothing is unknown.\n',
    );
  });

  test('grouped by rule, the heading is the rule', () => {
    const text = markdown(reportOf(numbered(2)), { ...showOpen, groupBy: 'rule' });
    expect(text.match(/^### .*$/gmu)?.slice(1)).toEqual([`### <code>${rules[0]?.id}</code>`]);
  });
});

describe('markdown text', () => {
  test.each([
    ['a|b', 'a&#124;b'],
    ['<b>', '&#60;b&#62;'],
    ['&lt;', '&#38;lt;'],
    ['1. one', '1&#46; one'],
    ['- one', '&#45; one'],
    ['::error::x', '&#58;:error::x'],
    ['a\nb', 'a&#92;nb'],
    ['http://x', 'http&#58;//x'],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b'],
  ])('%j is written %s', (text, written) => {
    expect(markdownText(text)).toBe(written);
  });

  test('a fence is longer than any in it', () => {
    expect(codeBlock(hostile.code)).toBe('````\n`whoami` ```\n```\n````');
    expect(inlineCode('')).toBe('');
  });
});

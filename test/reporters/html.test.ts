import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { Truth } from '../../src/proof/answer.ts';
import { cellOf, pageAccounts } from '../../src/reporters/html/coverage-cells.ts';
import { waysOf } from '../../src/reporters/html/evidence-path.ts';
import { html } from '../../src/reporters/html/html.ts';
import { addressOf, filtersOf } from '../../src/reporters/html/page/address.ts';
import { atFirst, type Filters, matching, standingOf, wordsOf } from '../../src/reporters/html/page/filters.ts';
import { pageFinding } from '../../src/reporters/html/page-findings.ts';
import { hostile } from './hostile.ts';
import { dataOf, fullReport, longReport } from './html-page.ts';
import { findingOf, reportOf, sharedReport, trail, whole } from './shared-report.ts';

const said = whole(html);
const page = said(fullReport);
const data = dataOf(page);
const hash = (text: string | undefined): string =>
  `'sha256-${createHash('sha256')
    .update(text ?? '')
    .digest('base64')}'`;

describe('the page', () => {
  test('allows its own script and style by their hashes, and nothing else', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  test('names nothing that a browser would fetch, and no handler', () => {
    const markup = page.replace(/<script[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '');
    expect(markup).not.toMatch(/<(?:img|link|iframe|object|embed|base|audio|video|source)\b|\ssrc=|\sstyle=|\son\w+=/i);
    expect([...markup.matchAll(/\shref="([^"]*)"/g)].map(([, to]) => to)).toEqual([
      '#findings',
      '#coverage',
      '#frameworks',
      '#findings',
      '#gaps',
      '#reading',
      '#text=trail-is-logging',
    ]);
  });

  test('has hostile names as text alone', () => {
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain(hostile.bidi);
    expect(page).not.toContain('\u001b');
    expect(page).toContain('House rules &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(data.findings.find(({ rule }) => rule === 'log-group-name-is-hostile')?.resource.name).toContain(
      hostile.html,
    );
  });

  test('holds what a finding says, in words', () => {
    expect(
      data.findings.find(({ fingerprint }) => fingerprint === sharedReport.findings[0]?.fingerprint),
    ).toMatchObject({
      title: 'The trail is logging',
      evidence: [
        { path: 'ownedByThisAccount', said: 'expected true, found true', holds: 'yes', when: true },
        {
          path: 'Status.IsLogging',
          said: 'expected true, found false',
          from: 'cloudtrail:GetTrailStatus',
          holds: 'no',
        },
        { path: 'Status.LatestDeliveryError', holds: 'no' },
      ],
      toPass: ['set Status.IsLogging to true', 'remove Policy on arn:aws:s3:::audit-logs'],
    });
    expect(data.findings.every(({ controls }) => controls === undefined)).toBe(true);
    expect(data.rules['trail-is-logging']?.controls).toEqual(sharedReport.findings[0]?.controls);
  });

  test('says that it holds no coverage, and how to get it', () => {
    expect(said(sharedReport)).toContain('This report holds no coverage');
    expect(said(sharedReport)).toContain('<code>--coverage --output json=report.json</code>');
    expect(page).not.toContain('holds no coverage');
  });

  test('cuts what is too long, keeps the worst, and says so', () => {
    const long = said(reportOf([...sharedReport.findings, ...longReport(5_000).findings]));
    const { findings } = dataOf(long);
    expect(findings).toHaveLength(5_000);
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['fail']));
    expect(long).toContain(
      `These are the 5000 worst findings. ${sharedReport.findings.length} more are not in this file`,
    );
    expect(said(longReport(5_000))).not.toContain('worst findings');
    const evidence = Array.from({ length: 41 }, (_, index) => ({
      path: `Statement[${index}]`,
      expected: true,
      actual: false,
    }));
    const [one] = dataOf(
      said(reportOf([findingOf({ rule: 'x', status: 'fail', resource: trail, evidence })])),
    ).findings;
    expect([one?.evidence.length, one?.moreEvidence]).toEqual([40, 1]);
  });

  test('shows counts of what is waived and known where a run has them', () => {
    const summary = { ...fullReport.summary, waived: 3, known: 2 };
    expect(said({ ...fullReport, summary })).toContain(
      '<b>2</b> known before</li><li class="s-waived"><b>3</b> waived',
    );
    expect(page).not.toContain('known before</li>');
  });
});

describe('a way to what decided', () => {
  const ways = (evidence: Finding['evidence'], status: Finding['status'] = 'fail'): readonly string[] =>
    waysOf(findingOf({ rule: 'x', status, resource: trail, evidence })).map((way) =>
      way.map(({ by, name, holds, facts }) => `${by}>${name} ${[holds, ...facts].join(' ')}`).join(' | '),
    );
  const key = 'arn:aws:kms:us-east-1:111122223333:key/k';

  test.each<[string, Finding['evidence'], readonly string[]]>([
    [
      'leads over relations to the one that breaks it',
      [
        { path: 'bucket', actual: 'arn:aws:s3:::logs', resource: 'arn:aws:s3:::logs' },
        { path: 'bucket.key.KeyState', expected: 'Enabled', actual: 'Disabled', resource: key },
      ],
      ['>main leads | bucket>logs leads | key>k no KeyState'],
    ],
    [
      'has one for each branch, and says what is its own once',
      [
        { path: 'IsLogging', expected: true, actual: false },
        { path: 'trails[arn:aws:x:trail/a.b].Name', expected: 'b', actual: 'a' },
        { path: 'trails[arn:aws:x:trail/c].Name', expected: 'b', actual: 'c' },
      ],
      ['>main no IsLogging | trails>a.b no Name', '>main no | trails>c no Name'],
    ],
    [
      'ends at a relation that leads nowhere',
      [
        {
          path: 'bucket',
          expected: { exists: true },
          resource: 'arn:aws:s3:::gone',
          note: 'arn:aws:s3:::gone does not exist',
        },
      ],
      ['>main leads | bucket>gone no'],
    ],
    [
      'stays where a verb is asked',
      [{ path: 'alerts', resource: 'arn:aws:iam::111122223333:root', note: 'nobody learns of it' }],
      ['>main no alerts'],
    ],
    [
      'calls an account by its number',
      [
        {
          path: 'account.PublicAccessBlock.BlockPublicAcls',
          expected: true,
          resource: 'arn:aws:iam::111122223333:root',
        },
      ],
      ['>main leads | account>111122223333 no PublicAccessBlock.BlockPublicAcls'],
    ],
    [
      'leaves out what only made the rule apply',
      [
        { path: 'account.id', expected: 'x', actual: 'y', when: true },
        { path: 'Name', expected: 'x', actual: 'y' },
      ],
      ['>main no Name'],
    ],
  ])('%s', (_, evidence, expected) => {
    expect(ways(evidence)).toEqual(expected);
  });

  test('is not known where something could not be read, and holds where all passes', () => {
    const gap = { operation: 'kms:DescribeKey', error: 'AccessDenied' };
    expect(ways([{ path: 'key.KeyState', gap }], 'unknown')).toEqual(['>main leads | key>key unknown KeyState']);
    expect(ways([{ path: 'key.KeyState', expected: 'Enabled', actual: 'Enabled' }], 'pass')).toEqual([
      '>main leads | key>key yes KeyState',
    ]);
  });
});

describe('a cell of the heat map', () => {
  const names = ['recorded by', 'delivered to', 'encrypted with', 'kept for', 'noticed by'] as const;
  test.each<[readonly Truth[], Truth | undefined, string, string]>([
    [['no', 'no', 'no', 'no'], 'no', 'none', 'not recorded'],
    [['no', 'no', 'no', 'no'], 'yes', 'part', 'recorded in part'],
    [['no', 'no', 'no', 'no'], 'unknown', 'none', 'not all recorded, and whether any are is not known'],
    [['unknown', 'unknown', 'no', 'no'], 'yes', 'unknown', 'whether they are recorded is not known'],
    [['yes', 'yes', 'no', 'no'], undefined, 'recorded', 'recorded, not kept'],
    [['yes', 'unknown', 'no', 'no', 'yes'], undefined, 'recorded', 'recorded, not kept'],
    [['yes', 'yes', 'yes', 'unknown'], undefined, 'unknown', 'recorded, whether they are kept is not known'],
    [['yes', 'yes', 'yes', 'yes'], undefined, 'kept', 'recorded and kept'],
    [['yes', 'yes', 'yes', 'yes', 'no'], undefined, 'kept', 'recorded and kept, not noticed'],
    [
      ['yes', 'yes', 'yes', 'yes', 'unknown'],
      undefined,
      'unknown',
      'recorded and kept, whether they are noticed is not known',
    ],
    [['yes', 'yes', 'yes', 'yes', 'yes'], undefined, 'noticed', 'recorded, kept and noticed'],
    [[], undefined, 'unknown', 'whether they are recorded is not known'],
  ])('%j, any %s: %s', (truths, part, state, text) => {
    const links = truths.flatMap((holds, index) => {
      const name = names[index];
      return name ? [{ name, holds }] : [];
    });
    expect(cellOf({ links, ...(part && { part }) })).toEqual({ state, text });
  });

  test('of the account where the most is missing come first, and the rest is counted', () => {
    const { coverage } = fullReport;
    const { kept, left } = pageAccounts(coverage ?? { days: 0, accounts: [] }, 1);
    expect([kept.map(({ account }) => account), left]).toEqual([['444455556666'], 1]);
    expect(kept[0]?.rows.map(({ events, wanted }) => `${events}: ${wanted}`)).toContain(
      'use of the root user: noticed',
    );
    expect(kept[0]?.regions).toEqual(['eu-west-1', 'us-east-1']);
  });
});

describe('the filters', () => {
  const all = data.findings.map((finding) => {
    const controls = data.rules[finding.rule]?.controls ?? {};
    return { finding, controls, words: wordsOf(finding, controls) };
  });
  const left = (filters: Partial<Filters>): readonly string[] =>
    matching(all, { ...atFirst, ...filters }).map(({ rule, resource }) => `${rule} ${resource.region}`);
  const any = { status: [], severity: [] };

  test.each<[Partial<Filters>, number]>([
    [any, all.length],
    [{}, all.filter(({ finding: { status } }) => status === 'fail' || status === 'unknown').length],
    [{ ...any, status: ['pass', 'not-applicable'] }, 2],
    [{ ...any, severity: ['critical'] }, all.filter(({ finding }) => finding.severity === 'critical').length],
    [{ ...any, account: '444455556666' }, 2],
    [{ ...any, framework: 'nobody' }, 0],
    [{ standing: 'waived' }, 1],
    [{ standing: 'known' }, 1],
    [{ standing: 'open' }, 6],
    [{ ...any, text: ' AUDIT-logs  retention ' }, 1],
    [{ ...any, text: sharedReport.findings[3]?.fingerprint ?? '-' }, 1],
    [
      { ...any, text: 'cis-aws-foundations-3.0.0:3.1' },
      all.filter(({ words }) => words.includes('cis-aws-foundations-3.0.0:3.1')).length,
    ],
  ])('%j leave %i', (filters, count) => {
    expect(left(filters)).toHaveLength(count);
  });

  test('know an expired waiver from one that holds, and debt from what is waived', () => {
    const waiver = { reason: 'r', owner: 'o', expires: '2026-01-01' } as const;
    const [failure] = sharedReport.findings;
    const standing = (part: Partial<Finding>): string =>
      // biome-ignore lint/style/noNonNullAssertion: the shared report holds findings
      standingOf(pageFinding({ ...failure!, ...part }, new Map()));
    const baseline = { firstSeen: '2026-01-01' };
    expect(standing({ waiver: { ...waiver, state: 'expired' } })).toBe('open');
    expect(standing({ waiver: { ...waiver, state: 'expiring' }, baseline })).toBe('waived');
    expect(standing({ baseline })).toBe('known');
    expect(standing({ baseline: { ...baseline, overdue: true } })).toBe('open');
    expect(standing({ status: 'unknown', baseline })).toBe('open');
  });

  test('are what an address says, and the other way round', () => {
    const views: readonly Filters[] = [
      atFirst,
      { ...atFirst, status: [] },
      { ...atFirst, text: 'a&b=c #d', account: '111122223333', framework: 'soc2', standing: 'open' },
      { ...atFirst, status: ['pass'], severity: ['low', 'info'] },
    ];
    for (const view of views) expect(filtersOf(`#${addressOf(view)}`)).toEqual(view);
    expect(addressOf(atFirst)).toBe('');
    expect(filtersOf('#gaps')).toBeUndefined();
    expect(filtersOf('#standing=elsewhere')).toEqual(atFirst);
  });
});

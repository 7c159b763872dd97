import { coverageOf } from '../../src/evaluation/coverage.ts';
import type { FrameworkResult } from '../../src/evaluation/framework.ts';
import { script, scriptHash, style, styleHash } from '../../src/generated/html-page.js';
import type { PageData } from '../../src/reporters/html/page-data.ts';
import type { Report } from '../../src/reporters/report.ts';
import { type Setting, snapshotOf, sound } from '../proof/proving.ts';
import { view } from '../proof/viewing.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, sharedReport, trail } from './shared-report.ts';

/** The page without its script and style, which are files of their own. */
export const withoutPage = (page: string): string =>
  [
    [script, '(script)'],
    [style, '(style)'],
    [scriptHash, '(hash)'],
    [styleHash, '(hash)'],
  ].reduce((text, [from = '', to = '']) => text.replace(from, () => to), page);

/** What the page's script reads. */
export function dataOf(page: string): PageData {
  const [, data = ''] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page) ?? [];
  return JSON.parse(data);
}

const framework: FrameworkResult = {
  name: 'house',
  title: `House rules ${hostile.html}`,
  about: 'Ours alone.',
  summary: { pass: 1, fail: 1, unknown: 0, 'not-applicable': 0, manual: 1, partial: 0 },
  requirements: [
    {
      id: '1',
      title: 'Trails log',
      coverage: 'full',
      status: 'fail',
      rules: [
        {
          rule: 'trail-is-logging',
          assertedBy: ['prowler'],
          status: 'fail',
          findings: { fail: 2, unknown: 1, pass: 0, 'not-applicable': 0 },
        },
      ],
    },
    { id: '2', title: 'Logs are kept', coverage: 'full', status: 'pass', rules: [] },
    { id: '3', title: 'People look at them', coverage: 'manual', status: 'manual', note: 'Ask them.', rules: [] },
  ],
};

const accepted = findingOf({
  rule: 'trail-is-logging',
  status: 'fail',
  resource: { ...trail, id: `${trail.id}-old`, name: 'main-old' },
  message: 'The old trail does not log.',
  evidence: [
    { path: 'bucket.Versioning.Status', expected: 'Enabled', actual: 'Suspended', resource: 'arn:aws:s3:::old' },
  ],
  waiver: {
    state: 'active',
    reason: `It is being taken down ${hostile.html}`,
    owner: 'platform',
    expires: '2026-12-31',
  },
});
const debt = findingOf({
  rule: 'trail-log-file-validation-enabled',
  status: 'fail',
  resource: { ...trail, id: `${trail.id}-debt`, name: 'main-debt' },
  message: 'Nobody got round to it.',
  baseline: { firstSeen: '2026-01-15' },
});

const coverageIn = (account: string, setting: Setting) =>
  coverageOf(view(snapshotOf({ ...setting, more: { account: { id: account, partition: 'aws' } } })), {
    days: 91,
    now: undefined,
  });

/** The shared report with all that the page shows besides: frameworks, coverage, a waiver, and what was known. */
export const fullReport: Report = {
  ...reportOf([...sharedReport.findings.filter(({ waiver, baseline }) => !waiver && !baseline), accepted, debt]),
  frameworks: [framework],
  coverage: {
    days: 91,
    accounts: [
      coverageIn('111122223333', {}),
      coverageIn('444455556666', { trails: [sound({ IsMultiRegionTrail: false })] }),
    ],
  },
};

/** More findings than a page holds. */
export const longReport = (count: number): Report =>
  reportOf(
    Array.from({ length: count }, (_, index) =>
      findingOf({
        rule: 'trail-is-logging',
        status: 'fail',
        resource: { ...trail, id: `${trail.id}-${index}`, name: `trail-${index}` },
        message: 'It does not log.',
        evidence: [{ path: 'Status.IsLogging', expected: true, actual: false, from: 'cloudtrail:GetTrailStatus' }],
      }),
    ),
  );

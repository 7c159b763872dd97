import { createHash } from 'node:crypto';
import { type Finding, type FindingResource, type FindingWaiver, statuses } from '../../src/evaluation/finding.ts';
import type { Accepted } from '../../src/evaluation/gate.ts';
import { tallyOf, totalsOf } from '../../src/evaluation/tally.ts';
import {
  type Report,
  type Reporter,
  type ReporterOptions,
  type ReportGap,
  type Summary,
  summaryOf,
} from '../../src/reporters/report.ts';
import { sortHeld } from '../../src/reporters/sort.ts';
import { hostile } from './hostile.ts';
import { rules } from './shared-rules.ts';

export const showAll: ReporterOptions = { color: false, groupBy: 'resource', show: statuses, sort: sortHeld };
export const showOpen: ReporterOptions = {
  color: false,
  groupBy: 'resource',
  show: ['fail', 'unknown'],
  sort: sortHeld,
};

/** All that a reporter says, in one piece. */
export const whole =
  (reporter: Reporter) =>
  (report: Report, options = showAll): string =>
    [...reporter(report, options)].join('');

export const trail: FindingResource = {
  type: 'AWS::CloudTrail::Trail',
  id: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
  name: 'main',
  account: '111122223333',
  partition: 'aws',
  region: 'us-east-1',
};

const bucket: FindingResource = {
  ...trail,
  type: 'AWS::S3::Bucket',
  id: 'arn:aws:s3:::audit-logs',
  name: 'audit-logs',
};

const account: FindingResource = {
  ...trail,
  type: 'AWS::Account',
  id: 'arn:aws:iam::444455556666:root',
  name: '444455556666',
  account: '444455556666',
  region: 'global',
};

const logGroup: FindingResource = {
  ...trail,
  type: 'AWS::Logs::LogGroup',
  id: `arn:aws:logs:eu-west-1:111122223333:log-group:${hostile.html}${hostile.command}`,
  name: Object.values(hostile).slice(0, -1).join(' '),
  region: 'eu-west-1',
};

const fingerprintOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

type Part = Partial<Finding> & Pick<Finding, 'rule' | 'status' | 'resource'>;

export function findingOf(part: Part): Finding {
  const rule = rules.find(({ id }) => id === part.rule);
  return {
    severity: rule?.severity ?? 'low',
    title: rule?.title ?? part.rule,
    message: '',
    evidence: [],
    controls: rule?.controls ?? {},
    fingerprint: fingerprintOf(part.rule, part.resource.id, part.resource.region, part.status),
    ...part,
  };
}

const findings: readonly Finding[] = [
  findingOf({
    rule: 'trail-is-logging',
    status: 'fail',
    resource: trail,
    message: 'The trail does not log: Status.IsLogging is false.',
    evidence: [
      { path: 'ownedByThisAccount', expected: true, actual: true, when: true },
      { path: 'Status.IsLogging', expected: true, actual: false, from: 'cloudtrail:GetTrailStatus' },
      {
        path: 'Status.LatestDeliveryError',
        expected: { empty: true },
        actual: 'AccessDenied',
        from: 'cloudtrail:GetTrailStatus',
      },
    ],
    toPass: [
      [
        { resource: trail.id, path: 'Status.IsLogging', set: true },
        { resource: bucket.id, path: 'Policy', set: null },
      ],
      [{ resource: trail.id, path: 'Name', set: 'not shown' }],
    ],
    remediation: {
      text: 'Start the trail, then look at why it was stopped: somebody had to call StopLogging for it to be off.',
      cli: `aws cloudtrail start-logging --name ${trail.id} --region us-east-1`,
      terraform: 'resource "aws_cloudtrail" "main" {\n  enable_logging = true\n}\n',
      cloudformation: 'IsLogging: true',
    },
  }),
  findingOf({
    rule: 'trail-log-file-validation-enabled',
    status: 'fail',
    resource: trail,
    message: 'Log file validation is off.',
    source: { file: 'snapshots/prod.yaml', line: 12 },
    evidence: [{ path: 'LogFileValidationEnabled', expected: true, from: 'cloudtrail:DescribeTrails' }],
    toPass: [[{ resource: trail.id, path: 'LogFileValidationEnabled', set: true }]],
    remediation: { cli: `aws cloudtrail update-trail --name ${trail.id} --enable-log-file-validation` },
  }),
  findingOf({
    rule: 'log-bucket-retention-minimum',
    status: 'unknown',
    resource: bucket,
    message: 'How long the logs are kept is not known.',
    evidence: [
      {
        path: 'LifecycleConfiguration',
        from: 's3:GetBucketLifecycleConfiguration',
        gap: {
          operation: 's3:GetBucketLifecycleConfiguration',
          resource: bucket.id,
          region: 'us-east-1',
          error: 'AccessDenied',
          message: `not allowed ${hostile.ansi}`,
          action: 's3:GetLifecycleConfiguration',
        },
      },
    ],
  }),
  findingOf({
    rule: 'log-group-name-is-hostile',
    status: 'fail',
    resource: logGroup,
    message: Object.values(hostile).join(' '),
    source: { file: `snapshots/${hostile.command},line=9${hostile.ansi}.yaml`, line: 3 },
    evidence: [
      {
        path: `Tags[${hostile.newline}]`,
        expected: { like: ['a*', 'b*'] },
        actual: hostile.long,
        note: hostile.command,
      },
      { path: 'RetentionInDays', expected: { atLeast: 365, not: { in: [1, 2] } }, actual: 30, from: hostile.html },
      { path: '', note: `${hostile.command} ${hostile.oldCommand}` },
    ],
    toPass: [[{ resource: logGroup.id, path: 'RetentionInDays', set: 365 }]],
    remediation: {
      text: `${hostile.link} ${hostile.ansi}`,
      cli: `${hostile.code}\n${hostile.command}\n${hostile.oldCommand}`,
    },
  }),
  findingOf({
    rule: 'trail-is-logging',
    status: 'unknown',
    resource: { ...account, type: 'AWS::Region', id: '444455556666/ap-east-1', name: 'ap-east-1', region: 'ap-east-1' },
    message: 'The trails of ap-east-1 are not known.',
    evidence: [{ path: 'trails', gap: { region: 'ap-east-1', error: 'NotScanned' } }],
  }),
  findingOf({
    rule: 'account-has-organization-trail',
    status: 'pass',
    resource: account,
    message: 'The organization trail org records this account.',
    evidence: [
      { path: 'trails[org].IsOrganizationTrail', expected: true, actual: true, from: 'cloudtrail:DescribeTrails' },
    ],
  }),
  findingOf({
    rule: 'account-has-organization-trail',
    status: 'fail',
    resource: { ...account, account: trail.account, id: 'arn:aws:iam::111122223333:root', name: trail.account },
    message: 'No organization trail.',
    evidence: [{ path: 'organization', expected: { exists: true } }],
  }),
  findingOf({
    rule: 'trail-log-file-validation-enabled',
    status: 'not-applicable',
    resource: { ...trail, id: `${trail.id}-shadow`, name: 'main-shadow' },
    message: 'The trail belongs to another account.',
    evidence: [{ path: 'ownedByThisAccount', expected: true, actual: false, when: true }],
  }),
  ...acceptedFindings(),
];

/** What is waived, what was waived once or never may be, and what was known. */
function acceptedFindings(): readonly Finding[] {
  const hidden = Object.values(hostile).slice(0, -1).join(' ');
  const waiver: FindingWaiver = {
    state: 'active',
    reason: 'The bucket holds nothing that anybody needs.',
    owner: 'ci-team',
    expires: '2027-02-28',
  };
  const failing = (name: string, more: Partial<Finding>): Finding =>
    findingOf({
      rule: 'log-bucket-retention-minimum',
      status: 'fail',
      resource: { ...bucket, id: `arn:aws:s3:::${name}`, name },
      message: `The logs in ${name} are kept for 30 days.`,
      evidence: [{ path: 'RetentionInDays', expected: { atLeast: 365 }, actual: 30 }],
      remediation: { text: 'Keep them longer.' },
      ...more,
    });
  return [
    failing('ci-logs', { waiver }),
    failing('hostile-logs', {
      waiver: { ...waiver, state: 'expiring', reason: hidden, owner: hidden, expires: '2026-11-30' },
    }),
    failing('unread-logs', { status: 'unknown', waiver, message: 'How long the logs are kept is not known.' }),
    failing('old-logs', {
      waiver: { ...waiver, state: 'expired', expires: '2026-10-31' },
      baseline: { firstSeen: '2026-09-01' },
    }),
    failing('long-logs', { waiver: { ...waiver, state: 'too-long', expires: '2030-01-01' } }),
    failing('main-logs', { waiver: { ...waiver, state: 'forbidden' } }),
    failing('known-logs', { baseline: { firstSeen: '2026-10-01' } }),
    failing('overdue-logs', { baseline: { firstSeen: '2025-10-01', overdue: true } }),
  ];
}

/** The waivers and the baseline of the findings. */
const accepted: Accepted = {
  waivers: [
    {
      rule: 'log-bucket-*',
      match: { account: ['111122223333'], resource: ['arn:aws:s3:::*-logs'], tags: { env: ['dev'] } },
      reason: 'The bucket holds nothing that anybody needs.',
      owner: 'ci-team',
      expires: '2027-02-28',
      state: 'forbidden',
      hides: 2,
    },
    {
      rule: 'trail-has-tags',
      reason: hostile.html,
      owner: hostile.command,
      expires: '2026-11-30',
      state: 'expiring',
      hides: 1,
    },
    {
      rule: 'trail-has-tags',
      reason: 'No more.',
      owner: 'me',
      expires: '2026-10-31',
      state: 'expired',
      hides: 0,
      unused: true,
    },
  ],
  baseline: {
    file: 'trailproof-baseline.yaml',
    entries: 4,
    stale: [
      {
        fingerprint: '0123456789abcdef',
        rule: 'trail-is-logging',
        account: '111122223333',
        region: 'us-east-1',
        resource: `${trail.id}-2`,
        firstSeen: '2026-09-01',
        because: 'passes',
      },
    ],
  },
};

/** A report that is held in memory. */
export interface HeldReport extends Report {
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
}

/** A report of these findings, summed up as an evaluation would. */
export function reportOf(
  of: readonly Finding[],
  exitCode: Summary['exitCode'] = 1,
  beforehand: Accepted = {},
): HeldReport {
  return {
    trailproof: 'report/1',
    tool: { name: 'trailproof', version: '1.2.3' },
    scope: {
      accounts: ['111122223333', '444455556666'],
      regions: ['us-east-1', 'eu-west-1'],
      rules,
      inputs: ['snapshots/prod.yaml'],
      collectedAt: '2026-11-20T09:00:00Z',
    },
    summary: summaryOf(totalsOf(tallyOf(of)), exitCode, beforehand),
    gate: { failOn: 'info', unknown: 'fail' },
    ...beforehand,
    findings: of,
    gaps: [
      {
        account: '111122223333',
        operation: 's3:GetBucketLifecycleConfiguration',
        resource: bucket.id,
        region: 'us-east-1',
        error: 'AccessDenied',
        message: `not allowed ${hostile.ansi}`,
        action: 's3:GetLifecycleConfiguration',
      },
      { account: '444455556666', region: 'ap-east-1', error: 'NotScanned' },
      { account: '777788889999', operation: 'sts:AssumeRole', error: 'AccessDenied' },
    ],
  };
}

/** Every status, every severity, every state of a waiver, every hostile string. */
export const sharedReport: HeldReport = reportOf(findings, 1, accepted);

/** The same order for everybody, and another than the report's. */
export const shuffled = <T>(values: readonly T[]): readonly T[] =>
  values
    .map((value, index) => ({ value, rank: (index * 7919) % 101 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ value }) => value);

import { describe, expect, test } from 'vitest';
import type { ExitCode } from '../../src/evaluation/gate.ts';
import { text as textPieces } from '../../src/reporters/text.ts';
import { lineWidth } from '../../src/reporters/wrap.ts';
import { findingOf, reportOf, sharedReport, showAll, showOpen, shuffled, trail, whole } from './shared-report.ts';

const text = whole(textPieces);
const control = /(?!\n)\p{Cc}|\p{Cs}/u;

describe('text', () => {
  test('shows only what is asked for; the table counts all', () => {
    const shown = text(sharedReport, showOpen);
    expect(shown).not.toContain('✔');
    expect(shown).not.toContain('main-shadow');
    expect(shown).toContain('total          8        2      1       3       1               1\n');
    expect(text(sharedReport, showAll)).toContain('✔');
  });

  test('one failure: badge, rule, message, evidence, smallest change and fix', () => {
    const finding = findingOf({
      rule: 'trail-log-file-validation-enabled',
      status: 'fail',
      resource: trail,
      message: 'Log file validation is off.',
      evidence: [
        { path: 'ownedByThisAccount', expected: true, actual: true, when: true },
        { path: 'LogFileValidationEnabled', expected: true, actual: false, from: 'cloudtrail:DescribeTrails' },
      ],
      toPass: [
        [{ resource: trail.id, path: 'LogFileValidationEnabled', set: true }],
        [{ resource: trail.id, path: 'Name', set: 'x' }],
      ],
      remediation: { terraform: 'enable_log_file_validation = true' },
    });
    expect(text({ ...reportOf([finding]), gaps: [] }, showOpen)).toBe(`AWS::CloudTrail::Trail main
arn:aws:cloudtrail:us-east-1:111122223333:trail/main  account 111122223333,
us-east-1

  ✖  MEDIUM  trail-log-file-validation-enabled  Log file validation is on
    Log file validation is off.
    LogFileValidationEnabled: expected true, found false
    (from cloudtrail:DescribeTrails)
    to pass    set LogFileValidationEnabled to true
    terraform  enable_log_file_validation = true


        failed  unknown  passed  not applicable
medium       1        0       0               0
total        1        0       0               0

Exit code 1: violations: something failed at or above the severity that fails
the run.
trailproof 1.2.3 judged 5 rules in 2 accounts; 0 gaps.
`);
  });

  test('an unknown names the operation, the region, the error and the IAM action', () => {
    const shown = text(sharedReport, showOpen).replace(/\s+/gu, ' ');
    expect(shown).toContain(
      'LifecycleConfiguration: s3:GetBucketLifecycleConfiguration in us-east-1 could not be read: AccessDenied',
    );
    expect(shown).toContain('to know allow s3:GetLifecycleConfiguration');
  });

  test('grouped by rule, each finding names its resource', () => {
    const shown = text(sharedReport, { ...showOpen, groupBy: 'rule' });
    expect(shown.match(/^[a-z]+-[a-z-]+(?= {2}\S)/gmu)).toEqual([
      'trail-is-logging',
      'log-bucket-retention-minimum',
      'trail-log-file-validation-enabled',
      'log-group-name-is-hostile',
      'account-has-organization-trail',
    ]);
    expect(shown).toContain(`  ✖  CRITICAL  ${trail.id}`);
  });

  test('lets no control character through, and no line be a workflow command', () => {
    for (const groupBy of ['resource', 'rule'] as const) {
      const shown = text(sharedReport, { ...showAll, groupBy });
      expect(shown).not.toMatch(control);
      expect(shown).not.toMatch(/^\s*::|##\[/mu);
      expect(shown).toContain(String.raw`\x1b[31mred\x1b[0m\x07`);
    }
  });

  test('colours are the only difference that colours make', () => {
    const coloured = text(sharedReport, { ...showAll, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
    const stripped = coloured.replace(/\u001b\[\d+m/gu, '');
    expect(coloured).not.toBe(stripped);
    expect(stripped).toBe(text(sharedReport, showAll));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
    expect(coloured).not.toMatch(/^(?:\s|\u001b\[\d+m)*::/mu);
  });

  test('fits 80 columns wherever a line may be broken', () => {
    const isBreakable = (line: string) => line.length > lineWidth && / \S+ \S/u.test(line.slice(15));
    const long = text(sharedReport, showAll).split('\n').filter(isBreakable);
    expect(long).toEqual([expect.stringContaining('start-logging'), expect.stringContaining('update-trail')]);
  });

  test('is the same whatever the order of the findings', () => {
    const other = { ...sharedReport, findings: shuffled(sharedReport.findings) };
    expect(text(other, showAll)).toBe(text(sharedReport, showAll));
  });

  test.each<readonly [ExitCode, string]>([
    [0, 'nothing that failed or is unknown counts under the policy of this run.'],
    [1, 'violations: something failed at or above the severity that fails the run.'],
    [2, 'a rule crashed, so nothing may be concluded from this run.'],
    [3, 'incomplete: nothing failed that fails the run, but something that counts could not be determined.'],
    [4, 'a waiver or baseline entry is stale or expired.'],
  ])('says what exit code %i means', (exitCode, meaning) => {
    const shown = text(reportOf(sharedReport.findings, exitCode), showOpen).replace(/\s+/gu, ' ');
    expect(shown).toContain(`Exit code ${exitCode}: ${meaning}`);
  });
});

import { describe, expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/cli/diagnosis.ts';
import { diagnosisText } from '../../src/cli/diagnosis-text.ts';
import type { Examination } from '../../src/cli/examine.ts';
import { planOf } from '../../src/cli/plan.ts';
import { registry } from '../../src/cli/rule-set.ts';
import { painter } from '../../src/reporters/paint.ts';
import { compileRule } from '../../src/rules/compile.ts';

const { rule } = compileRule(
  {
    id: 'trail-is-logging',
    title: 'The trail is logging',
    severity: 'high',
    resource: 'AWS::CloudTrail::Trail',
    why: 'Because.',
    require: { Status: { IsLogging: true } },
  },
  { registry },
);
const plan = planOf([rule]);
const trail = {
  TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
  Name: 'main',
  HomeRegion: 'us-east-1',
};

const good: Examination = {
  identity: { account: '111122223333', partition: 'aws', arn: 'arn:aws:iam::111122223333:user/ada' },
  snapshot: {
    trailproof: 'snapshot/1',
    account: { id: '111122223333', partition: 'aws' },
    collectedAt: '2026-11-20T09:00:00Z',
    regions: ['us-east-1'],
    resources: {
      'AWS::Region': [{ RegionName: 'us-east-1' }],
      'AWS::CloudTrail::Trail': [{ ...trail, Status: { IsLogging: true } }],
    },
    operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'ec2:DescribeRegions'],
  },
  tried: new Set(['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'ec2:DescribeRegions']),
  clockAhead: 0.4,
};
const refused: Examination = {
  ...good,
  snapshot: {
    ...good.snapshot,
    resources: { ...good.snapshot.resources, 'AWS::CloudTrail::Trail': [trail] },
    gaps: [
      {
        operation: 'cloudtrail:GetTrailStatus',
        resource: trail.TrailARN,
        region: 'us-east-1',
        error: 'AccessDeniedException',
      },
    ],
  },
};
const options = { rules: [rule], critical: [], plan };
const said = (examination: Examination): string =>
  diagnosisText(diagnose(examination, options), painter({ color: false }));

describe('a diagnosis', () => {
  test('of an account in which everything works', () => {
    expect(diagnose(good, options)).toEqual<Diagnosis>({
      trailproof: 'doctor/1',
      identity: good.identity,
      account: '111122223333',
      partition: 'aws',
      regions: ['us-east-1'],
      clock: { secondsAhead: 0, isGood: true },
      actions: { work: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'ec2:DescribeRegions'], untried: [] },
      gaps: [],
      unknown: [],
      exitCode: 0,
    });
    expect(said(good)).toBe(`✔ credentials   arn:aws:iam::111122223333:user/ada, account 111122223333,
                partition aws
✔ clock         as AWS has it
✔ regions       1: us-east-1
✔ permissions   3 actions work
✔ rules         a scan will know what it needs for every rule

Exit code 0: nothing will be unknown.
`);
  });

  test('of a refused permission names it, and the rules that need it', () => {
    const { actions, unknown, exitCode } = diagnose(refused, options);
    expect(actions).toEqual({ work: ['cloudtrail:DescribeTrails', 'ec2:DescribeRegions'], untried: [] });
    expect(unknown).toEqual([{ rule: 'trail-is-logging', actions: ['cloudtrail:GetTrailStatus'] }]);
    expect(exitCode).toBe(3);
    expect(said(refused)).toContain(`✔ permissions   2 actions work
✖ refused       cloudtrail:GetTrailStatus: AccessDeniedException, 1 time in
                us-east-1 of account 111122223333
? unknown       trail-is-logging: allow cloudtrail:GetTrailStatus

Exit code 3: something will be unknown.
`);
  });

  test('of a refused permission that only the coverage needs names the events of which it would not know all', () => {
    const policy = { operation: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::audit-logs', error: 'AccessDenied' };
    const bucket = { Name: 'audit-logs', BucketRegion: 'us-east-1' };
    const { snapshot } = good;
    const logging = snapshot.resources['AWS::CloudTrail::Trail']?.map((item) => ({
      ...item,
      S3BucketName: 'audit-logs',
      EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
    }));
    const unread: Examination = {
      ...good,
      snapshot: {
        ...snapshot,
        resources: { ...snapshot.resources, 'AWS::CloudTrail::Trail': logging ?? [], 'AWS::S3::Bucket': [bucket] },
        gaps: [policy],
      },
    };
    expect(diagnose(unread, options)).toMatchObject({ unknown: [], exitCode: 0 });
    const covering = diagnose(unread, { ...options, coverage: { days: 90 } });
    expect(covering).toMatchObject({ unknown: [], exitCode: 3 });
    expect(covering.unknownCoverage).toContain('management writes');
    expect(diagnosisText(covering, painter({ color: false }))).toContain('? unknown       the coverage of ');
  });

  test('of an account without a trail says what could not be tried', () => {
    const empty: Examination = {
      ...good,
      snapshot: { ...good.snapshot, resources: { 'AWS::Region': [{ RegionName: 'us-east-1' }] } },
      tried: new Set(['cloudtrail:DescribeTrails', 'ec2:DescribeRegions']),
    };
    expect(diagnose(empty, options)).toMatchObject({
      actions: { untried: ['cloudtrail:GetTrailStatus'] },
      exitCode: 0,
    });
    expect(said(empty)).toContain(`? not tried     cloudtrail:GetTrailStatus: there is nothing to ask them about\n`);
  });

  test('of a role that AWS refuses says that nobody was let in', () => {
    const locked: Examination = {
      identity: undefined,
      snapshot: {
        ...good.snapshot,
        regions: [],
        resources: {},
        operations: [],
        gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }],
      },
      tried: new Set(),
      clockAhead: undefined,
    };
    const text = said(locked);
    expect(text).toContain('✖ credentials   nobody was let into account 111122223333\n');
    expect(text).toContain('? clock         AWS did not say what time it is\n');
    expect(text).toContain('? regions       none was read\n');
    expect(text).toContain('✖ refused       sts:AssumeRole: AccessDenied, 1 time in account 111122223333\n');
    expect(text).not.toContain('permissions');
    expect(diagnose(locked, options).exitCode).toBe(3);
  });

  test.each([
    [2.2, true, "✔ clock         2 s from AWS's\n"],
    [299, true, "✔ clock         299 s from AWS's\n"],
    [301, false, "✖ clock         301 s ahead of AWS's: set it, AWS refuses more than 300 s\n"],
    [-900, false, "✖ clock         900 s behind AWS's: set it, AWS refuses more than 300 s\n"],
  ])('of a clock that is %s s ahead', (clockAhead, isGood, line) => {
    expect(diagnose({ ...good, clockAhead }, options).clock.isGood).toBe(isGood);
    expect(said({ ...good, clockAhead })).toContain(line);
  });
});

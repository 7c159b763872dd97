import { describe, expect, test } from 'vitest';
import { home, trailArn } from '../rules/judging.ts';
import {
  logs as arn,
  askBucket as ask,
  asks,
  days,
  enabled,
  refused,
  rules,
  under,
  versionsAfter,
  writing,
} from './asking-bucket.ts';
import { brief } from './viewing.ts';

const locked = (DefaultRetention: object) => ({
  ObjectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
});
const organization = { IsOrganizationTrail: true };

describe('all that decided it', () => {
  test('long enough for whatever may be there', () => {
    expect(ask(rules(days(400)))).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: 'b.LifecycleConfiguration',
          expected: { atLeast: 365 },
          actual: 400,
          from: 's3:GetBucketLifecycleConfiguration',
          resource: arn,
          note: `kept for 400 days, ${asks}`,
        },
      ],
      changes: [],
    });
  });

  test('long enough for what these trails write', () => {
    const item = rules(days(30, under('p/')));
    expect(ask(item, { trails: [writing('main', { S3KeyPrefix: 'q' })] })).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: 'b.LifecycleConfiguration',
          expected: { atLeast: 365 },
          actual: 'for ever',
          from: 's3:GetBucketLifecycleConfiguration',
          resource: arn,
          note: `kept for ever, ${asks}`,
        },
        { path: 'b.trails', actual: 1, from: 'cloudtrail:DescribeTrails', resource: arn },
        {
          path: `b.trails[${trailArn('main')}].S3KeyPrefix`,
          actual: 'q',
          from: 'cloudtrail:DescribeTrails',
          resource: trailArn('main'),
        },
      ],
      changes: [],
    });
  });

  test('too short', () => {
    const answer = ask({
      ...rules(days(30, { ID: 'x', ...under('AWSLogs/') })),
      Versioning: { MFADelete: 'Disabled' },
    });
    expect(answer).toEqual({
      truth: 'no',
      evidence: [
        {
          path: 'b.LifecycleConfiguration',
          expected: { atLeast: 365 },
          actual: 30,
          from: 's3:GetBucketLifecycleConfiguration',
          resource: arn,
          note: `kept for 30 days, ${asks}`,
        },
        { path: 'b.Versioning.MFADelete', actual: 'Disabled', from: 's3:GetBucketVersioning', resource: arn },
        { path: 'b.trails', actual: 1, from: 'cloudtrail:DescribeTrails', resource: arn },
        expect.objectContaining({ path: `b.trails[${trailArn('main')}].S3KeyPrefix` }),
      ],
      changes: [[{ resource: arn, path: 'LifecycleConfiguration.Rules[0].Expiration.Days', set: 365 }]],
    });
  });

  test('too short for ever: the versions and the lock too', () => {
    const answer = ask({ ...rules(days(30)), ...locked({ Mode: 'COMPLIANCE', Days: 60 }) }, { measure: 'permanent' });
    expect(brief(answer)).toEqual([
      'no',
      `b.LifecycleConfiguration: kept for 30 days, ${asks}`,
      'b.Versioning.MFADelete: undefined',
      'b.Versioning.Status: undefined',
      'b.trails: 1',
      `b.trails[${trailArn('main')}].S3KeyPrefix: undefined`,
      'b.ObjectLock: 60',
    ]);
    expect(answer.changes).toEqual([[expect.objectContaining({ set: 365 })]]);
  });

  test('versions that outlive their keys', () => {
    expect(ask({ ...rules(days(300, versionsAfter(100))), ...enabled }, { measure: 'permanent' }).evidence).toEqual([
      expect.objectContaining({ path: 'b.LifecycleConfiguration', actual: 400 }),
      {
        path: 'b.Versioning.Status',
        expected: 'Enabled',
        actual: 'Enabled',
        from: 's3:GetBucketVersioning',
        resource: arn,
      },
    ]);
  });

  test('a lock that holds against rules', () => {
    const item = { ...rules(days(30)), ...locked({ Mode: 'GOVERNANCE', Years: 1 }) };
    expect(ask(item, { measure: 'permanent' })).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: 'b.ObjectLock',
          expected: { atLeast: 365 },
          actual: 365,
          from: 's3:GetObjectLockConfiguration',
          resource: arn,
        },
      ],
      changes: [],
    });
    expect(brief(ask(item, { measure: 'undeletable' }))).toEqual(['no', 'b.ObjectLock: 0']);
    expect(ask({}, { measure: 'undeletable', atLeast: 0 }).truth).toBe('yes');
  });

  test('where they can be read at once, their archives as well', () => {
    const item = rules(days(400, { ID: 'x', Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] }));
    expect(brief(ask(item))).toEqual(['yes', `b.LifecycleConfiguration: kept for 400 days, ${asks}`]);
    expect(brief(ask(item, { measure: 'queryable' }))[1]).toBe(
      `b.LifecycleConfiguration: kept for 30 days, ${asks}; lifecycle rule x moves files to GLACIER, where they need a restore`,
    );
  });
});

describe('what cannot be known says why', () => {
  const open = rules(days(30, { ID: 'o', ...under('AWSLogs/o-abc/') }));
  const mayAct = `b.LifecycleConfiguration: kept for 30 days, perhaps longer, ${asks}; lifecycle rule o may act on the files: what their path is to the end is not known`;
  const at = `b.trails[${trailArn('main')}]`;

  test('the organization of a trail', () => {
    const asked = { trails: [writing('main', organization)] };
    expect(brief(ask(open, asked))).toEqual([
      'unknown',
      mayAct,
      `${at}.IsOrganizationTrail: which organization it is of is not known`,
    ]);
    expect(brief(ask(open, { ...asked, ...refused('organizations:DescribeOrganization') }))).toEqual([
      'unknown',
      mayAct,
      `${at}.IsOrganizationTrail: AccessDenied`,
    ]);
    const known = (Id: string) => ({ resources: { 'AWS::Organizations::Organization': [{ Arn: 'a', Id }] } });
    expect(ask(open, { ...asked, ...known('o-abc') }).truth).toBe('no');
    expect(ask(open, { ...asked, ...known('o-xyz') }).truth).toBe('yes');
  });

  test('a lock helps all the same, and versions that some rule may end do not', () => {
    const asked = { trails: [writing('main', organization)], measure: 'permanent' } as const;
    expect(ask({ ...open, ...locked({ Mode: 'COMPLIANCE', Days: 365 }) }, asked).truth).toBe('yes');
    const versions = rules(days(30), { Status: 'Enabled', ...under('AWSLogs/o-abc/'), ...versionsAfter(30) });
    expect(ask({ ...versions, ...enabled }, asked).truth).toBe('unknown');
  });

  test('folders that a trail may write to', () => {
    const aggregated = rules(days(30, under(`AWSLogs/${home}/CloudTrail-Aggregated/`)));
    const data = { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] };
    expect(ask(aggregated).truth).toBe('yes');
    expect(brief(ask(aggregated, { trails: [writing('main', data)] }))[2]).toBe(
      `${at}.AdvancedEventSelectors: whether it aggregates data events cloudtrail:GetEventConfiguration says, which is not read`,
    );
    const network = rules(days(30, under(`AWSLogs/${home}/CloudTrail-NetworkActivity/`)));
    // That it may aggregate events changes nothing: no rule is about those.
    expect(ask(network, refused('cloudtrail:GetEventSelectors')).evidence).toHaveLength(2);
    expect(brief(ask(network, refused('cloudtrail:GetEventSelectors')))[2]).toBe(`${at}.EventSelectors: AccessDenied`);
    expect(ask(rules(days(30)), refused('cloudtrail:GetEventSelectors')).truth).toBe('no');
  });

  test('the status of versioning, MFA delete, a mode of the lock', () => {
    const item = rules(days(30, versionsAfter(400)));
    const permanent = { measure: 'permanent' } as const;
    expect(brief(ask({ ...item, Versioning: { Status: 'Paused' } }, permanent))).toEqual([
      'unknown',
      `b.LifecycleConfiguration: kept for 30 days, perhaps longer, ${asks}`,
      'b.Versioning.Status: what "Paused" means is not known',
    ]);
    expect(ask({ ...item, Versioning: { Status: 'Paused' } }).truth).toBe('no');
    const mfa = { Versioning: { Status: 'Enabled', MFADelete: 'Enabled' } };
    expect(ask({ ...item, ...mfa }).evidence).toEqual([
      {
        path: 'b.Versioning.MFADelete',
        actual: 'Enabled',
        from: 's3:GetBucketVersioning',
        resource: arn,
        note: 'S3 takes no lifecycle rules with MFA delete: whether these still act is not documented',
      },
    ]);
    expect(ask({ ...item, ...mfa }, permanent).truth).toBe('yes');
    const newMode = locked({ Mode: 'NEW', Days: 400 });
    expect(brief(ask({ ...newMode }, { measure: 'undeletable' }))).toEqual([
      'unknown',
      'b.ObjectLock: what mode "NEW" holds is not known',
    ]);
    const held = locked({ DefaultEventHold: { Days: 400 } });
    expect(brief(ask({ ...held, ...rules(days(1)) }, permanent))).toEqual([
      'unknown',
      'b.ObjectLock: how long a hold until an event lasts nobody can say',
    ]);
  });

  test('lifecycle rules that were refused: a lock still holds', () => {
    const gap = refused('s3:GetBucketLifecycleConfiguration', arn);
    expect(ask(locked({ Mode: 'COMPLIANCE', Days: 365 }), { ...gap, measure: 'permanent' }).truth).toBe('yes');
    expect(brief(ask(locked({ Mode: 'COMPLIANCE', Days: 364 }), { ...gap, measure: 'permanent' }))).toEqual([
      'unknown',
      'b.LifecycleConfiguration: AccessDenied',
    ]);
  });

  test('an archive class that is new', () => {
    const item = rules(days(400, { ID: 'x', Transitions: [{ Days: 30, StorageClass: 'NEW' }] }));
    expect(ask(item).truth).toBe('yes');
    expect(brief(ask(item, { measure: 'queryable' }))).toEqual([
      'unknown',
      `b.LifecycleConfiguration: kept for 30 days, perhaps longer, ${asks}; lifecycle rule x moves files to NEW, where they may need a restore`,
    ]);
  });
});

describe('what would make it pass', () => {
  const archive = (Days: number) => ({ Transitions: [{ Days, StorageClass: 'GLACIER' }] });
  test.each<[string, object, unknown]>([
    ['days that are too few', rules(days(30, archive(400))), [['Rules[0].Expiration.Days', 365]]],
    ['an archive at the same time', rules(days(30, archive(30))), undefined],
    ['an archive that comes later, but too early', rules(days(30, archive(60))), undefined],
  ])('where files are asked for that can be read at once: %s', (_, item, expected) => {
    const found = ask(item, { measure: 'queryable' }).changes[0]?.map(({ path, set }) => [
      path.replace('LifecycleConfiguration.', ''),
      set,
    ]);
    expect(found).toEqual(expected);
  });
  test('where they need not be read at once, archives do not matter', () => {
    expect(ask(rules(days(30, archive(10)))).changes).toEqual([[expect.objectContaining({ set: 365 })]]);
  });
  test('days that are enough stay', () => {
    expect(ask(rules(days(364), days(365), days(366))).changes).toEqual([
      [{ resource: arn, path: 'LifecycleConfiguration.Rules[0].Expiration.Days', set: 365 }],
    ]);
  });
});

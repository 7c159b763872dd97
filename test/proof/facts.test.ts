import { describe, expect, test } from 'vitest';
import { facts, factsOf } from '../../src/proof/facts.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { keyArn, store as lake } from './proving.ts';
import { resourceOf } from './viewing.ts';

const denied = { gaps: [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::far', error: 'AccessDenied' }] };
const trails = (...list: readonly object[]) => snapshotWith({ 'AWS::CloudTrail::Trail': list });
const ask = (fact: string, view: ReturnType<typeof resourceOf>) => facts[fact]?.answer(view);
const value = (it: unknown) => ({ is: 'value', value: it, from: undefined });

test('every resource has an id, a name, a region, an account, a partition', () => {
  const view = resourceOf(trails(trail('main')), 'AWS::CloudTrail::Trail');
  expect(['id', 'name', 'region', 'accountId', 'partition'].map((fact) => ask(fact, view))).toEqual(
    [trailArn('main'), 'main', 'us-east-1', home, 'aws'].map(value),
  );
  const account = resourceOf(trails(), 'AWS::Account');
  expect(['id', 'name', 'region', 'accountId'].map((fact) => ask(fact, account))).toEqual(
    [`arn:aws:iam::${home}:root`, home, 'global', home].map(value),
  );
});

test('a bucket that says no region has none; one that nobody could read has one that is not known', () => {
  expect(ask('region', resourceOf(snapshotWith({ 'AWS::S3::Bucket': [{ Name: 'b' }] }), 'AWS::S3::Bucket'))).toEqual({
    is: 'absent',
    from: undefined,
  });
  const far = resourceOf(
    snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'far' })] }, denied),
    'AWS::S3::Bucket',
    'far',
  );
  expect([ask('region', far)?.is, ask('accountId', far)?.is, ask('name', far)?.is]).toEqual(['gap', 'gap', 'value']);
});

test('a key that nobody could read: its ARN says whose it is and where', () => {
  const arn = `arn:aws:kms:eu-west-1:${other}:key/1`;
  const key = resourceOf(trails(trail('main', { KmsKeyId: arn })), 'AWS::KMS::Key');
  expect([ask('region', key), ask('accountId', key)]).toEqual([value('eu-west-1'), value(other)]);
});

test("a trail of another account is the organization's", () => {
  const own = (account: string) =>
    ask(
      'ownedByThisAccount',
      resourceOf(trails({ ...trail('x'), TrailARN: trailArn('x', 'us-east-1', account) }), 'AWS::CloudTrail::Trail'),
    );
  expect([own(home), own(other)]).toEqual([value(true), value(false)]);
});

describe('a bucket is critical', () => {
  const of = (critical: readonly CriticalSelector[], tags?: object, more: Partial<Snapshot> = {}) =>
    ask(
      'critical',
      resourceOf(
        snapshotWith({ 'AWS::S3::Bucket': [bucket('payroll', tags && { tags })] }, more),
        'AWS::S3::Bucket',
        'payroll',
        critical,
      ),
    );
  const byTag = { tag: { class: 'restricted' } };
  test.each<[string, readonly CriticalSelector[], object | undefined, unknown]>([
    ['by nothing', [], undefined, value(false)],
    ['by name', ['payroll'], undefined, value(true)],
    ['by a glob of names', ['pay*'], undefined, value(true)],
    ['by ARN', ['arn:aws:s3:::pay*'], undefined, value(true)],
    ['by another name', ['pay'], undefined, value(false)],
    ['by tag', [byTag], { class: 'restricted' }, { is: 'value', value: true, from: 's3:GetBucketTagging' }],
    [
      'by another value of the tag',
      [byTag],
      { class: 'public' },
      { is: 'value', value: false, from: 's3:GetBucketTagging' },
    ],
    [
      'by one of several tags',
      [{ tag: { class: 'restricted', team: 'pay' } }],
      { class: 'public', team: 'pay' },
      { is: 'value', value: true, from: 's3:GetBucketTagging' },
    ],
    ['by a tag that it lacks', [byTag], undefined, { is: 'value', value: false, from: 's3:GetBucketTagging' }],
    [
      'by a tag of an inherited name',
      [{ tag: { constructor: 'x' } }],
      {},
      { is: 'value', value: false, from: 's3:GetBucketTagging' },
    ],
  ])('%s', (_, critical, tags, expected) => {
    expect(of(critical, tags)).toEqual(expected);
  });
  test('or not known, where its tags decide and were refused; by name they do not', () => {
    const gaps = [{ operation: 's3:GetBucketTagging', resource: 'arn:aws:s3:::payroll', error: 'AccessDenied' }];
    expect(of([byTag], undefined, { gaps })?.is).toBe('gap');
    expect(of([byTag, 'payroll'], undefined, { gaps })).toEqual(value(true));
    expect(of(['x'], undefined, { gaps })).toEqual(value(false));
  });
});

describe('lockedDays', () => {
  const lock = (DefaultRetention: object) => ({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } });
  const days = (item: object, more: Partial<Snapshot> = {}) =>
    ask('lockedDays', resourceOf(snapshotWith({ 'AWS::S3::Bucket': [bucket('b', item)] }, more), 'AWS::S3::Bucket'));
  const from = 's3:GetObjectLockConfiguration';

  test('are those of the default retention, in either mode', () => {
    expect(days({ ObjectLock: lock({ Mode: 'GOVERNANCE', Years: 1 }) })).toEqual({ is: 'value', value: 365, from });
    expect(days({ ObjectLock: lock({ Mode: 'COMPLIANCE', Days: 30 }) })).toEqual({ is: 'value', value: 30, from });
    expect(days({})).toEqual({ is: 'value', value: 0, from });
  });

  test.each<[string, object, string]>([
    [
      'a mode that is new',
      { Mode: 'NEW', Days: 90 },
      'locked for 0 days, perhaps longer: what mode "NEW" holds is not known',
    ],
    [
      'a hold until an event',
      { DefaultEventHold: { Days: 90 } },
      'locked for 0 days, perhaps longer: how long a hold until an event lasts nobody can say',
    ],
  ])('are not known for %s', (_, retention, message) => {
    expect(days({ ObjectLock: lock(retention) })).toEqual({
      is: 'gap',
      gaps: [{ resource: 'arn:aws:s3:::b', error: 'NotDecidable', message }],
      from,
    });
  });

  test('are not known where they were refused', () => {
    const gaps = [{ operation: 's3:GetObjectLockConfiguration', error: 'AccessDenied' }];
    expect(days({}, { gaps })).toEqual({ is: 'gap', gaps, from });
  });
});

describe('keptDays', () => {
  const rules = (...Rules: readonly object[]) => ({ LifecycleConfiguration: { Rules } });
  const expiring = (Days: number, Prefix = '') => ({ Status: 'Enabled', Expiration: { Days }, Filter: { Prefix } });
  const kept = (item: object, more: Partial<Snapshot> = {}, writer: object = {}) =>
    ask(
      'keptDays',
      resourceOf(
        snapshotWith(
          {
            'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'b', ...writer })],
            'AWS::S3::Bucket': [bucket('b', item)],
          },
          more,
        ),
        'AWS::S3::Bucket',
      ),
    );
  const from = 's3:GetBucketLifecycleConfiguration';
  const refused = (operation: string) => ({ gaps: [{ operation, error: 'AccessDenied' }] });

  test.each<[string, object, number]>([
    ['no rules', {}, Number.POSITIVE_INFINITY],
    ['the shortest that reaches the files', rules(expiring(400), expiring(90, 'AWSLogs/')), 90],
    ['one that does not', rules(expiring(1, 'other/')), Number.POSITIVE_INFINITY],
  ])('of a bucket: %s', (_, item, value) => {
    expect(kept(item)).toEqual({ is: 'value', value, from });
  });

  test('of a bucket, not known', () => {
    const short = rules(expiring(1));
    expect(kept({}, refused(from))).toMatchObject({ is: 'gap', gaps: [{ operation: from }] });
    expect(kept({}, refused('s3:GetBucketVersioning'))).toMatchObject({ is: 'value', value: Number.POSITIVE_INFINITY });
    expect(kept({}, refused('cloudtrail:DescribeTrails'))).toMatchObject({
      is: 'value',
      value: Number.POSITIVE_INFINITY,
    });
    const insights = rules(expiring(1, `AWSLogs/${home}/CloudTrail-Insight/`));
    expect(kept(insights, {}, { HasInsightSelectors: true })).toMatchObject({ is: 'value', value: 1 });
    expect(kept(short, refused('s3:GetBucketVersioning'))).toMatchObject({
      is: 'gap',
      gaps: [{ operation: 's3:GetBucketVersioning' }],
    });
    expect(kept(short, refused('cloudtrail:DescribeTrails'))).toMatchObject({
      is: 'gap',
      gaps: [{ operation: 'cloudtrail:DescribeTrails' }],
    });
    expect(kept({ ...short, Versioning: { Status: 'Enabled', MFADelete: 'Enabled' } })).toEqual({
      is: 'gap',
      gaps: [{ resource: 'arn:aws:s3:::b', error: 'NotDecidable', message: 'kept for 1 days, perhaps longer' }],
      from,
    });
    const organization = { IsOrganizationTrail: true };
    expect(kept(rules({ ID: 'x', ...expiring(1, 'AWSLogs/o-a/') }), {}, organization)).toMatchObject({
      is: 'gap',
      gaps: [
        {
          message:
            'kept for 1 days, perhaps longer; lifecycle rule x may act on the files: what their path is to the end is not known',
        },
      ],
    });
  });

  test('of a bucket, not known: which permission would tell', () => {
    const may = rules({ ID: 'x', ...expiring(1, 'AWSLogs/o-a/') });
    expect(kept(may, refused('organizations:DescribeOrganization'), { IsOrganizationTrail: true })).toEqual({
      is: 'gap',
      gaps: [
        expect.objectContaining({ resource: 'arn:aws:s3:::b', error: 'NotDecidable' }),
        {
          operation: 'organizations:DescribeOrganization',
          error: 'AccessDenied',
          action: 'organizations:DescribeOrganization',
        },
      ],
      from,
    });
    const logging = { operation: 's3:GetBucketLogging', resource: 'arn:aws:s3:::b', error: 'AccessDenied' };
    expect(kept(may, { gaps: [logging] }, { S3BucketName: 'elsewhere' })).toMatchObject({ is: 'gap', gaps: [logging] });
  });

  test.each<[string, string, object, number]>([
    ['a log group', 'AWS::Logs::LogGroup', { RetentionInDays: 30 }, 30],
    ['a log group that never expires', 'AWS::Logs::LogGroup', {}, Number.POSITIVE_INFINITY],
    ['a log group of class DELIVERY', 'AWS::Logs::LogGroup', { LogGroupClass: 'DELIVERY' }, 1],
    ['an event data store', 'AWS::CloudTrail::EventDataStore', { RetentionPeriod: 2557 }, 2557],
  ])('of %s', (_, type, item, value) => {
    const named =
      type === 'AWS::Logs::LogGroup'
        ? { LogGroupArn: `arn:aws:logs:us-east-1:${home}:log-group:g`, LogGroupName: 'g' }
        : { EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`, Name: 'store' };
    const view = resourceOf(snapshotWith({ [type]: [{ ...named, ...item }] } as never), type as never);
    expect(ask('keptDays', view)).toMatchObject({ is: 'value', value });
  });
});

test('facts belong to types', () => {
  expect(Object.keys(factsOf('AWS::S3::Bucket')).toSorted()).toEqual([
    'accountId',
    'confusedDeputy',
    'critical',
    'id',
    'keptDays',
    'lockedDays',
    'name',
    'openToAnybody',
    'partition',
    'region',
    'replicated',
    'resultVersionsKeptDays',
    'resultsKeptDays',
    'tlsOnly',
  ]);
  expect(Object.keys(factsOf('AWS::SNS::Topic'))).toEqual([
    ...['id', 'name', 'region', 'accountId', 'partition'],
    ...['auditing', 'deadLetters'],
  ]);
});

describe('each says what it is, of what, and what it reads', () => {
  const trailType = 'AWS::CloudTrail::Trail';
  const bucketType = 'AWS::S3::Bucket';
  const group = 'AWS::Logs::LogGroup';
  const store = 'AWS::CloudTrail::EventDataStore';
  const workGroup = 'AWS::Athena::WorkGroup';
  test.each<[string, string, readonly string[] | undefined]>([
    ...['id', 'name', 'region', 'accountId', 'partition'].map((name): [string, string, undefined] => [
      name,
      'text',
      undefined,
    ]),
    ['ownedByThisAccount', 'flag', [trailType, 'AWS::EC2::VPC', 'AWS::Organizations::Organization']],
    ['ownedByManagementAccount', 'flag', [trailType]],
    ['critical', 'flag', [bucketType, 'AWS::Lambda::Function', 'AWS::DynamoDB::Table']],
    ['delivering', 'flag', [trailType, 'AWS::Config::ConfigurationRecorder']],
    ['notifying', 'flag', [trailType]],
    ['ingesting', 'flag', [store]],
    ['recordsItself', 'flag', [trailType]],
    ['keyFits', 'flag', [trailType]],
    ['managementEventCopies', 'number', ['AWS::Region']],
    ['bucketAccepts', 'flag', [trailType]],
    ['digestsPermitted', 'flag', [trailType]],
    ['tlsOnly', 'flag', [bucketType]],
    ['openToAnybody', 'flag', [bucketType]],
    ['confusedDeputy', 'flag', [bucketType, 'AWS::KMS::Key']],
    ['queryable', 'flag', [trailType]],
    ['queriesLogs', 'flag', [workGroup]],
    ['resultsKeptDays', 'number', [bucketType]],
    ['resultVersionsKeptDays', 'number', [bucketType]],
    ['replicated', 'flag', [bucketType]],
    ['delivering', 'flag', [trailType, 'AWS::Config::ConfigurationRecorder']],
    ['auditing', 'flag', ['AWS::Logs::MetricFilter', 'AWS::CloudWatch::Alarm', 'AWS::SNS::Topic']],
    ['watched', 'flag', ['AWS::Logs::MetricFilter']],
    ...['oneEventEnough', 'takesAction', 'actionsEnabled', 'heard', 'mayPublish'].map(
      (name): [string, string, string[]] => [name, 'flag', ['AWS::CloudWatch::Alarm']],
    ),
    ['deadLetters', 'flag', ['AWS::SNS::Topic']],
    ['keptDays', 'number', [bucketType, group, store]],
    ['lockedDays', 'number', [bucketType]],
  ])('%s is a %s of %j', (name, kind, of) => {
    expect([facts[name]?.node, facts[name]?.of]).toEqual([{ kind }, of]);
  });

  test.each<[string, readonly string[]]>([
    ['outsiders', ['AWS::KMS::Key', store, 'AWS::CloudTrail::Channel']],
    ['readers', ['AWS::KMS::Key']],
  ])('%s are texts of %j', (name, of) => {
    expect([facts[name]?.node, facts[name]?.of]).toEqual([{ kind: 'list', of: { kind: 'text' } }, of]);
  });

  test('properties of its own resource', () => {
    const read = Object.entries(facts).flatMap(([name, { reads }]) => (reads ? [[name, reads]] : []));
    expect(read.toSorted()).toEqual([
      ['critical', 'tags'],
      ['lockedDays', 'ObjectLock'],
      ['outsiders', 'Policy'],
      ['readers', 'Policy'],
      ['resultVersionsKeptDays', 'LifecycleConfiguration'],
      ['resultsKeptDays', 'LifecycleConfiguration'],
      ['sharedWith', 'Policy'],
    ]);
  });

  test.each<[string, string, object]>([
    ['ownedByManagementAccount', trailType, { 'AWS::Organizations::Organization': [] }],
    [
      'recordsItself',
      trailType,
      { [trailType]: ['Status', 'EventSelectors'], [bucketType]: ['Logging', 'Replication'], 'AWS::Region': [] },
    ],
    [
      'managementEventCopies',
      'AWS::Region',
      { [trailType]: ['Status', 'EventSelectors'], [store]: ['Status'], 'AWS::KMS::Key': [] },
    ],
    [
      'delivering',
      trailType,
      {
        [trailType]: ['Status', 'EventSelectors'],
        [bucketType]: ['Policy', 'RequestPayment', 'Encryption'],
        'AWS::KMS::Key': ['Policy'],
        'AWS::Organizations::Organization': [],
      },
    ],
    [
      'keptDays',
      bucketType,
      {
        [bucketType]: ['LifecycleConfiguration', 'Versioning', 'Logging'],
        [trailType]: ['EventSelectors'],
        'AWS::Organizations::Organization': [],
      },
    ],
    [
      'notifying',
      trailType,
      {
        [trailType]: ['Status'],
        'AWS::SNS::Topic': [],
        'AWS::KMS::Key': ['Policy'],
        'AWS::Organizations::Organization': [],
      },
    ],
    ['ingesting', store, { [store]: ['Status'], 'AWS::KMS::Key': [] }],
    ['tagKeys', trailType, { [trailType]: ['tags'] }],
    ['keyFits', trailType, { 'AWS::KMS::Key': [], [bucketType]: [] }],
    [
      'bucketAccepts',
      trailType,
      {
        [trailType]: ['EventSelectors'],
        [bucketType]: ['Policy', 'RequestPayment'],
        'AWS::Organizations::Organization': [],
      },
    ],
    ['digestsPermitted', trailType, { [bucketType]: ['Policy'], 'AWS::Organizations::Organization': [] }],
    ['tlsOnly', bucketType, { [bucketType]: ['Policy'] }],
    ['openToAnybody', bucketType, { [bucketType]: ['Policy', 'PolicyStatus'] }],
    ['confusedDeputy', bucketType, { [bucketType]: ['Policy'] }],
    ['confusedDeputy', 'AWS::KMS::Key', { 'AWS::KMS::Key': ['Policy'] }],
    [
      'queryable',
      trailType,
      {
        [trailType]: [],
        'AWS::Glue::Database': ['Tables'],
        [bucketType]: [],
        'AWS::Region': [],
        'AWS::Organizations::Organization': [],
      },
    ],
    ['queriesLogs', workGroup, { 'AWS::Glue::Database': ['Tables'] }],
    ['resultsKeptDays', bucketType, { [workGroup]: ['Configuration'] }],
    ['resultVersionsKeptDays', bucketType, { [bucketType]: ['Versioning'], [workGroup]: ['Configuration'] }],
    [
      'replicated',
      bucketType,
      {
        [bucketType]: ['Replication', 'ObjectLock', 'Encryption'],
        [trailType]: ['EventSelectors'],
        'AWS::Organizations::Organization': [],
      },
    ],
    ['keptDays', group, { [group]: [] }],
    ['keptDays', store, { [store]: ['RetentionPeriod'] }],
  ])('and of others: %s of a %s', (name, type, needs) => {
    expect(facts[name]?.needs?.(type)).toEqual(needs);
  });

  test.each<[string, ReturnType<typeof resourceOf>]>([
    ['delivering', resourceOf(trails(trail('main', { Status: { IsLogging: false } })), trailType)],
    ['notifying', resourceOf(trails(trail('main')), trailType)],
    ['keyFits', resourceOf(trails(trail('main', { KmsKeyId: keyArn })), trailType)],
    ['queryable', resourceOf(trails(trail('main', { S3BucketName: 'logs' })), trailType)],
    [
      'queriesLogs',
      resourceOf(
        snapshotWith({ [workGroup]: [{ Arn: 'arn:aws:athena:us-east-1:1:workgroup/a', Name: 'a' }] }),
        workGroup,
      ),
    ],
    ['ingesting', resourceOf(snapshotWith({ [store]: [lake({ Status: 'STOPPED_INGESTION' })] }), store)],
  ])('%s has a proof, and no value of its own', (name, view) => {
    expect(facts[name]?.answer(view)).toEqual(value(undefined));
    expect(facts[name]?.proof?.(view, '', { now: undefined, thorough: 'no' }).truth).toBe('no');
  });

  test.each<[string, string]>([
    ['bucketAccepts', trailType],
    ['digestsPermitted', trailType],
    ['tlsOnly', bucketType],
    ['openToAnybody', bucketType],
    ['confusedDeputy', bucketType],
    ['replicated', bucketType],
  ])('%s has a proof, and no value of its own', (name, type) => {
    const main = trail('main', { S3BucketName: 'gone', Status: { IsLogging: false } });
    const snapshot = snapshotWith({ [trailType]: [main], [bucketType]: [bucket('b')] });
    const view = resourceOf(snapshot, type as 'AWS::S3::Bucket');
    expect(facts[name]?.answer(view)).toEqual(value(undefined));
    expect(facts[name]?.proof?.(view, '', { now: undefined, thorough: 'no' }).truth).toBe('no');
  });
});

import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { alerts } from '../../src/proof/alerting/alerts.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { pointers, resolve, target } from '../../src/snapshot/links.ts';
import { isForeign, members } from '../../src/snapshot/members.ts';
import { startNames } from '../../src/snapshot/named-elsewhere.ts';
import { type AccountView, read } from '../../src/snapshot/resource-view.ts';
import { openRun, viewTogether } from '../../src/snapshot/run.ts';
import { startIndex } from '../../src/snapshot/run-index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import * as alerting from '../proof/alerting/asking.ts';
import { bucket, home, ruleWith, snapshotWith, trail, trailArn } from '../rules/judging.ts';

const [archive, security, member, other] = ['222222222222', '333333333333', '444444444444', '555555555555'];
const keyArn = `arn:aws:kms:us-east-1:${security}:key/1`;
const organizationTrail = (more: object = {}) =>
  trail('all', { IsOrganizationTrail: true, IsMultiRegionTrail: true, S3BucketName: 'central', ...more });

type Resources = Parameters<typeof snapshotWith>[0];
const account = (id: string, resources: Resources, more: Partial<Snapshot> = {}): Snapshot =>
  snapshotWith(resources, { account: { id, partition: 'aws' }, ...more });
const management = (item: object = {}, more: Partial<Snapshot> = {}) =>
  account(home, { 'AWS::CloudTrail::Trail': [organizationTrail(item)] }, more);
const shadow = (item: object = {}, more: Partial<Snapshot> = {}) =>
  account(member, { 'AWS::CloudTrail::Trail': [organizationTrail(item)] }, more);
const logArchive = (item: object = {}, more: Partial<Snapshot> = {}) =>
  account(archive, { 'AWS::S3::Bucket': [bucket('central', item)] }, more);
const keys = (item: object = {}) => account(security, { 'AWS::KMS::Key': [{ Arn: keyArn, KeyId: '1', ...item }] });
const ofMember = (item: object = {}, more: Partial<Snapshot> = {}) =>
  account(member, { 'AWS::CloudTrail::Trail': [{ ...trail('own', item), TrailARN: memberArn }] }, more);
const memberArn = trailArn('own', 'us-east-1', member);

const together = (...snapshots: readonly Snapshot[]) => viewTogether(snapshots, { registry: resourceTypes });
const viewIn = (views: readonly AccountView[], id: string, type: string, name?: string) => {
  const all = views.find((view) => view.account.id === id)?.byType.get(type) ?? [];
  const found = all.find((view) => name === undefined || view.name === name);
  if (!found) throw new Error(`no ${type} in ${id}`);
  return found;
};
const trailIn = (views: readonly AccountView[], id: string) => viewIn(views, id, 'AWS::CloudTrail::Trail');
const findings = (rule: Partial<RuleDefinition>, ...snapshots: readonly Snapshot[]) => {
  const compiled = compileRule(ruleWith(rule), { registry: resourceTypes });
  if (compiled.problems.length > 0) throw new Error(JSON.stringify(compiled.problems));
  return together(...snapshots).flatMap((view) => {
    const { findings: found, crashes } = evaluate([compiled.rule], view, undefined);
    if (crashes[0]) throw crashes[0].error;
    const relevant = found.filter(({ status }) => status !== 'not-applicable');
    return relevant.map(({ status, resource, message }) => ({
      in: resource.account,
      of: resource.name,
      status,
      message,
    }));
  });
};
const brief = (rule: Partial<RuleDefinition>, ...snapshots: readonly Snapshot[]) =>
  findings(rule, ...snapshots).map((finding) => `${finding.in} ${finding.of} ${finding.status}`);

describe('a pointer out of an account leads into the one that owns what it means', () => {
  test('a bucket by its name, and on from there a key by its ARN', () => {
    const encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: keyArn } }] };
    const views = together(
      ofMember({ S3BucketName: 'central' }),
      logArchive({ Encryption: encryption }),
      keys({ KeyState: 'Enabled' }),
    );
    const leads = target(trailIn(views, member), 'bucket');
    expect(leads.is).toBe('found');
    if (leads.is !== 'found') return;
    expect(leads.view.account.account.id).toBe(archive);
    const key = target(leads.view, 'key');
    expect(key.is === 'found' && [key.view.account.account.id, read(key.view, 'KeyState')]).toEqual([
      security,
      { is: 'value', value: 'Enabled', from: 'kms:DescribeKey' },
    ]);
  });

  test.each<[string, Snapshot, unknown]>([
    ['a file by hand that does not show it: it does not exist', account(security, {}), ['dangling']],
    [
      'nobody asked for it there',
      account(security, {}, { operations: [] }),
      ['unknown', [{ operation: 'kms:DescribeKey', resource: keyArn, error: 'NotCollected' }]],
    ],
    [
      'it was refused there',
      account(
        security,
        {},
        {
          operations: ['kms:DescribeKey'],
          gaps: [{ operation: 'kms:DescribeKey', resource: keyArn, error: 'AccessDeniedException' }],
        },
      ),
      ['unknown', [{ operation: 'kms:DescribeKey', resource: keyArn, error: 'AccessDeniedException' }]],
    ],
    [
      'nobody was let in',
      account(security, {}, { operations: [], gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] }),
      ['unknown', [{ operation: 'kms:DescribeKey', resource: keyArn, error: 'NotCollected' }]],
    ],
    [
      'AWS says that it does not exist',
      account(
        security,
        {},
        {
          operations: ['kms:DescribeKey'],
          absent: [{ resource: keyArn, operation: 'kms:DescribeKey', error: 'NotFoundException' }],
        },
      ),
      ['dangling'],
    ],
    [
      'the run does not hold the account',
      account(other, {}),
      [
        'unknown',
        [
          {
            resource: keyArn,
            error: 'OtherAccount',
            message: `it is in account ${security}, which this run has not read`,
          },
        ],
      ],
    ],
  ])('where %s', (_, owner, expected) => {
    const views = together(ofMember({ KmsKeyId: keyArn }), owner);
    const leads = target(trailIn(views, member), 'key');
    expect(leads.is === 'unknown' ? [leads.is, leads.gaps] : [leads.is]).toEqual(expected);
  });

  test('a text that is no pointer of a relation is resolved there too', () => {
    const topicArn = `arn:aws:sns:us-east-1:${security}:alerts`;
    const owner = account(security, { 'AWS::SNS::Topic': [{ TopicArn: topicArn }] });
    const [view] = together(account(member, {}), owner);
    if (!view) throw new Error('no view');
    expect(resolve(view, 'AWS::SNS::Topic', topicArn)).toMatchObject({ is: 'found', view: { id: topicArn } });
    expect(resolve(view, 'AWS::SNS::Topic', `${topicArn}-2`)).toEqual({ is: 'absent' });
  });

  test('the own bucket comes before one of that name elsewhere', () => {
    const views = together(
      account(member, {
        'AWS::CloudTrail::Trail': [trail('x', { S3BucketName: 'central' })],
        'AWS::S3::Bucket': [bucket('central')],
      }),
      logArchive(),
    );
    const leads = target(trailIn(views, member), 'bucket');
    expect(leads.is === 'found' && leads.view.account.account.id).toBe(member);
  });
});

describe('the way back collects the accounts of the run', () => {
  const named = (...snapshots: readonly Snapshot[]) =>
    pointers(viewIn(together(...snapshots), archive, 'AWS::S3::Bucket'), 'trails').sure.map(
      ({ id, account: seen }) => `${id.split('/')[1]} of ${seen.account.id}`,
    );

  test('trails of members that write to a central bucket', () => {
    expect(named(ofMember({ S3BucketName: 'central' }), logArchive())).toEqual([`own of ${member}`]);
    expect(named(logArchive(), ofMember({ S3BucketName: 'elsewhere' }))).toEqual([]);
  });

  test('the trail of the organization once, as its owner has it, however many see it', () => {
    expect(named(shadow(), logArchive(), management())).toEqual([`all of ${home}`]);
    expect(named(management(), shadow(), logArchive())).toEqual([`all of ${home}`]);
  });

  test('where its owner is not in the run, as the first that sees it', () => {
    expect(named(logArchive(), shadow())).toEqual([`all of ${member}`]);
  });

  test('not where its owner says that it writes elsewhere, or nowhere', () => {
    expect(named(logArchive(), shadow(), management({ S3BucketName: 'elsewhere' }))).toEqual([]);
    expect(named(management({ S3BucketName: undefined }), shadow(), logArchive())).toEqual([]);
  });

  test('as a member sees it where its owner could not say', () => {
    const refused = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('all'), error: 'AccessDenied' }];
    const owner = management({ S3BucketName: undefined }, { gaps: refused });
    expect(named(owner, shadow(), logArchive())).toEqual([`all of ${member}`]);
  });

  test('a bucket of the same name is each account’s own, as files by hand may have it', () => {
    const twin = account(member, {
      'AWS::CloudTrail::Trail': [{ ...trail('own', { S3BucketName: 'central' }), TrailARN: memberArn }],
      'AWS::S3::Bucket': [bucket('central')],
    });
    expect(named(logArchive(), twin)).toEqual([]);
    expect(named(twin, logArchive())).toEqual([]);
  });

  test('the account of the bucket sees it itself', () => {
    const own = account(archive, {
      'AWS::CloudTrail::Trail': [organizationTrail()],
      'AWS::S3::Bucket': [bucket('central')],
    });
    expect(named(management(), own)).toEqual([`all of ${archive}`]);
  });
});

describe('what its own account may not read of another one is read there', () => {
  const denied: Partial<Snapshot> = {
    operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
    gaps: [{ operation: 'cloudtrail:GetTrailStatus', resource: trailArn('all'), error: 'AccessDeniedException' }],
  };
  test('the owner says it', () => {
    const views = together(shadow({}, denied), management({ Status: { IsLogging: false } }));
    expect(read(trailIn(views, member), 'Status')).toEqual({
      is: 'value',
      value: { IsLogging: false },
      from: 'cloudtrail:GetTrailStatus',
    });
  });

  test('that the owner has none is known as well', () => {
    const views = together(shadow({}, denied), management());
    expect(read(trailIn(views, member), 'Status')).toEqual({ is: 'absent', from: 'cloudtrail:GetTrailStatus' });
  });

  test('the owner may not either: the gap of the account itself stands', () => {
    const views = together(shadow({}, denied), management({}, denied));
    expect(read(trailIn(views, member), 'Status')).toMatchObject({ is: 'gap', gaps: denied.gaps });
  });

  test('nobody asked here, for the owner was to be asked: then it is the owner’s gap', () => {
    const views = together(shadow({}, { operations: ['cloudtrail:DescribeTrails'] }), management({}, denied));
    expect(read(trailIn(views, member), 'Status')).toMatchObject({ is: 'gap', gaps: denied.gaps });
  });

  test.each<[string, object, object, object]>([
    [
      'one value, the owner another',
      { Status: { IsLogging: true } },
      { Status: { IsLogging: false } },
      { is: 'value', value: { IsLogging: false } },
    ],
    ['that there is none, the owner a value', {}, { Status: { IsLogging: false } }, { is: 'value' }],
    ['a value, the owner that there is none', { Status: { IsLogging: true } }, {}, { is: 'absent' }],
  ])('the account itself says %s: whose it is knows', (_, seen, owned, reading) => {
    const views = together(shadow(seen), management(owned));
    expect(read(trailIn(views, member), 'Status')).toMatchObject(reading);
    expect(read(trailIn(views, home), 'Status')).toMatchObject(reading);
  });

  test('where the owner may not, what the account itself was told holds, and what its file leaves out does not', () => {
    const told = { operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'] };
    const seenWith = (item: object, more: Partial<Snapshot>) =>
      read(trailIn(together(shadow(item, more), management({}, denied)), member), 'Status');
    expect(seenWith({ Status: { IsLogging: true } }, {})).toMatchObject({ is: 'value', value: { IsLogging: true } });
    expect(seenWith({}, told)).toMatchObject({ is: 'absent' });
    expect(seenWith({}, {})).toMatchObject({ is: 'gap', gaps: denied.gaps });
  });

  test('a trail that its owner says is not the organization’s records nothing of a member', () => {
    const views = together(shadow(), management({ IsOrganizationTrail: false }));
    expect(isForeign(trailIn(views, member))).toBe(true);
  });
});

describe('the account of what is only seen is its owner’s', () => {
  const blocked = (BlockPublicAcls: boolean): Resources => ({
    'AWS::Account': [{ PublicAccessBlock: { BlockPublicAcls } }],
  });
  const shared: Resources = { 'AWS::CloudTrail::Trail': [organizationTrail()] };
  const rule: Partial<RuleDefinition> = {
    resource: 'AWS::Account',
    require: { trails: { some: { account: { PublicAccessBlock: { BlockPublicAcls: true } } } } },
  };
  const judged = (...snapshots: readonly Snapshot[]) =>
    findings(rule, ...snapshots).find((finding) => finding.in === member);

  test.each<[boolean, string]>([
    [true, 'pass'],
    [false, 'fail'],
  ])('where that has it set: %s', (isBlocked, status) => {
    const seeing = account(member, { ...shared, ...blocked(!isBlocked) });
    const owner = account(home, { ...shared, ...blocked(isBlocked) });
    expect(judged(seeing, owner)).toMatchObject({ status });
    expect(judged(owner, seeing)).toMatchObject({ status });
  });

  test('unknown where the run does not hold it', () => {
    expect(judged(account(member, { ...shared, ...blocked(true) }))).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining(`it is in account ${home}, which this run has not read`),
    });
  });
});

describe('the same name in another partition is another bucket', () => {
  const versioned: Partial<RuleDefinition> = { require: { bucket: { Versioning: { Status: 'Enabled' } } } };
  const china: Partial<Snapshot> = { account: { id: member, partition: 'aws-cn' } };
  const chinese = (more: Partial<Snapshot> = {}) => {
    const item = trail('own', {
      TrailARN: `arn:aws-cn:cloudtrail:cn-north-1:${member}:trail/own`,
      S3BucketName: 'central',
    });
    return account(member, { 'AWS::CloudTrail::Trail': [item] }, { ...china, ...more });
  };
  const owned = logArchive({ Versioning: { Status: 'Enabled' } });

  test('a trail’s bucket is not looked for there', () => {
    expect(brief(versioned, owned, chinese())).toEqual([`${member} own fail`]);
    const gaps = [{ operation: 's3:HeadBucket', resource: 'arn:aws-cn:s3:::central', error: '403' }];
    expect(brief(versioned, chinese({ gaps }), owned)).toEqual([`${member} own unknown`]);
  });

  test('nor is it one of the trails that write to that bucket', () => {
    const views = together(owned, chinese());
    expect(pointers(viewIn(views, archive, 'AWS::S3::Bucket'), 'trails').sure).toEqual([]);
  });

  test('nor is its owner asked about it', () => {
    const names = startNames(resourceTypes);
    for (const snapshot of [owned, chinese()]) names.add(snapshot);
    expect([...names.byAccount().keys()]).toEqual([member]);
  });

  test('nor does an ARN of another partition mean an account of this one', () => {
    const views = together(ofMember({ KmsKeyId: keyArn.replace('aws', 'aws-cn') }), keys());
    expect(target(trailIn(views, member), 'key')).toMatchObject({ is: 'unknown', gaps: [{ error: 'OtherAccount' }] });
  });
});

describe('what several accounts see has one finding', () => {
  const isLogging: Partial<RuleDefinition> = { require: { Status: { IsLogging: true } }, whenNone: 'fail' };

  test('its owner’s, whatever the order; the others have none, and are not without a trail', () => {
    const owner = management({ Status: { IsLogging: true } });
    expect(brief(isLogging, shadow({ Status: { IsLogging: true } }), owner)).toEqual([`${home} all pass`]);
    expect(brief(isLogging, owner, shadow({ Status: { IsLogging: true } }))).toEqual([`${home} all pass`]);
  });

  test('that of the first that sees it, where the owner is not in the run', () => {
    const [one, two] = [shadow(), account(other, { 'AWS::CloudTrail::Trail': [organizationTrail()] })];
    expect(brief(isLogging, one, two)).toEqual([`${member} all fail`]);
    expect(brief(isLogging, two, one)).toEqual([`${other} all fail`]);
  });

  test('that of the first that sees it, where its owner could not be read', () => {
    const refused = account(
      home,
      {},
      { operations: [], gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] },
    );
    expect(brief(isLogging, refused, shadow({ Status: { IsLogging: false } }))).toEqual([
      `${home} ${home} unknown`,
      `${member} all fail`,
    ]);
  });

  test('a central bucket that nobody may read is unknown once, and never silence', () => {
    const versioned: Partial<RuleDefinition> = {
      resource: 'AWS::S3::Bucket',
      require: { Versioning: { Status: 'Enabled' } },
    };
    const blind = { gaps: [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::central', error: '403' }] };
    const second = account(other, { 'AWS::CloudTrail::Trail': [trail('own', { S3BucketName: 'central' })] }, blind);
    expect(brief(versioned, ofMember({ S3BucketName: 'central' }, blind), second)).toEqual([
      `${member} central unknown`,
    ]);
    expect(
      brief(
        versioned,
        ofMember({ S3BucketName: 'central' }, blind),
        logArchive({ Versioning: { Status: 'Enabled' } }),
        second,
      ),
    ).toEqual([`${archive} central pass`]);
  });
});

describe('a member is judged by what the others have', () => {
  const versioned: Partial<RuleDefinition> = { require: { bucket: { Versioning: { Status: 'Enabled' } } } };

  test.each<[string, object, string]>([
    ['on', { Versioning: { Status: 'Enabled' } }, 'pass'],
    ['off', {}, 'fail'],
  ])('versioning of the central bucket: %s', (_, item, status) => {
    expect(brief(versioned, ofMember({ S3BucketName: 'central' }), logArchive(item))).toEqual([
      `${member} own ${status}`,
    ]);
  });

  test('a gap of the owner is a gap of the member', () => {
    const gaps = [
      { operation: 's3:GetBucketVersioning', resource: 'arn:aws:s3:::central', error: 'AccessDenied' },
    ] as const;
    expect(findings(versioned, ofMember({ S3BucketName: 'central' }), logArchive({}, { gaps }))).toMatchObject([
      { status: 'unknown', message: expect.stringContaining('s3:GetBucketVersioning') },
    ]);
  });

  const stopped = {
    classes: [{ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }],
    via: 'any',
  } as const;
  const noticing = alerting.snapshotOf({ trails: [alerting.main({ IsOrganizationTrail: true })] });
  const learns = (...snapshots: readonly Snapshot[]) =>
    alerts(viewIn(together(...snapshots), member, 'AWS::Account'), stopped, '', { now: undefined, thorough: 'no' });
  const seeing = account(member, { 'AWS::CloudTrail::Trail': [alerting.main({ IsOrganizationTrail: true })] });

  test('the filters of the organization’s trail stand in its owner’s account, the alarms too', () => {
    expect(learns(seeing, noticing).truth).toBe('yes');
    expect(learns(noticing, seeing).evidence).toEqual(learns(seeing, noticing).evidence);
  });

  test.each<[string, Partial<Snapshot>, string]>([
    ['that nobody listed may be there', { gaps: [{ operation: 'logs:DescribeMetricFilters', error: 'x' }] }, 'unknown'],
    ['that are not there tell nobody', {}, 'no'],
  ])('filters %s', (_, more, truth) => {
    const owner = {
      ...alerting.snapshotOf({ trails: [alerting.main({ IsOrganizationTrail: true })], filters: [] }),
      ...more,
    };
    expect(learns(seeing, owner).truth).toBe(truth);
  });

  test('alone, a member does not know', () => {
    expect(learns(seeing).truth).toBe('unknown');
  });
});

function runOf(snapshots: readonly Snapshot[]) {
  const index = startIndex(resourceTypes);
  const loaded: string[] = [];
  const byId = new Map(snapshots.map((snapshot) => [snapshot.account.id, snapshot]));
  for (const snapshot of snapshots) index.add(snapshot);
  const load = (id: string): Snapshot => {
    loaded.push(id);
    const snapshot = byId.get(id);
    if (!snapshot) throw new Error(id);
    return snapshot;
  };
  return { run: openRun({ index, registry: resourceTypes, load }), loaded };
}

/** The account of a central bucket, and nine whose trails write to it. */
function manyWriters(): readonly Snapshot[] {
  const members = Array.from({ length: 9 }, (_, number) => {
    const id = `60000000000${number}`;
    const own = { ...trail('own', { S3BucketName: 'central' }), TrailARN: trailArn('own', 'us-east-1', id) };
    return account(id, { 'AWS::CloudTrail::Trail': [own] });
  });
  return [logArchive({ Versioning: { Status: 'Enabled' } }), ...members];
}

test('the accounts of those that point at one resource are not held, what was read of them is', () => {
  const { run, loaded } = runOf(manyWriters());
  const [central] = run.accountOf(archive, 'aws')?.byType.get('AWS::S3::Bucket') ?? [];
  const trails = central ? members(central, 'trails').sure : [];
  expect(trails.map(({ id }) => id.split(':')[4])).toEqual(
    manyWriters()
      .slice(1)
      .map((one) => one.account.id),
  );
  expect(loaded).toEqual([archive]);
  const said = () => trails.map((view) => read(view, 'S3BucketName'));
  const first = said();
  expect(first).toEqual(trails.map(() => ({ is: 'value', value: 'central', from: 'cloudtrail:DescribeTrails' })));
  expect(loaded).toHaveLength(10);
  expect(said()).toEqual(first);
  expect(loaded).toHaveLength(10);
  const [oldest] = trails;
  expect(oldest && [oldest.name, oldest.region, oldest.item.Name]).toEqual(['own', 'us-east-1', 'own']);
  expect(loaded).toHaveLength(11);
});

test('accounts are made again when they are needed, and few are held', () => {
  const snapshots = manyWriters();
  const { run, loaded } = runOf(snapshots);
  const leads = snapshots.slice(1).map(({ account: { id } }) => {
    const [own] = run.accountOf(id, 'aws')?.byType.get('AWS::CloudTrail::Trail') ?? [];
    return own && target(own, 'bucket').is;
  });
  expect(leads).toEqual(Array.from({ length: 9 }, () => 'found'));
  expect(loaded).toHaveLength(10);
  const [first] = snapshots.slice(1);
  run.accountOf(first?.account.id ?? '', 'aws');
  expect(loaded).toHaveLength(11);
  expect(run.accountOf('999999999999', 'aws')).toBeUndefined();
});

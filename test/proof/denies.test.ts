import { describe, expect, test } from 'vitest';
import { denies } from '../../src/proof/denies.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { viewTogether } from '../../src/snapshot/run.ts';
import type { Gap, Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const organizationArn = `arn:aws:organizations::${other}:organization/o-exampleorgid`;
const memberArn = `arn:aws:organizations::${other}:account/o-exampleorgid/${home}`;
const scp = (name: string) => `arn:aws:organizations::${other}:policy/o-exampleorgid/service_control_policy/p-${name}`;
const variable = (key: string) => `\${${key}}`;
const breakGlass = 'arn:*:iam::*:role/break-glass';

type Resources = Readonly<Record<string, readonly object[]>>;

interface Statement {
  readonly Effect?: string;
  readonly [element: string]: unknown;
}

const deny = (more: Statement = {}): Statement => ({
  Sid: 'Guard',
  Effect: 'Deny',
  Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
  Resource: '*',
  ...more,
});
const sparing = (operator: string, values: string | readonly string[]) =>
  deny({ Condition: { [operator]: { 'aws:PrincipalArn': values } } });
const allowAll: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

const policy = (name: string, targets: readonly string[], statements: readonly Statement[], more: object = {}) => ({
  Arn: scp(name),
  Id: `p-${name}`,
  Name: name,
  Type: 'SERVICE_CONTROL_POLICY',
  Content: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  Targets: targets.map((TargetId) => ({ TargetId, Type: 'ROOT' })),
  ...more,
});

const path = ['r-ab12', 'ou-ab12-workload', home];
const everywhere = policy('FullAWSAccess', path, [allowAll]);

const organization = {
  Arn: organizationArn,
  Id: 'o-exampleorgid',
  MasterAccountId: other,
  FeatureSet: 'ALL',
  Roots: [{ Id: 'r-ab12', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
};
const member = {
  Arn: memberArn,
  Id: home,
  Name: 'audit',
  State: 'ACTIVE',
  Paths: [`o-exampleorgid/r-ab12/ou-ab12-workload/${home}/`],
};

/** What is known of the organization, with these policies beside the one that allows everything. */
const known = (policies: readonly object[], more: Resources = {}): Resources => ({
  'AWS::Organizations::Organization': [organization],
  'AWS::Organizations::Account': [member],
  'AWS::Organizations::Policy': [everywhere, ...policies],
  ...more,
});

interface Question {
  readonly actions?: readonly string[];
  readonly except?: readonly string[];
}

const stop = ['cloudtrail:StopLogging'];

const ask = (snapshot: Snapshot, { actions = stop, except = [breakGlass] }: Question = {}) =>
  denies(resourceOf(snapshot, 'AWS::Account'), { actions, except }, '');

const byRoot = (statements: readonly Statement[], question?: Question, more: Partial<Snapshot> = {}) =>
  ask(snapshotWith(known([policy('guard', ['r-ab12'], statements)]), more), question);

describe('who is denied', () => {
  test.each<[string, readonly Statement[], string]>([
    ['everybody', [deny()], 'yes'],
    ['everybody, by a wildcard', [deny({ Action: 'cloudtrail:*' })], 'yes'],
    ['everybody, whatever the case of the action', [deny({ Action: 'CloudTrail:stoplogging' })], 'yes'],
    ['everybody, all but other actions', [deny({ Action: undefined, NotAction: ['s3:*', 'iam:*'] })], 'yes'],
    ['nobody: the action is one of those left out', [deny({ Action: undefined, NotAction: ['cloudtrail:*'] })], 'no'],
    ['nobody: another action', [deny({ Action: 'cloudtrail:UpdateTrail' })], 'no'],
    ['nobody: there is no such statement', [], 'no'],
    ['all but the exception', [sparing('ArnNotLike', breakGlass)], 'yes'],
    ['all but the exception, by another operator', [sparing('StringNotLike', breakGlass)], 'yes'],
    ['all but the exception, if there is anybody', [sparing('ArnNotLikeIfExists', breakGlass)], 'yes'],
    [
      'all but the exception in this account',
      [sparing('ArnNotEquals', `arn:aws:iam::${home}:role/break-glass`)],
      'yes',
    ],
    [
      'all but the exception, by the letter',
      [sparing('StringNotEquals', `arn:aws:iam::${home}:role/break-glass`)],
      'yes',
    ],
    ['all but one who does not exist: a wildcard by the letter', [sparing('StringNotEquals', breakGlass)], 'yes'],
    ['all but a role of another account', [sparing('ArnNotLike', 'arn:aws:iam::444455556666:role/admin')], 'yes'],
    ['all but a role of another partition', [sparing('ArnNotLike', `arn:aws-cn:iam::${home}:role/admin`)], 'yes'],
    [
      'all but a role of another account, whatever the letters say',
      [sparing('StringNotLike', 'arn:aws:iam::444455556666:role/*')],
      'yes',
    ],
    [
      'all but a role of another account, by the letter',
      [sparing('StringNotEquals', 'arn:aws:iam::444455556666:role/admin')],
      'yes',
    ],
    [
      'all but a role of another account, part by part',
      [sparing('ArnNotLike', 'arn:aws:*:*:444455556666:role/admin')],
      'yes',
    ],
    [
      'all but a text that may hold any account',
      [sparing('StringNotLike', 'arn:aws:*:444455556666:*:admin')],
      'unknown',
    ],
    [
      'all but a text whose wildcard may run past the account',
      [sparing('StringNotLike', 'arn:aws:iam::*6666:role/a')],
      'unknown',
    ],
    ['all but a role of an account that ends otherwise', [sparing('ArnNotLike', 'arn:aws:iam::*6666:role/a')], 'yes'],
    ['all but a text that is no whole ARN', [sparing('StringNotLike', 'arn:aws:iam::444455556666*')], 'unknown'],
    ['all but a text with fewer parts than that', [sparing('StringNotLike', '*admin')], 'no'],
    ['all but what ends like an operator that is known', [sparing('ArnNotLikeIfExistsNot', breakGlass)], 'unknown'],
    ['all but another role', [sparing('ArnNotLike', [breakGlass, 'arn:*:iam::*:role/admin'])], 'no'],
    ['all but any role', [sparing('ArnNotLike', 'arn:*:iam::*:role/*')], 'no'],
    ['all but roles of that name in any path', [sparing('StringNotLike', '*break-glass')], 'no'],
    ['all but the root user', [sparing('ArnNotLike', 'arn:aws:iam::*:root')], 'no'],
    ['the root user alone', [sparing('ArnLike', 'arn:aws:iam::*:root')], 'no'],
    ['whoever has no MFA', [deny({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })], 'no'],
    ['whoever comes with TLS', [deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })], 'unknown'],
    [
      'nobody: only KMS says whose key it is',
      [deny({ Condition: { StringEquals: { 'kms:CallerAccount': home } } })],
      'no',
    ],
    [
      'nobody: only S3 says which TLS it is',
      [deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '2' } } })],
      'no',
    ],
    [
      'whoever lacks a tag',
      [deny({ Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'audit' } } })],
      'unknown',
    ],
    ['whoever is from elsewhere', [deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })], 'unknown'],
    [
      'whoever is of the organization',
      [deny({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } })],
      'yes',
    ],
    [
      'whoever is of another',
      [deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } })],
      'no',
    ],
    [
      'all but one in a variable that nobody knows',
      [sparing('ArnNotLike', `arn:aws:iam::*:role/${variable('aws:PrincipalTag/r')}`)],
      'unknown',
    ],
    [
      'all but one of this account, by a variable',
      [sparing('ArnNotLike', `arn:aws:iam::${variable('aws:PrincipalAccount')}:role/break-glass`)],
      'yes',
    ],
  ])('%s', (_, statements, expected) => {
    expect(byRoot(statements).truth).toBe(expected);
  });

  test('nobody is excepted unless somebody says so', () => {
    expect(byRoot([sparing('ArnNotLike', breakGlass)], { except: [] }).truth).toBe('no');
  });

  test('one whom a statement leaves out may be denied by another', () => {
    const admin = `arn:aws:iam::${home}:role/admin`;
    const statements = [sparing('ArnNotLike', [breakGlass, admin]), sparing('ArnLike', admin)];
    expect(byRoot(statements).truth).toBe('yes');
  });

  test('one whom a statement leaves out may be denied by another with MFA alone', () => {
    const admin = `arn:aws:iam::${home}:role/admin`;
    const withMfa = { ArnLike: { 'aws:PrincipalArn': admin }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const statements = [sparing('ArnNotLike', [breakGlass, admin]), deny({ Condition: withMfa })];
    expect(byRoot(statements).truth).toBe('unknown');
  });

  test('a wildcard of one character in the exception does not stand for many', () => {
    const spared = `arn:aws:iam::${home}:role/break-glas*`;
    expect(byRoot([sparing('ArnNotLike', spared)], { except: ['arn:aws:iam::*:role/break-glas?'] }).truth).toBe('no');
  });

  test('a list of no actions is no denial', () => {
    expect(brief(byRoot([deny()], { actions: [] }))).toEqual(['no', 'denies: no action is named']);
  });

  test('each action has to be denied', () => {
    const actions = ['cloudtrail:StopLogging', 'cloudtrail:UpdateTrail', 'config:StopConfigurationRecorder'];
    const answer = byRoot([deny()], { actions });
    expect(answer.truth).toBe('no');
    expect(answer.evidence.map(({ note }) => note)).toContain(
      `nothing denies cloudtrail:UpdateTrail, config:StopConfigurationRecorder to arn:aws:iam::${home}:role/somebody-else`,
    );
  });
});

describe('on what', () => {
  const on = (resource: string | readonly string[], actions = stop) =>
    byRoot([deny({ Action: '*', Resource: resource })], { actions }).truth;

  test.each<[string, string]>([
    ['arn:aws:cloudtrail:*:*:trail/*', 'yes'],
    ['arn:*:cloudtrail:*:*:*', 'yes'],
    ['arn:aws:cloudtrail:*:*:trail/aws-controltower-*', 'no'],
    ['arn:aws:cloudtrail:*:444455556666:trail/*', 'no'],
    ['arn:aws:cloudtrail:us-east-1:*:trail/*', 'unknown'],
  ])('trails: %s: %s', (resource, expected) => {
    expect(on(resource)).toBe(expected);
  });

  test.each<[string, string]>([
    ['DeleteTrail', 'trail'],
    ['PutEventSelectors', 'trail'],
    ['StartLogging', 'trail'],
    ['StopLogging', 'trail'],
    ['UpdateTrail', 'trail'],
    ['DeleteEventDataStore', 'eventdatastore'],
    ['StopEventDataStoreIngestion', 'eventdatastore'],
    ['UpdateEventDataStore', 'eventdatastore'],
  ])('%s is about every %s', (name, kind) => {
    const others = kind === 'trail' ? 'eventdatastore' : 'trail';
    const about = (what: string) => on(`arn:aws:cloudtrail:*:*:${what}/*`, [`cloudtrail:${name}`]);
    expect([about(kind), about(others)]).toEqual(['yes', 'no']);
  });

  test('an action of another service that is called the same is about something else', () => {
    expect(on('arn:aws:cloudtrail:*:*:trail/*', ['made:StopLogging'])).toBe('unknown');
    expect(on('arn:aws:cloudtrail:*:*:trail/*', ['cloudtrail:DescribeTrails'])).toBe('unknown');
  });

  test('all but one trail', () => {
    const all = deny({ Resource: undefined, NotResource: `arn:aws:cloudtrail:us-east-1:${home}:trail/scratch` });
    expect(byRoot([all]).truth).toBe('unknown');
  });

  test('of what nobody here knows what it is about, everything has to be denied', () => {
    expect(on('*', ['made:StopIt'])).toBe('yes');
    expect(on('arn:aws:made:::it/*', ['made:StopIt'])).toBe('unknown');
  });

  test('of a bucket the bucket, and its objects', () => {
    const guard = policy(
      'guard',
      ['r-ab12'],
      [deny({ Action: 's3:Delete*', Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'] })],
    );
    const snapshot = snapshotWith(known([guard], { 'AWS::S3::Bucket': [bucket('logs'), bucket('website')] }));
    const actions = ['s3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:DeleteBucketPolicy'];
    const of = (name: string) =>
      denies(resourceOf(snapshot, 'AWS::S3::Bucket', name), { actions, except: [] }, '').truth;
    expect([of('logs'), of('website')]).toEqual(['yes', 'no']);
  });

  test('of a bucket without its objects', () => {
    const guard = policy('guard', ['r-ab12'], [deny({ Action: 's3:*', Resource: 'arn:aws:s3:::logs' })]);
    const snapshot = snapshotWith(known([guard], { 'AWS::S3::Bucket': [bucket('logs')] }));
    const about = (...actions: readonly string[]) =>
      denies(resourceOf(snapshot, 'AWS::S3::Bucket', 'logs'), { actions, except: [] }, '').truth;
    expect([about('s3:DeleteBucket'), about('s3:DeleteObject'), about('s3:PutBucketObjectLockConfiguration')]).toEqual([
      'yes',
      'no',
      'yes',
    ]);
  });
});

describe('on what of a bucket', () => {
  const about = (resource: string | readonly string[], action: string, Condition?: object) => {
    const guard = policy(
      'guard',
      ['r-ab12'],
      [deny({ Action: 's3:*', Resource: resource, ...(Condition && { Condition }) })],
    );
    const snapshot = snapshotWith(known([guard], { 'AWS::S3::Bucket': [bucket('logs')] }));
    return denies(resourceOf(snapshot, 'AWS::S3::Bucket', 'logs'), { actions: [action], except: [] }, '').truth;
  };
  const itself = 'arn:aws:s3:::logs';

  test.each<[string, string, string]>([
    ['s3:DeleteObjectVersion', 'no', 'yes'],
    ['s3:deleteobject', 'no', 'yes'],
    ['s3:BypassGovernanceRetention', 'no', 'yes'],
    ['s3:AbortMultipartUpload', 'no', 'yes'],
    ['s3:ReplicateDelete', 'no', 'yes'],
    ['s3:PutLifecycleConfiguration', 'yes', 'no'],
    ['s3:Delete*', 'unknown', 'no'],
    ['s3:Put*Object*', 'unknown', 'no'],
  ])('%s: by the bucket %s, by its objects %s', (action, ofBucket, ofObjects) => {
    expect([about(itself, action), about(`${itself}/*`, action)]).toEqual([ofBucket, ofObjects]);
  });

  test('of actions with a wildcard the bucket and its objects', () => {
    expect(about(`${itself}*`, 's3:Delete*')).toBe('yes');
    expect(about([itself, `${itself}/*`], 's3:Delete*')).toBe('unknown');
  });

  test('TLS is what S3 does not ask for', () => {
    expect(about('*', 's3:DeleteObject', { Bool: { 'aws:SecureTransport': 'true' } })).toBe('unknown');
    expect(about('*', 's3:DeleteObject', { NumericLessThan: { 's3:TlsVersion': '2' } })).toBe('unknown');
  });
});

describe('where', () => {
  const outside = (regions: readonly string[]) =>
    deny({ Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } } });
  const regions = ['us-east-1', 'eu-west-1'];

  test('regions in which it is not denied count', () => {
    const answer = byRoot([outside(['us-east-1'])], {}, { regions });
    expect(answer.truth).toBe('no');
    expect(answer.evidence.map(({ note }) => note)).toContain(
      `nothing denies cloudtrail:StopLogging to arn:aws:iam::${home}:role/somebody-else in us-east-1`,
    );
  });

  test('denied in each region that is enabled', () => {
    const answer = byRoot([outside(['ap-south-1'])], {}, { regions });
    expect(brief(answer).filter((it) => it.startsWith('regions'))).toEqual(['regions: undefined']);
    expect(answer.truth).toBe('yes');
  });

  test('what is in another region is not asked for in this', () => {
    const abroad = deny({ Resource: 'arn:aws:cloudtrail:eu-west-1:*:trail/*' });
    expect(byRoot([outside(['eu-west-1']), abroad], {}, { regions }).truth).toBe('unknown');
  });

  test('where no region is known a statement that asks for one leaves it open', () => {
    expect(byRoot([outside(['ap-south-1'])], {}, { regions: [] }).truth).toBe('unknown');
  });

  test('where regions could not be listed nobody knows', () => {
    const gaps = [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }];
    expect(brief(byRoot([outside(['ap-south-1'])], {}, { regions, gaps }))).toEqual([
      'unknown',
      'regions: AccessDenied',
    ]);
    expect(byRoot([deny()], {}, { regions, gaps }).truth).toBe('yes');
  });
});

describe('at which step', () => {
  const attached = (targets: readonly string[], policies: readonly object[] = []) =>
    ask(snapshotWith(known([policy('guard', targets, [deny()]), ...policies]))).truth;

  test.each(path)('denied at %s', (step) => {
    expect(attached([step])).toBe('yes');
  });

  test.each([['ou-ab12-sandbox'], ['444455556666'], []])('attached elsewhere: %s', (...targets) => {
    expect(attached(targets)).toBe('no');
  });

  const allowing = (statement: Statement, more: readonly object[] = []) =>
    ask(
      snapshotWith({
        ...known([]),
        'AWS::Organizations::Policy': [
          policy('FullAWSAccess', ['r-ab12', home], [allowAll]),
          policy('list', ['ou-ab12-workload'], [statement]),
          ...more,
        ],
      }),
    );

  test('what one step does not allow is denied to everybody', () => {
    const answer = allowing({ Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' });
    expect(answer.truth).toBe('yes');
    expect(answer.evidence.map(({ note }) => note)).toContain(
      'what is attached to ou-ab12-workload does not allow cloudtrail:StopLogging',
    );
  });

  test('another policy of the step may allow it', () => {
    const s3 = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const more = policy('more', ['ou-ab12-workload'], [{ Effect: 'Allow', Action: 'cloudtrail:*', Resource: '*' }]);
    expect(allowing(s3, [more]).truth).toBe('no');
  });

  test('allowed there on some condition', () => {
    const statement = { ...allowAll, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'audit' } } };
    expect(allowing(statement).truth).toBe('unknown');
  });

  test('a step that allows nothing at all was not read in full: that denies nothing by itself', () => {
    const snapshot = snapshotWith({
      ...known([]),
      'AWS::Organizations::Policy': [policy('guard', ['r-ab12'], [deny({ Action: 's3:*' })])],
    });
    expect(ask(snapshot).truth).toBe('unknown');
  });
});

describe('whether policies are effective at all', () => {
  const guard = policy('guard', ['r-ab12'], [deny()]);
  const without = (more: Resources, snapshot: Partial<Snapshot> = {}) =>
    brief(ask(snapshotWith(known([guard], more), snapshot)));
  const roots = (Status: string) => ({
    'AWS::Organizations::Organization': [
      { ...organization, Roots: [{ Id: 'r-ab12', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status }] }] },
    ],
  });
  const at = `AWS::Organizations::Organization[${organizationArn}]`;

  test('none is on the management account', () => {
    expect(without({ 'AWS::Organizations::Organization': [{ ...organization, MasterAccountId: home }] })).toEqual([
      'no',
      `${at}.MasterAccountId: it is the management account, which no service control policy restricts`,
    ]);
  });

  test('none is on an account that is in no organization', () => {
    expect(without({ 'AWS::Organizations::Organization': [] })).toEqual([
      'no',
      'AWS::Organizations::Organization: the account is in no organization',
    ]);
  });

  test('none is before their type is enabled', () => {
    const bare = {
      'AWS::Organizations::Organization': [{ ...organization, Roots: [{ Id: 'r-ab12', PolicyTypes: [] }] }],
    };
    expect(without(bare)).toEqual(['no', `${at}.Roots: service control policies are not enabled in the root`]);
  });

  test.each(['PENDING_ENABLE', 'PENDING_DISABLE'])('%s: nobody knows', (status) => {
    expect(without(roots(status))).toEqual([
      'unknown',
      `${at}.Roots: service control policies are ${status} in the root`,
    ]);
  });

  test('an organization without a root was not read in full', () => {
    expect(without({ 'AWS::Organizations::Organization': [{ ...organization, Roots: undefined }] })).toEqual([
      'unknown',
      `${at}.Roots: an organization has a root, and none is here`,
    ]);
  });

  test.each([
    ['no path', undefined],
    ['an empty list', []],
    ['a path without a root', ['o-exampleorgid/ou-ab12-workload/']],
    ['two paths', ['o-exampleorgid/r-ab12/', 'o-exampleorgid/r-ab12/ou-ab12-workload/']],
  ])('%s: nobody knows where the account is', (_, Paths) => {
    expect(without({ 'AWS::Organizations::Account': [{ ...member, Paths }] })).toEqual([
      'unknown',
      `AWS::Organizations::Account[${memberArn}].Paths: it does not say where in the organization the account is`,
    ]);
  });

  test('an account that the organization does not list', () => {
    expect(without({ 'AWS::Organizations::Account': [] })).toEqual([
      'unknown',
      `AWS::Organizations::Account: the organization does not list account ${home}`,
    ]);
  });
});

describe('what could not be read', () => {
  const guard = policy('guard', ['r-ab12'], [deny()]);
  const gap = (operation: string, resource?: string) => ({
    operation,
    ...(resource && { resource }),
    error: 'AccessDenied',
  });
  const asked = (resources: Resources, ...gaps: readonly Gap[]) => brief(ask(snapshotWith(resources, { gaps })));

  test('an organization', () => {
    const gone = { ...known([guard]), 'AWS::Organizations::Organization': [] };
    expect(asked(gone, gap('organizations:DescribeOrganization'))).toEqual([
      'unknown',
      'AWS::Organizations::Organization: AccessDenied',
    ]);
  });

  test('its roots', () => {
    const gone = { ...known([guard]), 'AWS::Organizations::Organization': [{ ...organization, Roots: undefined }] };
    expect(asked(gone, gap('organizations:ListRoots', organizationArn))).toEqual([
      'unknown',
      `AWS::Organizations::Organization[${organizationArn}].Roots: AccessDenied`,
    ]);
  });

  test('its accounts', () => {
    const gone = { ...known([guard]), 'AWS::Organizations::Account': [] };
    expect(asked(gone, gap('organizations:ListAccounts'))).toEqual([
      'unknown',
      'AWS::Organizations::Account: AccessDenied',
    ]);
  });

  test('its policies: one that was seen may deny all the same', () => {
    const listing = gap('organizations:ListPolicies');
    expect(asked(known([guard]), listing)[0]).toBe('yes');
    expect(asked(known([]), listing)).toEqual(['unknown', 'AWS::Organizations::Policy: AccessDenied']);
  });

  test('where one is attached, or what it says: another may deny all the same', () => {
    for (const [operation, lacking] of [
      ['organizations:ListTargetsForPolicy', { Targets: undefined }],
      ['organizations:DescribePolicy', { Content: undefined }],
    ] as const) {
      const unread = policy('unread', ['r-ab12'], [], lacking);
      const refused = gap(operation, scp('unread'));
      expect(asked(known([unread, guard]), refused)[0]).toBe('yes');
      expect(asked(known([unread]), refused)).toEqual([
        'unknown',
        `AWS::Organizations::Policy[${scp('unread')}].${Object.keys(lacking)[0]}: AccessDenied`,
      ]);
    }
  });

  test('one of which nobody knows what it says may allow what its step seems not to', () => {
    const list = policy('list', ['ou-ab12-workload'], [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
    const unread = policy('unread', ['ou-ab12-workload'], [], { Content: undefined });
    const atRoot = policy('FullAWSAccess', ['r-ab12', home], [allowAll]);
    const of = (policies: readonly object[], ...gaps: readonly Gap[]) =>
      asked({ ...known([]), 'AWS::Organizations::Policy': policies }, ...gaps)[0];
    expect(of([atRoot, list])).toBe('yes');
    expect(of([atRoot, list, unread], gap('organizations:DescribePolicy', scp('unread')))).toBe('unknown');
  });

  test('who manages the organization', () => {
    const gone = {
      ...known([guard]),
      'AWS::Organizations::Organization': [{ ...organization, MasterAccountId: undefined }],
    };
    expect(asked(gone, gap('organizations:DescribeOrganization', organizationArn))).toEqual([
      'unknown',
      `AWS::Organizations::Organization[${organizationArn}].MasterAccountId: AccessDenied`,
    ]);
  });

  test('where its account is', () => {
    const gone = { ...known([guard]), 'AWS::Organizations::Account': [{ ...member, Paths: undefined }] };
    expect(asked(gone, gap('organizations:ListAccounts', memberArn))).toEqual([
      'unknown',
      `AWS::Organizations::Account[${memberArn}].Paths: AccessDenied`,
    ]);
  });

  test('what one says that is attached elsewhere does not matter', () => {
    const unread = policy('unread', ['ou-ab12-sandbox'], [], { Content: undefined });
    expect(asked(known([unread]), gap('organizations:DescribePolicy', scp('unread')))[0]).toBe('no');
  });

  test('a policy that is none', () => {
    const broken = policy('broken', ['r-ab12'], [{ ...deny(), Principal: '*' }]);
    expect(asked(known([broken]))).toEqual([
      'unknown',
      `AWS::Organizations::Policy[${scp('broken')}].Content: statement 1 of the policy has a Principal, which none of its kind has`,
    ]);
  });
});

describe('evidence', () => {
  const notes = ({ evidence }: ReturnType<typeof ask>) => evidence.flatMap(({ note }) => note ?? []);

  test('of several statements: each once, with all that it denies', () => {
    const actions = ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail'];
    const other = deny({ Sid: 'Others', Action: 'cloudtrail:UpdateTrail' });
    expect(notes(byRoot([deny(), other], { actions }))).toEqual([
      'statement 1 (Guard) of guard denies cloudtrail:StopLogging, cloudtrail:DeleteTrail',
      'statement 2 (Others) of guard denies cloudtrail:UpdateTrail',
    ]);
  });

  test('of no denial: those actions alone that the same principal may do in the same region', () => {
    const actions = ['cloudtrail:UpdateTrail', 'cloudtrail:StopLogging'];
    const outside = { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } };
    const regional = deny({ Action: 'cloudtrail:UpdateTrail', Condition: outside });
    const root = deny({
      Action: 'cloudtrail:StopLogging',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${home}:root` } },
    });
    const answer = byRoot([regional, root], { actions }, { regions: ['us-east-1', 'eu-west-1'] });
    expect(notes(answer)).toEqual([
      `nothing denies cloudtrail:UpdateTrail to arn:aws:iam::${home}:role/somebody-else in us-east-1`,
    ]);
  });

  test('of a denial in each region: that these are all, by whom they were listed', () => {
    const outside = deny({ Condition: { StringNotEquals: { 'aws:RequestedRegion': ['ap-south-1'] } } });
    const { evidence, changes } = byRoot([outside], {}, { regions: ['us-east-1'] });
    expect(evidence.filter(({ path: at }) => at === 'regions')).toEqual([
      { path: 'regions', from: 'ec2:DescribeRegions', resource: `arn:aws:iam::${home}:root` },
    ]);
    expect(changes).toEqual([]);
  });

  test('of what a step does not allow: the listing says it, and each policy follows', () => {
    const s3 = policy('list', ['ou-ab12-workload'], [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
    const atRoot = policy('FullAWSAccess', ['r-ab12', home], [allowAll]);
    const sandbox = policy('sandbox', ['ou-ab12-sandbox'], [deny()]);
    const snapshot = snapshotWith({ ...known([]), 'AWS::Organizations::Policy': [atRoot, s3, sandbox] });
    expect(notes(ask(snapshot))).toEqual([
      'what is attached to ou-ab12-workload does not allow cloudtrail:StopLogging',
    ]);
  });

  test('of doubt that no statement is the reason of', () => {
    const condition = { StringEquals: { 'aws:PrincipalTag/team': 'audit' } };
    const lax = policy('lax', ['ou-ab12-workload'], [{ ...allowAll, Condition: condition }]);
    const atRoot = policy('FullAWSAccess', ['r-ab12', home], [allowAll]);
    const snapshot = snapshotWith({ ...known([]), 'AWS::Organizations::Policy': [atRoot, lax] });
    expect(brief(ask(snapshot))).toEqual([
      'unknown',
      `AWS::Organizations::Policy[${scp('FullAWSAccess')}].Content: whether cloudtrail:StopLogging is denied to everybody cannot be told`,
    ]);
  });

  test('of a denial: why policies are effective, where the account is, and which statement it is', () => {
    const answer = byRoot([sparing('ArnNotLike', breakGlass)], { actions: [...stop, 'cloudtrail:DeleteTrail'] });
    expect(answer.evidence.map(({ path: at, from, note }) => [at.split('.').at(-1), from, note])).toEqual([
      ['MasterAccountId', 'organizations:DescribeOrganization', undefined],
      ['Roots', 'organizations:ListRoots', undefined],
      ['Paths', 'organizations:ListAccounts', undefined],
      ['Targets', 'organizations:ListTargetsForPolicy', undefined],
      [
        'Content',
        'organizations:DescribePolicy',
        'statement 1 (Guard) of guard denies cloudtrail:StopLogging, cloudtrail:DeleteTrail',
      ],
    ]);
  });

  test('of no denial: everything that could deny it', () => {
    const elsewhere = policy('sandbox', ['ou-ab12-sandbox'], [deny()]);
    const answer = ask(snapshotWith(known([elsewhere])));
    expect(answer.evidence.map(({ path: at, from }) => `${at.replace(/.*\[.*\]/, '')} ${from}`)).toEqual([
      '.MasterAccountId organizations:DescribeOrganization',
      '.Roots organizations:ListRoots',
      '.Paths organizations:ListAccounts',
      'AWS::Organizations::Policy organizations:ListPolicies',
      '.Targets organizations:ListTargetsForPolicy',
      '.Targets organizations:ListTargetsForPolicy',
      '.Content organizations:DescribePolicy',
    ]);
  });

  test('of doubt: on what it depends', () => {
    const answer = byRoot([deny({ Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'audit' } } })]);
    expect(answer.evidence.map(({ note }) => note)).toEqual([
      'whether cloudtrail:StopLogging is denied: statement 1 (Guard) depends on StringNotEquals aws:PrincipalTag/team',
    ]);
  });
});

describe('accounts that are judged together', () => {
  const guard = policy('guard', ['r-ab12'], [deny()]);
  const refused = ['ListRoots', 'ListAccounts', 'ListPolicies'].map((name) => ({
    operation: `organizations:${name}`,
    error: 'AccessDenied',
  }));
  const asMember = snapshotWith(
    { 'AWS::Organizations::Organization': [{ ...organization, Roots: undefined }] },
    { gaps: refused },
  );
  const asManagement = snapshotWith(known([guard]), { account: { id: other, partition: 'aws' } });
  const askIn = (snapshots: readonly Snapshot[]) => {
    const account = viewTogether(snapshots, { registry: resourceTypes })[0]?.byType.get('AWS::Account')?.[0];
    return account ? denies(account, { actions: stop, except: [] }, '').truth : undefined;
  };

  test('a member may not list policies, and the management account says them', () => {
    expect(askIn([asMember])).toBe('unknown');
    expect(askIn([asMember, asManagement])).toBe('yes');
  });

  test('a management account that could not list them either', () => {
    expect(askIn([asMember, { ...asManagement, gaps: refused }])).toBe('unknown');
  });
});

describe('what is asked about is in another account', () => {
  const key = `arn:aws:kms:us-east-1:${other}:key/1234`;
  const snapshot = snapshotWith(
    known([policy('guard', ['r-ab12'], [deny({ Action: 'kms:*' })])], { 'AWS::KMS::Key': [{ Arn: key }] }),
  );

  test('which this run has not read', () => {
    const answer = denies(resourceOf(snapshot, 'AWS::KMS::Key'), { actions: ['kms:DisableKey'], except: [] }, 'key.');
    expect(brief(answer)).toEqual(['unknown', 'key.accountId: OtherAccount']);
  });
});

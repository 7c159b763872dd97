import { describe, expect, test } from 'vitest';
import { type PermitsQuestion, permits } from '../../src/proof/permits.ts';
import type { resourceTypes } from '../../src/resource-types/index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trailArn } from '../rules/judging.ts';
import { acl, deny, keyArn, policyOf, put, type Statement, unread } from './delivering.ts';
import { brief, resourceOf } from './viewing.ts';

const logs = 'arn:aws:s3:::logs';
const service = 'cloudtrail.amazonaws.com';

function ask(
  policy: readonly Statement[] | undefined,
  question: Partial<PermitsQuestion>,
  more: Partial<Snapshot> = {},
  thorough: 'yes' | 'no' = 'no',
) {
  const Policy = policy && policyOf(policy);
  const snapshot = snapshotWith({ 'AWS::S3::Bucket': [bucket('logs', { Policy })] }, more);
  const complete = { principal: '*', actions: ['s3:GetObject'], resource: `${logs}/a`, keys: {}, ...question };
  return permits(resourceOf(snapshot, 'AWS::S3::Bucket'), complete, 'at.', { now: undefined, thorough });
}
const truth = (...asked: Parameters<typeof ask>) => ask(...asked).truth;
const open = (more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:*',
  Resource: [logs, `${logs}/*`],
  ...more,
});
const onlyIf = (operator: string, key: string, value: string) => open({ Condition: { [operator]: { [key]: value } } });

describe('the confused deputy (aws-semantics §4.3): the trail of a stranger', () => {
  const evil: Partial<PermitsQuestion> = {
    principal: service,
    actions: ['s3:PutObject'],
    resource: `${logs}/AWSLogs/${home}/CloudTrail/us-east-1/2030/01/01/x.json.gz`,
    keys: {
      'aws:SourceArn': 'arn:aws:cloudtrail:us-east-1:999999999999:trail/evil',
      'aws:SourceAccount': '999999999999',
      's3:x-amz-acl': 'bucket-owner-full-control',
    },
  };
  test.each<[string, Statement, string]>([
    ['P1: the standard statement', put(), 'no'],
    [
      'P3: any trail of the account',
      put({ Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${home}:trail/*` } } }),
      'no',
    ],
    ['P14: without a condition', put({ Condition: undefined }), 'yes'],
    ['P15: of one account', put({ Condition: { StringEquals: { 'aws:SourceAccount': home } } }), 'no'],
    ['P16: anybody, from this trail', put({ Principal: '*' }), 'no'],
  ])('%s', (_, statement, expected) => {
    expect(truth([acl, statement], evil)).toBe(expected);
  });
});

test('a key that the request does not carry is not one of which nobody knows', () => {
  const asked = (keys: PermitsQuestion['keys']) =>
    truth([onlyIf('StringEquals', 'aws:SourceAccount', home)], { principal: service, keys });
  expect([asked({}), asked({ 'aws:SourceAccount': undefined }), asked({ 'aws:SourceAccount': home })]).toEqual([
    'unknown',
    'no',
    'yes',
  ]);
});

describe('TLS alone (aws-semantics §4.3)', () => {
  const without = {
    actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
    keys: { 'aws:SecureTransport': 'false' },
  };
  const tls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  test.each<[string, readonly Statement[], string]>([
    ['denied', [open(), deny(tls)], 'no'],
    ['not denied', [open()], 'yes'],
    ['denied on the bucket, not on its objects', [open(), deny({ ...tls, Resource: logs })], 'yes'],
    ['denied for one action', [open(), deny({ ...tls, Action: 's3:GetObject' })], 'no'],
    ['denied for another', [open(), deny({ ...tls, Action: 's3:DeleteObject' })], 'yes'],
  ])('%s', (_, policy, expected) => {
    expect(truth(policy, without)).toBe(expected);
    expect(truth(policy, { ...without, keys: { 'aws:SecureTransport': 'true' } })).toBe('yes');
  });
});

describe('anybody', () => {
  test.each<[string, Statement, string]>([
    ['everyone', open(), 'yes'],
    ['every account', open({ Principal: { AWS: '*' } }), 'yes'],
    ['an account', open({ Principal: { AWS: home } }), 'no'],
    ['a distribution', open({ Principal: { CanonicalUser: 'abc' } }), 'no'],
    ['all but an account', open({ Principal: undefined, NotPrincipal: { AWS: home } }), 'yes'],
    ['of an organization', onlyIf('StringEquals', 'aws:PrincipalOrgID', 'o-mine'), 'no'],
    ['below an organization', onlyIf('StringLike', 'aws:PrincipalOrgPaths', 'o-mine/*'), 'no'],
    ['of an account', onlyIf('StringEquals', 'aws:PrincipalAccount', home), 'no'],
    ['a role', onlyIf('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${home}:role/*`), 'no'],
    ['a role by its id', onlyIf('StringLike', 'aws:userid', 'AROAEXAMPLE:*'), 'no'],
    ['who is not a service', onlyIf('Bool', 'aws:PrincipalIsAWSService', 'false'), 'yes'],
    ['any service, whomever it acts for', onlyIf('Bool', 'aws:PrincipalIsAWSService', 'true'), 'yes'],
    ['a service that says for whom', onlyIf('Null', 'aws:SourceAccount', 'false'), 'yes'],
    ['for any organization', onlyIf('StringLike', 'aws:SourceOrgID', 'o-*'), 'yes'],
    [
      'a role of that name, in whichever account',
      onlyIf('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x'),
      'yes',
    ],
    ['a role whose ARN ends so', onlyIf('StringLike', 'aws:PrincipalArn', '*:role/x'), 'yes'],
    ['a role by a pattern of the letter', onlyIf('StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x'), 'no'],
    ['in accounts that begin so', onlyIf('StringLike', 'aws:PrincipalAccount', '12*'), 'yes'],
    ['in accounts that begin so, as a key asks', onlyIf('StringLike', 'kms:CallerAccount', '12*'), 'yes'],
    ['for a trail', onlyIf('StringEquals', 'aws:SourceArn', trailArn('main')), 'no'],
    ['for an account', onlyIf('StringEquals', 'aws:SourceAccount', home), 'no'],
    ['for an organization', onlyIf('StringEquals', 'aws:SourceOrgID', 'o-mine'), 'no'],
    ['for any trail, whosever it is', onlyIf('ArnLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:trail/*'), 'yes'],
    [
      'for a trail of some name, whosever',
      onlyIf('StringLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:trail/m'),
      'yes',
    ],
    ['for anything', onlyIf('StringLike', 'aws:SourceArn', '*'), 'yes'],
    ['for an ARN of one letter, which means itself', onlyIf('StringEquals', 'aws:SourceArn', '*'), 'no'],
    ['for any bucket', onlyIf('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:*'), 'yes'],
    ['for buckets that begin so', onlyIf('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::shop-*'), 'yes'],
    ['for one bucket, which says whose it is', onlyIf('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:shop'), 'no'],
    ['for the alarms of an account', onlyIf('ArnLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${home}:alarm:*`), 'no'],
    ['for accounts that begin so', onlyIf('StringLike', 'aws:SourceAccount', '12*'), 'yes'],
    [
      'for any bucket of an account',
      open({
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' }, StringEquals: { 'aws:SourceAccount': home } },
      }),
      'no',
    ],
    [
      'for any bucket, as a service by name',
      open({
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } },
      }),
      'no',
    ],
    ['with TLS, as anybody can', onlyIf('Bool', 'aws:SecureTransport', 'true'), 'yes'],
    ['without TLS alone, as anybody can', onlyIf('Bool', 'aws:SecureTransport', 'false'), 'yes'],
    ['with any credentials', onlyIf('Null', 'aws:PrincipalArn', 'false'), 'yes'],
    ['without credentials', onlyIf('Null', 'aws:PrincipalArn', 'true'), 'yes'],
    ['with a tag, which everybody may give themselves', onlyIf('StringEquals', 'aws:PrincipalTag/a', 'b'), 'unknown'],
    ['from an address', onlyIf('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), 'unknown'],
    ['by a service', onlyIf('StringEquals', 'aws:PrincipalServiceName', service), 'no'],
    [
      'by one of the names of a service',
      onlyIf('ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', service),
      'no',
    ],
    ['by a service that is called so', onlyIf('StringLike', 'aws:PrincipalServiceName', 'cloudtrail.*'), 'yes'],
    ['by a pattern of the letter', onlyIf('StringEquals', 'aws:PrincipalServiceName', 'cloudtrail.*'), 'no'],
    ['whose account is the key’s', onlyIf('StringEquals', 'kms:CallerAccount', home), 'no'],
    ['by name, which everybody may choose', onlyIf('StringEquals', 'aws:username', 'a'), 'unknown'],
    ['by the id of nobody', onlyIf('StringEquals', 'aws:userid', 'anonymous'), 'yes'],
    ['whose topic it is', onlyIf('StringEquals', 'aws:SourceOwner', home), 'no'],
  ])('%s', (_, statement, expected) => {
    expect(truth([statement], {})).toBe(expected);
  });

  test('a denial has to hit those with credentials and those without', () => {
    const but = (condition: object) => [open(), deny({ Condition: condition })];
    expect(truth(but({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-mine' } }), {})).toBe('no');
    expect(truth(but({ Null: { 'aws:PrincipalArn': 'true' } }), {})).toBe('yes');
    expect(truth(but({ Null: { 'aws:PrincipalArn': 'false' } }), {})).toBe('yes');
    expect(truth(but({}), {})).toBe('no');
  });

  test('whoever is of no organization, where a condition asks only those who are of one', () => {
    const ifAny = { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-mine' } };
    const withCredentials = open({ Condition: { ...ifAny, Null: { 'aws:PrincipalArn': 'false' } } });
    expect(truth([withCredentials], {})).toBe('yes');
    const roles = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } };
    expect(truth([open({ Condition: { ...ifAny, ...roles } })], {})).toBe('yes');
    expect(truth([open({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-mine' } } })], {})).toBe('no');
  });

  test('a denial that takes users away leaves roles, and one that takes both the root user', () => {
    const but = (...kinds: readonly string[]) =>
      truth(
        [
          onlyIf('Null', 'aws:PrincipalArn', 'false'),
          deny({ Condition: { ArnLike: { 'aws:PrincipalArn': kinds.map((kind) => `arn:aws:iam::*:${kind}`) } } }),
        ],
        {},
      );
    expect([but('user/*'), but('user/*', 'role/*'), but('user/*', 'role/*', 'root')]).toEqual(['yes', 'yes', 'no']);
  });

  test('what belongs to an account is no bucket of a stranger, whatever service it may be of', () => {
    const ofHome = onlyIf('StringEquals', 'aws:SourceAccount', home);
    const but = deny({ Condition: { StringEquals: { 'aws:SourceArn': `arn:aws:*:*:${home}:*` } } });
    expect(truth([ofHome, but], {})).toBe('no');
  });

  test('a denial that spares a role of some name spares it in every account', () => {
    const spared = (arn: string) => deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': arn } } });
    expect(truth([open(), spared('arn:aws:iam::*:role/x')], {})).toBe('yes');
    expect(truth([open(), spared(`arn:aws:iam::${home}:role/x`)], {})).toBe('no');
  });

  test('a denial lets no service in as the caller of a key', () => {
    const asKey = onlyIf('StringEquals', 'kms:CallerAccount', home);
    expect(truth([asKey, deny({ Condition: { ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } } })], {})).toBe(
      'no',
    );
  });

  test('a service comes with what the question says, and never without TLS', () => {
    const any = onlyIf('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:*');
    const tls = deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const asked = (flag: string) => truth([any, tls], { keys: { 'aws:SecureTransport': flag } });
    expect([asked('true'), asked('false')]).toEqual(['yes', 'no']);
  });

  test('a denial keeps services out that act for strangers', () => {
    const any = onlyIf('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:*');
    const others = deny({ Condition: { StringNotEquals: { 'aws:SourceAccount': home } } });
    expect([truth([any], {}), truth([any, others], {})]).toEqual(['yes', 'no']);
    expect(brief(ask([any], {}))).toEqual(['yes', `at.Policy: statement 1 allows s3:GetObject on ${logs}/a`]);
  });

  test('a denial without TLS keeps nobody out, and one of both ways everybody', () => {
    const but = (...flags: readonly string[]) => [
      open(),
      ...flags.map((flag) => deny({ Condition: { Bool: { 'aws:SecureTransport': flag } } })),
    ];
    expect([truth(but('false'), {}), truth(but('true'), {}), truth(but('true', 'false'), {})]).toEqual([
      'yes',
      'yes',
      'no',
    ]);
  });

  test('what the question says is believed', () => {
    const keys = { 'aws:PrincipalOrgID': 'o-mine', 'aws:SourceIp': '10.1.2.3' };
    expect(truth([onlyIf('StringEquals', 'aws:PrincipalOrgID', 'o-mine')], { keys })).toBe('yes');
    expect(truth([onlyIf('IpAddress', 'aws:SourceIp', '10.0.0.0/8')], { keys })).toBe('yes');
    expect(truth([onlyIf('StringEquals', 'aws:SourceArn', 'a')], { keys: { 'aws:sourcearn': 'a' } })).toBe('yes');
  });
});

describe('whoever asks', () => {
  const root = `arn:aws:iam::${home}:root`;
  const role = `arn:aws:iam::${home}:role/Reader`;
  const session = `arn:aws:sts::${home}:assumed-role/Reader/me`;
  test.each<[string, Statement, string]>([
    [home, open({ Principal: { AWS: root } }), 'yes'],
    [root, open({ Principal: { AWS: home } }), 'yes'],
    [home, open({ Principal: { AWS: role } }), 'unknown'],
    [root, open({ Principal: { AWS: role } }), 'unknown'],
    [role, open({ Principal: { AWS: role } }), 'yes'],
    [role, open({ Principal: { AWS: `${role}2` } }), 'no'],
    [other, open({ Principal: { AWS: root } }), 'no'],
    [service, open({ Principal: { Service: service } }), 'yes'],
    [service, open({ Principal: { AWS: root } }), 'no'],
    [home, onlyIf('StringEquals', 'aws:PrincipalAccount', home), 'yes'],
    [other, onlyIf('StringEquals', 'aws:PrincipalAccount', home), 'no'],
    [role, onlyIf('StringEquals', 'aws:PrincipalArn', role), 'yes'],
    [`arn:aws:iam::${home}:user/a`, onlyIf('StringEquals', 'aws:PrincipalArn', role), 'no'],
    [home, onlyIf('StringEquals', 'aws:PrincipalArn', role), 'unknown'],
    [session, onlyIf('StringEquals', 'aws:PrincipalArn', role), 'unknown'],
    [home, onlyIf('StringEquals', 'aws:PrincipalOrgID', 'o-a'), 'unknown'],
    [home, onlyIf('Bool', 'aws:PrincipalIsAWSService', 'false'), 'yes'],
    [home, onlyIf('StringEquals', 'aws:SourceAccount', home), 'no'],
    [service, onlyIf('StringEquals', 'aws:SourceAccount', home), 'unknown'],
    [service, onlyIf('Bool', 'aws:SecureTransport', 'true'), 'yes'],
    [service, onlyIf('Bool', 'aws:PrincipalIsAWSService', 'true'), 'yes'],
    [service, onlyIf('StringEquals', 'aws:PrincipalServiceName', service), 'yes'],
    [service, onlyIf('ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', 'cloudtrail.*'), 'yes'],
    ...['aws:username', 'aws:userid', 'aws:PrincipalArn', 'aws:PrincipalOrgPaths', 'aws:MultiFactorAuthPresent'].map(
      (key): [string, Statement, string] => [service, onlyIf('Null', key, 'true'), 'yes'],
    ),
    ...['aws:SourceVpc', 'aws:VpcSourceIp', 'aws:MultiFactorAuthAge', 'aws:PrincipalAccount'].map(
      (key): [string, Statement, string] => [service, onlyIf('Null', key, 'true'), 'yes'],
    ),
    ...['aws:username', 'aws:PrincipalTag/x', 'aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent'].map(
      (key): [string, Statement, string] => [home, onlyIf('Null', key, 'true'), 'unknown'],
    ),
  ])('%s of %j: %s', (principal, statement, expected) => {
    expect(truth([statement], { principal })).toBe(expected);
  });
});

describe('the answer', () => {
  test('each action has to be let through, and evidence says by what', () => {
    const policy = [open({ Action: 's3:GetObject' })];
    expect(brief(ask(policy, { principal: home, actions: ['s3:GetObject', 's3:PutObject'] }))).toEqual([
      'no',
      `at.Policy: no statement allows s3:PutObject on ${logs}/a`,
    ]);
    expect(ask([open()], { principal: home }).evidence).toEqual([
      {
        path: 'at.Policy',
        from: 's3:GetBucketPolicy',
        resource: logs,
        note: `statement 1 allows s3:GetObject on ${logs}/a`,
      },
    ]);
  });

  test('why nobody is let in is said once', () => {
    expect(brief(ask([], {}))).toEqual(['no', `at.Policy: no statement allows s3:GetObject on ${logs}/a`]);
  });

  test('it is explained in full where it is to be', () => {
    const policy = [open({ Principal: { AWS: home } })];
    const two = { actions: ['s3:GetObject', 's3:PutObject'] };
    expect([ask(policy, two, {}, 'no'), ask(policy, two, {}, 'yes')].map(({ evidence }) => evidence.length)).toEqual([
      2, 1,
    ]);
  });

  test('the resource is the one that has the policy, unless another is asked for', () => {
    const policy = [open({ Resource: logs })];
    expect(truth(policy, { resource: undefined })).toBe('yes');
    expect(truth(policy, { resource: `${logs}/a` })).toBe('no');
    expect(truth([open()], { resource: `${logs}/*`, actions: ['s3:*'] })).toBe('yes');
    expect(truth([open({ Resource: `${logs}/private/*` })], { resource: `${logs}/*` })).toBe('unknown');
  });

  test('a policy that cannot be read, that there is not, or that is not JSON', () => {
    const refused = unread('s3:GetBucketPolicy', logs);
    expect(brief(ask(undefined, {}, refused))).toEqual(['unknown', 'at.Policy: AccessDenied']);
    expect(ask(undefined, {}, refused).evidence).toEqual([
      {
        path: 'at.Policy',
        from: 's3:GetBucketPolicy',
        resource: logs,
        gap: { ...refused.gaps?.[0], action: 's3:GetBucketPolicy' },
      },
    ]);
    expect(brief(ask(undefined, {}))).toEqual(['no', 'at.Policy: it has no policy']);
    expect(ask([{ Effect: 'Allow' }], {})).toEqual({
      truth: 'unknown',
      evidence: [
        {
          path: 'at.Policy',
          from: 's3:GetBucketPolicy',
          resource: logs,
          note: 'statement 1 of the policy lacks an Action that can be read',
        },
      ],
      changes: [],
    });
  });

  test.each<[keyof typeof resourceTypes, object]>([
    ['AWS::KMS::Key', { Arn: keyArn, KeyId: 'k' }],
    ['AWS::SNS::Topic', { TopicArn: `arn:aws:sns:us-east-1:${home}:t` }],
  ])('%s always has one: what it says is not known where it is left out', (type, item) => {
    const view = resourceOf(snapshotWith({ [type]: [item] }), type);
    const question = { principal: '*', actions: ['kms:Decrypt'], resource: undefined, keys: {} };
    expect(brief(permits(view, question, '', { now: undefined, thorough: 'no' }))).toEqual([
      'unknown',
      'Policy: it always has a policy, and none is here',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../src/proof/policy/policy.ts';
import type { Caller } from '../../../src/proof/policy/request.ts';
import { allowed, bucketArn, cloudTrail, decision, type Statement, variable } from './asking.ts';

const home = '111122223333';
const root = `arn:aws:iam::${home}:root`;
const role = `arn:aws:iam::${home}:role/path/Reader`;
const open: Statement = { Condition: { Bool: { 'aws:New': 'true' } } };
const never: Statement = { Action: 'kms:*' };
const denial = (more: Statement): Statement => ({ ...more, Effect: 'Deny' });

describe('allowing and denying', () => {
  test.each<[string, readonly Statement[], string, string]>([
    ['nothing', [], 'no', 'no statement allows s3:PutObject on arn:aws:s3:::logs/a'],
    ['something else', [never], 'no', 'no statement allows s3:PutObject on arn:aws:s3:::logs/a'],
    ['allowed', [never, {}], 'yes', 'statement 2 allows s3:PutObject on arn:aws:s3:::logs/a'],
    ['denied', [{}, denial({ Sid: 'No' })], 'no', 'statement 2 (No) denies s3:PutObject on arn:aws:s3:::logs/a'],
    ['denied first', [denial({}), {}], 'no', 'statement 1 denies s3:PutObject on arn:aws:s3:::logs/a'],
    [
      'denied, and perhaps denied',
      [{}, denial(open), denial({})],
      'no',
      'statement 3 denies s3:PutObject on arn:aws:s3:::logs/a',
    ],
    [
      'allowed, and perhaps denied',
      [{}, denial(open)],
      'unknown',
      'whether statement 2 applies to s3:PutObject on arn:aws:s3:::logs/a depends on Bool aws:New',
    ],
    [
      'perhaps allowed',
      [open],
      'unknown',
      'whether statement 1 applies to s3:PutObject on arn:aws:s3:::logs/a depends on Bool aws:New',
    ],
    [
      'perhaps allowed, and perhaps denied',
      [open, denial(open)],
      'unknown',
      'whether statement 2 applies to s3:PutObject on arn:aws:s3:::logs/a depends on Bool aws:New',
    ],
    ['perhaps allowed, and allowed', [open, {}], 'yes', 'statement 2 allows s3:PutObject on arn:aws:s3:::logs/a'],
    ['perhaps denied alone', [denial(open)], 'no', 'no statement allows s3:PutObject on arn:aws:s3:::logs/a'],
  ])('%s', (_, statements, expected, why) => {
    expect(decision(statements)).toEqual({ allowed: expected, why });
  });

  test('all that is open is named', () => {
    const statement = {
      Principal: { Other: 'x' },
      Resource: variable('aws:New'),
      Condition: { Bool: { 'aws:New': 'true', 'aws:SecureTransport': 'true' }, Null: { 'aws:Newer': 'true' } },
    };
    expect(decision([statement]).why).toBe(
      'whether statement 1 applies to s3:PutObject on arn:aws:s3:::logs/a depends on ' +
        'whether it means the caller and its resources and Bool aws:New and Null aws:Newer',
    );
    expect(decision([{ Action: 's3:Put*' }], { action: 's3:*' }).why).toMatch(/ depends on its actions$/);
  });
});

describe('actions', () => {
  test.each<[Statement, string, string]>([
    [{ Action: 's3:PutObject' }, 's3:PutObject', 'yes'],
    [{ Action: 'S3:PUTOBJECT' }, 's3:PutObject', 'yes'],
    [{ Action: 's3:putobject' }, 'S3:PutObject', 'yes'],
    [{ Action: 's3:Put*' }, 's3:PutObject', 'yes'],
    [{ Action: 's3:P?tObject' }, 's3:PutObject', 'yes'],
    [{ Action: 's3:P?Object' }, 's3:PutObject', 'no'],
    [{ Action: ['kms:*', '*'] }, 's3:PutObject', 'yes'],
    [{ Action: 's3:PutObjectAcl' }, 's3:PutObject', 'no'],
    [{ NotAction: 's3:Delete*' }, 's3:PutObject', 'yes'],
    [{ NotAction: ['kms:*', 's3:PUT*'] }, 's3:PutObject', 'no'],
  ])('%j: %s', (statement, action, expected) => {
    expect(allowed(statement, { action })).toBe(expected);
  });
});

describe('resources', () => {
  test.each<[Statement, string, string]>([
    [{ Resource: `${bucketArn}/a` }, `${bucketArn}/a`, 'yes'],
    [{ Resource: `${bucketArn}/A` }, `${bucketArn}/a`, 'no'],
    [{ Resource: `${bucketArn}/*` }, `${bucketArn}/a/b/c`, 'yes'],
    [{ Resource: `${bucketArn}/*` }, bucketArn, 'no'],
    [{ Resource: `${bucketArn}/?` }, `${bucketArn}/a`, 'yes'],
    [{ Resource: ['x', '*'] }, bucketArn, 'yes'],
    [{ Resource: 'arn:aws-us-gov:s3:::logs' }, bucketArn, 'no'],
    [{ NotResource: `${bucketArn}/b*` }, `${bucketArn}/a`, 'yes'],
    [{ NotResource: ['x', `${bucketArn}/*`] }, `${bucketArn}/a`, 'no'],
    [{ Resource: `${bucketArn}/${variable('aws:SourceAccount')}/*` }, `${bucketArn}/${home}/a`, 'yes'],
    [{ Resource: `${bucketArn}/${variable('aws:SourceAccount')}/*` }, `${bucketArn}/other/a`, 'no'],
    [{ Resource: `${bucketArn}/${variable('*')}` }, `${bucketArn}/a`, 'no'],
    [{ Resource: `${bucketArn}/${variable('aws:New')}` }, `${bucketArn}/a`, 'unknown'],
    [{ NotResource: `${bucketArn}/${variable('aws:New')}` }, `${bucketArn}/a`, 'unknown'],
  ])('%j: %s: %s', (statement, resource, expected) => {
    expect(allowed(statement, { resource, keys: { 'aws:SourceAccount': home } })).toBe(expected);
  });

  test('a variable stands for itself in a policy of the older version', () => {
    const statement = { Resource: `${bucketArn}/${variable('aws:SourceAccount')}/*` };
    const keys = { 'aws:SourceAccount': home };
    const resource = `${bucketArn}/${home}/a`;
    const versions = ['2012-10-17', '2008-10-17', undefined];
    expect(versions.map((version) => allowed(statement, { resource, keys, version }))).toEqual(['yes', 'no', 'no']);
  });
});

describe('a request for all that a wildcard matches', () => {
  test.each<[Statement, string]>([
    [{ Action: 's3:*' }, 'yes'],
    [{ Action: '*' }, 'yes'],
    [{ Action: 's3:Get*' }, 'yes'],
    [{ Action: 's3:G*' }, 'yes'],
    [{ Action: 's3:GetObject' }, 'unknown'],
    [{ Action: 's3:Get?bject' }, 'unknown'],
    [{ Action: 's3:Get?' }, 'unknown'],
    [{ Action: 's3:?etObject' }, 'unknown'],
    [{ Action: 's3:?utObject' }, 'unknown'],
    [{ Action: 's3:Put*' }, 'no'],
    [{ Action: 'kms:*' }, 'no'],
    [{ NotAction: 's3:GetObject' }, 'unknown'],
    [{ NotAction: 's3:Get*' }, 'no'],
    [{ NotAction: 's3:Put*' }, 'yes'],
  ])('s3:Get*, by %j: %s', (statement, expected) => {
    expect(allowed(statement, { action: 's3:Get*' })).toBe(expected);
  });

  test.each<[Statement, string]>([
    [{ Resource: `${bucketArn}/*` }, 'yes'],
    [{ Resource: `${bucketArn}/logs/*` }, 'yes'],
    [{ Resource: `${bucketArn}/logs/a` }, 'unknown'],
    [{ Resource: `${bucketArn}/other/*` }, 'no'],
    [{ Resource: bucketArn }, 'no'],
    [{ NotResource: bucketArn }, 'yes'],
  ])('logs/*, by %j: %s', (statement, expected) => {
    expect(allowed(statement, { resource: `${bucketArn}/logs/*` })).toBe(expected);
  });

  test('a question mark', () => {
    const resource = `${bucketArn}/?`;
    expect(allowed({ Resource: `${bucketArn}/*` }, { resource })).toBe('yes');
    expect(allowed({ Resource: `${bucketArn}/a` }, { resource })).toBe('unknown');
  });

  test('what is denied of a part of it is not known', () => {
    expect(decision([{}, denial({ Action: 's3:PutObject' })], { action: 's3:*' }).allowed).toBe('unknown');
    expect(decision([{}, denial({ Action: 's3:*' })], { action: 's3:*' }).allowed).toBe('no');
  });
});

describe('principals', () => {
  const account: Caller = { kind: 'account', account: home };
  const reader: Caller = { kind: 'account', account: home, arn: role };
  const session: Caller = { kind: 'account', account: home, arn: `arn:aws:sts::${home}:assumed-role/Reader/me` };
  const anybody: readonly Caller[] = [{ kind: 'anonymous' }, { kind: 'stranger' }];
  const service = { Service: 'cloudtrail.amazonaws.com' };

  test.each<[string, Caller, unknown, string]>([
    ['everyone', cloudTrail, '*', 'yes'],
    ['every account', cloudTrail, { AWS: '*' }, 'yes'],
    ['the service', cloudTrail, service, 'yes'],
    ['several services', cloudTrail, { Service: ['sns.amazonaws.com', service.Service] }, 'yes'],
    ['another service', cloudTrail, { Service: 'sns.amazonaws.com' }, 'no'],
    ['every service: whether that can be said', cloudTrail, { Service: '*' }, 'unknown'],
    ['a service as an account', cloudTrail, { AWS: service.Service }, 'no'],
    ['the account of a service’s resource', cloudTrail, { AWS: root }, 'no'],
    ['an account of former days', cloudTrail, { AWS: 'arn:aws:iam::475085895292:root' }, 'unknown'],
    ['such an account as a number', cloudTrail, { AWS: '086441151436' }, 'unknown'],
    [
      'such an account, for another service',
      { kind: 'service', name: 'sns.amazonaws.com' },
      { AWS: '086441151436' },
      'no',
    ],
    ['a canonical user, for a service', cloudTrail, { CanonicalUser: 'abc' }, 'no'],
    ['an identity provider, for a service', cloudTrail, { Federated: 'accounts.google.com' }, 'no'],
    ['a kind that nobody knows', cloudTrail, { Robot: 'x' }, 'unknown'],
    ['nobody', cloudTrail, {}, 'no'],
    ['one of several kinds', cloudTrail, { AWS: root, ...service }, 'yes'],
    ['an account', account, { AWS: home }, 'yes'],
    ['an account by its root', account, { AWS: root }, 'yes'],
    ['an account of another partition by its root', account, { AWS: `arn:aws-cn:iam::${home}:root` }, 'yes'],
    ['another account', account, { AWS: '999988887777' }, 'no'],
    ['one in the account', account, { AWS: role }, 'unknown'],
    ['a service, for an account', account, service, 'no'],
    ['a canonical user, for an account', account, { CanonicalUser: 'abc' }, 'unknown'],
    ['an identity provider, for an account', account, { Federated: 'accounts.google.com' }, 'unknown'],
    ['a principal that was deleted', account, { AWS: 'AIDAEXAMPLE' }, 'no'],
    ['the role', reader, { AWS: role }, 'yes'],
    ['another role', reader, { AWS: `${role}2` }, 'no'],
    ['the account of the role', reader, { AWS: root }, 'yes'],
    ['the role of a session', session, { AWS: role }, 'yes'],
    ['the session', session, { AWS: session.kind === 'account' ? session.arn : '' }, 'yes'],
    ['another role than the session’s', session, { AWS: `arn:aws:iam::${home}:role/OtherReader` }, 'no'],
    ['a user who is called like the role of the session', session, { AWS: `arn:aws:iam::${home}:user/Reader` }, 'no'],
    ['a role that is called like a user', { ...reader, arn: `arn:aws:iam::${home}:user/Reader` }, { AWS: role }, 'no'],
  ])('%s', (_, caller, Principal, expected) => {
    expect(allowed({ Principal }, { caller })).toBe(expected);
    const one = caller.kind === 'account' && caller.arn !== undefined && !JSON.stringify(Principal).includes(root);
    const not = { yes: one ? 'unknown' : 'no', no: 'yes', unknown: 'unknown' }[expected];
    expect(allowed({ NotPrincipal: Principal }, { caller })).toBe(not);
  });

  test('CloudTrail had an account in each region of former days', () => {
    const accounts =
      '034638983726 035351147821 086441151436 113285607260 119688915426 193415116832 216624486486 262312530599 ' +
      '282025262664 284668455005 388731089494 475085895292 492519147666 525921808201 608710470296 669305197877 ' +
      '681348832753 765225791966 814480443879 819402241893 829690693026 859597730677 886388586500 903692715234 977081816279';
    for (const account of accounts.split(' ')) expect(allowed({ Principal: { AWS: account } })).toBe('unknown');
    expect(allowed({ Principal: { AWS: 'arn:aws:iam::086441151437:root' } })).toBe('no');
  });

  test('who is left out is so with the account alone: services differ in that', () => {
    const left = (AWS: readonly string[]) => allowed({ NotPrincipal: { AWS } }, { caller: reader });
    expect([[role], [role, root], [root], [role, home]].map(left)).toEqual(['unknown', 'no', 'no', 'no']);
  });

  test.each(['*', { AWS: '*' }, { AWS: ['000000000000', '*'] }])('anybody is meant by %j', (Principal) => {
    expect(anybody.map((caller) => allowed({ Principal }, { caller }))).toEqual(['yes', 'yes']);
    expect(anybody.map((caller) => allowed({ NotPrincipal: Principal }, { caller }))).toEqual(['no', 'no']);
  });

  test.each([{ AWS: root }, { AWS: '000000000000' }, service, { CanonicalUser: 'abc' }, { Federated: 'a' }])(
    'nobody who is not named is meant by %j',
    (Principal) => {
      expect(anybody.map((caller) => allowed({ Principal }, { caller }))).toEqual(['no', 'no']);
    },
  );
});

describe('the policy that SNS gives every topic (aws-semantics §6.8)', () => {
  const owner = {
    Condition: { StringEquals: { 'AWS:SourceOwner': home } },
    Principal: { AWS: '*' },
    Action: 'SNS:Publish',
  };
  const alarms: Caller = { kind: 'service', name: 'cloudwatch.amazonaws.com' };
  const asked = { caller: alarms, action: 'sns:Publish' };

  test.each<[string | undefined, string]>([
    [home, 'yes'],
    ['999988887777', 'no'],
    [undefined, 'no'],
  ])('published to for %s', (sourceOwner, expected) => {
    expect(allowed(owner, { ...asked, keys: { 'aws:SourceOwner': sourceOwner } })).toBe(expected);
  });

  test('is closed to anybody else', () => {
    const anybody = [{ kind: 'anonymous' }, { kind: 'stranger' }] as const;
    expect(anybody.map((caller) => allowed(owner, { ...asked, caller }))).toEqual(['no', 'no']);
  });
});

test('hostile policies are decided all the same', () => {
  const stars = 'a*'.repeat(50_000);
  const statements = [
    { Resource: stars, Action: `${stars}b`, Condition: { StringLike: { 'aws:SourceArn': stars } } },
    { Resource: '\u0024{'.repeat(50_000) },
    ...Array.from({ length: 1000 }, (_, index) => ({ Sid: `s${index}`, Resource: `${bucketArn}/${index}` })),
  ];
  const keys = { 'aws:SourceArn': 'a'.repeat(2000) };
  expect(decision(statements, { resource: `${bucketArn}/999`, keys }).allowed).toBe('yes');
  expect(decision(statements, { resource: 'a'.repeat(2000), keys, action: 'a'.repeat(2000) }).allowed).toBe('unknown');
  const members = Array.from({ length: 20_000 }, (_, index) => `"k${index}":"v"`);
  const policy = parsePolicy(
    `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{${members}}}}}`,
  );
  expect('statements' in policy && policy.statements[0]?.conditions.length).toBe(20_000);
});

import { describe, expect, test } from 'vitest';
import { outsiders, readers } from '../../../src/proof/policy/let-in.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith } from '../../rules/judging.ts';
import { keyArn, store } from '../proving.ts';
import { resourceOf } from '../viewing.ts';
import type { Statement } from './asking.ts';

const from = 'kms:GetKeyPolicy';
const policy = (...statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((it) => ({ Effect: 'Allow', Action: 'kms:*', Resource: '*', ...it })),
  });
const key = (Policy: string | undefined, more: Partial<Snapshot> = {}) =>
  resourceOf(
    snapshotWith(
      { 'AWS::KMS::Key': [{ Arn: keyArn, KeyId: 'k', KeyState: 'Enabled', ...(Policy !== undefined && { Policy }) }] },
      more,
    ),
    'AWS::KMS::Key',
  );
const root = { AWS: `arn:aws:iam::${home}:root` };
const own: Statement = { Principal: root };
const role = `arn:aws:iam::${other}:role/reader`;
const when = (operator: string, ...keys: readonly (readonly [string, unknown])[]) => ({
  Condition: { [operator]: Object.fromEntries(keys) },
});

describe('outsiders: whom a policy lets in from outside the account', () => {
  test.each<[string, readonly Statement[], readonly string[]]>([
    ['nobody', [own], []],
    ['a role of the account', [{ Principal: { AWS: `arn:aws:iam::${home}:role/admin` } }], []],
    ['a service', [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }], []],
    ['anybody', [own, { Principal: '*' }], ['*']],
    ['anybody, written otherwise', [{ Principal: { AWS: '*' } }], ['*']],
    [
      'anybody, with TLS',
      [{ Principal: '*' }, { Effect: 'Deny', Principal: '*', ...when('Bool', ['aws:SecureTransport', 'false']) }],
      ['*'],
    ],
    ['anybody, without TLS', [{ Principal: '*', ...when('Bool', ['aws:SecureTransport', 'false']) }], ['*']],
    ['anybody, to do one thing', [{ Principal: '*', Action: 'kms:DescribeKey' }], ['*']],
    ['all but some', [{ NotPrincipal: root }], ['*']],
    ['all that some actions leave', [{ Principal: '*', Action: undefined, NotAction: 'kms:Decrypt' }], ['*']],
    ['another account', [{ Principal: { AWS: other } }], [other]],
    ['its root', [{ Principal: { AWS: `arn:aws:iam::${other}:root` } }], [other]],
    ['a role of it', [own, { Principal: { AWS: [role] } }], [other]],
    ['two, in order', [{ Principal: { AWS: ['999999999999', other] } }], [other, '999999999999'].toSorted()],
    ['one by its condition', [{ Principal: '*', ...when('StringEquals', ['aws:PrincipalAccount', other]) }], [other]],
    ['itself by a condition', [{ Principal: '*', ...when('StringEquals', ['kms:CallerAccount', home]) }], []],
    ['another by that', [{ Principal: '*', ...when('StringEquals', ['kms:CallerAccount', [home, other]]) }], [other]],
    [
      'a role of that name in any account',
      [{ Principal: '*', ...when('ArnLike', ['aws:PrincipalArn', 'arn:aws:iam::*:role/x']) }],
      ['*'],
    ],
    ['accounts that begin so', [{ Principal: '*', ...when('StringLike', ['kms:CallerAccount', '12*']) }], ['*']],
    ['a role by its condition', [{ Principal: '*', ...when('ArnEquals', ['aws:PrincipalArn', role]) }], [other]],
    ['an organization as a whole', [{ Principal: '*', ...when('StringEquals', ['aws:PrincipalOrgID', 'o-a']) }], []],
    [
      'one, of which an organization',
      [{ Principal: { AWS: other }, ...when('StringEquals', ['aws:PrincipalOrgID', 'o-a']) }],
      [other],
    ],
    [
      'one that is denied everything',
      [{ Principal: { AWS: other } }, { Effect: 'Deny', Principal: { AWS: other } }],
      [],
    ],
    [
      'one that is denied something',
      [{ Principal: { AWS: other } }, { Effect: 'Deny', Principal: { AWS: other }, Action: 'kms:Put*' }],
      [other],
    ],
    [
      'one that is denied all but something',
      [
        { Principal: { AWS: other } },
        { Effect: 'Deny', Principal: { AWS: other }, Action: undefined, NotAction: 'kms:Decrypt' },
      ],
      [other],
    ],
    [
      'anybody, who is denied everything',
      [
        { Principal: '*' },
        { Effect: 'Deny', Principal: '*', ...when('StringNotEquals', ['aws:PrincipalAccount', other]) },
      ],
      [other],
    ],
    ['anybody but of an account', [{ Principal: '*' }, { Effect: 'Deny', Principal: { AWS: other } }], ['*']],
    ['a principal that was deleted', [{ Principal: { AWS: ['AIDAEXAMPLE', role] } }], [other]],
    [
      'somebody to something else',
      [{ Principal: { AWS: other }, Resource: 'arn:aws:kms:us-east-1:111122223333:key/x' }],
      [],
    ],
    ['anybody and an account', [{ Principal: '*' }, { Principal: { AWS: other } }], ['*', other]],
  ])('%s', (_, statements, value) => {
    expect(outsiders(key(policy(...statements)))).toEqual({ is: 'value', value, from });
  });

  const undecided = (message: string) => ({
    is: 'gap',
    gaps: [{ resource: keyArn, error: 'NotDecidable', message }],
    from,
  });

  test('not known: what the condition of a statement for anybody depends on', () => {
    expect(
      outsiders(key(policy(own, { Principal: '*', ...when('IpAddress', ['aws:SourceIp', '10.0.0.0/8']) }))),
    ).toEqual(undecided(`whether statement 2 applies to kms:Anything on ${keyArn} depends on IpAddress aws:SourceIp`));
  });
  test('not known: a policy that cannot be read, or of a key is not here', () => {
    expect(outsiders(key('nonsense'))).toEqual(
      undecided('the policy is not valid JSON at column 1: nonsense where a value should stand'),
    );
    expect(outsiders(key(undefined))).toEqual(undecided('it always has a policy, and none is here'));
  });
  test('not known: refused', () => {
    const gaps = [{ operation: from, error: 'AccessDenied' }];
    expect(outsiders(key(undefined, { gaps }))).toEqual({ is: 'gap', gaps, from });
  });

  const lake = (Policy?: string) =>
    resourceOf(
      snapshotWith({ 'AWS::CloudTrail::EventDataStore': [store({ ...(Policy && { Policy }) })] }),
      'AWS::CloudTrail::EventDataStore',
    );
  test('of an event data store, which need not have a policy', () => {
    const statement = {
      Principal: '*',
      Action: 'cloudtrail:GetQueryResults',
      Resource: String(store().EventDataStoreArn),
    };
    expect([outsiders(lake()), outsiders(lake(policy(statement)))]).toEqual(
      [[], ['*']].map((value) => ({ is: 'value', value, from: 'cloudtrail:GetResourcePolicy' })),
    );
    expect(outsiders(lake(policy({ Principal: '*', Action: '*' })))).toMatchObject({ value: ['*'] });
  });
});

describe('readers: whom the policy of a key lets decrypt', () => {
  test.each<[string, readonly Statement[], readonly string[]]>([
    ['the account', [own], [root.AWS]],
    [
      'a role, on a condition',
      [
        {
          Principal: { AWS: role },
          Action: 'kms:Decrypt',
          ...when('Null', ['kms:EncryptionContext:aws:cloudtrail:arn', 'false']),
        },
      ],
      [role],
    ],
    ['an account by its number', [{ Principal: { AWS: other }, Action: 'kms:De*' }], [other]],
    ['nobody: other actions', [{ Principal: { AWS: role }, Action: ['kms:Encrypt', 'kms:GenerateDataKey*'] }], []],
    ['nobody: a service', [{ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'kms:Decrypt' }], []],
    [
      'one of two that is not denied',
      [{ Principal: { AWS: [role, other] } }, { Effect: 'Deny', Principal: { AWS: role } }],
      [other],
    ],
    ['anybody', [{ Principal: '*' }], ['*']],
    ['anybody of the account', [{ Principal: '*', ...when('StringEquals', ['kms:CallerAccount', home]) }], ['*']],
    ['all but some', [{ NotPrincipal: { AWS: role } }], ['*']],
    ['each once', [own, own, { Principal: { AWS: role } }], [root.AWS, role].toSorted()],
    [
      'one by what a statement for others does not mean',
      [{ Principal: { AWS: role }, Action: 'kms:Encrypt' }, { Principal: { AWS: other } }],
      [other],
    ],
  ])('%s', (_, statements, value) => {
    expect(readers(key(policy(...statements)))).toEqual({ is: 'value', value, from });
  });
});

import { describe, expect, test } from 'vitest';
import { type LimitsQuestion, limits } from '../../src/proof/limits.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith } from '../rules/judging.ts';
import { acl, deny, policyOf, put, type Statement, unread } from './delivering.ts';
import { brief, resourceOf } from './viewing.ts';

const logs = 'arn:aws:s3:::logs';
const objects = `${logs}/*`;
const organization = { Arn: 'arn:aws:organizations::777788889999:organization/o-ours', Id: 'o-ours' };
const member = { Arn: `arn:aws:organizations::777788889999:account/o-ours/${other}`, Id: other };

interface Setting extends Partial<LimitsQuestion> {
  readonly policy?: readonly Statement[];
  readonly ofOrganization?: 'listed';
  readonly more?: Partial<Snapshot>;
}

function ask({ policy, ofOrganization, more = {}, ...question }: Setting) {
  const Policy = policy && policyOf(policy);
  const snapshot = snapshotWith(
    {
      'AWS::S3::Bucket': [bucket('logs', { Policy })],
      'AWS::Organizations::Organization': ofOrganization ? [organization] : [],
      'AWS::Organizations::Account': ofOrganization ? [member] : [],
    },
    more,
  );
  const asked = { actions: ['s3:GetObject'], resource: objects, to: [], organization: false, ...question };
  return limits(resourceOf(snapshot, 'AWS::S3::Bucket'), asked, 'at.', { now: undefined, thorough: 'no' });
}
const truth = (setting: Setting) => ask(setting).truth;
const lets = (AWS: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: AWS === '*' ? '*' : { AWS },
  Action: 's3:*',
  Resource: [logs, objects],
  ...more,
});
const role = `arn:aws:iam::${home}:role/app`;
const { Principal: _principal, ...nobody } = lets('*');
const { Action: _action, ...nothing } = lets(other);
const { Resource: _resource, ...nowhere } = lets(other);

const insecure = { Bool: { 'aws:SecureTransport': 'false' } };

describe('who may', () => {
  test.each<[string, Setting, string]>([
    ['nobody, without a policy', {}, 'yes'],
    ['nobody, by a policy about others', { policy: [acl, put()] }, 'yes'],
    ['anybody', { policy: [lets('*')] }, 'no'],
    ['anybody, also where one that is named may', { policy: [lets('*')], to: [other] }, 'no'],
    [
      'anybody who comes from some address',
      { policy: [lets('*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })] },
      'no',
    ],
    ['nobody: TLS is no matter of who asks', { policy: [lets('*'), deny({})] }, 'yes'],
    ['an account', { policy: [lets(other)] }, 'no'],
    ['an account that may', { policy: [lets(`arn:aws:iam::${other}:root`)], to: [other] }, 'yes'],
    ['an account that may, written as its root', { policy: [lets(other)], to: [`arn:aws:iam::${other}:root`] }, 'yes'],
    [
      'an account that may, by a wildcard',
      { policy: [lets(`arn:aws:iam::${other}:role/a`)], to: [`arn:aws:iam::${other}:*`] },
      'yes',
    ],
    ['the account itself, which needs no policy', { policy: [lets(`arn:aws:iam::${home}:root`)] }, 'yes'],
    ['a role of the account itself', { policy: [lets(role)] }, 'no'],
    ['a service', { policy: [put()], actions: ['s3:PutObject'] }, 'no'],
    ['a service that may', { policy: [put()], actions: ['s3:PutObject'], to: ['cloudtrail.amazonaws.com'] }, 'yes'],
    [
      'a service, because anybody may for its trail',
      { policy: [put({ Principal: '*' })], actions: ['s3:PutObject'], to: ['cloudtrail.amazonaws.com'] },
      'yes',
    ],
    [
      'a service, because it is called so',
      {
        policy: [lets('*', { Condition: { StringEquals: { 'aws:PrincipalServiceName': 'a.amazonaws.com' } } })],
        to: ['a.amazonaws.com'],
      },
      'yes',
    ],
    ['one of a canonical id', { policy: [lets(other, { Principal: { CanonicalUser: '79a5' } })] }, 'no'],
    [
      'one of a canonical id, but for a denial',
      { policy: [lets(other, { Principal: { CanonicalUser: '79a5' } }), deny({})] },
      'yes',
    ],
    [
      'whoever signs in at a provider that is called like a service',
      {
        policy: [lets(other, { Principal: { Federated: 'cognito-identity.amazonaws.com' } })],
        to: ['*.amazonaws.com'],
      },
      'no',
    ],
    [
      'whoever signs in at a provider that may',
      {
        policy: [lets(other, { Principal: { Federated: `arn:aws:iam::${home}:saml-provider/a` } })],
        to: [`arn:aws:iam::${home}:saml-provider/*`],
      },
      'yes',
    ],
    ['all but one', { policy: [{ ...nobody, NotPrincipal: { AWS: other } }] }, 'no'],
    ['anybody who comes without TLS', { policy: [lets('*', { Condition: insecure })] }, 'no'],
    ['an account that comes without TLS', { policy: [lets(other, { Condition: insecure })] }, 'no'],
    [
      'anybody who comes without TLS, but for a denial',
      { policy: [lets('*', { Condition: insecure }), deny({ Condition: insecure })] },
      'yes',
    ],
    [
      'a service that comes without TLS, which none does',
      { policy: [put({ Condition: insecure })], actions: ['s3:PutObject'] },
      'yes',
    ],
    [
      'one who is told apart by a condition',
      { policy: [lets('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': role } } })], to: [role] },
      'yes',
    ],
    [
      'an account that is told apart by a condition',
      { policy: [lets('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': other } } })], to: [other] },
      'yes',
    ],
    [
      'a unit of an organization',
      {
        policy: [lets('*', { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours/r-1/*' } } })],
        to: ['o-ours/*'],
      },
      'yes',
    ],
    [
      'whoever is left by a denial of the others',
      {
        policy: [lets('*'), deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } } })],
        to: ['o-ours'],
      },
      'yes',
    ],
    [
      'somebody else than who is left',
      {
        policy: [lets('*'), deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } } })],
        to: ['o-other'],
      },
      'no',
    ],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });
});

describe('whom only a condition describes', () => {
  const when = (operator: string, key: string, value: unknown): Statement => ({
    Condition: { [operator]: { [key]: value } },
  });
  const reader = `arn:aws:iam::${other}:role/reader`;
  const service = 'cloudtrail.amazonaws.com';
  const topic = (account: string) => `arn:aws:sns:us-east-1:${account}:alarms`;
  const grantees = (...policy: readonly Statement[]) =>
    brief(ask({ policy })).map((line) => / (?:perhaps )?lets (.+) do s3/.exec(line)?.[1] ?? line);

  test.each<[string, Statement, string, string]>([
    ['any service', when('Bool', 'aws:PrincipalIsAWSService', 'true'), 'no', '*.amazonaws.com'],
    ['any service that says for whom', when('Null', 'aws:SourceAccount', 'false'), 'no', '*.amazonaws.com'],
    ['any service that says for what', when('Null', 'aws:SourceArn', 'false'), 'no', '*.amazonaws.com'],
    ['any service for any organization', when('StringLike', 'aws:SourceOrgID', 'o-*'), 'no', '*.amazonaws.com'],
    ['any service for any account', when('StringLike', 'aws:SourceAccount', '*'), 'no', '*'],
    ['services for an account', when('StringEquals', 'aws:SourceAccount', other), 'no', other],
    ['services for accounts that begin so', when('StringLike', 'aws:SourceAccount', '12*'), 'no', '12*'],
    ['services for an organization', when('StringEquals', 'aws:SourceOrgID', 'o-other'), 'no', 'o-other'],
    ['services for a unit', when('ForAnyValue:StringLike', 'aws:SourceOrgPaths', 'o-other/*'), 'no', 'o-other/*'],
    [
      'a service by one of its names',
      when('ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'a.amazonaws.com'),
      'no',
      'a.amazonaws.com',
    ],
    ['a service for any bucket', when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::*'), 'no', 's3.amazonaws.com'],
    ['accounts that begin so', when('StringLike', 'aws:PrincipalAccount', '12*'), 'no', '12*'],
    ['an account, as a topic asks', when('StringEquals', 'aws:SourceOwner', other), 'no', other],
    ['an account, as a key asks', when('StringEquals', 'kms:CallerAccount', other), 'no', other],
    [
      'the root user of an account',
      when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${other}:root`),
      'no',
      `arn:aws:iam::${other}:root`,
    ],
    [
      'a role by its id, which does not say whose it is',
      when('StringLike', 'aws:userid', 'AROA1:*'),
      'unknown',
      'AROA1:*',
    ],
    [
      'a role by its name in an account',
      {
        Condition: { StringLike: { 'aws:PrincipalArn': '*:role/x' }, StringEquals: { 'aws:PrincipalAccount': other } },
      },
      'no',
      `arn:aws:iam::${other}:role/x`,
    ],
    [
      'a role by its id in an organization, which nobody was tried as',
      { Condition: { StringLike: { 'aws:userid': 'AROA1:*' }, StringEquals: { 'aws:PrincipalOrgID': 'o-other' } } },
      'unknown',
      'whom its conditions describe',
    ],
  ])('%s', (_, more, expected, name) => {
    expect(truth({ policy: [lets('*', more)] })).toBe(expected);
    expect(grantees(lets('*', more))).toContain(name);
  });

  test.each<[string, Statement]>([
    ['services for the account itself', when('StringEquals', 'aws:SourceAccount', home)],
    ['the account itself, as a topic asks', when('StringEquals', 'aws:SourceOwner', home)],
    ['the account itself, as a key asks', when('StringEquals', 'kms:CallerAccount', home)],
    ['a TLS that no endpoint takes', when('NumericLessThan', 's3:TlsVersion', 1.2)],
  ])('nobody else: %s', (_, more) => {
    expect(truth({ policy: [lets('*', more)] })).toBe('yes');
  });

  test('each of those that a service asks for, whichever statement names them', () => {
    const first = lets('*', when('ArnEquals', 'aws:SourceArn', topic(other)));
    const last = lets('*', { ...when('ArnEquals', 'aws:SourceArn', topic(home)), Action: 's3:ListBucket' });
    expect([truth({ policy: [first, last] }), truth({ policy: [last, first] })]).toEqual(['no', 'no']);
  });

  test('one of an account that is named as a whole', () => {
    const only = lets(other, when('ArnLike', 'aws:PrincipalArn', reader));
    const root = lets(other, when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${other}:root`));
    expect(grantees(root)).toEqual(['no', other]);
    const spared = [lets(other), deny(when('ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::*:role/reader`))];
    expect([grantees(only), grantees(...spared)]).toEqual([
      ['no', reader],
      ['no', reader],
    ]);
    expect(truth({ policy: [only], to: [reader] })).toBe('yes');
    expect(truth({ policy: [lets(other), only], to: [other] })).toBe('yes');
    expect(truth({ policy: [lets(home, when('ArnLike', 'aws:PrincipalArn', role))] })).toBe('yes');
    expect(truth({ policy: [lets(other, when('ArnLike', 'aws:PrincipalArn', role))] })).toBe('yes');
  });

  test('a user, or the root user, of an account whose roles are left out', () => {
    const roles = 'arn:aws:iam::*:role/*';
    const notLike = (...values: readonly string[]) => when('ArnNotLike', 'aws:PrincipalArn', values);
    const like = (...values: readonly string[]) => when('ArnLike', 'aws:PrincipalArn', values);
    expect(grantees(lets(other, notLike(roles)))).toEqual(['no', other]);
    expect(grantees(lets(other), deny(like(roles)))).toEqual(['no', other]);
    expect(grantees(lets(other), deny(like(roles, 'arn:aws:iam::*:user/*')))).toEqual(['no', other]);
    expect(truth({ policy: [lets(other), deny(like(roles, 'arn:aws:iam::*:user/*', 'arn:aws:iam::*:root'))] })).toBe(
      'yes',
    );
  });

  test('a role of anybody, or of an organization, where users are left out', () => {
    const users = when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*');
    const withCredentials = lets('*', when('Null', 'aws:PrincipalArn', 'false'));
    expect(grantees(withCredentials, deny(users))).toEqual(['no', '*']);
    expect(grantees(lets('*', when('StringEquals', 'aws:PrincipalOrgID', 'o-x')), deny(users))).toEqual(['no', 'o-x']);
  });

  test('whoever is of no organization, where a denial names those that are of one', () => {
    const inOne = deny(when('Null', 'aws:PrincipalOrgID', 'false'));
    expect(grantees(lets('*', when('Null', 'aws:PrincipalArn', 'false')), inOne)).toEqual(['no', '*']);
  });

  test('a service that does not say for whom it acts, where a denial names those that do', () => {
    const services = lets('*', when('Bool', 'aws:PrincipalIsAWSService', 'true'));
    const acting = deny(when('Null', 'aws:SourceAccount', 'false'));
    expect(grantees(services, acting)).toEqual(['no', '*.amazonaws.com']);
    const ofNone = lets('*', when('Null', 'aws:SourceOrgID', 'true'));
    expect(grantees(ofNone, deny(when('Null', 'aws:SourceAccount', 'true')))).toEqual(['no', '*.amazonaws.com']);
  });

  test('a service that asks for one thing of an account, where another condition asks for the account', () => {
    const ofAccount = lets('*', when('StringEquals', 'aws:SourceAccount', other));
    const trails = 'arn:aws:cloudtrail:*:*:trail/*';
    expect(grantees(ofAccount, deny(when('ArnNotLike', 'aws:SourceArn', trails)))).toContain(other);
    const ofHome = lets('*', when('StringEquals', 'aws:SourceAccount', home));
    expect(truth({ policy: [ofHome, deny(when('ArnNotLike', 'aws:SourceArn', trails))] })).toBe('yes');
  });

  test('a role of accounts that begin so, where another condition asks for the role', () => {
    const like = {
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' },
      StringLike: { 'aws:PrincipalAccount': ['12*', home] },
    };
    expect(grantees(lets('*', { Condition: like }))).toEqual(['no', 'arn:aws:iam::120000000000:role/reader']);
    const ofOther = deny(when('ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${other}:*`));
    expect(grantees(lets('*', when('ArnLike', 'aws:PrincipalArn', '*:*:iam::*:role/reader')), ofOther)).toContain(
      reader,
    );
  });

  test('one whom a denial of all others spares', () => {
    const { Principal: _, ...others } = deny({});
    const spare = (principals: Statement) => grantees(lets('*'), { ...others, NotPrincipal: principals });
    expect(spare({ AWS: [other, `arn:aws:iam::${other}:root`] })).toEqual(['no', other]);
    expect(spare({ AWS: [reader, other] })).toEqual(['no', reader, other]);
    expect(spare({ Service: 'a.amazonaws.com' })).toEqual(['no', 'a.amazonaws.com']);
    expect(truth({ policy: [lets('*'), { ...others, NotPrincipal: { AWS: home } }] })).toBe('yes');
  });

  test('a role of an account, where one condition asks for the account and another one for the role', () => {
    const ofAccount = lets('*', when('StringEquals', 'aws:PrincipalAccount', other));
    expect(grantees(ofAccount, deny(when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/reader')))).toEqual([
      'no',
      reader,
    ]);
  });

  test('whoever comes without TLS, where a denial takes the others away', () => {
    expect(truth({ policy: [lets('*'), deny(when('Bool', 'aws:SecureTransport', 'true'))] })).toBe('no');
  });

  test('is nobody else because a denial names them', () => {
    const more = [
      deny({ Action: 's3:Put*', Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${other}:*` } } }),
      deny({ Action: 's3:Put*', Condition: { StringNotEquals: { 'aws:SourceOrgID': 'o-other' } } }),
    ];
    const only = lets('*', when('StringEquals', 'aws:PrincipalArn', role));
    const asKey = lets('*', when('StringEquals', 'kms:CallerAccount', home));
    expect(truth({ policy: [only, ...more], to: [role] })).toBe('yes');
    expect(truth({ policy: [asKey, ...more] })).toBe('yes');
  });

  test('is one of the account that a statement asks for, and not for themselves, where a denial alone names them', () => {
    const services = (...accounts: readonly string[]) => lets('*', when('StringEquals', 'aws:SourceAccount', accounts));
    const but = deny(when('StringNotEquals', 'aws:PrincipalServiceName', service));
    expect(truth({ policy: [services(home), but] })).toBe('yes');
    expect(truth({ policy: [services(other), but], to: [other] })).toBe('yes');
    expect(grantees(services(other, home), but)).toEqual(['no', service]);
    expect(grantees(services(home, other), but)).toEqual(['no', service]);
    const trails = deny(when('ArnNotLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:trail/*'));
    expect(truth({ policy: [services(home), trails] })).toBe('yes');
    const ofHome = lets('*', when('StringEquals', 'aws:PrincipalAccount', home));
    expect(truth({ policy: [ofHome, deny(when('ArnNotLike', 'aws:PrincipalArn', role))] })).toBe('yes');
    const named = lets('*', when('ArnLike', 'aws:PrincipalArn', role));
    expect(truth({ policy: [named] })).toBe('no');
    expect(truth({ policy: [named, deny(when('ArnNotLike', 'aws:PrincipalArn', role))] })).toBe('no');
  });

  test('is nobody where a denial takes them away', () => {
    const outside = deny(when('StringNotEquals', 'aws:SourceAccount', home));
    expect(truth({ policy: [lets('*', when('Bool', 'aws:PrincipalIsAWSService', 'true')), outside] })).toBe('yes');
  });
});

describe('what they may', () => {
  test.each<[string, Setting, string]>([
    ['this action', { policy: [lets(other, { Action: 's3:getobject' })] }, 'no'],
    ['another action', { policy: [lets(other, { Action: 's3:ListBucket' })] }, 'yes'],
    ['some action of a pattern', { policy: [lets(other, { Action: 's3:ListBucket' })], actions: ['s3:*'] }, 'no'],
    [
      'some action of another pattern',
      { policy: [lets(other, { Action: 's3:List*' })], actions: ['s3:*Bucket'] },
      'no',
    ],
    ['no action of a pattern', { policy: [lets(other, { Action: 's3:List*' })], actions: ['s3:Get*'] }, 'yes'],
    [
      'one of two',
      { policy: [lets(other, { Action: 's3:ListBucket' })], actions: ['s3:GetObject', 's3:ListBucket'] },
      'no',
    ],
    ['all actions but this', { policy: [{ ...nothing, NotAction: 's3:Get*' }] }, 'yes'],
    ['all actions but another', { policy: [{ ...nothing, NotAction: 's3:Put*' }] }, 'no'],
    ['on some objects', { policy: [lets(other, { Resource: `${logs}/AWSLogs/*` })] }, 'no'],
    ['on one object', { policy: [lets(other, { Resource: `${logs}/a` })] }, 'no'],
    [
      'on objects of a bucket that begins so',
      { policy: [lets(other, { Resource: 'arn:aws:s3:::l*/AWSLogs/*' })] },
      'no',
    ],
    ['on the bucket alone', { policy: [lets(other, { Resource: logs })] }, 'yes'],
    [
      'on the bucket alone, which is asked about',
      { policy: [lets(other, { Resource: logs })], resource: undefined },
      'no',
    ],
    ['on another bucket', { policy: [lets(other, { Resource: 'arn:aws:s3:::other/*' })] }, 'yes'],
    ['on all but another bucket', { policy: [{ ...nowhere, NotResource: 'arn:aws:s3:::other/*' }] }, 'no'],
    ['on all but these objects', { policy: [{ ...nowhere, NotResource: objects }] }, 'yes'],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });
});

describe('a denial', () => {
  const only = (more: Statement) => truth({ policy: [lets(other), deny(more)] });
  test.each<[string, Statement, string]>([
    ['of all of it takes it away', {}, 'yes'],
    ['of the action takes it away', { Action: 's3:Get*' }, 'yes'],
    ['of another action does not', { Action: 's3:Put*' }, 'no'],
    ['of somebody else does not', { Principal: { AWS: role } }, 'no'],
    ['of some objects is not known to', { Resource: `${logs}/AWSLogs/*` }, 'unknown'],
    ['of other objects does not', { Resource: 'arn:aws:s3:::other/*' }, 'no'],
    [
      'that a request can be made to get past does not',
      { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } },
      'no',
    ],
    ['of requests without TLS does not', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, 'no'],
    [
      'of accounts that are not this one takes it away',
      { Condition: { StringNotEquals: { 'aws:PrincipalAccount': home } } },
      'yes',
    ],
    ['of all but one role takes it away', { Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } } }, 'yes'],
    [
      'of who is not of an organization is not known to',
      { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } } },
      'unknown',
    ],
  ])('%s', (_, more, expected) => {
    expect(only(more)).toBe(expected);
  });

  test('of some of the actions that are asked about leaves the others', () => {
    expect(truth({ policy: [lets(other), deny({ Action: 's3:Get*' })], actions: ['s3:*'] })).toBe('no');
  });
});

describe('with the organization', () => {
  const inside = { organization: true, ofOrganization: 'listed' } as const;
  const ifOf = (id: string) => lets('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } });
  test.each<[string, Setting, string]>([
    ['its own role', { ...inside, policy: [lets(role)] }, 'yes'],
    ['an account of it', { ...inside, policy: [lets(other)] }, 'yes'],
    ['a role of an account of it', { ...inside, policy: [lets(`arn:aws:iam::${other}:role/a`)] }, 'yes'],
    ['an account that is not', { ...inside, policy: [lets('222222222222')] }, 'no'],
    [
      'an account, but only if it is of it',
      {
        ...inside,
        policy: [lets('222222222222', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } } })],
      },
      'yes',
    ],
    ['whoever is of it', { ...inside, policy: [ifOf('o-ours')] }, 'yes'],
    ['whoever is of another', { ...inside, policy: [ifOf('o-other')] }, 'no'],
    [
      'whoever is of a unit of it',
      {
        ...inside,
        policy: [lets('*', { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours/*' } } })],
      },
      'yes',
    ],
    ['anybody', { ...inside, policy: [lets('*')] }, 'no'],
    ['a service', { ...inside, policy: [put()], actions: ['s3:PutObject'] }, 'no'],
    ['an account of it, of a question that leaves it out', { policy: [lets(other)], ofOrganization: 'listed' }, 'no'],
  ])('%s', (_, setting, expected) => {
    expect(truth(setting)).toBe(expected);
  });

  test('that was refused: which account is of it is not known', () => {
    const refused = (operation: string) => ({ gaps: [{ operation, error: 'AccessDenied' }] });
    expect(
      brief(ask({ organization: true, policy: [lets(other)], more: refused('organizations:ListAccounts') })),
    ).toEqual([
      'unknown',
      'at.AWS::Organizations::Account: AccessDenied',
      `at.Policy: statement 1 lets ${other} do s3:GetObject on ${objects}`,
    ]);
    const id = ask({
      organization: true,
      policy: [ifOf('o-ours')],
      more: refused('organizations:DescribeOrganization'),
    });
    expect(id.truth).toBe('unknown');
  });
});

describe('it is said', () => {
  test('who may do what', () => {
    expect(brief(ask({ policy: [put({ Sid: 'Write' })], actions: ['s3:PutObject'] }))).toEqual([
      'no',
      `at.Policy: statement 1 (Write) lets cloudtrail.amazonaws.com do s3:PutObject on ${logs}/AWSLogs/${home}/*`,
    ]);
    expect(brief(ask({ policy: [put()], to: ['x', 'y'] }))).toEqual([
      'yes',
      'at.Policy: it lets nobody but x, y do s3:GetObject',
    ]);
    expect(brief(ask({ policy: [put()] }))).toEqual(['yes', 'at.Policy: it lets nobody do s3:GetObject']);
    expect(brief(ask({}))).toEqual(['yes', 'at.Policy: it has no policy, which lets nobody in']);
  });

  test('whether an account is listed', () => {
    expect(brief(ask({ policy: [lets(other)], organization: true, ofOrganization: 'listed' }))).toEqual([
      'yes',
      `at.Policy: statement 1 lets ${other} do s3:GetObject on ${objects}`,
      `at.AWS::Organizations::Account[${member.Arn}]: "${other}"`,
    ]);
    const listing = { from: 'organizations:ListAccounts' };
    const inside = ask({ policy: [lets(other)], organization: true, ofOrganization: 'listed' });
    expect([inside.evidence[1], inside.changes]).toMatchObject([{ ...listing, resource: member.Arn }, []]);
    expect(ask({ policy: [lets(other)], organization: true }).evidence[1]).toMatchObject({
      ...listing,
      resource: logs,
    });
    expect(brief(ask({ policy: [lets(other)], organization: true }))[2]).toBe(
      `at.AWS::Organizations::Account: ${other} is not of the account's organization`,
    );
  });

  test('that the policy was refused', () => {
    expect(brief(ask({ more: unread('s3:GetBucketPolicy', logs) }))).toEqual(['unknown', 'at.Policy: AccessDenied']);
  });

  test('of a policy that tells a thousand roles apart, that it looks at some', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `arn:aws:iam::${other}:role/r${index}`);
    const policy = [lets('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': many } } })];
    expect(brief(ask({ policy, to: [`arn:aws:iam::${other}:*`] }))).toEqual([
      'unknown',
      'at.Policy: statement 1 perhaps lets somebody beside the first 100 that it names in',
    ]);
    expect(truth({ policy: [lets(many)], to: [`arn:aws:iam::${other}:*`] })).toBe('yes');
    expect(truth({ policy: [lets(many)], to: [`arn:aws:iam::${other}:role/r1*`] })).toBe('no');
  });
});

import { describe, expect, test } from 'vitest';
import { type Caller, contextFor, type Keys, unknownKey, valuesOf } from '../../../src/proof/policy/request.ts';

const home = '111122223333';
const service: Caller = { kind: 'service', name: 'sns.amazonaws.com' };
const account: Caller = { kind: 'account', account: home };
const anonymous: Caller = { kind: 'anonymous' };
const stranger: Caller = { kind: 'stranger' };
const absent: readonly string[] = [];
const asked = (key: string, keys: Keys = {}) =>
  [service, account, stranger, anonymous].map((caller) => valuesOf(contextFor(caller, keys), key));

describe('what a request carries: of a service, an account, a stranger, and without credentials', () => {
  const nobody = '000000000000';
  test.each<[string, ...(readonly string[] | typeof unknownKey)[]]>([
    ['aws:SecureTransport', ['true'], ['true'], ['true'], ['true']],
    ['aws:PrincipalIsAWSService', ['true'], ['false'], ['false'], absent],
    ['aws:PrincipalServiceName', ['sns.amazonaws.com'], absent, absent, absent],
    ['aws:PrincipalServiceNamesList', ['sns.amazonaws.com'], absent, absent, absent],
    ['aws:SourceAccount', unknownKey, absent, absent, absent],
    ['aws:SourceArn', unknownKey, absent, absent, absent],
    ['aws:SourceOrgID', unknownKey, absent, absent, absent],
    ['aws:SourceOrgPaths', unknownKey, absent, absent, absent],
    ['aws:SourceOwner', unknownKey, unknownKey, [nobody], absent],
    ['aws:PrincipalAccount', absent, [home], [nobody], absent],
    ['aws:PrincipalArn', absent, unknownKey, [`arn:aws:iam::${nobody}:user/stranger`], absent],
    ['aws:PrincipalOrgID', absent, unknownKey, ['o-0000000000'], absent],
    ['aws:PrincipalOrgPaths', absent, unknownKey, ['o-0000000000/r-0000/'], absent],
    ['aws:PrincipalTag/team', absent, unknownKey, unknownKey, absent],
    ['aws:MultiFactorAuthAge', absent, unknownKey, unknownKey, absent],
    ['aws:MultiFactorAuthPresent', absent, unknownKey, unknownKey, absent],
    ['aws:username', absent, unknownKey, unknownKey, absent],
    ['aws:userid', absent, unknownKey, ['AIDA00000000000000000'], ['anonymous']],
    ['aws:SourceVpc', absent, unknownKey, unknownKey, unknownKey],
    ['aws:SourceVpce', absent, unknownKey, unknownKey, unknownKey],
    ['aws:VpcSourceIp', absent, unknownKey, unknownKey, unknownKey],
    ['aws:SourceIp', unknownKey, unknownKey, unknownKey, unknownKey],
    ['kms:CallerAccount', unknownKey, [home], [nobody], absent],
    ['aws:New', unknownKey, unknownKey, unknownKey, unknownKey],
  ])('%s', (key, ...expected) => {
    expect(asked(key)).toEqual(expected);
    expect(asked(key.toUpperCase())).toEqual(expected);
  });

  test('what the question says comes before', () => {
    const said = { 'AWS:PrincipalServiceName': 'a', 'aws:principalorgid': ['b', 'c'], 'aws:username': 'd' };
    for (const [key, value] of Object.entries(said)) {
      expect(asked(key.toLowerCase(), said)).toEqual(Array.from({ length: 4 }, () => [value].flat()));
    }
    expect(asked('aws:new', { 'aws:New': undefined })).toEqual([absent, absent, absent, absent]);
  });

  test.each([
    [`arn:aws:iam::${home}:role/Reader`, true],
    [`arn:aws:iam::${home}:user/path/me`, true],
    [`arn:aws:sts::${home}:assumed-role/Reader/me`, false],
    [`arn:aws:sts::${home}:federated-user/me`, false],
  ])('the ARN of %s is that of the principal: %s', (arn, isPrincipal) => {
    const context = contextFor({ kind: 'account', account: home, arn }, {});
    expect(valuesOf(context, 'aws:PrincipalArn')).toEqual(isPrincipal ? [arn] : unknownKey);
  });
});

test('the version of TLS: one of two where there is TLS, as there is if nobody says otherwise, none without', () => {
  const of = (keys: Keys) => {
    const context = contextFor(account, keys);
    return [valuesOf(context, 's3:TlsVersion'), context.oneOf?.get('s3:tlsversion')];
  };
  expect(of({ 'aws:SecureTransport': 'true' })).toEqual([unknownKey, ['1.2', '1.3']]);
  expect(of({ 'aws:SecureTransport': 'false' })).toEqual([absent, undefined]);
  expect(of({})).toEqual([unknownKey, ['1.2', '1.3']]);
  expect(of({ 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.1' })[0]).toEqual(['1.1']);
});

import { describe, expect, test } from 'vitest';
import type { TargetsConfig } from '../../src/cli/config.ts';
import { targetsOf } from '../../src/cli/targets.ts';

type Flags = Parameters<typeof targetsOf>[0];

const none = { organization: false, resume: false } as Flags;
const targets = (flags: Partial<Flags>, config?: TargetsConfig) => targetsOf({ ...none, ...flags }, config);
const [a, b] = ['111122223333', '444455556666'] as const;
const role = { name: 'trailproof' };

describe('flags choose accounts', () => {
  test.each<[Partial<Flags>, ReturnType<typeof targetsOf>]>([
    [{ organization: true }, { organization: {}, accounts: [], exclude: [], role }],
    [
      { ou: ['r-ab12', 'ou-ab12-11111111'] },
      {
        organization: { units: ['r-ab12', 'ou-ab12-11111111'] },
        accounts: [],
        exclude: [],
        role,
      },
    ],
    [
      { 'account-tag': ['env=prod', 'env=stage', 'cost=a=b'] },
      {
        organization: { tags: { env: ['prod', 'stage'], cost: ['a=b'] } },
        accounts: [],
        exclude: [],
        role,
      },
    ],
    [
      { 'account-id': [a], 'exclude-account': [b] },
      { accounts: [a], exclude: [b], role },
    ],
    [
      { organization: true, 'account-id': [a], 'role-name': 'teams/audit', 'external-id': 'secret' },
      {
        organization: {},
        accounts: [a],
        exclude: [],
        role: { name: 'teams/audit', externalId: 'secret' },
      },
    ],
    [
      { organization: true, 'role-arn': `arn:aws:iam::${a}:role/hub` },
      {
        organization: {},
        accounts: [],
        exclude: [],
        role,
        roleArn: `arn:aws:iam::${a}:role/hub`,
      },
    ],
  ])('%j', (flags, expected) => {
    expect(targets(flags)).toEqual(expected);
  });
});

describe('the config chooses them', () => {
  const config: TargetsConfig = {
    organization: { ous: ['r-ab12'], tags: { env: ['prod', 'stage'], team: 'web' }, exclude: [b] },
    accounts: [a],
    roleName: 'audit',
    externalId: 'secret',
    roleArn: `arn:aws:iam::${a}:role/hub`,
  };
  const chosen = {
    organization: { units: ['r-ab12'], tags: { env: ['prod', 'stage'], team: ['web'] } },
    accounts: [a],
    exclude: [b],
    role: { name: 'audit', externalId: 'secret' },
    roleArn: `arn:aws:iam::${a}:role/hub`,
  };

  test('where no flag does', () => {
    expect(targets({}, config)).toEqual(chosen);
    expect(targets({}, { organization: true })).toEqual({ organization: {}, accounts: [], exclude: [], role });
    expect(targets({}, { accounts: [a] })).toEqual({ accounts: [a], exclude: [], role });
  });

  test('a flag that chooses takes its place, but its roles stay', () => {
    expect(targets({ 'account-id': [b] }, config)).toEqual({
      accounts: [b],
      exclude: [],
      role: chosen.role,
      roleArn: chosen.roleArn,
    });
  });

  test('a flag that says more adds to it', () => {
    expect(targets({ 'exclude-account': [a], 'role-name': 'other' }, config)).toEqual({
      ...chosen,
      exclude: [b, a],
      role: { name: 'other', externalId: 'secret' },
    });
  });

  test('but not for a recording', () => {
    expect(targets({ replay: 'calls.jsonl' }, config)).toBeUndefined();
  });
});

test('without either it is the account of the credentials', () => {
  expect(targets({})).toBeUndefined();
});

describe('a slip of the pen', () => {
  test.each<[Partial<Flags>, string]>([
    [{ 'account-id': ['1111'] }, '--account-id 1111: not an account id'],
    [{ organization: true, 'exclude-account': ['prod'] }, '--exclude-account prod: not an account id'],
    [{ ou: ['root'] }, '--ou root: not the id of a root or an organizational unit'],
    [{ 'account-tag': ['prod'] }, '--account-tag prod: not a tag'],
    [
      { organization: true, 'role-name': `arn:aws:iam::${a}:role/x` },
      `arn:aws:iam::${a}:role/x: not the name of a role`,
    ],
    [{ 'role-name': 'audit' }, '--role-name is for several accounts'],
    [{ 'account-concurrency': 2 }, '--account-concurrency is for several accounts'],
    [{ organization: true, record: 'calls.jsonl' }, '--record is for one account'],
    [{ checkpoint: 'kept', record: 'calls.jsonl' }, '--record does not go with --checkpoint'],
  ])('%j', (flags, message) => {
    expect(() => targets(flags)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });
});

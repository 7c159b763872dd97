import { describe, expect, test } from 'vitest';
import { asking } from '../../src/collectors/ask.ts';
import type { Members } from '../../src/collectors/call.ts';
import { type AccountChoice, chooseAccounts } from '../../src/sources/organization.ts';
import { type Answers, awsError, inMemoryAccount } from '../collectors/in-memory-account.ts';

const [a, b, c, d, e] = ['111111111111', '222222222222', '333333333333', '444444444444', '555555555555'] as const;
const active = (id: string): Members => ({ Id: id, State: 'ACTIVE' });

/** A root with an account, a unit with two and in it another unit with the last, and tags. */
const tree: Readonly<Record<string, { readonly accounts: readonly Members[]; readonly units: readonly string[] }>> = {
  'r-ab12': { accounts: [active(a)], units: ['ou-ab12-11111111'] },
  'ou-ab12-11111111': { accounts: [active(b), { Id: c, Status: 'ACTIVE' }], units: ['ou-ab12-22222222'] },
  'ou-ab12-22222222': { accounts: [active(d), { Id: e, State: 'SUSPENDED', Status: 'ACTIVE' }], units: [] },
};

const unitOf = ({ ParentId }: Members) => {
  const unit = tree[String(ParentId)];
  if (!unit) throw awsError('ParentNotFoundException', "You specified a root or OU that doesn't exist.");
  return unit;
};

const answers: Answers = {
  // Pages may be empty and yet be followed by others.
  'organizations:ListAccounts': ({ NextToken }) => {
    if (NextToken === undefined) return { Accounts: [active(d), active(b)], NextToken: '1' };
    if (NextToken === '1') return { Accounts: [], NextToken: '2' };
    return {
      Accounts: [{ Id: c, Status: 'ACTIVE' }, active(a), { Id: e, State: 'PENDING_CLOSURE', Status: 'ACTIVE' }],
    };
  },
  'organizations:ListAccountsForParent': (params) => ({ Accounts: unitOf(params).accounts }),
  'organizations:ListOrganizationalUnitsForParent': (params) => ({
    OrganizationalUnits: unitOf(params).units.map((Id) => ({ Id })),
  }),
  'organizations:ListTagsForResource': ({ ResourceId }) => ({
    Tags: [
      { Key: 'env', Value: ResourceId === a ? 'test' : 'prod' },
      { Key: 'team', Value: ResourceId === b ? 'data' : 'web' },
    ],
  }),
};

function choose(choice: Partial<AccountChoice>, table = answers, partition = 'aws') {
  const account = inMemoryAccount(table);
  const ask = asking({ send: account.send, concurrency: 8 });
  const chosen = chooseAccounts(ask, { accounts: [], exclude: [], ...choice }, partition);
  return { chosen, asked: account.asked };
}

describe('the record of the organization', () => {
  const of = (Id: string, Path: string, more: Members = {}): Members => ({
    ...active(Id),
    Arn: `arn:aws-us-gov:organizations::${a}:account/o-exampleorgid/${Id}`,
    Paths: [`o-exampleorgid/${Path}${Id}/`],
    ...more,
  });
  const withArns: Answers = {
    ...answers,
    'organizations:ListAccounts': () => ({
      Accounts: [
        of(b, 'r-ab12/ou-ab12-11111111/ou-ab12-22222222/', { Name: 'data' }),
        of(a, 'r-ab12/'),
        of(e, 'r-ab12/', { State: 'SUSPENDED', Paths: [] }),
        of(d, 'r-ab12/', { Paths: ['o-exampleorgid/r-ab12/', 'o-exampleorgid/r-cd34/'] }),
      ],
    }),
  };

  test('lists the accounts that are meant, each with its units from its own up, where one path says them', async () => {
    await expect(choose({ organization: {}, exclude: [] }, withArns).chosen).resolves.toMatchObject({
      organization: {
        trailproof: 'organization/1',
        id: 'o-exampleorgid',
        managementAccount: a,
        accounts: [
          { id: a, state: 'ACTIVE', parents: ['r-ab12'] },
          { id: b, name: 'data', state: 'ACTIVE', parents: ['ou-ab12-22222222', 'ou-ab12-11111111', 'r-ab12'] },
          { id: d, state: 'ACTIVE' },
          { id: e, state: 'SUSPENDED' },
        ],
      },
    });
  });

  test('not those that are left out, nor those without the tag', async () => {
    const organization = { tags: { env: ['test'] } };
    const { organization: record } = await choose({ organization, exclude: [b] }, withArns).chosen;
    expect(record?.accounts.map(({ id }) => id)).toEqual([a, e]);
  });

  test('is none where no ARN says which it is, or nobody asks for it', async () => {
    expect((await choose({ organization: {} }).chosen).organization).toBeUndefined();
    expect((await choose({ accounts: [a] }, withArns).chosen).organization).toBeUndefined();
  });
});

describe('accounts of the organization', () => {
  test('are all that are active, over empty pages, by State before Status; the others are named', async () => {
    const { chosen, asked } = choose({ organization: {} });
    await expect(chosen).resolves.toEqual({
      accounts: [a, b, c, d],
      skipped: [{ id: e, state: 'PENDING_CLOSURE' }],
    });
    expect(asked()).toEqual(Array(3).fill('organizations:ListAccounts us-east-1'));
  });

  test.each([
    ['ou-ab12-11111111', [b, c, d]],
    ['ou-ab12-22222222', [d]],
    ['r-ab12', [a, b, c, d]],
  ])('at or below %s', async (unit, accounts) => {
    await expect(choose({ organization: { units: [unit] } }).chosen).resolves.toMatchObject({ accounts });
  });

  test('of units inside each other are listed once', async () => {
    const { chosen, asked } = choose({ organization: { units: ['ou-ab12-22222222', 'r-ab12'] } });
    await expect(chosen).resolves.toEqual({ accounts: [a, b, c, d], skipped: [{ id: e, state: 'SUSPENDED' }] });
    expect(asked().filter((call) => call.includes('ListAccountsForParent'))).toHaveLength(3);
  });

  test('with a tag: every key must be there, of each any value will do, and nobody else is asked', async () => {
    const { chosen, asked } = choose({
      organization: { tags: { env: ['prod', 'stage'], team: ['web'] } },
      exclude: [d],
    });
    await expect(chosen).resolves.toMatchObject({ accounts: [c] });
    expect(asked().filter((call) => call.includes('Tags'))).toHaveLength(3);
  });

  test('beside accounts that are named, without those that are excluded', async () => {
    const choice = { organization: {}, accounts: ['999999999999', e, b], exclude: [a, b] };
    await expect(choose(choice).chosen).resolves.toEqual({ accounts: [c, d, e, '999999999999'], skipped: [] });
  });

  test.each([
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-northwest-1'],
    ['aws-eusc', 'eusc-de-east-1'],
    ['aws-of-tomorrow', 'us-east-1'],
  ])('in %s are asked for in %s', async (partition, region) => {
    const { chosen, asked } = choose({ organization: {} }, answers, partition);
    await chosen;
    expect(asked()).toContain(`organizations:ListAccounts ${region}`);
  });
});

test('for accounts that are named nobody is asked', async () => {
  const { chosen, asked } = choose({ accounts: [b, a, b] });
  await expect(chosen).resolves.toEqual({ accounts: [a, b], skipped: [] });
  expect(asked()).toEqual([]);
});

describe('what is not listed is not concluded from', () => {
  const refusing = (operation: string, code: string): Answers => ({
    ...answers,
    [`organizations:${operation}`]: () => {
      throw awsError(code);
    },
  });

  test('no permission says what to allow', async () => {
    const { chosen } = choose({ organization: {} }, refusing('ListAccounts', 'AccessDeniedException'));
    await expect(chosen).rejects.toMatchObject({
      code: 'credentials',
      message:
        'Which accounts there are is not known (organizations:ListAccounts: AccessDeniedException: AccessDeniedException happened), so nothing may be concluded',
      hint: 'Allow organizations:ListAccounts to the caller, who must be in the management account or in one that is a delegated administrator.',
    });
  });

  test('nor where a later page or the tags of one account are refused', async () => {
    const half: Answers = {
      ...answers,
      'organizations:ListAccounts': ({ NextToken }) => {
        if (NextToken === undefined) return { Accounts: [active(a)], NextToken: '1' };
        throw awsError('TooManyRequestsException');
      },
    };
    await expect(choose({ organization: {} }, half).chosen).rejects.toMatchObject({ code: 'network' });
    const { chosen } = choose(
      { organization: { tags: { env: ['prod'] } } },
      refusing('ListTagsForResource', 'AccessDenied'),
    );
    await expect(chosen).rejects.toMatchObject({ code: 'credentials' });
  });

  test.each([
    ['AWSOrganizationsNotInUseException', {}, 'The account of the credentials is in no organization'],
    [
      'ParentNotFoundException',
      { units: ['ou-ab12-99999999'] },
      'The organization has no root and no unit ou-ab12-99999999',
    ],
  ])('%s is a mistake of usage', async (code, organization, message) => {
    const { chosen } = choose({ organization }, refusing('ListAccounts', code));
    await expect(chosen).rejects.toMatchObject({ code: 'usage', message });
  });

  test.each([
    ['ExpiredTokenException', 'credentials', 'Sign in again (`aws sso login`).'],
    ['TimedOut', 'network', 'Give it more time with --deadline or --timeout.'],
    ['ECONNREFUSED', 'network', 'Try again in a while.'],
  ])('%s says what to do next, and nothing that is not known', async (name, code, hint) => {
    const { chosen } = choose({ organization: {} }, refusing('ListAccounts', name));
    await expect(chosen).rejects.toMatchObject({ code, hint });
  });

  test('an answer without the tags of an account', async () => {
    const { chosen } = choose(
      { organization: { tags: { env: ['prod'] } } },
      { ...answers, 'organizations:ListTagsForResource': () => ({}) },
    );
    await expect(chosen).rejects.toMatchObject({ code: 'network' });
  });

  test.each([{}, { Accounts: [{ Name: 'prod' }] }, { Accounts: 'all' }, { Accounts: [{ Id: a }] }])(
    'an answer like %j',
    async (answer) => {
      const table = { 'organizations:ListAccounts': () => answer };
      await expect(choose({ organization: {} }, table).chosen).rejects.toMatchObject({ code: 'network' });
    },
  );
});

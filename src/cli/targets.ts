import { AppError } from '../errors.ts';
import { isAccountId } from '../snapshot/account-id.ts';
import type { MemberRole } from '../sources/many-accounts.ts';
import type { AccountChoice } from '../sources/organization.ts';
import type { TargetsConfig } from './config.ts';
import type { LiveFlags } from './flags.ts';
import { roleName } from './policy-text.ts';
import type { TargetFlags } from './target-flags.ts';
import { roleNamePattern, unitIdPattern } from './target-names.ts';

/** Which accounts are read, and by which roles. */
export interface Targets extends AccountChoice {
  readonly role: MemberRole;
  /** The role that enters the others; left out: the credentials at hand do. */
  readonly roleArn?: string;
}

type Flags = Pick<LiveFlags, 'role-arn' | 'external-id' | 'replay' | 'record'> & TargetFlags;

/** They choose accounts; each of the others says more about the choice. */
const choosing = ['organization', 'ou', 'account-tag', 'account-id'] as const;
const refining = ['exclude-account', 'role-name', 'account-concurrency'] as const;

/**
 * The accounts that flags choose, else those of the config; undefined: the one of the credentials, or of a recording.
 *
 * @throws AppError `usage` for what is no id, tag or name, and for what only makes sense for several accounts.
 */
export function targetsOf(flags: Flags, config: TargetsConfig | undefined): Targets | undefined {
  if (flags.replay !== undefined) return undefined;
  const choice = choosing.some((flag) => flags[flag]) ? choiceOfFlags(flags) : config && choiceOfConfig(config);
  assertAlone(flags, choice);
  if (!choice) {
    const idle = refining.find((flag) => flags[flag] !== undefined);
    if (idle === undefined) return undefined;
    throw new AppError('usage', `--${idle} is for several accounts`, {
      hint: 'Choose them by --organization, --ou, --account-tag or --account-id, or as targets in the config.',
    });
  }
  const roleArn = flags['role-arn'] ?? config?.roleArn;
  const externalId = flags['external-id'] ?? config?.externalId;
  return {
    ...choice,
    exclude: [...choice.exclude, ...(flags['exclude-account'] ?? []).map((id) => accountId('--exclude-account', id))],
    role: {
      name: nameOfRole(flags['role-name'] ?? config?.roleName ?? roleName),
      ...(externalId !== undefined && { externalId }),
    },
    ...(roleArn !== undefined && { roleArn }),
  };
}

/** What targets come to as a config: each key with its value, and the flags that have a say in it. */
export function targetsAsConfig(flags: Flags, config: TargetsConfig | undefined): readonly TargetsKey[] {
  const targets = targetsOf(flags, config);
  const given = Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined || value === false ? [] : [flag],
  );
  const by = (...names: readonly string[]) => names.filter((name) => given.includes(name)).map((name) => `--${name}`);
  if (!targets || by(...choosing, ...refining, 'role-arn', 'external-id').length === 0) return [];
  const { organization, accounts, exclude, role, roleArn } = targets;
  const { units: ous, tags } = organization ?? {};
  const narrowed = { ...(ous && { ous }), ...(tags && { tags }), ...(exclude.length > 0 && { exclude }) };
  const left = accounts.filter((id) => !exclude.includes(id));
  const keys: readonly (TargetsKey | undefined)[] = [
    organization && {
      name: 'organization',
      value: Object.keys(narrowed).length > 0 ? narrowed : true,
      by: by('organization', 'ou', 'account-tag', 'exclude-account'),
    },
    left.length > 0 ? { name: 'accounts', value: left, by: by('account-id', 'exclude-account') } : undefined,
    { name: 'roleName', value: role.name, by: by('role-name') },
    role.externalId === undefined ? undefined : { name: 'externalId', value: role.externalId, by: by('external-id') },
    roleArn === undefined ? undefined : { name: 'roleArn', value: roleArn, by: by('role-arn') },
  ];
  return keys.filter((key) => key !== undefined);
}

export interface TargetsKey {
  readonly name: string;
  readonly value: unknown;
  /** Empty: the config alone says it, or nobody does. */
  readonly by: readonly string[];
}

/** What is written of one account at the end of it cannot be had of many, or of one that is gone on with. */
function assertAlone(flags: Flags, choice: AccountChoice | undefined): void {
  if (flags.record === undefined || (!choice && flags.checkpoint === undefined)) return;
  throw new AppError('usage', choice ? '--record is for one account' : '--record does not go with --checkpoint', {
    hint: 'Record each account by itself, or keep what was read by --checkpoint.',
  });
}

function choiceOfFlags(flags: Flags): AccountChoice {
  const { organization, ou, 'account-tag': tags, 'account-id': accounts = [] } = flags;
  const fromOrganization = organization || ou || tags;
  return {
    ...(fromOrganization && {
      organization: { ...(ou && { units: ou.map(unitId) }), ...(tags && { tags: tagsOf(tags) }) },
    }),
    accounts: accounts.map((id) => accountId('--account-id', id)),
    exclude: [],
  };
}

function choiceOfConfig({ organization, accounts = [] }: TargetsConfig): AccountChoice {
  if (!organization) return { accounts, exclude: [] };
  const { ous, tags, exclude = [] } = organization === true ? {} : organization;
  return {
    organization: {
      ...(ous && { units: ous }),
      ...(tags && { tags: Object.fromEntries(Object.entries(tags).map(([key, values]) => [key, [values].flat()])) }),
    },
    accounts,
    exclude,
  };
}

/** `env=prod`, also more than one of a key; a value may hold `=`. */
function tagsOf(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const pairs = texts.map((text) => {
    const at = text.indexOf('=');
    if (at > 0) return { key: text.slice(0, at), value: text.slice(at + 1) };
    throw new AppError('usage', `--account-tag ${text}: not a tag`, { hint: 'Write it like --account-tag env=prod.' });
  });
  const byKey = Map.groupBy(pairs, ({ key }) => key);
  return Object.fromEntries([...byKey].map(([key, found]) => [key, found.map(({ value }) => value)]));
}

function accountId(flag: string, id: string): string {
  if (isAccountId(id)) return id;
  throw new AppError('usage', `${flag} ${id}: not an account id`, { hint: 'It has 12 digits.' });
}

function unitId(id: string): string {
  if (new RegExp(unitIdPattern).test(id)) return id;
  throw new AppError('usage', `--ou ${id}: not the id of a root or an organizational unit`, {
    hint: 'It looks like r-ab12 or ou-ab12-11111111.',
  });
}

function nameOfRole(name: string): string {
  if (new RegExp(roleNamePattern).test(name)) return name;
  throw new AppError('usage', `${name}: not the name of a role`, {
    hint: 'The account is filled in by itself: write it like audit or path/audit.',
  });
}

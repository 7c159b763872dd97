import type { Ask } from '../collectors/ask.ts';
import { isMembers, type Members, valueAt } from '../collectors/call.ts';
import { type Refusal, refusalText } from '../collectors/refusal.ts';
import { AppError } from '../errors.ts';
import { endpointRegion, globalServiceRegion } from '../resource-types/partition.ts';
import type { Organization, OrganizationAccount } from '../snapshot/organization.ts';
import { badCredentials } from './not-connected.ts';

/** Which accounts of the organization are wanted; nothing said: all that are active. */
export interface OrganizationChoice {
  /** Roots and organizational units: the accounts at or below any of them. */
  readonly units?: readonly string[];
  /** Tag key → the values that will do; every key must be there. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
}

/** Which accounts somebody wants to have read. */
export interface AccountChoice {
  readonly organization?: OrganizationChoice;
  /** Ids, beside those that the organization gives. */
  readonly accounts: readonly string[];
  readonly exclude: readonly string[];
}

export interface ChosenAccounts {
  /** Ids, sorted. */
  readonly accounts: readonly string[];
  /** Those that Organizations lists and that are not active: nobody can be let into them. */
  readonly skipped: readonly { readonly id: string; readonly state: string }[];
  /** The organization, with those of its accounts that are meant; undefined: none was asked. */
  readonly organization?: Organization;
}

/**
 * The accounts that a choice means. Organizations is asked only where it says something that is needed: tags of the
 * accounts that everything else has left, and nothing at all for accounts named by id.
 *
 * @throws AppError for whatever Organizations refuses: of accounts that nobody could list nothing may be concluded.
 */
export async function chooseAccounts(
  ask: Ask,
  { organization, accounts, exclude }: AccountChoice,
  partition: string,
): Promise<ChosenAccounts> {
  const isWanted = (id: string): boolean => !exclude.includes(id);
  const listed = organization ? await listAccounts(asker(ask, partition), organization) : [];
  const wanted = listed.filter(({ id }) => isWanted(id));
  const active = wanted.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);
  const tagged = organization?.tags ? await withTags(asker(ask, partition), active, organization.tags) : active;
  const isMeant = ({ id, state }: ListedAccount): boolean => state !== 'ACTIVE' || chosen.has(id);
  const chosen = new Set(tagged);
  const record = organizationIn(wanted.filter(isMeant));
  return {
    ...(record && { organization: record }),
    accounts: [...new Set([...tagged, ...accounts.filter(isWanted)])].toSorted(),
    skipped: wanted.flatMap(({ id, state }) => (state !== 'ACTIVE' && !accounts.includes(id) ? [{ id, state }] : [])),
  };
}

interface ListedAccount extends OrganizationAccount {
  readonly arn: unknown;
}

type Asker = (operation: string, params: Members) => Promise<Members>;

/** Organizations answers in one region of each partition (aws-semantics §10.1). */
function asker(ask: Ask, partition: string): Asker {
  const region = globalServiceRegion('organizations.amazonaws.com', partition) ?? endpointRegion(partition);
  return async (name, params) => {
    const operation = `organizations:${name}`;
    const { answer, refusal } = await ask(operation, region, params);
    // Half a list would be taken for all of it.
    if (refusal) throw cannotList(operation, refusal, params);
    return answer ?? {};
  };
}

async function listAccounts(ask: Asker, { units }: OrganizationChoice): Promise<readonly ListedAccount[]> {
  const seen = new Set<string>();
  const below = async (unit: string): Promise<readonly ListedAccount[]> => {
    // One of them may be inside another.
    if (seen.has(unit)) return [];
    seen.add(unit);
    const params = { ParentId: unit };
    const [accounts, { OrganizationalUnits }] = await Promise.all([
      ask('ListAccountsForParent', params),
      ask('ListOrganizationalUnitsForParent', params),
    ]);
    const inner = entriesOf(OrganizationalUnits, 'organizations:ListOrganizationalUnitsForParent');
    return [...accountsOf(accounts), ...(await Promise.all(inner.map(({ Id }) => below(String(Id))))).flat()];
  };
  const listed = units ? (await Promise.all(units.map(below))).flat() : accountsOf(await ask('ListAccounts', {}));
  return listed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** `State` took the place of `Status`, which older endpoints still answer alone (aws-semantics §10.1). */
const accountsOf = ({ Accounts }: Members): readonly ListedAccount[] =>
  entriesOf(Accounts, 'organizations:ListAccounts').map(({ Id, Name, Status, State = Status, Arn, Paths }) => {
    // Nobody would miss an account that is passed over because of it.
    if (typeof State !== 'string') throw unreadable('organizations:ListAccounts', `${String(Id)} has no State.`);
    return {
      id: String(Id),
      ...(typeof Name === 'string' && { name: Name }),
      state: State,
      ...parentsIn(Paths),
      arn: Arn,
    };
  });

/** `o-exampleorgid/r-ab12/ou-ab12-11111111/111122223333/` says where an account is, from the root down. */
function parentsIn(paths: unknown): Pick<OrganizationAccount, 'parents'> {
  const [path, ...more]: readonly unknown[] = Array.isArray(paths) ? paths : [];
  if (typeof path !== 'string' || more.length > 0) return {};
  return {
    parents: path
      .split('/')
      .filter((step) => /^(?:r|ou)-/.test(step))
      .toReversed(),
  };
}

/** The ARN of each of its accounts says which organization it is and who manages it. */
function organizationIn(listed: readonly ListedAccount[]): Organization | undefined {
  const [, managementAccount, id] =
    /^arn:[\w-]+:organizations::(\d{12}):account\/(o-[a-z0-9]{10,32})\//.exec(String(listed[0]?.arn)) ?? [];
  if (!managementAccount || !id) return undefined;
  return {
    trailproof: 'organization/1',
    id,
    managementAccount,
    accounts: listed.map(({ arn: _, ...account }) => account),
  };
}

function entriesOf(entries: unknown, operation: string): readonly Members[] {
  const isWhole = Array.isArray(entries) && entries.every((entry) => typeof valueAt(entry, 'Id') === 'string');
  if (isWhole) return entries.filter(isMembers);
  throw unreadable(operation, 'An entry of the answer has no Id.');
}

const unreadable = (operation: string, message: string): AppError =>
  cannotList(operation, { code: 'UnreadableAnswer', message }, {});

async function withTags(
  ask: Asker,
  accounts: readonly string[],
  tags: NonNullable<OrganizationChoice['tags']>,
): Promise<readonly string[]> {
  const answers = await Promise.all(accounts.map((id) => ask('ListTagsForResource', { ResourceId: id })));
  return accounts.filter((_, index) => {
    const own: unknown = answers[index]?.Tags;
    if (!Array.isArray(own)) throw unreadable('organizations:ListTagsForResource', 'The answer has no tags.');
    return Object.entries(tags).every(([key, values]) =>
      own.some((tag) => valueAt(tag, 'Key') === key && values.some((value) => valueAt(tag, 'Value') === value)),
    );
  });
}

/** Why nobody knows which accounts there are, and what would tell. */
function cannotList(operation: string, refusal: Refusal, { ParentId }: Members): AppError {
  const { code } = refusal;
  const said = `Which accounts there are is not known (${operation}: ${refusalText(refusal)}), so nothing may be concluded`;
  if (code === 'AWSOrganizationsNotInUseException') {
    return new AppError('usage', 'The account of the credentials is in no organization', {
      hint: 'Name the accounts with --account-id.',
    });
  }
  if (code === 'ParentNotFoundException') {
    return new AppError('usage', `The organization has no root and no unit ${String(ParentId)}`, {
      hint: '`aws organizations list-roots` and `list-organizational-units-for-parent` show them.',
    });
  }
  if (code.startsWith('AccessDenied')) {
    return new AppError('credentials', said, {
      hint: `Allow ${operation} to the caller, who must be in the management account or in one that is a delegated administrator.`,
    });
  }
  if (badCredentials.has(code)) return new AppError('credentials', said, { hint: 'Sign in again (`aws sso login`).' });
  const hint = code === 'TimedOut' ? 'Give it more time with --deadline or --timeout.' : 'Try again in a while.';
  return new AppError('network', said, { hint });
}

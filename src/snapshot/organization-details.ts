import type { Organization, OrganizationAccount, OrganizationGap } from './organization.ts';
import { isObject, objectsIn } from './resource-view.ts';
import type { Item, Snapshot } from './snapshot.ts';

/** What tells of an organization more than which accounts it has. */
const operations = {
  organization: 'organizations:DescribeOrganization',
  tags: 'organizations:ListTagsForResource',
  administrators: 'organizations:ListDelegatedAdministrators',
  services: 'organizations:ListDelegatedServicesForAccount',
  trusted: 'organizations:ListAWSServiceAccessForOrganization',
  policies: 'organizations:ListPolicies',
  content: 'organizations:DescribePolicy',
  targets: 'organizations:ListTargetsForPolicy',
} as const;

/**
 * A record of an organization with what an account was told that sees all of it: its management account, or a delegated
 * administrator (aws-semantics §10.1). What it was not asked is left out; what it was refused is a gap. Which accounts
 * there are stays as it was: whoever listed them was told all.
 */
export function withDetails(organization: Organization, seer: Snapshot): Organization {
  const { accounts, ...rest } = organization;
  const tagged = new Map(itemsOf(seer, 'Account').map((item) => [item.Id, item.tags]));
  return {
    ...rest,
    accounts: accounts.map((account) => withTags(account, tagged.get(account.id))),
    ...administratorsIn(seer),
    ...trustedIn(seer),
    ...policiesIn(seer),
    gaps: gapsIn(seer),
  };
}

const itemsOf = ({ resources }: Snapshot, name: 'Account' | 'Organization' | 'Policy'): readonly Item[] =>
  resources[`AWS::Organizations::${name}`] ?? [];

const withTags = (account: OrganizationAccount, tags: unknown): OrganizationAccount =>
  isObject(tags)
    ? { ...account, tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])) }
    : account;

/** CloudTrail's are listed by themselves; of other services each account says what it administers. */
function administratorsIn(seer: Snapshot): Pick<Organization, 'delegatedAdministrators'> {
  const { administrators, services } = operations;
  if (!wasAsked(seer, administrators) && !wasAsked(seer, services)) return {};
  const ofCloudTrail = itemsOf(seer, 'Organization')
    .flatMap(({ DelegatedAdministrators }) => objectsIn(DelegatedAdministrators))
    .map(({ Id }) => ({ account: String(Id), service: 'cloudtrail.amazonaws.com' }));
  const ofAll = itemsOf(seer, 'Account').flatMap(({ Id, DelegatedServices }) =>
    objectsIn(DelegatedServices).map(({ ServicePrincipal }) => ({
      account: String(Id),
      service: String(ServicePrincipal),
    })),
  );
  return { delegatedAdministrators: uniqueSorted([...ofCloudTrail, ...ofAll]) };
}

function trustedIn(seer: Snapshot): Pick<Organization, 'trustedServices'> {
  const [said] = itemsOf(seer, 'Organization').flatMap(({ EnabledServicePrincipals: list }) => (list ? [list] : []));
  return said ? { trustedServices: objectsIn(said).map((service) => String(service.ServicePrincipal)) } : {};
}

/** Those of which it is known what they say and where: the others are gaps. */
function policiesIn(seer: Snapshot): Pick<Organization, 'policies'> {
  const { policies, content, targets } = operations;
  if (![policies, content, targets].every((operation) => wasAsked(seer, operation))) return {};
  const known = itemsOf(seer, 'Policy').flatMap(({ Id, Type, Content, Targets }) =>
    typeof Content === 'string' && Array.isArray(Targets)
      ? [
          {
            id: String(Id),
            type: String(Type),
            content: Content,
            targets: objectsIn(Targets).map(({ TargetId }) => String(TargetId)),
          },
        ]
      : [],
  );
  return { policies: known };
}

const wasAsked = ({ operations: asked = [] }: Snapshot, operation: string): boolean =>
  asked.some((entry) => (typeof entry === 'string' ? entry : entry.operation) === operation);

/** An account that nobody was let into, or that time was too short for, has told nothing at all. */
function gapsIn({ gaps = [] }: Snapshot): readonly OrganizationGap[] {
  const telling: ReadonlySet<string> = new Set([...Object.values(operations), 'sts:AssumeRole']);
  const ofOrganization = gaps.flatMap(({ operation, region, resource, error, message }) => {
    const isOfAll = operation === undefined && region === undefined && resource === undefined;
    const about = isOfAll ? operations.organization : operation;
    if (about === undefined || !telling.has(about)) return [];
    return [{ operation: about, error, ...(message !== undefined && { message }) }];
  });
  return uniqueSorted(ofOrganization);
}

function uniqueSorted<T>(items: readonly T[]): readonly T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

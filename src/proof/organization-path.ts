import { listingGaps } from '../snapshot/gaps.ts';
import { redactedGap, redactedValue } from '../snapshot/redacted.ts';
import { type AccountView, isObject, type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Answer, Evidence } from './answer.ts';
import { decided, undecided, unknown } from './leaf.ts';

const organizationType = 'AWS::Organizations::Organization';
const accountType = 'AWS::Organizations::Account';

/** The organization that an account is in, and who manages it; an answer: it is in none, or nobody knows. */
export function organizationOf(
  account: AccountView,
): { readonly organization: ResourceView; readonly management: string; readonly ground: Evidence } | Answer {
  const organization = account.byType.get(organizationType)?.[0];
  if (!organization) return withoutOrganization(account);
  const path = `${organizationType}[${organization.id}].MasterAccountId`;
  const master = read(organization, 'MasterAccountId');
  if (master.is === 'gap') return unknown(organization, path, master.gaps, master.from);
  const management = master.is === 'value' ? String(master.value) : '';
  return { organization, management, ground: said(organization, path, master) };
}

function withoutOrganization(account: AccountView): Answer {
  const listing = listed(account, organizationType);
  if ('truth' in listing) return listing;
  return decided(false, { ...listing, note: 'the account is in no organization' });
}

/**
 * The account of the run that sees what an organization holds: the management account, where it has listed all of these
 * types; without it, what the account sees itself is all there is.
 */
export function whoSees(account: AccountView, management: string, types: readonly string[] = []): AccountView {
  const away = account.run?.accountOf(management, account.account.partition);
  const isWhole = away && [accountType, ...types].every((name) => gapsOf(away, name).length === 0);
  return isWhole ? away : account;
}

/** An account as its organization lists it; an answer: nobody knows. */
function memberIn(seer: AccountView, id: string): ResourceView | Answer {
  const member = seer.byType.get(accountType)?.find(({ item }) => item.Id === id);
  if (member) return member;
  const listing = listed(seer, accountType);
  return 'truth' in listing ? listing : undecided({ ...listing, note: `the organization does not list account ${id}` });
}

/** The ids from the root to the account, as AWS says where it is; an answer: nobody knows. */
export function pathTo(
  id: string,
  seer: AccountView,
): { readonly ids: readonly string[]; readonly evidence: Evidence } | Answer {
  const member = memberIn(seer, id);
  if ('truth' in member) return member;
  const path = `${accountType}[${member.id}].Paths`;
  const reading = read(member, 'Paths');
  if (reading.is === 'gap') return unknown(member, path, reading.gaps, reading.from);
  const evidence = said(member, path, reading);
  const paths = reading.is === 'value' && Array.isArray(reading.value) ? reading.value.map(String) : [];
  const [only, ...more] = paths.map((it) => it.split('/').filter((step) => /^(?:r|ou)-/.test(step)));
  if (!only?.[0]?.startsWith('r-') || more.length > 0) {
    return undecided({ ...evidence, note: 'it does not say where in the organization the account is' });
  }
  return { ids: [...only, id], evidence };
}

/** The value of a tag of an account, as its organization says it; an answer: nobody knows. */
export function accountTag(id: string, seer: AccountView, key: string): { readonly value: unknown } | Answer {
  const member = memberIn(seer, id);
  if ('truth' in member) return member;
  const path = `${accountType}[${member.id}].tags.${key}`;
  const reading = read(member, 'tags');
  if (reading.is === 'gap') return unknown(member, path, reading.gaps, reading.from);
  const tags = reading.is === 'value' && isObject(reading.value) ? reading.value : {};
  const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
  return value === redactedValue ? unknown(member, path, [redactedGap(member.id)], reading.from) : { value };
}

/** That a property was read, whatever it says. */
export const said = (view: ResourceView, path: string, { from }: Reading): Evidence => ({
  path,
  ...(from && { from }),
  resource: view.id,
});

const gapsOf = (account: AccountView, typeName: string) => {
  const type = account.registry[typeName];
  return type ? listingGaps(type, account.registry, account.gaps) : [];
};

/** Where a listing is asked about: the account that was asked. */
const asker = (account: AccountView): ResourceView | undefined => account.byType.get('AWS::Account')?.[0];

/** Evidence of a listing as a whole, or why it is not known. */
export function listed(account: AccountView, typeName: string): Answer | Evidence {
  const self = asker(account);
  const from = account.registry[typeName]?.list?.operation;
  const path = typeName;
  const gaps = gapsOf(account, typeName);
  if (self && gaps.length > 0) return unknown(self, path, gaps, from);
  return { path, ...(from && { from }), ...(self && { resource: self.id }) };
}

import { listingGaps } from '../../snapshot/gaps.ts';
import type { AccountView, Reading, ResourceView } from '../../snapshot/resource-view.ts';
import { objectsIn, read } from '../../snapshot/resource-view.ts';
import type { Answer, Evidence } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { type Policy, parsePolicy } from '../policy/policy.ts';

const types = {
  organization: 'AWS::Organizations::Organization',
  account: 'AWS::Organizations::Account',
  policy: 'AWS::Organizations::Policy',
} as const;

/** A service control policy that is effective on an account. */
export interface Guard {
  readonly name: string;
  readonly policy: Policy;
  /** The roots, organizational units and accounts on the path to the account that it is attached to. */
  readonly at: readonly string[];
  /** What it says, and that it is attached. */
  readonly content: Evidence;
  readonly targets: Evidence;
}

/** What service control policies there are between the root of the organization and an account. */
export interface Control {
  readonly organization: string;
  /** The root, the organizational units below it, the account: each step has to allow what is done. */
  readonly path: readonly string[];
  readonly guards: readonly Guard[];
  /** What nobody could read: any of it may deny or allow anything. */
  readonly open: readonly Answer[];
  /** What every answer rests on: that the policies are effective, and where the account is. */
  readonly ground: readonly Evidence[];
  /** That these are all: the listing, and where the other policies are attached. */
  readonly others: readonly Evidence[];
}

/** Either the policies, or what is known without them. */
export type Effective =
  | { readonly is: 'settled'; readonly answer: Answer }
  | { readonly is: 'read'; readonly control: Control };

const settled = (answer: Answer): Effective => ({ is: 'settled', answer });

/**
 * The service control policies that are effective on an account: those at the root, at each organizational unit above
 * it, and its own. None restricts the management account, and none has any effect before their type is enabled in the
 * root (AWS Organizations User Guide, "SCP evaluation"). The management account and delegated administrators alone may
 * list them: for a member the management account says it where the run holds its snapshot.
 */
export function effectiveOn(account: AccountView): Effective {
  const organization = account.byType.get(types.organization)?.[0];
  if (!organization) return settled(withoutOrganization(account));
  const path = `${types.organization}[${organization.id}]`;
  const master = read(organization, 'MasterAccountId');
  if (master.is === 'gap') return settled(unknown(organization, `${path}.MasterAccountId`, master.gaps, master.from));
  const management = master.is === 'value' ? String(master.value) : '';
  const ground = said(organization, `${path}.MasterAccountId`, master);
  if (management === account.account.id) {
    const note = 'it is the management account, which no service control policy restricts';
    return settled(decided(false, { ...ground, note }));
  }
  const seer = whoSees(account, management);
  const own = seer.byType.get(types.organization)?.find(({ id }) => id === organization.id) ?? organization;
  const root = rootOf(own, path);
  if ('truth' in root) return settled(root);
  const steps = pathTo(account.account.id, seer);
  if ('truth' in steps) return settled(steps);
  const control = guardsOn(steps.ids, seer);
  return {
    is: 'read',
    control: {
      ...control,
      organization: String(organization.item.Id ?? ''),
      path: steps.ids,
      ground: [ground, root, steps.evidence],
    },
  };
}

const said = (view: ResourceView, path: string, { from }: Reading): Evidence => ({
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
function listed(account: AccountView, typeName: string): Answer | Evidence {
  const self = asker(account);
  const from = account.registry[typeName]?.list?.operation;
  const path = typeName;
  const gaps = gapsOf(account, typeName);
  if (self && gaps.length > 0) return unknown(self, path, gaps, from);
  return { path, ...(from && { from }), ...(self && { resource: self.id }) };
}

function withoutOrganization(account: AccountView): Answer {
  const listing = listed(account, types.organization);
  return 'truth' in listing ? listing : decided(false, { ...listing, note: 'the account is in no organization' });
}

/** The management account sees everything; without it, what the account sees itself is all there is. */
function whoSees(account: AccountView, management: string): AccountView {
  const away = account.run?.accountOf(management, account.account.partition);
  const isWhole = away && [types.policy, types.account].every((name) => gapsOf(away, name).length === 0);
  return isWhole ? away : account;
}

/** That service control policies are enabled in the root; an answer: they are not, or nobody knows. */
function rootOf(organization: ResourceView, at: string): Evidence | Answer {
  const path = `${at}.Roots`;
  const roots = read(organization, 'Roots');
  if (roots.is === 'gap') return unknown(organization, path, roots.gaps, roots.from);
  const evidence = said(organization, path, roots);
  const all = roots.is === 'value' ? objectsIn(roots.value) : [];
  if (all.length === 0) return undecided({ ...evidence, note: 'an organization has a root, and none is here' });
  const enabled = all.flatMap(({ PolicyTypes }) =>
    objectsIn(PolicyTypes).flatMap(({ Type, Status }) => (Type === 'SERVICE_CONTROL_POLICY' ? [String(Status)] : [])),
  );
  if (enabled.includes('ENABLED')) return evidence;
  const [status] = enabled;
  if (status) return undecided({ ...evidence, note: `service control policies are ${status} in the root` });
  return decided(false, { ...evidence, note: 'service control policies are not enabled in the root' });
}

/** The ids from the root to the account, as AWS says where it is. */
function pathTo(
  id: string,
  seer: AccountView,
): { readonly ids: readonly string[]; readonly evidence: Evidence } | Answer {
  const member = seer.byType.get(types.account)?.find(({ item }) => item.Id === id);
  if (!member) {
    const listing = listed(seer, types.account);
    if ('truth' in listing) return listing;
    return undecided({ ...listing, note: `the organization does not list account ${id}` });
  }
  const path = `${types.account}[${member.id}].Paths`;
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

/** The policies that are attached on a path, the others, and what nobody could read of any. */
function guardsOn(path: readonly string[], seer: AccountView): Pick<Control, 'guards' | 'open' | 'others'> {
  const listing = listed(seer, types.policy);
  const guards: Guard[] = [];
  const open: Answer[] = 'truth' in listing ? [listing] : [];
  const others: Evidence[] = 'truth' in listing ? [] : [listing];
  for (const view of seer.byType.get(types.policy) ?? []) {
    const found = guardOf(view, path, `${types.policy}[${view.id}].`);
    if ('truth' in found) open.push(found);
    else if ('policy' in found) guards.push(found);
    else others.push(found);
  }
  return { guards, open, others };
}

/** A policy that is attached on the path; evidence: it is not; an answer: nobody knows whether, or what it says. */
function guardOf(view: ResourceView, path: readonly string[], at: string): Guard | Evidence | Answer {
  const targets = read(view, 'Targets');
  if (targets.is === 'gap') return unknown(view, `${at}Targets`, targets.gaps, targets.from);
  const attached = targets.is === 'value' ? objectsIn(targets.value).map(({ TargetId }) => TargetId) : [];
  const steps = path.filter((step) => attached.includes(step));
  const evidence = said(view, `${at}Targets`, targets);
  if (steps.length === 0) return evidence;
  const content = read(view, 'Content');
  if (content.is === 'gap') return unknown(view, `${at}Content`, content.gaps, content.from);
  const text = said(view, `${at}Content`, content);
  const policy = parsePolicy(content.is === 'value' ? String(content.value) : '', 'identity');
  if ('mistake' in policy) return undecided({ ...text, note: policy.mistake });
  return { name: view.name, policy, at: steps, content: text, targets: { ...evidence, actual: steps } };
}

import type { AccountView, ResourceView } from '../../snapshot/resource-view.ts';
import { objectsIn, read } from '../../snapshot/resource-view.ts';
import type { Answer, Evidence } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { listed, organizationOf, pathTo, said, whoSees } from '../organization-path.ts';
import { type Policy, parsePolicy } from '../policy/policy.ts';

const organizationType = 'AWS::Organizations::Organization';
const policyType = 'AWS::Organizations::Policy';

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
  const found = organizationOf(account);
  if ('truth' in found) return settled(found);
  const { organization, management, ground } = found;
  const path = `${organizationType}[${organization.id}]`;
  if (management === account.account.id) {
    const note = 'it is the management account, which no service control policy restricts';
    return settled(decided(false, { ...ground, note }));
  }
  const seer = whoSees(account, management, [policyType]);
  const own = seer.byType.get(organizationType)?.find(({ id }) => id === organization.id) ?? organization;
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

/** The policies that are attached on a path, the others, and what nobody could read of any. */
function guardsOn(path: readonly string[], seer: AccountView): Pick<Control, 'guards' | 'open' | 'others'> {
  const listing = listed(seer, policyType);
  const guards: Guard[] = [];
  const open: Answer[] = 'truth' in listing ? [listing] : [];
  const others: Evidence[] = 'truth' in listing ? [] : [listing];
  for (const view of seer.byType.get(policyType) ?? []) {
    const found = guardOf(view, path, `${policyType}[${view.id}].`);
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

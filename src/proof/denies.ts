import { listingGaps } from '../snapshot/gaps.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import { type Answer, distinct, type Evidence } from './answer.ts';
import { decided, unknown } from './leaf.ts';
import { type Deciding, decideFor, regionsThatMatter, type Said } from './service-control/decide-for.ts';
import { type Control, effectiveOn } from './service-control/effective.ts';

/** Is each action denied to everybody but those excepted? */
export interface DeniesQuestion {
  readonly actions: readonly string[];
  /** Globs of the ARNs of principals; of a session its role's. */
  readonly except: readonly string[];
}

/** These no such policy restricts: a statement that leaves them out leaves out nobody whom it could deny anything. */
const serviceLinkedRoles = 'arn:*:iam::*:role/aws-service-role/*';

/**
 * Whether service control policies deny each action to every principal of the account but the exceptions: an account
 * is asked about everything that it has, a bucket or key about itself. What is denied is denied by a statement that
 * leaves out nobody else, or is allowed nowhere at some step from the root to the account (AWS Organizations User Guide,
 * "SCP evaluation"). A condition that depends on how somebody asks leaves out whoever asks otherwise. Service-linked
 * roles and AWS services are outside of all such policies, and so of the question.
 */
export function denies(view: ResourceView, { actions, except }: DeniesQuestion, prefix: string): Answer {
  const account = ownerOf(view);
  if (!account) return unknown(view, `${prefix}accountId`, whyNotOwner(view));
  const effective = effectiveOn(account);
  if (effective.is === 'settled') return effective.answer;
  const { control } = effective;
  const deciding: Deciding = { control, except: [...except, serviceLinkedRoles], home: account.account, view };
  const regions = regionsThatMatter(control, account);
  // Nothing is denied where nothing is named.
  if (actions.length === 0)
    return decided(false, { path: `${prefix}denies`, resource: view.id, note: 'no action is named' });
  const said = actions.flatMap((action) => regions.map((region) => decideFor({ action, region }, deciding)));
  return distinct(together(said, { control, account, isRegional: regions[0] !== undefined }));
}

/** The account whose principals are asked about; undefined: this run has not read it. */
const ownerOf = ({ account, accountId, unread }: ResourceView): AccountView | undefined => {
  if (unread) return undefined;
  return accountId === account.account.id ? account : account.run?.accountOf(accountId, account.account.partition);
};

const whyNotOwner = ({ id, accountId, unread }: ResourceView): readonly Gap[] =>
  unread ?? [
    { resource: id, error: 'OtherAccount', message: `it is in account ${accountId}, which this run has not read` },
  ];

interface Where {
  readonly control: Control;
  readonly account: AccountView;
  readonly isRegional: boolean;
}

/** Each action has to be denied in each region: one that is not decides, and then one of which nobody knows. */
function together(said: readonly Said[], where: Where): Answer {
  const { control } = where;
  const free = said.filter(({ truth }) => truth === 'no');
  if (free.length > 0) return notDenied(free, control);
  const unclear = said.filter(({ truth }) => truth === 'unknown');
  if (unclear.length > 0) return unclearOf(unclear, control);
  const regions = where.isRegional ? regionsOf(where) : undefined;
  if (regions && 'truth' in regions) return regions;
  return {
    truth: 'yes',
    evidence: [...control.ground, ...(regions ? [regions] : []), ...denyingEvidence(said, control)],
    changes: [],
  };
}

/** That these are all regions, or why nobody knows. */
function regionsOf({ account }: Where): Answer | Evidence {
  const type = account.registry['AWS::Region'];
  const self = account.byType.get('AWS::Account')?.[0];
  const gaps = type ? listingGaps(type, account.registry, account.gaps) : [];
  const from = type?.list?.operation;
  if (self && gaps.length > 0) return unknown(self, 'regions', gaps, from);
  return { path: 'regions', ...(from && { from }), ...(self && { resource: self.id }) };
}

const actionsOf = (said: readonly Said[]): string => [...new Set(said.map(({ action }) => action))].join(', ');

/** What denies, each statement once with all that it denies; and what allows too little, which all at its step show. */
function denyingEvidence(said: readonly Said[], control: Control): readonly Evidence[] {
  const byStatement = Map.groupBy(
    said.filter(({ by }) => by),
    ({ by }) => `${by?.guard.content.path} ${by?.why}`,
  );
  const denied = [...byStatement.values()].flatMap((same): readonly Evidence[] => {
    const by = same[0]?.by;
    if (!by) return [];
    return [by.guard.targets, { ...by.guard.content, note: `${by.why} of ${by.guard.name} denies ${actionsOf(same)}` }];
  });
  const missing = said.filter(({ step }) => step);
  if (missing.length === 0) return denied;
  const note = `what is attached to ${missing[0]?.step} does not allow ${actionsOf(missing)}`;
  return [...denied, ...everything(control, note)];
}

/** All that there is: the listing, where each policy is attached, and what those on the path say. */
const everything = ({ guards, others }: Control, note: string): readonly Evidence[] => [
  ...others.map((evidence, index) => (index === 0 ? { ...evidence, note } : evidence)),
  ...guards.flatMap(({ targets, content }) => [targets, content]),
];

function notDenied(free: readonly Said[], control: Control): Answer {
  const [first] = free;
  const same = free.filter(({ whom, region }) => whom === first?.whom && region === first?.region);
  const where = first?.region ? ` in ${first.region}` : '';
  const note = `nothing denies ${actionsOf(same)} to ${first?.whom}${where}`;
  return { truth: 'no', evidence: [...control.ground, ...everything(control, note)], changes: [] };
}

function unclearOf(unclear: readonly Said[], { open, ground, guards }: Control): Answer {
  const why = unclear.flatMap(({ by, action }): readonly Evidence[] =>
    by ? [{ ...by.guard.content, note: `whether ${action} is denied: ${by.why}` }] : [],
  );
  const evidence = [...open.flatMap((answer) => answer.evidence), ...why];
  if (evidence.length > 0) return { truth: 'unknown', evidence, changes: [] };
  const note = `whether ${actionsOf(unclear)} is denied to everybody cannot be told`;
  return { truth: 'unknown', evidence: [{ ...(guards[0]?.content ?? ground[0] ?? { path: '' }), note }], changes: [] };
}

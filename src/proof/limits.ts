import { unseen } from '../snapshot/members.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, all, distinct, type Evidence, resting } from './answer.ts';
import { matchesGlob } from './glob.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { type Grant, grantsOf } from './policy/grants.ts';
import { policyOf } from './policy/of-resource.ts';

/** Does the policy of a resource let only these do something? */
export interface LimitsQuestion {
  /** Actions, each perhaps a glob: none of what they match may be granted to anybody else. */
  readonly actions: readonly string[];
  /** Left out: the resource itself. */
  readonly resource: string | undefined;
  /** Who may: services, accounts, ARNs, ids of organizations; with wildcards. */
  readonly to: readonly string[];
  /** Whether principals of the resource's own account may, and those of its organization. */
  readonly organization: boolean;
}

/**
 * Whether the policy of a resource lets nobody do any of these actions but those who may (aws-semantics §4.3). What
 * the owner's account as a whole is granted counts for nothing: its identity policies decide without it.
 *
 * It asks of given actions, and of everybody: services, principals of the account itself and whoever makes a request
 * meet a condition count too, and a denial that takes all of it away keeps them out. The facts `outsiders` and
 * `sharedWith` say whom a policy names, whatever it lets them do, for a rule that lists who else may come in.
 */
export function limits(view: ResourceView, question: LimitsQuestion, prefix: string, { thorough }: Context): Answer {
  const found = policyOf(view, prefix);
  if (found.is === 'unreadable') return found.answer;
  const { evidence, complete } = found;
  if (found.is === 'absent') {
    return resting(decided(true, { ...evidence, note: 'it has no policy, which lets nobody in' }), complete);
  }
  const { resource = view.id } = question;
  const { partition } = view.account.account;
  const grants = question.actions
    .flatMap((action) => grantsOf(found.policy, { action, resource, partition }))
    .filter(({ to: { name, through = name } }) => through !== view.accountId && !isAmong(question.to, [name, through]));
  if (grants.length === 0) {
    const who = question.to.length > 0 ? `but ${question.to.join(', ')} ` : '';
    const note = `it lets nobody ${who}do ${question.actions.join(', ')}`;
    return resting(decided(true, { ...evidence, note }), complete);
  }
  const judged = grants.map((grant) => judge(grant, { view, prefix, evidence, question }));
  return resting(distinct(all(judged, thorough)), complete);
}

const isAmong = (allowed: readonly string[], names: readonly string[]): boolean =>
  allowed.some((written) => {
    const pattern = /^arn:[^:]*:iam::(\d{12}):root$/.exec(written)?.[1] ?? written;
    return names.some((name) => matchesGlob(pattern, name));
  });

interface Judging {
  readonly view: ResourceView;
  readonly prefix: string;
  readonly evidence: Evidence;
  readonly question: LimitsQuestion;
}

function judge({ to, granted, why }: Grant, { view, prefix, evidence, question }: Judging): Answer {
  const said = { ...evidence, note: why };
  const outside = granted === 'yes' ? decided(false, said) : undecided(said);
  if (!question.organization || to.name === '*') return outside;
  const { account: owner, accountId } = view;
  if (to.account === accountId) return decided(true, said);
  if (to.organization !== undefined) {
    return isWithin('AWS::Organizations::Organization', to.organization, { view, prefix, said, outside });
  }
  const isOfAccount = /^\d{12}$/.test(to.account ?? '');
  return isOfAccount && owner.registry['AWS::Organizations::Account']
    ? isWithin('AWS::Organizations::Account', to.account ?? '', { view, prefix, said, outside })
    : outside;
}

interface Within {
  readonly view: ResourceView;
  readonly prefix: string;
  readonly said: Evidence;
  readonly outside: Answer;
}

/** Whether an organization is the account's own, or an account one of it; where nobody could ask, it is not known. */
function isWithin(typeName: string, id: string, { view, prefix, said, outside }: Within): Answer {
  const { account } = view;
  const type = account.registry[typeName];
  const path = `${prefix}${typeName}`;
  const from = type?.list?.operation;
  const own = account.own.get(typeName)?.find(({ item }) => item.Id === id);
  if (own) {
    const listed = { path: `${path}[${own.id}]`, actual: id, ...(from && { from }), resource: own.id };
    return { truth: 'yes', evidence: [said, listed], changes: [] };
  }
  const gaps = type ? unseen(type, account) : [];
  if (gaps.length > 0) return all([unknown(view, path, gaps, from), undecided(said)], 'no');
  const none = { path, ...(from && { from }), resource: view.id, note: `${id} is not of the account's organization` };
  return { ...outside, evidence: [...outside.evidence, none] };
}

import { type Reading, type ResourceView, read } from '../../snapshot/resource-view.ts';
import type { Gap } from '../../snapshot/snapshot.ts';
import { callersOf } from './callers.ts';
import { decide } from './decide.ts';
import { alwaysHavePolicy } from './of-resource.ts';
import { type Policy, parsePolicy, type Statement } from './policy.ts';
import { type Caller, type Request, waysOf } from './request.ts';
import { strangersLike } from './strangers.ts';

/**
 * Whom the policy of a resource lets in from outside its account (aws-semantics §4.2–4.3, §8): the numbers of the
 * accounts that it lets do anything at all, on whatever condition, and `*` where somebody without credentials, or with
 * those of an account that no policy names, is let in. AWS's own services are none: what they may do, they do for
 * somebody.
 *
 * It names accounts, be they of the organization or not, for a rule to compare with those that may be let in.
 * `sharedWith` names organizations too; `limits` asks of given actions, and of services and principals of the account.
 */
export const outsiders = (view: ResourceView): Reading =>
  fromPolicy(view, (policy) => {
    const ask = (caller: Caller) => firstAllowed(policy, view, waysFor(caller));
    const strangers = strangersLike(policy, view.account.account.partition, {});
    const anybody = [...callersOf('*').flatMap(waysFor), ...strangers].map((way) => firstAllowed(policy, view, [way]));
    const open = anybody.find(({ allowed }) => allowed === 'unknown');
    const isPublic = anybody.some(({ allowed }) => allowed === 'yes');
    if (open && !isPublic) return open.why;
    const accounts = [...new Set(policy.statements.flatMap(accountsIn))].filter((it) => it !== view.accountId);
    const others = accounts.filter((account) =>
      namesOf(policy, account).some((name) => callersOf(name).some((caller) => ask(caller).allowed !== 'no')),
    );
    return [...(isPublic ? ['*'] : []), ...others.toSorted()];
  });

/**
 * Whom the policy of a key lets decrypt, as it names them, on whatever condition; `*` for anybody (aws-semantics §8).
 * The account itself is the account's root: then its own IAM policies say who.
 */
export const readers = (view: ResourceView): Reading =>
  fromPolicy(view, (policy) => {
    const granting = policy.statements.filter(({ effect }) => effect === 'Allow');
    // Nothing is known of the request but who asks: only what refuses it for certain counts.
    const context = { present: new Map(), absent: [] };
    const may = (statement: Statement, caller: Caller): boolean => {
      const request = { caller, action: 'kms:Decrypt', resource: view.id, context };
      return [{ ...policy, statements: [statement] }, policy].every((it) => decide(it, request).allowed !== 'no');
    };
    const named = granting.flatMap((statement) =>
      principalsIn(statement).filter((name) => callersOf(name).some((caller) => may(statement, caller))),
    );
    return [...new Set(named)].toSorted();
  });

/** Whom a policy lets in, or why nobody knows: a sentence, or what could not be read beside it. */
type LetIn = readonly string[] | string | { readonly unread: readonly Gap[] };

/** Whom the policy of a resource lets in, or why nobody knows. A resource without one lets nobody in. */
export function fromPolicy(view: ResourceView, ask: (policy: Policy) => LetIn): Reading {
  const reading = read(view, 'Policy');
  const { from } = reading;
  if (reading.is === 'gap') return reading;
  const undecided = (message: string): Reading => ({
    is: 'gap',
    gaps: [{ resource: view.id, error: 'NotDecidable', message }],
    from,
  });
  if (reading.is === 'absent') {
    return alwaysHavePolicy.includes(view.type.name)
      ? undecided('it always has a policy, and none is here')
      : { is: 'value', value: [], from };
  }
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided(policy.mistake);
  const said = ask(policy);
  if (typeof said === 'string') return undecided(said);
  return 'unread' in said ? { is: 'gap', gaps: said.unread, from } : { is: 'value', value: said, from };
}

type Way = Pick<Request, 'caller' | 'context'>;

const waysFor = (caller: Caller): readonly Way[] => waysOf(caller, {}).map((context) => ({ caller, context }));

/** The decision about the first action with which somebody is let in who asks so, else the first that is open, else a no. */
function firstAllowed(policy: Policy, view: ResourceView, ways: readonly Way[]): ReturnType<typeof decide> {
  let open: ReturnType<typeof decide> | undefined;
  for (const action of actionsIn(policy, view)) {
    for (const way of ways) {
      const decision = decide(policy, { ...way, action, resource: view.id });
      if (decision.allowed === 'yes') return decision;
      if (decision.allowed === 'unknown') open ??= decision;
    }
  }
  return open ?? { allowed: 'no', why: '' };
}

/** One action of each kind that a policy tells apart: those it names, and of each pattern one that nothing else names. */
function actionsIn({ statements }: Policy, { type }: ResourceView): ReadonlySet<string> {
  const any = 'Anything';
  const service = type.name.split('::')[1]?.toLowerCase() ?? '';
  const named = statements.flatMap(({ actions }) => actions.values.filter((action) => action !== '*'));
  return new Set([`${service}:${any}`, ...named.map((action) => action.replaceAll('*', any).replaceAll('?', 'x'))]);
}

/** The principals of a statement that are no services: all but some are anybody. */
const principalsIn = ({ principals: { not, everyone, byKind } }: Statement): readonly string[] =>
  not || everyone
    ? ['*']
    : [...byKind].flatMap(([kind, names]) => (kind === 'AWS' ? names.filter((name) => accountOf(name) !== '') : []));

/** Those by which a policy may mean one account: itself, and its users and roles. */
const namesOf = ({ statements }: Policy, account: string): readonly string[] => [
  account,
  ...statements.flatMap(principalsIn).filter((name) => accountOf(name) === account),
];

/** The condition keys that say who asks. */
const sayWho = ['aws:principalaccount', 'aws:principalarn', 'kms:calleraccount'];

/** The accounts that a statement names, as principals or in its conditions. */
const accountsIn = (statement: Statement): readonly string[] =>
  [
    ...principalsIn(statement),
    ...statement.conditions.flatMap(({ key, values }) => (sayWho.includes(key.toLowerCase()) ? values : [])),
  ].flatMap((name) => accountOf(name) || []);

const accountOf = (name: string): string =>
  (/^\d{12}$/.test(name) ? name : /^\d{12}$/.exec(name.split(':')[4] ?? '')?.[0]) ?? '';

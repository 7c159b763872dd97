import { isForEverybody, type Policy, type Statement } from './policy.ts';
import { withoutTls } from './request.ts';
import { strangers } from './strangers.ts';
import { type Asking, apartIn, asking, named, type Somebody, serviceNamed, toldApart } from './told-apart.ts';

/**
 * Everybody whom a statement can be about: those it names, or of all there are those whom its policy tells apart. Where
 * it or a denial asks how a request came they ask without TLS too.
 */
export function somebodiesOf(statement: Statement, policy: Policy, partition: string): readonly Somebody[] {
  const those = thoseOf(statement, policy, partition);
  const asksHow = policy.statements
    .filter((one) => one === statement || one.effect === 'Deny')
    .some(({ conditions }) => conditions.some(({ key }) => key.toLowerCase() === 'aws:securetransport'));
  return asksHow ? those.map((one) => ({ ...one, callers: one.callers.flatMap(inBothWays) })) : those;
}

const inBothWays = ({ caller, context }: Asking): readonly Asking[] =>
  caller.kind === 'service'
    ? [{ caller, context }]
    : [context, withoutTls(context)].map((way) => ({ caller, context: way }));

function thoseOf(statement: Statement, policy: Policy, partition: string): readonly Somebody[] {
  if (isForEverybody(statement)) {
    return [anybody, ...toldApart(policy, partition).flatMap((one) => (one.byDenial ? within(statement, one) : one))];
  }
  const organization = organizationIn(statement);
  return [...statement.principals.byKind].flatMap(([kind, names]) =>
    names
      .flatMap((name) =>
        kind === 'Service'
          ? serviceNamed(name)
          : kind === 'AWS'
            ? principals(name, policy, partition)
            : elsewhere(kind, name),
      )
      .map((one) => ({ ...one, ...(organization && { organization }), isNamed: true })),
  );
}

/**
 * Somebody whom a denial alone names, as a statement lets them in: where it asks for accounts by their numbers, as some
 * of those, and not for themselves.
 */
function within({ conditions }: Statement, one: Somebody): readonly Somebody[] {
  const asked = one.callers.some(({ caller }) => caller.kind === 'service')
    ? 'aws:sourceaccount'
    : 'aws:principalaccount';
  const fixed = conditions.find(
    ({ operator, key }) => key.toLowerCase() === asked && operator.toLowerCase() === 'stringequals',
  );
  if (!fixed || one.name === one.account) return [one];
  return fixed.values.map((account) => ({
    ...one,
    account,
    through: account,
    callers: one.callers.map(({ caller, context }) => ({
      caller,
      context: { ...context, present: new Map([[asked, [account]], ...context.present]) },
    })),
  }));
}

const anybody: Somebody = {
  name: '*',
  isNamed: false,
  callers: [asking({ kind: 'anonymous' }), ...strangers({})],
};

/** The one organization that a statement asks for by its id. */
function organizationIn({ conditions }: Statement): string | undefined {
  const asked = conditions.find(
    ({ operator, key }) => key.toLowerCase() === 'aws:principalorgid' && operator.toLowerCase() === 'stringequals',
  );
  return asked?.values.length === 1 ? asked.values[0] : undefined;
}

/** One principal, or somebody of an account, and those whom the policy tells apart from all others there. */
function principals(written: string, policy: Policy, partition: string): readonly Somebody[] {
  const one = named(written, partition);
  return one.name === one.account ? [one, ...apartIn(policy, one.name, partition)] : [one];
}

/**
 * Who signs in elsewhere, or a canonical id: whose it is, is not known. A provider that has no ARN is called so that
 * none is taken for a service of AWS (`cognito-identity.amazonaws.com`): whoever signs in there is anybody.
 */
function elsewhere(kind: string, written: string): Somebody {
  const account = written.split(':')[4] ?? '';
  const name = kind === 'Federated' && !account ? `${written} (Federated)` : written;
  return { name, account, isNamed: true, callers: [asking({ kind: 'account', account })] };
}

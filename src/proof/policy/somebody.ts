import type { Policy, Statement } from './policy.ts';
import { type Caller, type Context, contextFor, type Keys, withoutTls } from './request.ts';

/** Somebody that a policy is about, and how they could ask. */
export interface Somebody {
  /** A service, an account, an ARN, the id or a path of an organization; `*`: anybody. */
  readonly name: string;
  /** The account that they are in; undefined: that of nobody in particular. */
  readonly account?: string;
  /** The organization that they have to be of. */
  readonly organization?: string;
  /** The statement names them itself: nobody has to ask whether it means them. */
  readonly isNamed: boolean;
  /** None: it is not known who that is. */
  readonly callers: readonly Asking[];
}

interface Asking {
  readonly caller: Caller;
  readonly context: Context;
}

const asking = (caller: Caller, keys: Keys = {}): Asking => ({ caller, context: contextFor(caller, keys) });

/** How many are looked at: a policy that names more was made to take time. */
const mostNamed = 100;

/**
 * Everybody whom a statement can be about: those it names, or of all there are those whom its policy tells apart. Of one
 * that asks how a request came they ask without TLS too.
 */
export function somebodiesOf(statement: Statement, policy: Policy, partition: string): readonly Somebody[] {
  const those = thoseOf(statement, policy, partition);
  const asksHow = statement.conditions.some(({ key }) => key.toLowerCase() === 'aws:securetransport');
  return asksHow ? those.map((one) => ({ ...one, callers: one.callers.flatMap(inBothWays) })) : those;
}

const inBothWays = ({ caller, context }: Asking): readonly Asking[] =>
  caller.kind === 'service'
    ? [{ caller, context }]
    : [context, withoutTls(context)].map((way) => ({ caller, context: way }));

function thoseOf(statement: Statement, policy: Policy, partition: string): readonly Somebody[] {
  const { everyone, not, byKind } = statement.principals;
  if (everyone || not) return [anybody, ...toldApart(policy, partition)];
  const organization = organizationIn(statement);
  return [...byKind].flatMap(([kind, names]) =>
    names.map((name) => ({
      ...(kind === 'Service' ? service(name) : kind === 'AWS' ? principal(name, partition) : elsewhere(name)),
      ...(organization && { organization }),
      isNamed: true,
    })),
  );
}

const anybody: Somebody = {
  name: '*',
  isNamed: false,
  callers: [asking({ kind: 'anonymous' }), asking({ kind: 'stranger' })],
};

/** The one organization that a statement asks for by its id. */
function organizationIn({ conditions }: Statement): string | undefined {
  const asked = conditions.find(
    ({ operator, key }) => key.toLowerCase() === 'aws:principalorgid' && operator.toLowerCase() === 'stringequals',
  );
  return asked?.values.length === 1 ? asked.values[0] : undefined;
}

/** Condition keys that tell callers apart, and who has the value. */
const tellers: ReadonlyMap<string, (value: string, partition: string) => Somebody> = new Map([
  ['aws:principalorgid', member],
  ['aws:principalorgpaths', memberAt],
  ['aws:principalaccount', principal],
  ['aws:principalarn', principal],
  ['aws:principalservicename', (name) => service(name)],
  [
    'aws:sourcearn',
    (arn) =>
      service(`${arn.split(':')[2]}.amazonaws.com`, {
        'aws:SourceArn': arn,
        'aws:SourceAccount': arn.split(':')[4] ?? '',
      }),
  ],
]);

function toldApart({ statements }: Policy, partition: string): readonly Somebody[] {
  const told = statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ key, values }) => {
      const tell = tellers.get(key.toLowerCase());
      return tell ? values.map((value) => tell(value, partition)) : [];
    }),
  );
  const distinct = [...new Map(told.map((it) => [it.name, it])).values()];
  return distinct.length > mostNamed ? [...distinct.slice(0, mostNamed), more] : distinct;
}

/** Those that nobody looked at. */
const more: Somebody = { name: `somebody beside the first ${mostNamed} that it names`, isNamed: false, callers: [] };

function service(name: string, keys: Keys = {}): Somebody {
  return { name, isNamed: false, callers: [asking({ kind: 'service', name }, keys)] };
}

function member(organization: string): Somebody {
  return memberAt(`${organization}/r-0000/`, undefined, organization);
}

/** Somebody of an organization, or of one of its units, in an account that no policy names. */
function memberAt(path: string, _partition: string | undefined, name = path): Somebody {
  const organization = path.split('/')[0] ?? path;
  const keys = { 'aws:PrincipalOrgID': organization, 'aws:PrincipalOrgPaths': [path] };
  return { name, organization, isNamed: false, callers: [asking({ kind: 'stranger' }, keys)] };
}

/** An account, called by its number also where its root is written, or one principal of it. */
function principal(written: string, partition: string): Somebody {
  const account = /^\d{12}$/.test(written) ? written : (written.split(':')[4] ?? '');
  const isWhole = written === account || written.endsWith(':root');
  const arn = isWhole ? `arn:${partition}:iam::${account}:role/somebody` : written;
  const name = isWhole && account ? account : written;
  return { name, account, isNamed: false, callers: [asking({ kind: 'account', account, arn })] };
}

/** Who signs in elsewhere, or a canonical id: whose it is, is not known. */
function elsewhere(name: string): Somebody {
  const account = name.split(':')[4] ?? '';
  return { name, account, isNamed: true, callers: [asking({ kind: 'account', account })] };
}

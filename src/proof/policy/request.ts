/** Who asks. */
export type Caller =
  | { readonly kind: 'service'; readonly name: string }
  /** An account; with `arn` one user, role or session in it. */
  | { readonly kind: 'account'; readonly account: string; readonly arn?: string }
  /** Somebody without credentials, or with those of an account that no policy names. */
  | { readonly kind: 'anonymous' | 'stranger' };

/** A request that a resource policy decides about. */
export interface Request {
  readonly caller: Caller;
  /** `s3:PutObject`. */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** What condition keys say of a request; a key that is in neither is unknown. Keys are in lower case. */
export interface Context {
  readonly present: ReadonlyMap<string, readonly string[]>;
  /** Keys, or their beginnings (`aws:principaltag/`), that the request does not carry. */
  readonly absent: readonly string[];
  /** Keys that it carries with one of these values, and nobody knows which. */
  readonly oneOf?: ReadonlyMap<string, readonly string[]>;
  /** It is read by a policy of a version without variables. */
  readonly literal?: true;
}

export const unknownKey = Symbol('unknown');

/** The values of a key; empty: the request does not carry it. */
export function valuesOf({ present, absent }: Context, key: string): readonly string[] | typeof unknownKey {
  const name = key.toLowerCase();
  const values = present.get(name);
  if (values) return values;
  return absent.some((it) => name === it || (it.endsWith('/') && name.startsWith(it))) ? [] : unknownKey;
}

/** Condition keys as AWS writes them; `undefined`: the request does not carry it. */
export type Keys = Readonly<Record<string, string | readonly string[] | undefined>>;

/** No endpoint of AWS takes an older TLS (https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/). */
const tlsVersions = new Map([['s3:tlsversion', ['1.2', '1.3']]]);

/** Whoever asks can ask with TLS, and does unless a question says otherwise. */
const withTls: Keys = { 'aws:SecureTransport': 'true' };

function contextOf(said: Keys, absent: readonly string[]): Context {
  const keys = { ...withTls, ...said };
  const entries = Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value] as const);
  const left = entries.flatMap(([key, value]) => (value === undefined ? [key] : []));
  const isSecure = String(keys['aws:SecureTransport']);
  return {
    present: new Map(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value].flat()]]))),
    absent: [...absent, ...left, ...(isSecure === 'false' ? tlsVersions.keys() : [])],
    ...(isSecure === 'true' && { oneOf: tlsVersions }),
  };
}

/** Of a request of which nothing is known but that it comes with TLS. */
export const openContext: Context = contextOf({}, []);

/** What only requests with credentials carry. */
const onlyFromPrincipals: readonly string[] = [
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltag/',
  'aws:username',
];

/** What no request of an AWS service to another carries (aws-semantics §4.3). */
const neverFromServices: readonly string[] = [
  ...onlyFromPrincipals,
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpcsourceip',
];

/** What only services carry: for what, and whose, resource they ask. */
const onlyFromServices: readonly string[] = [
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
];

/** What says whose request it is, and so is not carried by a request without credentials. */
const ofSomebody: readonly string[] = ['aws:principalisawsservice', 'aws:sourceowner', 'kms:calleraccount'];

/** The context of a request that a service makes for one of an account's resources. */
export const serviceContext = (service: string, keys: Keys): Context =>
  contextOf(
    {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': service,
      'aws:PrincipalServiceNamesList': [service],
      ...keys,
    },
    neverFromServices,
  );

/** Of an account that nobody has. */
const strange: Keys = {
  'aws:PrincipalAccount': '000000000000',
  'aws:PrincipalArn': 'arn:aws:iam::000000000000:user/stranger',
  'aws:PrincipalIsAWSService': 'false',
  'aws:PrincipalOrgID': 'o-0000000000',
  'aws:PrincipalOrgPaths': ['o-0000000000/r-0000/'],
  'aws:SourceOwner': '000000000000',
  'aws:userid': 'AIDA00000000000000000',
  'kms:CallerAccount': '000000000000',
};

/** What a request of a caller carries beside `keys`; all else is unknown. */
export function contextFor(caller: Caller, keys: Keys): Context {
  switch (caller.kind) {
    case 'service':
      return serviceContext(caller.name, keys);
    case 'account': {
      const { account, arn } = caller;
      const own = {
        'aws:PrincipalAccount': account,
        'aws:PrincipalIsAWSService': 'false',
        'kms:CallerAccount': account,
      };
      // The ARN of a session is not the one of its role, which is what the key holds.
      const isPrincipal = arn !== undefined && /:(?:user|role)\//.test(arn);
      return contextOf({ ...own, ...(isPrincipal && { 'aws:PrincipalArn': arn }), ...keys }, onlyFromServices);
    }
    case 'stranger':
      return contextOf({ ...strange, ...keys }, onlyFromServices);
    case 'anonymous': {
      const absent = [...onlyFromPrincipals, ...onlyFromServices, ...ofSomebody];
      return contextOf({ 'aws:userid': 'anonymous', ...keys }, absent);
    }
  }
}

const transport = 'aws:securetransport';

/**
 * How a caller can ask, as far as nobody says which way: with TLS, and whoever is no service of AWS without it too. A
 * policy that lets anybody in by one of the two lets them in.
 */
export function waysOf(caller: Caller, keys: Keys): readonly Context[] {
  const context = contextFor(caller, keys);
  const isSaid = Object.keys(keys).some((key) => key.toLowerCase() === transport);
  return isSaid || caller.kind === 'service' ? [context] : [context, withoutTls(context)];
}

/** The same request without TLS. */
export const withoutTls = ({ present, absent, literal }: Context): Context => ({
  present: new Map(present).set(transport, ['false']),
  absent: [...absent, ...tlsVersions.keys()],
  ...(literal && { literal }),
});

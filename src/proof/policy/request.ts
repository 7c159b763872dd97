/** Who asks. */
export type Caller =
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'account'; readonly account: string; readonly arn?: string }
  | { readonly kind: 'anonymous' };

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
}

export const unknownKey = Symbol('unknown');

/** The values of a key; empty: the request does not carry it. */
export function valuesOf({ present, absent }: Context, key: string): readonly string[] | typeof unknownKey {
  const name = key.toLowerCase();
  const values = present.get(name);
  if (values) return values;
  return absent.some((it) => name === it || (it.endsWith('/') && name.startsWith(it))) ? [] : unknownKey;
}

/** A context from keys as AWS writes them; `undefined`: the request does not carry it. */
export function contextOf(
  keys: Readonly<Record<string, string | readonly string[] | undefined>>,
  absent: readonly string[] = [],
): Context {
  const entries = Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value] as const);
  return {
    present: new Map(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value].flat()]]))),
    absent: [...absent, ...entries.flatMap(([key, value]) => (value === undefined ? [key] : []))],
  };
}

/** What no request of an AWS service to another carries (aws-semantics §4.3). */
const neverFromServices: readonly string[] = [
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltag/',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:username',
  'aws:vpcsourceip',
];

/** The context of a request that a service makes for one of an account's resources. */
export const serviceContext = (
  service: string,
  keys: Readonly<Record<string, string | readonly string[] | undefined>>,
): Context =>
  contextOf(
    {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': service,
      'aws:PrincipalServiceNamesList': [service],
      'aws:SecureTransport': 'true',
      ...keys,
    },
    neverFromServices,
  );

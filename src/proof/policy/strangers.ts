import { type Decision, decide } from './decide.ts';
import { isForEverybody, type Policy, type Statement } from './policy.ts';
import { contextFor, type Keys, type Request, serviceContext } from './request.ts';

/** An account and an organization that nobody has. */
export const stranger = { account: '000000000000', organization: 'o-0000000000' };

export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';

/** What a service says of the resource of a stranger that it asks for. */
export const sourceKeys = (arn: string, account: string): Keys => ({
  'aws:SourceArn': arn,
  'aws:SourceAccount': account,
  'aws:SourceOrgID': stranger.organization,
  'aws:SourceOrgPaths': [`${stranger.organization}/r-0000/`],
});

/** The number of an account as a pattern has it, with zeros wherever it leaves a digit open. */
export function numberLike(pattern: string): string {
  const [beginning = '', ...others] = pattern.replaceAll('?', '0').split('*');
  const ending = others.join('');
  const number = `${beginning}${'0'.repeat(Math.max(0, 12 - beginning.length - ending.length))}${ending}`;
  return /^\d{12}$/.test(number) ? number : stranger.account;
}

type Asking = Pick<Request, 'caller' | 'context'>;

/** What somebody may be in an account: a condition may leave out all roles, or all users. */
export const everyKind: readonly string[] = ['role/somebody', 'user/somebody', 'root'];

/** Whoever it may be in an account that no policy names. */
export const strangersWith = (keys: Keys): readonly Asking[] =>
  everyKind.map((name) => asStranger({ 'aws:PrincipalArn': `arn:aws:iam::${stranger.account}:${name}`, ...keys }));

const inSomeOrNone: readonly Keys[] = [{}, { 'aws:PrincipalOrgID': undefined, 'aws:PrincipalOrgPaths': undefined }];

/** The same, in some organization and in none. */
export const strangers = (keys: Keys): readonly Asking[] =>
  inSomeOrNone.flatMap((one) => strangersWith({ ...one, ...keys }));

const asStranger = (keys: Keys): Asking => ({ caller, context: contextFor(caller, keys) });

/** Some service of AWS, as it asks for what belongs to a stranger. */
export function strangersService(partition: string, keys: Keys = {}, name?: string): Asking {
  const { account } = stranger;
  return serviceActing(
    { ...sourceKeys(anyArn(partition, account), account), 'aws:SourceOwner': account, ...keys },
    name,
  );
}

/** A service, left out: whichever, as it acts for somebody. It is of no account that a key may ask its caller for. */
export const serviceActing = (keys: Keys, name = 'any.amazonaws.com'): Asking => ({
  caller: { kind: 'service', name },
  context: serviceContext(name, { 'kms:CallerAccount': stranger.account, ...keys }),
});

/** What no service calls anything. */
export const anyArn = (partition: string, account: string): string => `arn:${partition}:any:us-east-1:${account}:any`;

/**
 * How AWS's services may ask for somebody whom no policy names, where a statement for everybody asks for the source and
 * leaves open whose it is (aws-semantics §4.2, "meaning of public"): `aws:SourceArn` like `arn:aws:s3:*`. The name of a
 * bucket says whose it is, of anything else the number of the account does.
 */
function servicesOfStrangers(policy: Policy, partition: string, keys: Keys): readonly Asking[] {
  const sources = valuesFor(policy, (key, value) => openSource(key, value, partition));
  const named = [...new Map(sources.map((source) => [source.arn, source])).values()].slice(0, mostTried);
  const services = new Set(valuesFor(policy, openService));
  return [
    strangersService(partition, keys),
    ...[...services].slice(0, mostTried).map((name) => strangersService(partition, keys, name)),
    ...named.map(({ service, arn, account }) => serviceActing({ ...sourceKeys(arn, account), ...keys }, service)),
  ];
}

/**
 * How somebody may ask whom no policy names; and where it asks who they are and leaves open of which account: whoever
 * has one names a role in it as they like.
 */
export function strangersLike(policy: Policy, partition: string, keys: Keys): readonly Asking[] {
  const asked = valuesFor(policy, (key, value) => openPrincipal(key, value, partition));
  const named = [...new Map(asked.map((it) => [JSON.stringify(it), it])).values()].slice(0, mostTried);
  return [
    ...strangers(keys),
    ...named.flatMap((it) => inSomeOrNone.map((one) => asStranger({ ...one, ...it, ...keys }))),
  ];
}

/** What strangers may do, themselves or through services, by the statements for everybody: others are for whom they name. */
export const asStrangers = ({ statements, ...policy }: Policy, partition: string, keys: Keys) => {
  const forEverybody = { ...policy, statements: statements.filter(isOfEverybody) };
  const asking = [strangersLike, servicesOfStrangers].flatMap((some) => some(forEverybody, partition, keys));
  return (asked: Pick<Request, 'action' | 'resource'>): readonly Decision[] =>
    asking.map((it) => decide(forEverybody, { ...it, ...asked })).filter(({ allowed }) => allowed !== 'no');
};

const caller = { kind: 'stranger' } as const;

/** What can be made of the values that the conditions of statements for everybody, and of denials, ask for. */
const valuesFor = <T>({ statements }: Policy, make: (key: string, value: string) => T | undefined): readonly T[] =>
  statements
    .filter(isOfEverybody)
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ key, values }) => values.flatMap((value) => make(key.toLowerCase(), value) ?? []));

const isOfEverybody = (statement: Statement): boolean => statement.effect === 'Deny' || isForEverybody(statement);

/** How many are tried: a policy that names more was made to take time. */
const mostTried = 50;

const saysAccount: readonly string[] = ['aws:principalaccount', 'aws:sourceowner', 'kms:calleraccount'];

/** What a stranger says whom a condition takes; undefined: it asks for something else, or says whose they are. */
function openPrincipal(key: string, value: string, partition: string): Keys | undefined {
  if (!/[*?]/.test(value) || /\d{12}/.test(value)) return undefined;
  if (saysAccount.includes(key)) return inAccount(numberLike(value));
  if (key !== 'aws:principalarn') return undefined;
  const parts = value.split(':');
  const account = numberLike(parts.length > 5 ? (parts[4] ?? '') : '');
  const name = plain(parts.at(-1) ?? '');
  return { ...inAccount(account), 'aws:PrincipalArn': `arn:${partition}:iam::${account}:${name || 'role/any'}` };
}

const inAccount = (account: string): Keys => ({
  'aws:PrincipalAccount': account,
  'aws:SourceOwner': account,
  'kms:CallerAccount': account,
});

interface Source {
  readonly service: string;
  readonly arn: string;
  readonly account: string;
}

/** A service that a pattern takes, which is no fixed value (aws-semantics §4.2). */
const openService = (key: string, value: string): string | undefined =>
  /^aws:principalservicename(?:slist)?$/.test(key) && /[*?]/.test(value)
    ? value.replaceAll('*', 'any').replaceAll('?', 'x')
    : undefined;

/** A stranger's resource that a condition takes; undefined: it asks for something else, or says whose it is. */
function openSource(key: string, value: string, partition: string): Source | undefined {
  if (key === 'aws:sourceaccount') return /[*?]/.test(value) ? bucketOf(partition, '', numberLike(value)) : undefined;
  if (key !== 'aws:sourcearn') return undefined;
  const [, , service, region, account = '', ...rest] = value.split(':');
  const named = rest.join(':');
  const isBucket = !service || /^(?:s3|\*)$/.test(service);
  if (/^\d{12}$/.test(account) || (isBucket && named !== '' && !/[*?]/.test(named))) return undefined;
  const number = numberLike(account);
  if (isBucket) return bucketOf(partition, plain(named), number);
  const arn = `arn:${partition}:${plain(service)}:${plain(region ?? '') || 'us-east-1'}:${number}:${plain(named) || 'any'}`;
  return { service: `${plain(service)}.amazonaws.com`, arn, account: number };
}

const bucketOf = (partition: string, name: string, account: string): Source => ({
  service: 's3.amazonaws.com',
  arn: `arn:${partition}:s3:::${name || 'any'}`,
  account,
});

const plain = (pattern: string): string => pattern.replaceAll(/[*?]/g, '');

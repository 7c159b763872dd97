import { matchesGlob } from '../glob.ts';
import type { Condition, Policy, Statement } from './policy.ts';
import { type Caller, type Context, contextFor, type Keys, openContext } from './request.ts';
import {
  anyArn,
  everyKind,
  numberLike,
  serviceActing,
  sourceKeys,
  stranger,
  strangersService,
  strangersWith,
} from './strangers.ts';

/** Somebody that a policy is about, and how they could ask. */
export interface Somebody {
  /** A service, an account, an ARN, the id or a path of an organization; `*`: anybody. */
  readonly name: string;
  /** The account that they are in; undefined: that of nobody in particular. */
  readonly account?: string;
  /** The account that is named for them: they are among those whom it lets in. */
  readonly through?: string;
  /** A denial alone names them. */
  readonly byDenial?: true;
  /** The organization that they have to be of. */
  readonly organization?: string;
  /** The statement names them itself: nobody has to ask whether it means them. */
  readonly isNamed: boolean;
  /** Nobody knows whose they are. */
  readonly isUnsure?: true;
  /** None: it is not known who that is. */
  readonly callers: readonly Asking[];
}

export interface Asking {
  readonly caller: Caller;
  readonly context: Context;
}

export const asking = (caller: Caller, keys: Keys = {}): Asking => ({ caller, context: contextFor(caller, keys) });

/** How many are looked at: a policy that names more was made to take time. */
const mostNamed = 100;

type Tell = (value: string, partition: string) => Somebody;

/** Condition keys that tell callers apart, and who has the value. */
const tellers: ReadonlyMap<string, Tell> = new Map<string, Tell>([
  ['aws:principalorgid', (id) => memberAt(`${id}/r-0000/`, id)],
  ['aws:principalorgpaths', (path) => memberAt(path, path)],
  ['aws:principalaccount', (number, partition) => inAccount(number, partition)],
  ['aws:sourceowner', (number, partition) => inAccount(number, partition, 'aws:SourceOwner')],
  ['kms:calleraccount', (number, partition) => inAccount(number, partition, 'kms:CallerAccount')],
  ['aws:principalarn', (arn) => withArn(arn)],
  ['aws:userid', (id) => ({ ...somebody(id, asking({ kind: 'stranger' }, { 'aws:userid': id })), isUnsure: true })],
  ['aws:principalservicename', (name) => service(name)],
  ['aws:principalservicenameslist', (name) => service(name)],
  ['aws:sourcearn', (arn) => sourced(arn)],
  ['aws:sourceaccount', actingFor],
  ['aws:sourceorgid', (id, partition) => actingIn(`${id}/r-0000/`, id, partition)],
  ['aws:sourceorgpaths', (path, partition) => actingIn(path, path, partition)],
]);

/** All whom the conditions of a policy, or those who are spared by a denial, tell apart, and any service for a stranger. */
export function toldApart(policy: Policy, partition: string): readonly Somebody[] {
  const by = (effect: Statement['effect']) =>
    policy.statements
      .filter((statement) => statement.effect === effect)
      .flatMap((statement) => [
        ...statement.conditions.flatMap((condition) => toldBy(condition, partition)),
        ...sparedBy(statement, partition),
      ]);
  const one = [...by('Deny').map((it) => ({ ...it, byDenial: true }) as const), ...by('Allow')];
  const apart = (those: readonly Somebody[]) =>
    accountsOf(those).flatMap((account) => apartIn(policy, account, partition));
  const whole = one.filter(({ name, account = name }) => name === account);
  // One condition may ask for the account, and another one for somebody in it, or for something of it.
  const told = [...apart(one), ...one, ...apart(whole), ...sourcesIn(policy)];
  const distinct = [...new Map(told.map((it) => [JSON.stringify([it.name, keysOf(it)]), it])).values()];
  const ofNone: Keys = { 'aws:SourceOrgID': undefined, 'aws:SourceOrgPaths': undefined };
  const anyService = somebody(
    '*.amazonaws.com',
    strangersService(partition),
    strangersService(partition, ofNone),
    serviceActing(noSource),
  );
  return [...distinct.slice(0, mostNamed), anyService, ...(distinct.length > mostNamed ? [more] : [])];
}

/** The accounts that they are in. */
const accountsOf = (those: readonly Somebody[]): readonly string[] => [
  ...new Set(
    those
      .flatMap(({ callers }) => callers)
      .flatMap(({ caller }) => (caller.kind === 'account' && /^\d{12}$/.test(caller.account) ? caller.account : [])),
  ),
];

const valuesOf = ({ statements }: Policy, name: string): readonly string[] => [
  ...new Set(
    statements
      .flatMap(({ conditions }) => conditions)
      .flatMap(({ key, values }) => (key.toLowerCase() === name ? values : [])),
  ),
];

/** What services ask for of an account that one condition names, where another one leaves open whose it is. */
const sourcesIn = (policy: Policy): readonly Somebody[] =>
  valuesOf(policy, 'aws:sourceaccount').flatMap((account) =>
    valuesOf(policy, 'aws:sourcearn')
      .slice(0, mostNamed)
      .filter((arn) => matchesGlob(arn.split(':')[4] || '*', account))
      .map((arn) => ({ ...sourced(arn, { 'aws:SourceAccount': account }), name: account, account })),
  );

/** Those of one name may ask for different things. */
const keysOf = ({ callers }: Somebody): unknown => callers.map(({ context }) => [...context.present]);

/** Whether a key is there at all tells nobody by name. */
function toldBy({ operator, key, values }: Condition, partition: string): readonly Somebody[] {
  const tell = tellers.get(key.toLowerCase());
  return tell && !/^null$/i.test(operator) ? values.map((value) => tell(value, partition)) : [];
}

/** Whom a denial names to leave them out. */
const sparedBy = ({ effect, principals }: Statement, partition: string): readonly Somebody[] =>
  effect === 'Deny' && principals.not
    ? [...principals.byKind].flatMap(([kind, names]) =>
        kind === 'Service' ? names.map(serviceNamed) : names.map((name) => named(name, partition)),
      )
    : [];

/** A principal, or an account as a whole: called by its number also where its root is written. */
export function named(written: string, partition: string): Somebody {
  const account = /^\d{12}$/.test(written) ? written : (written.split(':')[4] ?? '');
  const isWhole = account !== '' && (written === account || written.endsWith(':root'));
  return isWhole ? inAccount(account, partition) : withArn(written);
}

/** The users and roles of an account that the conditions of a policy tell apart from the others in it. */
export const apartIn = ({ statements }: Policy, account: string, partition: string): readonly Somebody[] =>
  [
    ...new Set(
      statements
        .flatMap(({ conditions }) => conditions)
        .filter(({ key }) => key.toLowerCase() === 'aws:principalarn')
        .flatMap(({ values }) => values.flatMap((value) => arnIn(value, account, partition) ?? [])),
    ),
  ]
    .slice(0, mostNamed)
    .map((arn) => ({ ...withArn(arn), through: account }));

/** The ARN that a pattern has in an account; undefined: it is about another one, or the whole. */
function arnIn(pattern: string, account: string, partition: string): string | undefined {
  const parts = pattern.split(':');
  const named = parts
    .slice(parts.length > 5 ? 5 : -1)
    .join(':')
    .replace(/^\*/, '');
  const isElsewhere = parts.length > 5 && !matchesGlob(parts[4] ?? '', account);
  return isElsewhere || named === '' ? undefined : `arn:${partition}:iam::${account}:${named}`;
}

/** Those that nobody looked at. */
const more: Somebody = { name: `somebody beside the first ${mostNamed} that it names`, isNamed: false, callers: [] };

/** Whom a condition describes that tells callers apart in a way that is not worked out. */
export const otherwiseTold: Somebody = {
  ...somebody('whom its conditions describe', { caller: { kind: 'anonymous' }, context: openContext }),
  isUnsure: true,
};

function somebody(name: string, ...callers: readonly Asking[]): Somebody {
  return { name, isNamed: false, callers };
}

/** A service that a condition tells apart. */
const service = (name: string, keys: Keys = {}): Somebody => somebody(name, serviceActing(keys, name));

/** The service that asks for a resource. */
const sourced = (arn: string, keys: Keys = {}): Somebody =>
  service(`${arn.split(':')[2] || '*'}.amazonaws.com`, { ...sourceOf(arn), ...keys });

/** What a service says that does not act for anybody. */
const noSource: Keys = {
  'aws:SourceAccount': undefined,
  'aws:SourceArn': undefined,
  'aws:SourceOrgID': undefined,
  'aws:SourceOrgPaths': undefined,
  'aws:SourceOwner': undefined,
};

/** A service that is named as a principal: whatever it may say of whom it acts for. */
export const serviceNamed = (name: string): Somebody => somebody(name, asking({ kind: 'service', name }));

/** Whichever service acts for an account of that number, which may be a pattern. */
function actingFor(written: string, partition: string): Somebody {
  const account = numberLike(written);
  const keys = { 'aws:SourceAccount': account, 'aws:SourceArn': anyArn(partition, account) };
  return { ...somebody(written, serviceActing(keys)), ...(account === written && { account }) };
}

/** Whichever service acts for somebody of an organization, or of one of its units, in an account that no policy names. */
function actingIn(path: string, name: string, partition: string): Somebody {
  const { account } = stranger;
  const organization = organizationAt(path);
  const own = { 'aws:SourceOrgID': organization, 'aws:SourceOrgPaths': [path] };
  const asking = serviceActing({ ...sourceKeys(anyArn(partition, account), account), ...own });
  return { ...somebody(name, asking), organization };
}

/** What a service says that asks for a resource; whose it is, the ARN of a bucket leaves open. */
function sourceOf(arn: string): Keys {
  const account = arn.split(':')[4] ?? '';
  return { 'aws:SourceArn': arn, ...(account !== '' && { 'aws:SourceAccount': account }) };
}

const organizationAt = (path: string): string => path.split('/')[0] ?? path;

/** Somebody of an organization, or of one of its units, in an account that no policy names. */
function memberAt(path: string, name: string): Somebody {
  const organization = organizationAt(path);
  const keys = { 'aws:PrincipalOrgID': organization, 'aws:PrincipalOrgPaths': [path] };
  return { ...somebody(name, ...strangersWith(keys)), organization };
}

/** Somebody in an account of that number, which may be a pattern; `key` says it too. */
function inAccount(written: string, partition: string, key?: string): Somebody {
  const account = numberLike(written);
  const callers = everyKind.map((name) => {
    const arn = `arn:${partition}:iam::${account}:${name}`;
    return asking({ kind: 'account', account, arn }, { 'aws:PrincipalArn': arn, ...(key && { [key]: account }) });
  });
  return { ...somebody(written, ...callers), ...(account === written && { account }) };
}

/** One principal, which has its ARN in the key that says who asks; a session has that of its role, which nobody knows. */
function withArn(arn: string): Somebody {
  const account = arn.split(':')[4] ?? '';
  const keys = /^[^:]*:[^:]*:sts:/.test(arn) ? {} : { 'aws:PrincipalArn': arn };
  return { ...somebody(arn, asking({ kind: 'account', account, arn }, keys)), account };
}

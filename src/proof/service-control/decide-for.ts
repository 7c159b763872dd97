import type { AccountView, ResourceView } from '../../snapshot/resource-view.ts';
import type { Truth } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { applies, openIn, readBy } from '../policy/decide.ts';
import type { Statement } from '../policy/policy.ts';
import { contextFor, type Keys, type Request, withoutTls } from '../policy/request.ts';
import { anyOf } from '../policy/truth.ts';
import type { Control, Guard } from './effective.ts';
import { type Things, thingOf, thingsOf } from './resources-of.ts';
import { type Home, isExcepted, principalsToTry, sparedOf } from './spared.ts';

/** What is asked about, and by which policies it is decided. */
export interface Deciding {
  readonly control: Control;
  readonly except: readonly string[];
  readonly home: Home;
  readonly view: ResourceView;
}

/** One action in one region. */
export interface Case {
  readonly action: string;
  /** Undefined: no statement asks for the region. */
  readonly region: string | undefined;
}

/** What comes of one action in one region. */
export interface Said extends Case {
  readonly truth: Truth;
  /** The statement that denies it, or that may. */
  readonly by?: { readonly guard: Guard; readonly why: string };
  /** To whom it is not denied; or at which step nothing allows it. */
  readonly whom?: string;
  readonly step?: string;
}

const mentions = ({ policy }: Guard, key: string): boolean =>
  policy.statements.some(({ conditions }) => conditions.some((condition) => condition.key.toLowerCase() === key));

/** What is denied in one region need not be in another, where some statement asks for it; undefined: any. */
export const regionsThatMatter = (
  { guards }: Control,
  { enabledRegions }: AccountView,
): readonly (string | undefined)[] =>
  enabledRegions.length > 0 && guards.some((guard) => mentions(guard, 'aws:requestedregion'))
    ? enabledRegions
    : [undefined];

/** Whether an action is denied in a region to everybody but those excepted. */
export function decideFor({ action, region }: Case, deciding: Deciding): Said {
  const { control, home, view } = deciding;
  const things = view.type.name === 'AWS::Account' ? thingsOf(action, home, region) : thingOf(view.id, action);
  const asking: Asking = { action, region, things, deciding };
  const whoever = inBothWays(requestFrom(undefined, asking));
  const denying = denyingStatements(control).find(({ guard, statement }) => deniesOthers(guard, statement, asking));
  if (denying) return { action, region, truth: 'yes', by: { guard: denying.guard, why: denying.statement.name } };
  const step = control.path.find((it) => whoever.every((request) => allowedAt(it, request, control) === 'no'));
  if (step && control.open.length === 0) return { action, region, truth: 'yes', step };
  const whom = control.open.length > 0 ? undefined : freeOne(asking);
  if (whom) return { action, region, truth: 'no', whom };
  const open = openStatement(asking);
  return { action, region, truth: 'unknown', ...(open && { by: open }) };
}

interface Asking extends Case {
  readonly things: Things;
  readonly deciding: Deciding;
}

interface OfGuard {
  readonly guard: Guard;
  readonly statement: Statement;
}

const denyingStatements = ({ guards }: Control): readonly OfGuard[] =>
  guards.flatMap((guard) =>
    guard.policy.statements.flatMap((statement) => (statement.effect === 'Deny' ? [{ guard, statement }] : [])),
  );

/** A request of a principal, or of whoever it may be for all that the action is about. */
function requestFrom(principal: string | undefined, { action, region, things, deciding }: Asking): Request {
  const { control, home } = deciding;
  const keys: Keys = {
    ...neverWith(action),
    ...(control.organization && { 'aws:PrincipalOrgID': control.organization }),
    ...(region && { 'aws:RequestedRegion': region }),
    ...(principal && { 'aws:PrincipalArn': principal }),
  };
  const caller = { kind: 'account', account: home.id } as const;
  return { caller, action, resource: things.all, context: contextFor(caller, keys) };
}

/** It is denied only if it is without TLS too. */
const inBothWays = (request: Request): readonly Request[] => [
  request,
  { ...request, context: withoutTls(request.context) },
];

/** The keys of one service that requests to another do not carry. */
const ofServices: ReadonlyMap<string, string> = new Map([
  ['kms', 'kms:CallerAccount'],
  ['s3', 's3:TlsVersion'],
]);

const neverWith = (action: string): Keys =>
  Object.fromEntries(
    [...ofServices].flatMap(([service, key]) => (action.startsWith(`${service}:`) ? [] : [[key, undefined]])),
  );

/** Whether a statement denies it to everybody but those excepted; one that it leaves out may be denied by another. */
function deniesOthers({ policy }: Guard, statement: Statement, asking: Asking): boolean {
  const { except, home, control } = asking.deciding;
  return inBothWays(requestFrom(undefined, asking)).every((request) =>
    sparedOf(statement, policy, request)?.every(
      (one) => isExcepted(one, except, home) || (!/[*?]/.test(one.pattern) && isDeniedTo(one.pattern, asking, control)),
    ),
  );
}

const saysOf = ({ guard, statement }: OfGuard, request: Request): Truth =>
  applies(statement, readBy(guard.policy, request));

/** Whether some statement denies it to one principal, for all that the action is about, however they ask. */
const isDeniedTo = (principal: string, asking: Asking, control: Control): boolean =>
  inBothWays(requestFrom(principal, asking)).every((request) =>
    denyingStatements(control).some((one) => saysOf(one, request) === 'yes'),
  );

/**
 * Whether what is attached at a step allows a request. A step where nothing allows anything is not what AWS would have:
 * the policy that allows everything is attached wherever nobody took it away for another.
 */
function allowedAt(step: string, request: Request, { guards }: Control): Truth {
  const allowing = guards
    .filter(({ at }) => at.includes(step))
    .flatMap((guard) => guard.policy.statements.map((statement) => ({ guard, statement })))
    .filter(({ statement }) => statement.effect === 'Allow');
  return allowing.length === 0 ? 'unknown' : anyOf(allowing.map((one) => saysOf(one, request)));
}

/** One who may ask at all may do it in the way that is denied least, and with what no policy names. */
const leastDenied = ({ context, ...request }: Request, { things }: Asking): Request => ({
  ...request,
  resource: things.one,
  context: { ...context, present: new Map(context.present).set('aws:multifactorauthpresent', ['true']) },
});

/** Somebody to whom nothing denies it, and who is not excepted. */
function freeOne(asking: Asking): string | undefined {
  const { control, except, home } = asking.deciding;
  const isFree = (principal: string): boolean => {
    const request = leastDenied(requestFrom(principal, asking), asking);
    return (
      denyingStatements(control).every((one) => saysOf(one, request) === 'no') &&
      control.path.every((step) => allowedAt(step, request, control) === 'yes')
    );
  };
  return principalsToTry(
    control.guards.map(({ policy }) => policy),
    home,
  ).find((principal) => !except.some((exception) => matchesGlob(exception, principal)) && isFree(principal));
}

/** A statement of which nobody knows whether it denies it to everybody. */
function openStatement(asking: Asking): Said['by'] {
  const { control, home } = asking.deciding;
  const principal = `arn:${home.partition}:iam::${home.id}:role/somebody-else`;
  const request = requestFrom(principal, asking);
  const open = denyingStatements(control).find((one) => saysOf(one, request) === 'unknown');
  if (!open) return undefined;
  const why = `${open.statement.name} depends on ${openIn(open.statement, readBy(open.guard.policy, request))}`;
  return { guard: open.guard, why };
}

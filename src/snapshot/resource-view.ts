import { finders, readOf } from '../resource-types/operations.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { fill } from '../resource-types/template.ts';
import type { Away } from './away.ts';
import { finderOf, type Gaps } from './gaps.ts';
import type { Links } from './links.ts';
import type { Members } from './members.ts';
import { newMap, remember } from './remember.ts';
import type { Run } from './run.ts';
import type { Gap, Item, Snapshot, SnapshotAccount } from './snapshot.ts';

/** A bucket is critical by its name, by an ARN glob, or by a tag (design §7). */
export type CriticalSelector = string | { readonly tag: Readonly<Record<string, string>> };

/** One resource of one account, ready to be asked. */
export interface ResourceView {
  readonly account: AccountView;
  readonly type: ResourceType;
  readonly item: Item;
  readonly id: string;
  readonly name: string;
  /** `global` for what has no region; empty when nothing says it. */
  readonly region: string;
  readonly accountId: string;
  /** Set when something names it and nobody could read it: all that is known is how it is called. */
  readonly unread?: readonly Gap[];
  /** Set for one of another account that points here: thousands may, so that it is made again when it is needed. */
  readonly away?: Away;
}

/** One account's snapshot, indexed. */
export interface AccountView {
  readonly snapshot: Snapshot;
  readonly registry: Registry;
  readonly account: SnapshotAccount;
  readonly gaps: Gaps;
  readonly critical: readonly CriticalSelector[];
  readonly enabledRegions: readonly string[];
  /** The accounts that are judged together with it; undefined: it stands alone. */
  readonly run?: Run;
  /** Resources by type, as the snapshot has them. */
  readonly own: ReadonlyMap<string, readonly ResourceView[]>;
  /** Resources by type, those that are only named last. */
  readonly byType: ReadonlyMap<string, readonly ResourceView[]>;
  readonly links: Links;
  /** What was worked out once for this account: every rule asks for it again. */
  readonly known: {
    readonly sources: Map<ResourceType, Map<string, Source>>;
    /** Type → what a pointer can say → the resource that it means. */
    readonly pointedAt: Map<ResourceType, ReadonlyMap<string, ResourceView>>;
    readonly members: Map<ResourceView, Map<string, Members>>;
    /** Type and ways back → why there may be more. */
    readonly unseen: Map<string, readonly Gap[]>;
    /** Gap → with the IAM action that would close it. */
    readonly closable: Map<Gap, Gap & { readonly action?: string }>;
    /** A function of a resource → resource → what it said. */
    readonly workedOut: Map<unknown, Map<ResourceView, unknown>>;
  };
}

/** Which operation gives a property; `from` is the one that evidence names, the finder's for the item's own. */
interface Source {
  readonly operation: string | undefined;
  readonly from: string | undefined;
}

/** What reading a property gives: its value, that AWS says there is none, or why nobody knows. */
export type Reading =
  | { readonly is: 'value'; readonly value: unknown; readonly from: string | undefined }
  | { readonly is: 'absent'; readonly from: string | undefined }
  | { readonly is: 'gap'; readonly gaps: readonly Gap[]; readonly from: string | undefined };

/** A view of one resource, or with `unread` of one that is only named. */
export function viewResource(
  account: AccountView,
  type: ResourceType,
  item: Item,
  unread?: readonly Gap[],
): ResourceView {
  const id = identify(type, item, account.account);
  const label = item[type.label];
  return {
    account,
    type,
    item,
    id,
    name: type.name === 'AWS::Account' ? account.account.id : typeof label === 'string' ? label : id,
    region: homeOf(type, item, id),
    accountId: id.startsWith('arn:') && id.split(':')[4] ? (id.split(':')[4] ?? '') : account.account.id,
    ...(unread && { unread }),
  };
}

/** Whether it is known whose a resource is: of one that nobody could read only an ARN with an account says it. */
export const hasKnownOwner = ({ unread, id }: ResourceView): boolean => !unread || Boolean(id.split(':')[4]);

/** The id of a resource: its ARN where AWS has one. */
export function identify(type: ResourceType, item: Item, { id: account, partition }: SnapshotAccount): string {
  const own = item[type.id];
  if (typeof own === 'string') return own;
  const template = type.id.includes('{') ? type.id : (type.derived?.[type.id] ?? '');
  const scope: Readonly<Record<string, string>> = { account, partition, region: '' };
  const known = (name: string): string | undefined => {
    const value = Object.hasOwn(item, name) ? item[name] : scope[name];
    return typeof value === 'string' ? value : undefined;
  };
  return (template && fill(template, known)) || `${account}/${type.name}/${String(item[type.label] ?? '')}`;
}

function homeOf({ home }: ResourceType, item: Item, id: string): string {
  if (home === 'global') return 'global';
  const named = item[home];
  if (typeof named === 'string') return named;
  return id.startsWith('arn:') ? (id.split(':')[3] ?? '') : '';
}

/**
 * Reads one property of a resource. A value that is there is known, whatever the gaps say. Of what several accounts see
 * there is one truth, its owner's, if that is in the run and knows it: others may have looked earlier, or a file that
 * was written by hand may leave out what they see. What the owner does not know, they may have been told.
 */
export function read(view: ResourceView, property: string): Reading {
  const { away } = view;
  if (away) return remember(away.readings, property, () => read(away.view(), property));
  const atHome = atOwner(view);
  if (!atHome) return readHere(view, property);
  const there = readHere(atHome, property);
  if (there.is !== 'gap') return there;
  const here = readHere(view, property);
  // Where nobody asked here, why its owner does not know is the reason.
  return wasAsked(here, view.account.snapshot) ? here : there;
}

/** Whether AWS was asked, and not a file by hand silent. */
function wasAsked(reading: Reading, { operations }: Snapshot): boolean {
  if (reading.is === 'gap') return reading.gaps.some(({ error }) => error !== 'NotCollected');
  return reading.is === 'value' || operations !== undefined;
}

/** The same resource in the account that owns it, if that is another one of the run. */
export const atOwner = (view: ResourceView): ResourceView | undefined =>
  view.accountId === view.account.account.id
    ? undefined
    : ownerOf(view)
        ?.own.get(view.type.name)
        ?.find((own) => own.id === view.id);

/** The account that owns a resource; undefined: it is another one, which the run does not hold. */
export const ownerOf = ({ account, accountId }: ResourceView): AccountView | undefined =>
  accountId === account.account.id ? account : account.run?.accountOf(accountId, account.account.partition);

/** That an account is not in the run, of which something would have to be known. */
export const notInRun = (resource: string, owner: string): Gap => ({
  resource,
  error: 'OtherAccount',
  message: `it is in account ${owner}, which this run has not read`,
});

function readHere(view: ResourceView, property: string): Reading {
  const value = Object.hasOwn(view.item, property) ? view.item[property] : undefined;
  const { operation, from } = sourceOf(view, property);
  if (value !== undefined && value !== null) return { is: 'value', value, from };
  if (view.unread) return { is: 'gap', gaps: view.unread, from };
  const gaps = operation ? view.account.gaps.ofResource(operation, view) : itemGaps(view, from);
  return gaps.length > 0 ? { is: 'gap', gaps, from } : { is: 'absent', from };
}

/** What finds a resource describes it: unless that was refused of this one, or never asked. */
function itemGaps({ id, type, account }: ResourceView, from: string | undefined): readonly Gap[] {
  const found = finders(type);
  const refused = account.gaps
    .naming(id)
    .filter(({ operation }) => operation === undefined || found.includes(operation));
  if (refused.length > 0 || from === undefined || account.gaps.asked(from)) return refused;
  return [{ operation: from, resource: id, error: 'NotCollected' }];
}

function sourceOf({ type, account }: ResourceView, property: string): Source {
  const ofType = remember(account.known.sources, type, newMap<string, Source>);
  return remember(ofType, property, () => {
    const operation = readOf(type, property);
    return { operation, from: operation ?? finderOf(type, account.gaps) };
  });
}

/** Reads along a path (`Logging.LoggingEnabled.TargetBucket`, `Rules.0.Id`): a gap can only be at its first step. */
export function readPath(view: ResourceView, path: string): Reading {
  const [first = '', ...rest] = path.split('.');
  const reading = read(view, first);
  if (reading.is !== 'value' || rest.length === 0) return reading;
  const value = valueAt(reading.value, rest);
  return value === undefined || value === null ? { is: 'absent', from: reading.from } : { ...reading, value };
}

/** What stands at a path into a value; undefined: nothing. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
    value,
  );

/** The value that was read; undefined: there is none, or nobody knows. */
export const saidBy = (reading: Reading): unknown => (reading.is === 'value' ? reading.value : undefined);

/** The objects in a list; of what is no list, none. */
export const objectsIn = (value: unknown): readonly Item[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Objects and lists alike: a step of a path may be an index. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

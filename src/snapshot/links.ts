import { finders } from '../resource-types/operations.ts';
import { relationsTo } from '../resource-types/relations.ts';
import type { Registry, Relation, ResourceType } from '../resource-types/resource-type.ts';
import { atHand } from './away.ts';
import { finderOf } from './gaps.ts';
import { aliasArn, aliasesOf, isAlias, whyNotResolved } from './key-aliases.ts';
import { nameIn } from './pointers.ts';
import { newMap, remember } from './remember.ts';
import {
  type AccountView,
  identify,
  notInRun,
  type Reading,
  type ResourceView,
  readPath,
  viewResource,
} from './resource-view.ts';
import { accountIn, isNamedAlone, partitionIn } from './run-index.ts';
import type { Gap } from './snapshot.ts';

/** Where a pointer leads. */
export type Target =
  | { readonly is: 'found'; readonly view: ResourceView; readonly pointer: Reading }
  /** Nothing is pointed at. */
  | { readonly is: 'none'; readonly pointer: Reading }
  /** AWS says, or a hand-written file shows, that what is named does not exist. */
  | { readonly is: 'dangling'; readonly id: string; readonly pointer: Reading; readonly from: string | undefined }
  | { readonly is: 'unknown'; readonly gaps: readonly Gap[]; readonly pointer: Reading; readonly view?: ResourceView };

/** The resources that point at one, and those of which nobody knows whether they do. */
export interface Pointers {
  readonly sure: readonly ResourceView[];
  readonly possible: readonly { readonly view: ResourceView; readonly gaps: readonly Gap[] }[];
}

export interface Links {
  /** Resource → relation name → where it leads. */
  readonly targets: ReadonlyMap<ResourceView, ReadonlyMap<string, Target>>;
  /** Resource → way back → who points here for sure. */
  readonly backs: ReadonlyMap<ResourceView, ReadonlyMap<string, readonly ResourceView[]>>;
  /** Type and way back → those of which nobody knows where they point. */
  readonly uncertain: ReadonlyMap<string, Pointers['possible']>;
}

/** Links while they are being made. */
interface LinksInMaking extends Links {
  readonly targets: Map<ResourceView, Map<string, Target>>;
  readonly backs: Map<ResourceView, Map<string, ResourceView[]>>;
  readonly uncertain: Map<string, Pointers['possible'][number][]>;
}

/** The links of an account, and its resources with those that are only named. */
export interface Linked {
  readonly links: Links;
  readonly byType: AccountView['byType'];
}

const backKey = (type: string, back: string): string => `${type} ${back}`;

/**
 * Follows every pointer of an account once. A target that is named but not known becomes a resource of which nothing
 * is known, so that it is judged (as unknown) and not forgotten.
 */
export function linkResources(account: AccountView): Linked {
  const links: LinksInMaking = { targets: new Map(), backs: new Map(), uncertain: new Map() };
  const byType = new Map(account.own);
  const named = new Map<string, ResourceView>();
  const relations = new Map(Object.values(account.registry).map((type) => [type, Object.entries(type.relations)]));
  for (const source of [...account.own.values()].flat()) {
    for (const [name, relation] of relations.get(source.type) ?? []) {
      const target = follow(source, relation, named);
      remember(links.targets, source, newMap<string, Target>).set(name, target);
      if (relation.back) linkBack(links, target, relation.back, { source, to: relation.to });
    }
  }
  for (const view of named.values()) linkUnread(links, view);
  for (const [typeName, views] of Map.groupBy(named.values(), ({ type }) => type.name)) {
    byType.set(typeName, [...(byType.get(typeName) ?? []), ...views]);
  }
  return { links, byType };
}

function linkBack(
  links: LinksInMaking,
  target: Target,
  back: string,
  { source, to }: { readonly source: ResourceView; readonly to: string },
): void {
  const view = target.is === 'found' || target.is === 'unknown' ? target.view : undefined;
  if (view) append(remember(links.backs, view, newMap<string, ResourceView[]>), back, source);
  else if (target.is === 'unknown') append(links.uncertain, backKey(to, back), { view: source, gaps: target.gaps });
}

/** Only named, never read: it may point at anything, unless another account alone says where. */
function linkUnread({ uncertain }: LinksInMaking, view: ResourceView): void {
  const gaps = (view.unread ?? []).filter(({ error }) => error !== 'OtherAccount');
  if (gaps.length === 0) return;
  for (const { to, back } of Object.values(view.type.relations)) {
    if (back) append(uncertain, backKey(to, back), { view, gaps });
  }
}

const append = <T>(map: Map<string, T[]>, key: string, value: T): unknown => remember(map, key, () => []).push(value);

/** The resource of an account that a pointer means, by an ARN or a name; a key also by its bare id or an alias. */
function pointedAt(account: AccountView, type: ResourceType, pointer: string): ResourceView | undefined {
  return remember(account.known.pointedAt, type, () => indexByPointer(account, type)).get(pointer);
}

function indexByPointer({ registry, own }: AccountView, type: ResourceType): ReadonlyMap<string, ResourceView> {
  const at = propertiesPointedAt(registry, type);
  const views = own.get(type.name) ?? [];
  return new Map(views.flatMap((view) => namesAt(view, at).map((name) => [name, view] as const)));
}

const propertiesPointedAt = (registry: Registry, type: ResourceType): readonly string[] => [
  ...new Set(relationsTo(type, registry).map(({ relation: { at } }) => at)),
];

const namesAt = (view: ResourceView, at: readonly string[]): readonly string[] => [
  ...at.map((property) => String(view.item[property])),
  view.name,
  view.id,
  ...aliasesOf(view),
];

/** All that a pointer may say and mean this resource. */
export const namesOf = (view: ResourceView): readonly string[] =>
  namesAt(view, propertiesPointedAt(view.account.registry, view.type));

/** The other account of the run that what a pointer means is in: an ARN says it, a bucket's name its owner. */
function accountAway({ run, account }: AccountView, type: ResourceType, pointer: string): AccountView | undefined {
  const partition = partitionIn(pointer) || account.partition;
  const owner = accountIn(pointer) || (isNamedAlone(type) && run?.ownerOf(type, pointer, partition));
  return owner && owner !== account.id ? run?.accountOf(owner, partition) : undefined;
}

function follow(source: ResourceView, relation: Relation, named: Map<string, ResourceView>): Target {
  const { account } = source;
  const pointer = readPath(source, relation.by);
  if (pointer.is === 'gap') return { is: 'unknown', gaps: pointer.gaps, pointer };
  if (pointer.is === 'absent' || typeof pointer.value !== 'string') return { is: 'none', pointer };
  const text = aliasArn(nameIn(relation, pointer.value), account.account, source.region);
  const type = account.registry[relation.to];
  if (!type) return { is: 'none', pointer };

  const here = pointedAt(account, type, text);
  if (here) return { is: 'found', view: here, pointer };
  const away = accountAway(account, type, text);
  const there = away && pointedAt(away, type, text);
  if (there) return { is: 'found', view: there, pointer };

  const owner = away ?? account;
  const item = { [relation.at]: text };
  const id = identify(type, item, owner.account);
  const gaps = whyNotThere({ id, pointer: text, type }, owner);
  if (gaps.length === 0) {
    const said = owner.snapshot.absent?.find(({ resource }) => resource === id || resource === text);
    return { is: 'dangling', id, pointer, from: said?.operation ?? finderOf(type, owner.gaps) };
  }
  const view = named.get(id) ?? viewResource(account, type, item, gaps);
  named.set(id, view);
  return { is: 'unknown', gaps, pointer, view };
}

/** What a pointer means, where no resource answers to it. */
interface Missing {
  readonly id: string;
  readonly pointer: string;
  readonly type: ResourceType;
}

/** Why nobody knows what is pointed at; empty: it does not exist. */
function whyNotThere({ id, pointer, type }: Missing, view: AccountView): readonly Gap[] {
  const { snapshot, account, gaps } = view;
  const [list, lookup] = [type.list?.operation, type.lookup?.operation];
  const owner = accountIn(pointer);
  if (owner && owner !== account.id) {
    return [notInRun(pointer, owner)];
  }
  if (snapshot.absent?.some(({ resource }) => resource === id || resource === pointer)) return [];
  const own = [...gaps.naming(id), ...(pointer === id ? [] : gaps.naming(pointer))];
  if (own.length > 0) return own;
  if (isAlias(pointer)) return whyNotResolved(pointer, type, view);
  const asked = finders(type).filter((operation) => gaps.asked(operation));
  const listing = asked.flatMap((operation) => gaps.ofListing(operation, { regional: false }));
  if (listing.length > 0) return listing.map((gap) => ({ ...gap, resource: id }));
  if (!snapshot.operations || showsAll(type, pointer, view)) return [];
  const operation = lookup && !gaps.asked(lookup) ? lookup : (asked[0] ?? list);
  return [{ ...(operation && { operation }), resource: id, error: 'NotCollected' }];
}

/** Whether what was listed once for the account shows all that its ARN may mean: nothing looks up one by itself. */
const showsAll = ({ list, lookup }: ResourceType, arn: string, { account, gaps }: AccountView): boolean =>
  list?.once === 'account' &&
  lookup === undefined &&
  gaps.asked(list.operation) &&
  accountIn(arn) === account.id &&
  partitionIn(arn) === account.partition;

/** Where a relation of a resource leads. */
export function target(given: ResourceView, relation: string): Target {
  const view = atHand(given);
  const known = view.account.links.targets.get(view)?.get(relation);
  if (known) return known;
  // Only named, never read: where it points is as unknown as everything else about it.
  const pointer: Reading = { is: 'gap', gaps: view.unread ?? [], from: undefined };
  return { is: 'unknown', gaps: view.unread ?? [], pointer };
}

/** What a text that is no relation's pointer names: an alarm's action, a rule's target. */
export type Named =
  | { readonly is: 'found'; readonly view: ResourceView }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown'; readonly gaps: readonly Gap[] };

/** The resource that an ARN or name means, that there is none, or why nobody knows. */
export function resolve(account: AccountView, typeName: string, pointer: string): Named {
  const type = account.registry[typeName];
  const views = account.byType.get(typeName) ?? [];
  const view = views.find((one) => one.id === pointer || one.name === pointer || aliasesOf(one).includes(pointer));
  if (view) return { is: 'found', view };
  if (!type) return { is: 'unknown', gaps: [{ resource: pointer, error: 'NotCollected' }] };
  const away = accountAway(account, type, pointer);
  if (away) return resolve(away, typeName, pointer);
  const gaps = whyNotThere({ id: pointer, pointer, type }, account);
  return gaps.length > 0 ? { is: 'unknown', gaps } : { is: 'absent' };
}

/** Who points at a resource along a way back: of its own account, and of the others of the run. */
export function pointers(given: ResourceView, back: string): Pointers {
  const view = atHand(given);
  const { links, run } = view.account;
  const here = links.backs.get(view)?.get(back) ?? [];
  const away = run?.pointingAt(view, back) ?? [];
  return {
    // A trail of the organization is seen from here too.
    sure: away.length === 0 ? here : [...here, ...away.filter(({ id }) => !here.some((own) => own.id === id))],
    possible: links.uncertain.get(backKey(view.type.name, back)) ?? [],
  };
}

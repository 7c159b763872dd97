import type { Registry } from '../resource-types/resource-type.ts';
import { identify, isObject } from '../snapshot/resource-view.ts';

/** One case of a rule's test file, as it is written (docs: `rules test`). */
export interface RuleCase {
  readonly name: string;
  /** A whole snapshot. */
  readonly snapshot?: unknown;
  /** Resources by type, put into an account of their own. */
  readonly resources?: Readonly<Record<string, readonly unknown[]>>;
  /** Onto the first case's snapshot: resource id or name → properties to merge, `null` takes away. */
  readonly patch?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, readonly unknown[]>>;
  readonly remove?: readonly string[];
  readonly account?: unknown;
  readonly collectedAt?: string;
  readonly regions?: readonly string[];
  readonly operations?: readonly unknown[];
  readonly gaps?: readonly unknown[];
  readonly absent?: readonly unknown[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly critical?: readonly unknown[];
  /** The status of every finding, or of each by resource name or id. */
  readonly expect: string | Readonly<Record<string, string>>;
  /** Stands in the message or the evidence of a finding. */
  readonly because?: string;
}

type Draft = Readonly<Record<string, unknown>>;

const bare = {
  trailproof: 'snapshot/1',
  account: { id: '111122223333', partition: 'aws' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: {},
} as const;

const scopes = ['account', 'collectedAt', 'regions', 'operations', 'gaps', 'absent'] as const;

/** The snapshot that a case describes; `first` is the one that patches are put on. Not yet validated. */
export function snapshotOf(written: RuleCase, first: Draft | undefined, registry: Registry): Draft {
  const start = startOf(written, first);
  return { ...start, resources: change(start, written, registry) };
}

/** What a case starts from: a snapshot or resources of its own, else the first case; within a scope of its own. */
function startOf(written: RuleCase, first: Draft = bare): Draft {
  const { snapshot, resources } = written;
  const start = isObject(snapshot) ? snapshot : resources ? bare : first;
  const own = scopes.flatMap((scope) => (written[scope] === undefined ? [] : [[scope, written[scope]] as const]));
  return { ...start, ...Object.fromEntries(own), resources: resources ?? resourcesOf(start) };
}

const resourcesOf = ({ resources }: Draft): Draft => (isObject(resources) ? resources : {});

function change(start: Draft, { patch = {}, add = {}, remove = [] }: RuleCase, registry: Registry): Draft {
  const resources = resourcesOf(start);
  const types = [...new Set([...Object.keys(resources), ...Object.keys(add)])];
  const patches = Object.entries(patch);
  return Object.fromEntries(
    types.map((type) => {
      // What is no list is left to whoever validates.
      if (Object.hasOwn(resources, type) && !Array.isArray(resources[type])) return [type, resources[type]];
      const namesOf = namer(type, start, registry);
      const kept = itemsOf(resources, type)
        .filter((item) => !remove.some((name) => namesOf(item).includes(name)))
        .map((item) =>
          patches.filter(([name]) => namesOf(item).includes(name)).reduce<unknown>((it, [, by]) => merge(it, by), item),
        );
      return [type, [...kept, ...itemsOf(add, type)]];
    }),
  );
}

/** Types are named in files: one may be called like what every object has. */
function itemsOf(resources: Draft, type: string): readonly unknown[] {
  const items = Object.hasOwn(resources, type) ? resources[type] : undefined;
  return Array.isArray(items) ? items : [];
}

/** What resources of a type are called by: their name, and their id in the account that the snapshot is of. */
function namer(typeName: string, { account }: Draft, registry: Registry): (item: unknown) => readonly unknown[] {
  const type = Object.hasOwn(registry, typeName) ? registry[typeName] : undefined;
  const { id, partition } = { ...bare.account, ...(isObject(account) && account) };
  const owner = { id: String(id), partition: String(partition) };
  return (item) => (type && isObject(item) ? [item[type.label], identify(type, item, owner)] : []);
}

/** Deep: objects merge, everything else replaces, `null` takes away. */
export function merge(onto: unknown, patch: unknown): unknown {
  if (!isObject(patch) || Array.isArray(patch)) return patch;
  const before = isObject(onto) && !Array.isArray(onto) ? onto : {};
  const merged = Object.entries(patch).map(([name, value]) => [name, merge(before[name], value)] as const);
  return Object.fromEntries(
    [...Object.entries(before), ...merged].filter(([name]) => !(Object.hasOwn(patch, name) && patch[name] === null)),
  );
}

/** The patches of a case that no resource answers to: a slip that would test nothing. */
export function idlePatches(written: RuleCase, first: Draft | undefined, registry: Registry): readonly string[] {
  const { patch = {}, remove = [] } = written;
  const start = startOf(written, first);
  const resources = resourcesOf(start);
  const names = Object.keys(resources).flatMap((type) =>
    itemsOf(resources, type).flatMap(namer(type, start, registry)),
  );
  return [...Object.keys(patch), ...remove].filter((name) => !names.includes(name));
}

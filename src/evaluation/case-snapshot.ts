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

const bare: Draft = {
  trailproof: 'snapshot/1',
  account: { id: '111122223333', partition: 'aws' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: {},
};

const scopes = ['account', 'collectedAt', 'regions', 'operations', 'gaps', 'absent'] as const;

/** The snapshot that a case describes; `first` is the one that patches are put on. Not yet validated. */
export function snapshotOf(written: RuleCase, first: Draft | undefined, registry: Registry): Draft {
  const fresh = written.snapshot !== undefined || written.resources !== undefined;
  const start = isObject(written.snapshot) ? written.snapshot : fresh || !first ? bare : first;
  const own = Object.fromEntries(
    scopes.flatMap((scope) => (written[scope] === undefined ? [] : [[scope, written[scope]] as const])),
  );
  const resources = written.resources ?? resourcesOf(start);
  return { ...start, ...own, resources: change(resources, written, registry) };
}

type Resources = Readonly<Record<string, readonly unknown[]>>;

const resourcesOf = ({ resources }: Draft): Resources => (isObject(resources) ? (resources as Resources) : {});

function change(resources: Resources, { patch = {}, add = {}, remove = [] }: RuleCase, registry: Registry): Resources {
  const types = [...new Set([...Object.keys(resources), ...Object.keys(add)])];
  const patches = Object.entries(patch);
  return Object.fromEntries(
    types.map((type) => {
      const called = (item: unknown, name: string): boolean => isCalled(item, type, name, registry);
      const kept = (resources[type] ?? [])
        .filter((item) => !remove.some((name) => called(item, name)))
        .map((item) =>
          patches.filter(([name]) => called(item, name)).reduce<unknown>((it, [, by]) => merge(it, by), item),
        );
      return [type, [...kept, ...(add[type] ?? [])]];
    }),
  );
}

/** A resource is called by its id or by its name. */
function isCalled(item: unknown, typeName: string, name: string, registry: Registry): boolean {
  const type = Object.hasOwn(registry, typeName) ? registry[typeName] : undefined;
  if (!type || !isObject(item)) return false;
  return item[type.label] === name || identify(type, item, { id: '111122223333', partition: 'aws' }) === name;
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

/** The patches of a case that no resource of the first case answers to: a slip that would test nothing. */
export function idlePatches(
  { patch = {}, remove = [] }: RuleCase,
  first: Draft,
  registry: Registry,
): readonly string[] {
  const items = Object.entries(resourcesOf(first)).flatMap(([type, list]) => list.map((item) => ({ type, item })));
  return [...Object.keys(patch), ...remove].filter(
    (name) => !items.some(({ type, item }) => isCalled(item, type, name, registry)),
  );
}

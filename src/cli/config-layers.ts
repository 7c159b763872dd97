import type { Diagnostic, Pointer } from '../documents/diagnostic.ts';
import { isObject } from '../snapshot/resource-view.ts';
import { type ConfigKey, configKeys } from './config-keys.ts';

/** What one file says, or flags and options do. */
export interface Layer {
  /** As the schema accepts it; its paths are found from the working directory. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly by: 'file' | 'given';
  /** Where a value comes from, in a word: `base.yaml:3`, `--skip`. */
  readonly origin: (pointer: Pointer) => string;
  /** The place of a mistake; undefined: flags have none. */
  readonly place?: (pointer: Pointer, what: 'key' | 'value') => Pick<Diagnostic, 'file' | 'line' | 'column'>;
}

/** One value of the merged config, and where it was said. */
export interface Setting {
  readonly key: string;
  /** Its names, of what is merged name by name; empty otherwise. */
  readonly names: readonly string[];
  readonly value: unknown;
  readonly layer: Layer;
  /** Where in the layer it stands. */
  readonly own: Pointer;
}

/** What layers say together, the later over the earlier, as `configKeys` says: key by key in its order. */
export function settingsOf(layers: readonly Layer[]): readonly Setting[] {
  return Object.entries<ConfigKey>(configKeys).flatMap(([key, { merge, given }]) => {
    const saying = layers.filter(({ written }) => Object.hasOwn(written, key));
    const last = saying.at(-1);
    const counting = given === 'instead' && last?.by === 'given' ? [last] : saying;
    const said = counting.map((layer) => ({ key, names: [], value: layer.written[key], layer, own: [key] }));
    if (merge === 'last') return said.slice(-1);
    if (typeof merge === 'number') return byName(said, merge);
    if (merge === 'strictest') return strictest(said);
    const entries = said.flatMap(entriesOf);
    return merge === 'joined' ? once(entries) : entries;
  });
}

/** A list's entries; what is no list is its only one. */
function entriesOf(setting: Setting): readonly Setting[] {
  const { value, own } = setting;
  return Array.isArray(value)
    ? value.map((entry: unknown, index) => ({ ...setting, value: entry, own: [...own, index] }))
    : [setting];
}

/** What was said first stays where it is. */
function once(settings: readonly Setting[]): readonly Setting[] {
  const first = new Map<string, Setting>();
  for (const setting of settings) {
    const text = JSON.stringify(setting.value);
    if (!first.has(text)) first.set(text, setting);
  }
  return [...first.values()];
}

/** A name that was said before keeps its place, and gets the value that was said last. */
function byName(settings: readonly Setting[], depth: number): readonly Setting[] {
  const named = settings.flatMap((setting) => inside(setting, depth));
  return [...new Map(named.map((setting) => [JSON.stringify(setting.names), setting])).values()];
}

/** Limits, name by name: no layer loosens what another one says. */
function strictest(settings: readonly Setting[]): readonly Setting[] {
  const byLimit = Map.groupBy(
    settings.flatMap((setting) => inside(setting, 1)),
    ({ names }) => names[0],
  );
  return [...byLimit.values()].map((said) => said.reduce(stricter));
}

function stricter(under: Setting, over: Setting): Setting {
  if (typeof under.value === 'number') return Number(over.value) < under.value ? over : under;
  return { ...over, value: [...new Set([under.value, over.value].flat())] };
}

function inside(setting: Setting, depth: number): readonly Setting[] {
  const { names, value, own } = setting;
  if (depth === 0 || !isObject(value)) return [setting];
  return Object.entries(value).flatMap(([name, inner]) =>
    inside({ ...setting, names: [...names, name], value: inner, own: [...own, name] }, depth - 1),
  );
}

/** The config that settings make. */
export function togetherIn(settings: readonly Setting[]): Readonly<Record<string, unknown>> {
  const byKey = Map.groupBy(settings, ({ key }) => key);
  return Object.fromEntries(
    Object.entries<ConfigKey>(configKeys).flatMap(([key, { merge }]) => {
      const own = byKey.get(key);
      if (!own) return [];
      if (merge === 'last') return [[key, own[0]?.value]];
      return [
        [key, typeof merge === 'number' || merge === 'strictest' ? nested(own, 0) : own.map(({ value }) => value)],
      ];
    }),
  );
}

function nested(settings: readonly Setting[], depth: number): unknown {
  const byOwnName = Map.groupBy(settings, ({ names }) => names[depth]);
  return Object.fromEntries(
    [...byOwnName].flatMap(([name, own]) => {
      const [first] = own;
      if (name === undefined || !first) return [];
      return [[name, first.names.length === depth + 1 ? first.value : nested(own, depth + 1)]];
    }),
  );
}

import type { Fact } from '../proof/facts/fact.ts';
import { readOf } from '../resource-types/operations.ts';
import { relationsTo } from '../resource-types/relations.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { referrersOf } from '../snapshot/gaps.ts';
import { type Compiling, need, type Scope } from './compile-context.ts';

/** What must be asked so that the resources of a type are known: all of them, or those that others name. */
export function needType(type: ResourceType, scope: Scope, compiling: Compiling): void {
  const listed = type.list && (scope === 'all' || !type.lookup);
  if (listed) need(compiling, type.list?.operation, 'all');
  else if (type.lookup) need(compiling, type.lookup.operation, 'referenced');
}

/** A property needs the operation that gives it, and its resource. */
export function needProperty(type: ResourceType, property: string, scope: Scope, compiling: Compiling): void {
  needType(type, scope, compiling);
  need(compiling, readOf(type, property), reach(type, scope));
}

/** Where every resource of a type is listed anyway, none is left out for not being named. */
const reach = (type: ResourceType, scope: Scope): Scope => (type.lookup ? scope : 'all');

/** Needs a type, whatever asks for it, and some of its properties; what something names, where it can be looked up. */
export function needOf(typeName: string, names: readonly string[], compiling: Compiling): void {
  const type = compiling.registry[typeName];
  if (!type) return;
  needType(type, type.lookup ? 'referenced' : 'all', compiling);
  for (const name of names) needProperty(type, name, 'referenced', compiling);
}

/** A fact needs what it declares to read; tags only where the config names critical buckets by tag. */
export function needFact(type: ResourceType, { reads, needs }: Fact, scope: Scope, compiling: Compiling): void {
  needType(type, scope, compiling);
  for (const [name, properties] of Object.entries(needs?.(type.name) ?? {})) needOf(name, properties, compiling);
  if (!reads || (reads === 'tags' && !compiling.criticalTags)) return;
  // What no listing shows may exist all the same, and only its look-up tells.
  if (reads === 'tags') need(compiling, type.lookup?.operation, 'referenced');
  need(compiling, readOf(type, reads), reach(type, scope));
}

/** A to-one relation needs its pointer and the look-up of what it points at. */
export function needOne(type: ResourceType, name: string, scope: Scope, compiling: Compiling): void {
  const relation = type.relations[name];
  if (!relation) return;
  needProperty(type, relation.by.split('.')[0] ?? relation.by, scope, compiling);
  const to = compiling.registry[relation.to];
  if (to) needType(to, 'referenced', compiling);
}

/** A to-many relation needs the list of those that may be at its end, and a way back their pointers. */
export function needMany(type: ResourceType, name: string, to: ResourceType, compiling: Compiling): void {
  // Whoever could point here has to be asked, not those alone that something names themselves.
  const scope = to.list ? 'all' : 'referenced';
  needType(to, scope, compiling);
  for (const [pointer, { back, to: target }] of Object.entries(to.relations)) {
    if (back === name && target === type.name) needOne(to, pointer, scope, compiling);
  }
  if (type.members?.[name] && type.list) needType(type, 'all', compiling);
}

/** What nothing lists is found by what names it: the rule needs those resources, and where they point. */
export function needNamers(type: ResourceType, backs: readonly string[] | undefined, compiling: Compiling): void {
  const found: ResourceType[] = [];
  const follow = (named: ResourceType, along: readonly string[] | undefined): void => {
    if (found.includes(named)) return;
    found.push(named);
    const namers = relationsTo(named, compiling.registry, along);
    for (const { source, name } of namers) {
      needOne(source, name, 'referenced', compiling);
      if (source.lookup) follow(source, undefined);
    }
    if (namers.length === 0) needReferrers(named, compiling);
  };
  follow(type, backs);
}

/** What no relation leads to is found by what names it among others. */
function needReferrers(named: ResourceType, compiling: Compiling): void {
  for (const source of referrersOf(named, compiling.registry)) {
    for (const { by, to } of source.references ?? []) {
      if (to === named.name) needProperty(source, by.split('.')[0] ?? by, 'all', compiling);
    }
  }
}

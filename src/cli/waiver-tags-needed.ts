import type { Waiver } from '../evaluation/waivers.ts';
import { matchesGlob } from '../proof/glob.ts';
import { readOf } from '../resource-types/operations.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import type { Rule } from '../rules/compile.ts';

/** The rules, which also need the tags by which waivers name what they judge: a scan reads and keeps what rules need. */
export function withWaiverTags(
  rules: readonly Rule[],
  waivers: readonly Waiver[],
  registry: Registry,
): readonly Rule[] {
  const byTags = waivers.filter(({ match }) => match?.tags);
  if (byTags.length === 0) return rules;
  return rules.map((rule) => {
    const { id, resource } = rule.definition;
    const keys = byTags
      .filter((waiver) => matchesGlob(waiver.rule, id))
      .flatMap(({ match }) => Object.keys(match?.tags ?? {}));
    const type = registry[resource];
    const operation = type && readOf(type, 'tags');
    if (!operation || keys.length === 0) return rule;
    return {
      ...rule,
      operations: new Map([...rule.operations, [operation, scopeOf(type, rule)]]),
      reads: new Set([...rule.reads, ...keys.map((key) => `${resource}.tags.${key}`)]),
    };
  });
}

/** Of those that others name alone, unless the rule lists all of them anyway. */
const scopeOf = ({ list, lookup }: ResourceType, { operations }: Rule): 'all' | 'referenced' =>
  lookup && !(list && operations.get(list.operation) === 'all') ? 'referenced' : 'all';

import type { PackDefinition } from './pack.ts';
import type { Parameter, Parameters, RuleDefinition } from './rule.ts';
import { strictest } from './strictness.ts';

/** That packs want a parameter to be different things, and what came of it. */
export interface Disagreement {
  readonly rule: string;
  readonly parameter: string;
  readonly wanted: readonly { readonly pack: string; readonly value: unknown }[];
  /** The strictest; undefined: no value is, and somebody has to choose. */
  readonly value: unknown;
}

/** The parameters of packs together: where they disagree, what is strictest holds for all of them. */
export function packParameters(
  packs: readonly PackDefinition[],
  rules: readonly RuleDefinition[],
): { readonly parameters: Parameters; readonly disagreements: readonly Disagreement[] } {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const wanted = packs.flatMap(({ pack, parameters = {} }) =>
    Object.entries(parameters).flatMap(([rule, values]) =>
      Object.entries(values).map(([name, value]) => ({ pack, rule, name, value })),
    ),
  );
  const together = [...Map.groupBy(wanted, ({ rule, name }) => JSON.stringify([rule, name])).values()].flatMap(
    (group) => {
      const [{ rule, name } = { rule: '', name: '' }] = group;
      const parameter = byId.get(rule)?.parameters?.[name];
      return parameter ? [{ rule, parameter: name, wanted: group, value: strictestOf(group, parameter) }] : [];
    },
  );
  const byRule = Map.groupBy(together, ({ rule }) => rule);
  return {
    parameters: Object.fromEntries(
      [...byRule].map(([rule, own]) => [
        rule,
        Object.fromEntries(own.map(({ parameter, value }) => [parameter, value])),
      ]),
    ),
    disagreements: together.flatMap(({ wanted: group, ...agreed }) => {
      const said = new Set(group.map(({ value }) => JSON.stringify(value)));
      return said.size > 1 ? [{ ...agreed, wanted: group.map(({ pack, value }) => ({ pack, value })) }] : [];
    }),
  };
}

function strictestOf(wanted: readonly { readonly value: unknown }[], parameter: Parameter): unknown {
  const [first, ...others] = wanted.map(({ value }) => value);
  return others.reduce<unknown>((strict, value) => {
    if (JSON.stringify(strict) === JSON.stringify(value)) return strict;
    return strict === undefined ? undefined : strictest(parameter, strict, value);
  }, first);
}

import type { Parameters } from './rule.ts';

/** Whether rules answer the whole of a requirement, a part of it, or nothing that is configured can. */
export type Coverage = 'full' | 'partial' | 'manual';
export const coverages: readonly Coverage[] = ['full', 'partial', 'manual'];

/** That a rule answers a requirement, and who says so. */
export interface Mapping {
  readonly rule: string;
  /** Whose mapping it is (`prowler`, `security-hub` …); left out: the author's of the pack. */
  readonly assertedBy?: readonly string[];
  /** It is said of a check of every resource of the type; the rule judges those of the audit trail alone. */
  readonly generic?: boolean;
}

/** One requirement of a framework. */
export interface Requirement {
  readonly id: string;
  readonly title: string;
  readonly coverage: Coverage;
  /** What a person has to look at, or which part no rule answers. */
  readonly note?: string;
  readonly rules?: readonly Mapping[];
  /** With a parameter that is less strict than this the requirement is not met, whatever the rule says. */
  readonly floors?: Parameters;
}

/** A named set of rules, and what of a framework they answer: one YAML file. */
export interface PackDefinition {
  readonly pack: string;
  readonly title: string;
  /** What it holds, and what it leaves out. */
  readonly about: string;
  readonly references?: readonly { readonly title: string; readonly url: string }[];
  /** Rules beside those of the requirements; `all`: every built-in one. */
  readonly rules?: 'all' | readonly string[];
  /** Under those of the config. */
  readonly parameters?: Parameters;
  /** In every requirement that the rule answers; what a requirement says itself of a parameter stands above it. */
  readonly floors?: Parameters;
  /** Of a pack that is a framework. */
  readonly requirements?: readonly Requirement[];
}

/** The rules of a pack, each once; `all` of those that are built in. */
export function rulesOfPack(
  { rules = [], requirements = [] }: PackDefinition,
  builtIn: readonly string[],
): ReadonlySet<string> {
  const answering = requirements.flatMap(({ rules: mapped = [] }) => mapped.map(({ rule }) => rule));
  return new Set([...(rules === 'all' ? builtIn : rules), ...answering]);
}

/** What a requirement asks of the parameters of a rule at the least. */
export const floorOf = (rule: string, { floors: own = {} }: Requirement, { floors = {} }: PackDefinition) => ({
  ...(Object.hasOwn(floors, rule) && floors[rule]),
  ...(Object.hasOwn(own, rule) && own[rule]),
});

/** Which requirements of which frameworks each rule answers: the inverse of the packs. */
export function controlsIn(
  packs: readonly PackDefinition[],
): ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> {
  const controls = new Map<string, Record<string, string[]>>();
  for (const { pack, requirements = [] } of packs)
    for (const { id, rules = [] } of requirements)
      for (const { rule } of rules) {
        const own = controls.get(rule) ?? {};
        controls.set(rule, own);
        own[pack] = [...(own[pack] ?? []), id];
      }
  return controls;
}

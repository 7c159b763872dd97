import type { Rule } from '../rules/compile.ts';
import type { Severity } from '../rules/rule.ts';
import type { Ruling, RulingIn } from './overrides.ts';

/** What overrides made of a rule somewhere in a run; without names the rule as it is for all others. */
export interface RuleVariant {
  /** The names of the overrides. */
  readonly by: readonly string[];
  readonly severity: Severity;
  /** Nothing was judged there. */
  readonly skipped?: true;
  /** The values that it was run with. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Parameters without which nothing could be judged, and that nobody set. */
  readonly unset?: readonly string[];
}

export interface VariantsSeen {
  /** A ruling that notes what it was asked for; undefined: every rule is as written. */
  noted(ruling: RulingIn | undefined): RulingIn | undefined;
  /** What became of a rule; empty: it was as written everywhere. */
  of(rule: Rule): readonly RuleVariant[];
  /** The names of all overrides that held somewhere, or may have. */
  readonly names: ReadonlySet<string>;
}

/** Starts to note by which variants of rules a run judges. */
export function noteVariants(): VariantsSeen {
  const seen = new Map<string, Map<string, Ruling>>();
  const names = new Set<string>();
  let isWritten = false;
  const note = (id: string, ruling: Ruling): void => {
    for (const name of ruling.by) names.add(name);
    const own = seen.get(id) ?? new Map<string, Ruling>();
    seen.set(id, own);
    const { by, withheld } = ruling;
    // Where nobody knows by which rule, nothing was judged by any.
    if (withheld === undefined || withheld === 'skipped') own.set(JSON.stringify([by, withheld]), ruling);
  };
  return {
    names,
    noted(ruling) {
      isWritten ||= ruling === undefined;
      return (
        ruling &&
        ((rule, region) => {
          const said = ruling(rule, region);
          note(rule.definition.id, said);
          return said;
        })
      );
    },
    of(rule) {
      const rulings = [...(seen.get(rule.definition.id) ?? new Map<string, Ruling>()).values()];
      const others = rulings.filter(({ by }) => by.length > 0);
      if (others.length === 0) return [];
      return [...(isWritten || others.length < rulings.length ? [{ rule, by: [] }] : []), ...others].map(variantOf);
    },
  };
}

function variantOf({ rule, by, withheld }: Ruling): RuleVariant {
  const { definition, parameters, unset } = rule;
  const { severity } = definition;
  if (withheld === 'skipped') return { by, severity, skipped: true };
  return {
    by,
    severity,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(unset.length > 0 && { unset }),
  };
}

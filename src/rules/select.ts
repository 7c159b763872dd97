import { didYouMean } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { matchesGlob } from '../proof/glob.ts';
import { type RuleDefinition, type Severity, severities } from './rule.ts';

export interface Selection {
  /** Ids, globs, severities, families or controls; empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** This severity and worse. */
  readonly severity?: Severity;
}

/** A rule with the folder that it stands in, its family; undefined for a file somewhere. */
export interface Selectable {
  readonly definition: RuleDefinition;
  readonly family?: string;
}

/**
 * The rules that are meant. A word that names none of those that are known is a mistake, and an AppError; so is one
 * that would choose none of those at hand. One that leaves none out is not.
 */
export function selectRules<R extends Selectable>(
  rules: readonly R[],
  { only, skip, severity }: Selection,
  known: readonly R[] = rules,
): readonly R[] {
  for (const word of [...only, ...skip]) {
    if (!known.some((rule) => isMeant(rule, word))) throw noSuchRule(word, known);
  }
  for (const word of only) {
    if (!rules.some((rule) => isMeant(rule, word))) throw notAtHand(word);
  }
  const worst = severity === undefined ? severities.length : severities.indexOf(severity);
  return rules.filter(
    (rule) =>
      (only.length === 0 || only.some((word) => isMeant(rule, word))) &&
      !skip.some((word) => isMeant(rule, word)) &&
      severities.indexOf(rule.definition.severity) <= worst,
  );
}

/** `log-bucket-*`, `high`, `delivery`, `cis-aws-foundations-3.0.0`, `cis-aws-foundations-3.0.0:3.1`. */
function isMeant({ definition, family }: Selectable, word: string): boolean {
  const { id, severity, controls = {} } = definition;
  if (word === severity || word === family || matchesGlob(word, id)) return true;
  const [framework = '', control] = word.split(':');
  if (!Object.hasOwn(controls, framework)) return false;
  return control === undefined || (controls[framework]?.includes(control) ?? false);
}

const notAtHand = (word: string): AppError =>
  new AppError('usage', `${word} names none of the rules that --rules or the config chose`, {
    hint: '--rules everything has all that are built in.',
  });

function noSuchRule(word: string, rules: readonly Selectable[]): AppError {
  const names = rules.flatMap(({ definition, family }) => [
    definition.id,
    ...(family ? [family] : []),
    ...Object.keys(definition.controls ?? {}),
  ]);
  const hint = didYouMean(word, [...new Set([...names, ...severities])]) ?? 'trailproof rules list shows them all';
  return new AppError('usage', `no rule is called ${word}, nor a severity, family or control`, { hint });
}

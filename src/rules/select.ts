import { nearOr } from '../documents/suggest.ts';
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
    if (!isWord(word, known)) throw noSuchRule(word, known);
  }
  for (const word of only) {
    if (!rules.some((rule) => namesRule(word, rule))) throw notAtHand(word);
  }
  const worst = severity === undefined ? severities.length : severities.indexOf(severity);
  return rules.filter(
    (rule) =>
      (only.length === 0 || only.some((word) => namesRule(word, rule))) &&
      !skip.some((word) => namesRule(word, rule)) &&
      severities.indexOf(rule.definition.severity) <= worst,
  );
}

/** Whether a word may be said of rules: it names one of them, or is a severity that none of them need have. */
export const isWord = (word: string, known: readonly Selectable[]): boolean =>
  severities.some((severity) => severity === word) || known.some((rule) => namesRule(word, rule));

/** Whether a word means a rule: `log-bucket-*`, `high`, `delivery`, `cis-aws-foundations-3.0.0`, `…-3.0.0:3.1`. */
export function namesRule(word: string, { definition, family }: Selectable): boolean {
  const { id, severity, controls = {} } = definition;
  if (word === severity || word === family || matchesGlob(word, id)) return true;
  if (Object.hasOwn(controls, word)) return true;
  const [, framework = '', control = ''] = /^([^:]+):(.+)$/.exec(word) ?? [];
  return Object.hasOwn(controls, framework) && (controls[framework]?.includes(control) ?? false);
}

const notAtHand = (word: string): AppError =>
  new AppError('usage', `${word} names none of the rules that --rules or the config chose`, {
    hint: '--rules everything has all that are built in.',
  });

const noSuchRule = (word: string, rules: readonly Selectable[]): AppError =>
  new AppError('usage', `no rule is called ${word}, nor a severity, family or control`, {
    hint: nearOr(word, wordsFor(rules), 'trailproof rules list shows them all.'),
  });

/** The words that mean some rules, but for globs and single controls. */
export function wordsFor(rules: readonly Selectable[]): readonly string[] {
  const names = rules.flatMap(({ definition, family }) => [
    definition.id,
    ...(family ? [family] : []),
    ...Object.keys(definition.controls ?? {}),
  ]);
  return [...new Set([...names, ...severities])];
}

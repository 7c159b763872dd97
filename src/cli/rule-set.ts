import { basename, dirname } from 'node:path';
import { diagnosticsError } from '../documents/diagnostic.ts';
import { didYouMean } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { resourceTypes } from '../resource-types/index.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import type { Rule } from '../rules/compile.ts';
import { compileRules, loadRuleFiles } from '../rules/load.ts';
import type { RuleDefinition } from '../rules/rule.ts';
import { selectRules } from '../rules/select.ts';
import { type Config, configMistakes, mergeConfigs, mergeParameters, readConfig } from './config.ts';
import type { RuleFlags } from './flags.ts';
import { parameterFlags } from './parameters.ts';
import { sentence } from './usage.ts';

export const registry: Registry = resourceTypes;

/** A rule with where it comes from. */
export interface KnownRule {
  readonly definition: RuleDefinition;
  /** The folder that it stands in. */
  readonly family: string;
  /** Undefined: built in. */
  readonly file?: string;
}

export interface RuleSet {
  readonly known: readonly KnownRule[];
  readonly config: Config;
}

type Choice = Pick<RuleFlags, 'rules' | 'config'>;

interface Selection {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly severity?: RuleFlags['severity'];
}

/** The config, and the rules that are there: those of `--rules`, else the config's, else the built-in ones. */
export async function knownRules({ rules, config: named }: Choice): Promise<RuleSet> {
  return rulesUnder([await readConfig(named)], rules);
}

/** The rules under configs, the later over the earlier: those named, else the configs', else the built-in ones. */
export async function rulesUnder(configs: readonly Config[], named: readonly string[] = []): Promise<RuleSet> {
  const config = configs.reduce(mergeConfigs);
  const paths = named.length > 0 ? named : config.rules;
  const builtIn = await builtInRules();
  const known = paths.length > 0 ? await ruleFiles(paths) : builtIn;
  // The parameters of rules that are built in and not asked for today are no mistakes.
  const definitions = [...known, ...builtIn].map(({ definition }) => definition);
  const mistakes = configs.flatMap((one) => configMistakes(one, definitions));
  if (mistakes.length > 0) throw diagnosticsError(mistakes, 'config');
  return { known, config };
}

/** Rules from files and folders, checked; all their mistakes are one AppError. */
export async function ruleFiles(paths: readonly string[]): Promise<readonly KnownRule[]> {
  const { validate } = await import('../generated/validate-rule.js');
  const files = await loadRuleFiles(paths, { registry, validate });
  return files.map(({ file, definition }) => ({ file, definition, family: basename(dirname(file)) }));
}

async function builtInRules(): Promise<readonly KnownRule[]> {
  const { builtInRules: rules } = await import('../generated/built-in-rules.js');
  return rules;
}

/** The rules that `--only`, `--skip` and `--severity` leave. */
export const chosenRules = (
  known: readonly KnownRule[],
  { only = [], skip = [], severity }: Selection,
): readonly KnownRule[] => selectRules(known, { only, skip, ...(severity && { severity }) });

export interface ChosenRules {
  /** Ordered by id. */
  readonly rules: readonly Rule[];
  readonly config: Config;
}

/** The rules of a run, ready to judge. */
export async function rulesToJudge(flags: RuleFlags): Promise<ChosenRules> {
  const { known, config } = await knownRules(flags);
  const set = parameterFlags(
    flags.parameter ?? [],
    known.map(({ definition }) => definition),
  );
  return readyToJudge({ known, config: { ...config, parameters: mergeParameters(config.parameters, set) } }, flags);
}

/** Of known rules those that are chosen, compiled with the parameters of the config. */
export function readyToJudge({ known, config }: RuleSet, selection: Selection): ChosenRules {
  const { parameters } = config;
  const chosen = chosenRules(known, selection).map(({ definition }) => definition);
  const criticalTags = config.critical.some((selector) => typeof selector === 'object');
  const { rules, mistakes } = compileRules(chosen, { registry, parameters, criticalTags });
  if (mistakes.length > 0)
    throw new AppError('rule', `${mistakes.length} mistakes in the rules`, { details: mistakes });
  return { rules: rules.toSorted((a, b) => (a.definition.id < b.definition.id ? -1 : 1)), config };
}

/** The rule of an id. */
export function knownRule(known: readonly KnownRule[], id: string): KnownRule {
  const rule = known.find(({ definition }) => definition.id === id);
  if (rule) return rule;
  const near = didYouMean(
    id,
    known.map(({ definition }) => definition.id),
  );
  throw new AppError('usage', `no rule is called ${id}`, {
    hint: near === undefined ? 'trailproof rules list shows them all.' : sentence(near),
  });
}

/** A run that judges nothing proves nothing. */
export function assertRules({ rules }: ChosenRules, allowEmpty: 'allow-empty' | 'not-empty'): void {
  if (rules.length > 0 || allowEmpty === 'allow-empty') return;
  throw new AppError('usage', 'no rule is left, so nothing can be concluded', {
    hint: 'Check --only, --skip and --severity, or pass --allow-empty.',
  });
}

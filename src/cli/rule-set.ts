import { basename, dirname } from 'node:path';
import { diagnosticsError } from '../documents/diagnostic.ts';
import { didYouMean } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import type { ReportPack } from '../reporters/report.ts';
import { resourceTypes } from '../resource-types/index.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import type { Rule } from '../rules/compile.ts';
import { compileRules, loadRuleFiles } from '../rules/load.ts';
import { type PackDefinition, rulesOfPack } from '../rules/pack.ts';
import { packParameters } from '../rules/pack-parameters.ts';
import type { Parameters, RuleDefinition } from '../rules/rule.ts';
import { selectRules } from '../rules/select.ts';
import { type Config, configMistakes, mergeConfigs, mergeParameters, readConfig } from './config.ts';
import type { FrameworkFlag, RuleFlags } from './flags.ts';
import { assertThere, builtInPack, disagreementRemark, frameworkOf, isPackName } from './packs.ts';
import { parameterFlags } from './parameters.ts';
import { sentence } from './usage.ts';
import { withWaiverTags } from './waiver-tags-needed.ts';

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
  /** Those that are chosen from. */
  readonly rules: readonly KnownRule[];
  /** All that may be named, those that are not chosen from too. */
  readonly known: readonly KnownRule[];
  readonly config: Config;
  /** Those that made the choice. */
  readonly packs: readonly PackDefinition[];
  /** Those whose requirements the report answers. */
  readonly frameworks: readonly PackDefinition[];
  readonly builtIn: readonly string[];
}

/** What is named on the command line or in options, and what stands where nothing is. */
export interface Named {
  readonly rules?: readonly string[] | undefined;
  readonly frameworks?: readonly string[] | undefined;
  readonly otherwise: 'recommended' | 'all';
}

interface Selection {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly severity?: RuleFlags['severity'];
}

/** The config, and the rules that are there: those of `--rules`, else the config's, else all built-in ones. */
export async function knownRules({ rules, config: named }: Pick<RuleFlags, 'rules' | 'config'>): Promise<RuleSet> {
  return rulesUnder([await readConfig(named)], { rules, otherwise: 'all' });
}

/**
 * The rules under configs, the later over the earlier: those that files, folders and packs named hold, else the
 * configs', else those of the frameworks, else the recommended or all built-in ones.
 */
export async function rulesUnder(
  configs: readonly Config[],
  { rules: named = [], frameworks: asked = [], otherwise }: Named,
): Promise<RuleSet> {
  const config = configs.reduce(mergeConfigs);
  const builtIn = await builtInRules();
  const words = named.length > 0 ? named : config.rules;
  const paths = words.filter((word) => !isPackName(word));
  assertThere(paths);
  const files = paths.length > 0 ? await ruleFiles(paths) : { rules: [], packs: [] };
  const frameworks = await Promise.all([...new Set(asked)].map((word) => frameworkOf(word, files.packs)));
  const packs = [...(await Promise.all(words.filter(isPackName).map(builtInPack))), ...files.packs];
  const others = words.length === 0 && otherwise === 'recommended';
  if (others) packs.push(...(frameworks.length > 0 ? frameworks : [await builtInPack('recommended')]));
  const ownIds = new Set(files.rules.map(({ definition }) => definition.id));
  // A rule of one's own stands for the built-in one of that id.
  const all = [...files.rules, ...builtIn.filter(({ definition }) => !ownIds.has(definition.id))];
  // The parameters of rules that are built in and not asked for today are no mistakes.
  const mistakes = configs.flatMap((one) =>
    configMistakes(
      one,
      all.map(({ definition }) => definition),
    ),
  );
  if (mistakes.length > 0) throw diagnosticsError(mistakes, 'config');
  const ids = builtIn.map(({ definition }) => definition.id);
  const ofPacks = new Set(packs.flatMap((pack) => [...rulesOfPack(pack, ids)]));
  const isChosen = ({ definition }: KnownRule) => ownIds.has(definition.id) || ofPacks.has(definition.id);
  return {
    rules: words.length > 0 || others ? all.filter(isChosen) : all,
    known: words.length > 0 && packs.length === 0 ? files.rules : all,
    config,
    packs: [...new Set(packs)],
    frameworks,
    builtIn: ids,
  };
}

/** Rules and packs from files and folders, checked; all their mistakes are one AppError. */
export async function ruleFiles(
  paths: readonly string[],
): Promise<{ readonly rules: readonly KnownRule[]; readonly packs: readonly PackDefinition[] }> {
  const { validate } = await import('../generated/validate-rule.js');
  const { validate: validatePack } = await import('../generated/validate-pack.js');
  const builtIn = (await builtInRules()).map(({ definition }) => definition);
  const { rules, packs } = await loadRuleFiles(paths, { registry, validate, validatePack, builtIn });
  return {
    rules: rules.map(({ file, definition }) => ({ file, definition, family: basename(dirname(file)) })),
    packs: packs.map(({ definition }) => definition),
  };
}

async function builtInRules(): Promise<readonly KnownRule[]> {
  const { builtInRules: rules } = await import('../generated/built-in-rules.js');
  return rules;
}

/** The rules that `--only`, `--skip` and `--severity` leave. */
export const chosenRules = (
  { rules, known }: RuleSet,
  { only = [], skip = [], severity }: Selection,
): readonly KnownRule[] => selectRules(rules, { only, skip, ...(severity && { severity }) }, known);

export interface ChosenRules {
  /** Ordered by id. */
  readonly rules: readonly Rule[];
  readonly config: Config;
  readonly packs: readonly ReportPack[];
  readonly frameworks: readonly PackDefinition[];
  /** What whoever chose them should know. */
  readonly remarks: readonly string[];
}

/** The rules of a run, ready to judge. */
export async function rulesToJudge(flags: RuleFlags & Partial<FrameworkFlag>): Promise<ChosenRules> {
  const { rules, framework: frameworks, only = [] } = flags;
  const set = await rulesUnder([await readConfig(flags.config)], { rules, frameworks, otherwise: otherwiseOf(only) });
  const given = parameterFlags(
    flags.parameter ?? [],
    set.known.map(({ definition }) => definition),
  );
  const { config } = set;
  return readyToJudge({ ...set, config: { ...config, parameters: mergeParameters(config.parameters, given) } }, flags);
}

/** Whoever says which rules chooses among all of them. */
export const otherwiseOf = (only: readonly string[]): Named['otherwise'] => (only.length > 0 ? 'all' : 'recommended');

/** Of known rules those that are chosen, compiled with the parameters of the config, under them the packs'. */
export function readyToJudge(set: RuleSet, selection: Selection): ChosenRules {
  const { config, frameworks, builtIn } = set;
  const chosen = chosenRules(set, selection).map(({ definition }) => definition);
  const ofPacks = packParameters([...new Set([...set.packs, ...frameworks])], chosen);
  const open = ofPacks.disagreements.filter(({ rule, parameter }) => !isSet(config.parameters, rule, parameter));
  const remarks = open.map(disagreementRemark);
  const parameters = mergeParameters(ofPacks.parameters, config.parameters);
  const criticalTags = config.critical.some((selector) => typeof selector === 'object');
  const { rules, mistakes } = compileRules(chosen, { registry, parameters, criticalTags });
  if (mistakes.length > 0)
    throw new AppError('rule', `${mistakes.length} mistakes in the rules`, { details: mistakes });
  const packs = set.packs.map((pack) => {
    const ids = rulesOfPack(pack, builtIn);
    return { name: pack.pack, rules: chosen.filter(({ id }) => ids.has(id)).length, of: builtIn.length };
  });
  return {
    rules: withWaiverTags(rules, config.waiving.waivers, registry).toSorted((a, b) =>
      a.definition.id < b.definition.id ? -1 : 1,
    ),
    config,
    packs,
    frameworks,
    remarks,
  };
}

const isSet = (parameters: Parameters, rule: string, name: string): boolean =>
  Object.hasOwn(parameters, rule) && Object.hasOwn(parameters[rule] ?? {}, name);

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
export function assertRules({ rules }: Pick<ChosenRules, 'rules'>, allowEmpty: 'allow-empty' | 'not-empty'): void {
  if (rules.length > 0 || allowEmpty === 'allow-empty') return;
  throw new AppError('usage', 'no rule is left, so nothing can be concluded', {
    hint: 'Check --only, --skip and --severity, or pass --allow-empty.',
  });
}

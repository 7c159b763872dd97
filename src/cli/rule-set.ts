import { basename, dirname } from 'node:path';
import { throwDiagnostics } from '../documents/diagnostic.ts';
import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import type { Overrides } from '../evaluation/overrides.ts';
import type { ReportPack } from '../reporters/report.ts';
import { resourceTypes } from '../resource-types/index.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import type { Rule } from '../rules/compile.ts';
import { compileRules, loadRuleFiles } from '../rules/load.ts';
import { type PackDefinition, rulesOfPack } from '../rules/pack.ts';
import { packParameters } from '../rules/pack-parameters.ts';
import type { Parameters, RuleDefinition, Severity } from '../rules/rule.ts';
import { selectRules } from '../rules/select.ts';
import { type Config, configOf } from './config.ts';
import { readLayers } from './config-files.ts';
import { type ConfigFlags, layerOfFlags, layerOfParameters } from './config-flags.ts';
import { configMistakes } from './config-mistakes.ts';
import type { RuleFlags } from './flags.ts';
import { compileOverrides, type Needs, needsOf } from './overrides.ts';
import { assertThere, builtInPack, disagreementRemark, frameworkOf, isPackName, packNames } from './packs.ts';
import { mergeParameters, parameterFlags } from './parameters.ts';
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

/** What runs where nothing names rules. */
type Otherwise = 'recommended' | 'all';

interface Selection {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly severity?: RuleFlags['severity'];
}

/** The config, and the rules that are there: those of `--rules`, else the config's, else all built-in ones. */
export async function knownRules({ rules, config: named }: Pick<RuleFlags, 'rules' | 'config'>): Promise<RuleSet> {
  return rulesUnder(configOf([...(await readLayers(named)), layerOfFlags({ rules })]), 'all');
}

/**
 * The rules under a config: those that the files, folders and packs that it names hold, else those of its frameworks,
 * else the recommended or all built-in ones.
 */
export async function rulesUnder(config: Config, otherwise: Otherwise): Promise<RuleSet> {
  const builtIn = await builtInRules();
  const { rules: words } = config;
  const paths = words.filter((word) => !isPackName(word));
  assertThere(paths);
  const files = paths.length > 0 ? await ruleFiles(paths) : { rules: [], packs: [] };
  const ownIds = new Set(files.rules.map(({ definition }) => definition.id));
  // A rule of one's own stands for the built-in one of that id.
  const all = [...files.rules, ...builtIn.filter(({ definition }) => !ownIds.has(definition.id))];
  const names = [...files.packs.map(({ pack }) => pack), ...packNames];
  // The parameters of rules that are built in and not asked for today are no mistakes.
  throwDiagnostics(
    config.layers.flatMap((layer) => configMistakes(layer, all, names)),
    'config',
  );
  const frameworks = await Promise.all([...new Set(config.frameworks)].map((word) => frameworkOf(word, files.packs)));
  const packs = [...(await Promise.all(words.filter(isPackName).map(builtInPack))), ...files.packs];
  const others = words.length === 0 && otherwise === 'recommended';
  if (others) packs.push(...(frameworks.length > 0 ? frameworks : [await builtInPack('recommended')]));
  const judged = all.map((rule) => withSeverity(rule, config.severities));
  const ids = builtIn.map(({ definition }) => definition.id);
  const ofPacks = new Set(packs.flatMap((pack) => [...rulesOfPack(pack, ids)]));
  const isChosen = ({ definition }: KnownRule) => ownIds.has(definition.id) || ofPacks.has(definition.id);
  const isOwn = ({ definition }: KnownRule) => ownIds.has(definition.id);
  return {
    rules: words.length > 0 || others ? judged.filter(isChosen) : judged,
    known: words.length > 0 && packs.length === 0 ? judged.filter(isOwn) : judged,
    config,
    packs: [...new Set(packs)],
    frameworks,
    builtIn: ids,
  };
}

function withSeverity(rule: KnownRule, severities: Config['severities']): KnownRule {
  const { id } = rule.definition;
  const severity: Severity | undefined = Object.hasOwn(severities, id) ? severities[id] : undefined;
  return severity === undefined ? rule : { ...rule, definition: { ...rule.definition, severity } };
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
  /** Undefined: they are the same everywhere. */
  readonly overrides?: Overrides;
  /** All that has to be asked and read for them. */
  readonly needs: readonly Needs[];
  /** What whoever chose them should know. */
  readonly remarks: readonly string[];
}

/** The rules of a run, ready to judge. */
export const rulesToJudge = async (flags: RuleFlags & ConfigFlags): Promise<ChosenRules> =>
  readyToJudge(await ruleSetOf(flags), flags.severity);

/** The rules that flags and config choose from, under the config that both make. */
export async function ruleSetOf(flags: RuleFlags & ConfigFlags): Promise<RuleSet> {
  const files = await readLayers(flags.config);
  const layers = [...files, layerOfFlags(flags, configOf(files).frameworks)];
  const config = configOf(layers);
  const set = await rulesUnder(config, otherwiseOf(config));
  const definitions = set.known.map(({ definition }) => definition);
  const given = layerOfParameters(parameterFlags(flags.parameter ?? [], definitions));
  return { ...set, config: configOf([...layers, given]) };
}

/** Whoever says which rules chooses among all of them. */
export const otherwiseOf = ({ only }: Config): Otherwise => (only.length > 0 ? 'all' : 'recommended');

/** Of known rules those that are chosen, compiled with the parameters of the config, under them the packs'. */
export function readyToJudge(set: RuleSet, severity: Severity | undefined): ChosenRules {
  const { config, frameworks, builtIn } = set;
  const { only, skip } = config;
  const known = chosenRules(set, { only, skip, severity });
  const chosen = known.map(({ definition }) => definition);
  const ofPacks = packParameters([...new Set([...set.packs, ...frameworks])], chosen);
  const open = ofPacks.disagreements.filter(({ rule, parameter }) => !isSet(config.parameters, rule, parameter));
  const remarks = [...open.map(disagreementRemark), ...frameworks.flatMap((pack) => replacedIn(pack, known, builtIn))];
  const parameters = mergeParameters(ofPacks.parameters, config.parameters);
  const criticalTags = config.critical.some((selector) => typeof selector === 'object');
  const { rules, mistakes } = compileRules(chosen, { registry, parameters, criticalTags });
  if (mistakes.length > 0)
    throw new AppError('rule', `${mistakes.length} mistakes in the rules`, { details: mistakes });
  const overrides = compileOverrides(config.overrides, { registry, criticalTags, rules: known, parameters });
  const packs = set.packs.map((pack) => {
    const ids = rulesOfPack(pack, builtIn);
    return { name: pack.pack, rules: chosen.filter(({ id }) => ids.has(id)).length, of: builtIn.length };
  });
  const judging = withWaiverTags(rules, config.waiving.waivers, registry);
  return {
    rules: judging.toSorted((a, b) => (a.definition.id < b.definition.id ? -1 : 1)),
    config,
    packs,
    frameworks,
    ...(overrides && { overrides }),
    needs: [...judging, ...(overrides ? needsOf(overrides, rules) : [])],
    remarks,
  };
}

/** What a framework says that a rule answers it says of the built-in one. */
function replacedIn(pack: PackDefinition, rules: readonly KnownRule[], builtIn: readonly string[]): readonly string[] {
  const answering = rulesOfPack(pack, builtIn);
  return rules.flatMap(({ file, definition: { id } }) =>
    file !== undefined && builtIn.includes(id) && answering.has(id)
      ? [`${pack.pack} is answered by ${file} in the place of the built-in ${id}`]
      : [],
  );
}

const isSet = (parameters: Parameters, rule: string, name: string): boolean =>
  Object.hasOwn(parameters, rule) && Object.hasOwn(parameters[rule] ?? {}, name);

/** The rule of an id. */
export function knownRule(known: readonly KnownRule[], id: string): KnownRule {
  const rule = known.find(({ definition }) => definition.id === id);
  if (rule) return rule;
  const ids = known.map(({ definition }) => definition.id);
  throw new AppError('usage', `no rule is called ${id}`, {
    hint: nearOr(id, ids, 'trailproof rules list shows them all.'),
  });
}

/** A run that judges nothing proves nothing. */
export function assertRules({ rules }: Pick<ChosenRules, 'rules'>, allowEmpty: 'allow-empty' | 'not-empty'): void {
  if (rules.length > 0 || allowEmpty === 'allow-empty') return;
  throw new AppError('usage', 'no rule is left, so nothing can be concluded', {
    hint: 'Check --only, --skip and --severity, or pass --allow-empty.',
  });
}

import { Document, type Node, YAMLMap, YAMLSeq } from 'yaml';
import { visible } from '../reporters/visible-text.ts';
import type { PackDefinition } from '../rules/pack.ts';
import { packParameters } from '../rules/pack-parameters.ts';
import type { RuleDefinition } from '../rules/rule.ts';
import { type Severity, severities } from '../rules/rule.ts';
import { compareText } from '../snapshot/compare-text.ts';
import type { Config } from './config.ts';
import { type ConfigKey, configKeys } from './config-keys.ts';
import type { Setting } from './config-layers.ts';
import type { RuleFlags } from './flags.ts';
import { chosenRules, type RuleSet } from './rule-set.ts';
import type { TargetsKey } from './targets.ts';

/** A value of the config, and who says it in a word. */
interface Said extends Pick<Setting, 'key' | 'names' | 'value'> {
  readonly from: string;
}

/**
 * The config that holds for a run, each value with where it comes from: YAML that says the same when it is the config.
 * What is said of one run alone, as `--now`, is no part of it.
 */
export function configText(
  set: RuleSet,
  { severity }: Pick<RuleFlags, 'severity'>,
  keys: readonly TargetsKey[] = [],
): string {
  const { config } = set;
  const targets = keys.map((key) => targetSaid(key, config));
  const { only, skip } = config;
  const rules = chosenRules(set, { only, skip, severity }).map(({ definition }) => definition);
  const settings = targets.length > 0 ? config.settings.filter(({ key }) => key !== 'targets') : config.settings;
  const said = [
    ...chosenPacks(set),
    ...settings.map(({ layer, own, ...setting }): Said => ({ ...setting, from: layer.origin(own) })),
    ...lesser(severity),
    ...targets,
  ];
  const parameters = parametersOf(rules, said, [...new Set([...set.packs, ...set.frameworks])]);
  return textOf(
    [...said.filter(({ key }) => key !== 'parameters'), ...parameters, ...defaults(said)],
    unsetIn(rules, parameters),
  );
}

function targetSaid({ name, value, by }: TargetsKey, { settings }: Config): Said {
  const setting = settings.find(({ key, names }) => key === 'targets' && names[0] === name);
  const written = setting ? setting.layer.origin(setting.own) : 'default';
  return { key: 'targets', names: [name], value, from: by.length > 0 ? by.join(', ') : written };
}

/** Where nobody names rules: the packs that run instead. */
function chosenPacks({ config, packs }: RuleSet): readonly Said[] {
  if (config.rules.length > 0) return [];
  const from = config.settings.find(({ key }) => key === 'frameworks');
  const origin = from ? from.layer.origin(from.own) : 'default';
  return packs.map(({ pack }) => ({ key: 'rules', names: [], value: pack, from: origin }));
}

/** `--severity high` leaves out all that is less. */
const lesser = (severity: Severity | undefined): readonly Said[] =>
  severities
    .slice(severity === undefined ? severities.length : severities.indexOf(severity) + 1)
    .map((value) => ({ key: 'skip', names: [], value, from: '--severity' }));

/** The gate's own, where nobody says another. */
function defaults(said: readonly Said[]): readonly Said[] {
  const gate = { failOn: 'info', unknown: 'fail' };
  return Object.entries(gate).flatMap(([key, value]) =>
    said.some((one) => one.key === key) ? [] : [{ key, names: [], value, from: 'default' }],
  );
}

/** The parameters that somebody set, and those of the rules that run: a pack's, else their own. */
function parametersOf(
  rules: readonly RuleDefinition[],
  said: readonly Said[],
  packs: readonly PackDefinition[],
): readonly Said[] {
  const set = said.filter(({ key }) => key === 'parameters');
  const isSet = (...names: readonly string[]) => set.some((one) => JSON.stringify(one.names) === JSON.stringify(names));
  const ofPacks = packParameters(packs, rules).parameters;
  const others = rules.flatMap(({ id, parameters = {} }) =>
    Object.entries(parameters).flatMap(([name, parameter]): readonly Said[] => {
      const wanted = ofPacks[id]?.[name];
      const value = wanted ?? parameter.default;
      if (value === undefined || isSet(id, name)) return [];
      const from = wanted === undefined ? 'default' : `pack ${whoWants(packs, [id, name], wanted)}`;
      return [{ key: 'parameters', names: [id, name], value, from }];
    }),
  );
  return [...set, ...others].toSorted((a, b) => compareText(a.names.join(' '), b.names.join(' ')));
}

function whoWants(packs: readonly PackDefinition[], [id, name]: readonly [string, string], value: unknown): string {
  const wanting = packs.filter(
    ({ parameters = {} }) => JSON.stringify(parameters[id]?.[name]) === JSON.stringify(value),
  );
  return wanting.map(({ pack }) => pack).join(', ');
}

/** Parameters that rules wait for: `log-bucket-name.prefix`. */
const unsetIn = (rules: readonly RuleDefinition[], parameters: readonly Said[]): readonly string[] =>
  rules.flatMap(({ id, parameters: declared = {} }) =>
    Object.keys(declared)
      .filter((name) => !parameters.some(({ names }) => names[0] === id && names[1] === name))
      .map((name) => `${id}.${name}`),
  );

function textOf(said: readonly Said[], unset: readonly string[]): string {
  const document = new Document({}, { version: '1.2' });
  document.commentBefore =
    ' What holds here, and where each value comes from. As a config of this folder it says the same.';
  if (unset.length > 0)
    document.comment = ['Not set, so that these rules judge nothing:', ...unset].map((line) => ` ${line}`).join('\n');
  for (const [key, { merge }] of Object.entries<ConfigKey>(configKeys)) {
    const own = said.filter((one) => one.key === key);
    const [first] = own;
    if (first) document.set(key, nodeOf(document, own, merge));
  }
  const text = document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
  return `${text.trimEnd()}\n`;
}

function nodeOf(document: Document, said: readonly Said[], merge: ConfigKey['merge']): Node {
  if (typeof merge === 'number') return mapOf(document, said, 0);
  const nodes = said.map((one) => valueNode(document, one));
  const [first] = nodes;
  if (merge === 'last' && first) return first;
  const list = new YAMLSeq(document.schema);
  list.items.push(...nodes);
  return list;
}

function mapOf(document: Document, said: readonly Said[], depth: number): Node {
  const map = new YAMLMap(document.schema);
  for (const [name, own] of Map.groupBy(said, ({ names }) => names[depth])) {
    const [first] = own;
    if (first)
      map.set(name, first.names.length === depth + 1 ? valueNode(document, first) : mapOf(document, own, depth + 1));
  }
  return map;
}

/** A value on one line has its origin behind it, another one before it. */
function valueNode(document: Document, { value, from }: Said): Node {
  const isWords = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  const node = document.createNode(value, { flow: isWords });
  const comment = ` ${visible(from)}`;
  if (isWords || typeof value !== 'object' || value === null) node.comment = comment;
  else node.commentBefore = comment;
  return node;
}

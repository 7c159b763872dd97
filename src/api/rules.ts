import { type Config, configOf, readConfig } from '../cli/config.ts';
import { type ChosenRules, otherwiseOf, readyToJudge, rulesUnder } from '../cli/rule-set.ts';
import { valueDocument } from '../documents/value-document.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import { type Parameters, type Severity, severities } from '../rules/rule.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import type { Kinds } from './given.ts';

/** Which rules, and with which values. */
export interface RuleOptions {
  /** Packs, and files and folders of rules and packs; left out: the config's, else the pack `recommended`, or with `only` all built-in rules. */
  readonly rules?: readonly string[];
  /** Only these: ids, globs, severities, families, controls (`cis-aws-foundations-3.0.0:3.1`). */
  readonly only?: readonly string[];
  /** Not these; the same words. */
  readonly skip?: readonly string[];
  /** Only rules of this severity and worse. */
  readonly severity?: Severity;
  /** Frameworks whose requirements the report answers; without `rules` and `only` their rules run. */
  readonly frameworks?: readonly string[];
  /** Values of parameters, by rule id and name. */
  readonly parameters?: Parameters;
  /** The buckets that are critical: names, ARN globs, or `{ tag: { key: value } }`. */
  readonly critical?: readonly CriticalSelector[];
  /** A `trailproof.yaml`, under the other options. Left out: none, whatever is in the working directory. */
  readonly config?: string;
}

/** What a report's exit code says. */
export interface GateOptions {
  /** Failures of this severity and worse give exit code 1. Default: `info`, so every failure does. */
  readonly failOn?: GatePolicy['failOn'];
  /** What is unknown gives exit code 3 (`fail`, the default) or 0. */
  readonly unknown?: GatePolicy['unknown'];
  /** Frameworks of which a requirement that fails gives exit code 1; the report answers them. */
  readonly failOnFrameworks?: readonly string[];
  /** Failures that the baseline has known for more days count again. */
  readonly maxAge?: number;
  /** Waivers and entries of the baseline that do no good any more give exit code 4. */
  readonly strict?: boolean;
}

export const ruleKinds: Kinds<RuleOptions> = {
  rules: 'texts',
  only: 'texts',
  skip: 'texts',
  severity: severities,
  frameworks: 'texts',
  parameters: 'anything',
  critical: 'anything',
  config: 'text',
};

export const gateKinds: Kinds<GateOptions> = {
  failOn: [...severities, 'never'],
  unknown: ['fail', 'warn', 'ignore'],
  failOnFrameworks: 'texts',
  maxAge: 'number',
  strict: 'flag',
};

/**
 * The rules that options choose, ready to judge, and the config that they make with the one that they name.
 *
 * @throws AppError `usage` for a word that names no rule, `config` for mistakes in options or config, `rule` for those
 * in rules.
 */
export async function rulesOf({
  config,
  only,
  skip,
  severity,
  frameworks = [],
  failOnFrameworks = [],
  ...options
}: RuleOptions & GateOptions): Promise<ChosenRules> {
  const named = config === undefined ? [] : [await readConfig(config)];
  const set = await rulesUnder([...named, await ownConfig(options)], {
    frameworks: [...frameworks, ...failOnFrameworks],
    otherwise: otherwiseOf(only ?? []),
  });
  return readyToJudge(set, { only, skip, severity });
}

/** Options are a config that nobody has written down, and are read as one. */
function ownConfig({ rules, parameters, critical, failOn }: RuleOptions & GateOptions): Promise<Config> {
  const written = { ...(rules && rules.length > 0 && { rules }), parameters, critical, failOn };
  return configOf(valueDocument(written, { file: 'options', kind: 'config' }), 'options');
}

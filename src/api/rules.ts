import { configOf } from '../cli/config.ts';
import { layerOfDocument, readLayers } from '../cli/config-files.ts';
import { answeredBy } from '../cli/config-flags.ts';
import type { Layer } from '../cli/config-layers.ts';
import { type ChosenRules, otherwiseOf, readyToJudge, rulesUnder } from '../cli/rule-set.ts';
import { valueDocument } from '../documents/value-document.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import { type Parameters, type Severity, severities } from '../rules/rule.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import type { Kinds } from './given.ts';

/** Which rules, and with which values. */
export interface RuleOptions {
  /**
   * Packs, and files and folders of rules and packs; left out: the config's, else the pack `recommended`, or with `only`
   * all built-in rules.
   */
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
  config: named,
  severity,
  failOnFrameworks = [],
  frameworks = [],
  ...options
}: RuleOptions & GateOptions): Promise<ChosenRules> {
  const files = named === undefined ? [] : await readLayers(named);
  const gated = failOnFrameworks.length > 0;
  const answered = gated ? answeredBy(frameworks, failOnFrameworks, configOf(files).frameworks) : frameworks;
  const own = await ownLayers({ ...options, frameworks: answered });
  const config = configOf([...files, ...own]);
  return readyToJudge(await rulesUnder(config, otherwiseOf(config)), severity);
}

/** Options are a config that nobody has written down, and are read as one. */
async function ownLayers(options: Omit<RuleOptions & GateOptions, 'config' | 'severity'>): Promise<readonly Layer[]> {
  const { rules, only, skip, frameworks, parameters, critical, failOn, unknown } = options;
  // An empty list names nothing, as one that is left out.
  const written = { ...(rules && rules.length > 0 && { rules }), parameters, critical, failOn, unknown };
  const document = valueDocument(written, { file: 'options', kind: 'config' });
  const words = Object.entries({ only, skip, frameworks }).filter(([, some]) => some && some.length > 0);
  // They have been looked at, and what they name is told by whoever looks it up.
  const named: Layer = { written: Object.fromEntries(words), by: 'given', origin: () => 'options' };
  return [await layerOfDocument(document, 'options'), named];
}

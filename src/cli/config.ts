import { diagnosticsError } from '../documents/diagnostic.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import type { Format } from '../reporters/index.ts';
import type { Parameters, Severity } from '../rules/rule.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import { readLayers } from './config-files.ts';
import { type Layer, type Setting, settingsOf, togetherIn } from './config-layers.ts';
import type { OverrideConfig } from './overrides.ts';
import { type Waiving, waivingOf } from './waiving.ts';

/** Which accounts a scan reads, if not the one of the credentials. */
export interface TargetsConfig {
  readonly organization?:
    | true
    | {
        readonly ous?: readonly string[];
        readonly tags?: Readonly<Record<string, string | readonly string[]>>;
        readonly exclude?: readonly string[];
      };
  /** Ids. */
  readonly accounts?: readonly string[];
  readonly roleName?: string;
  readonly externalId?: string;
  /** The role that enters the others. */
  readonly roleArn?: string;
}

/** What `trailproof.yaml` and flags set together (design §7): how an account of one's own is judged. */
export interface Config {
  /** Packs, and paths of rules from the working directory on; empty: the recommended ones. */
  readonly rules: readonly string[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly frameworks: readonly string[];
  /** By rule id. */
  readonly parameters: Parameters;
  /** By rule id. */
  readonly severities: Readonly<Record<string, Severity>>;
  readonly critical: readonly CriticalSelector[];
  /** The later over the earlier. */
  readonly overrides: readonly OverrideConfig[];
  readonly targets?: TargetsConfig;
  readonly waiving: Waiving;
  readonly failOn?: GatePolicy['failOn'];
  readonly unknown?: GatePolicy['unknown'];
  /** Paths from the working directory on, by format. */
  readonly outputs: Readonly<Partial<Record<Format, string>>>;
  /** What said it, the earlier under the later. */
  readonly layers: readonly Layer[];
  /** Each value with where it comes from. */
  readonly settings: readonly Setting[];
}

/** Reads the named config, else the one in the working directory, else none. Mistakes are AppErrors with their place. */
export const readConfig = async (named: string | undefined): Promise<Config> => configOf(await readLayers(named));

/**
 * The config that layers make, the later over the earlier.
 *
 * @throws AppError `config` for what only shows once they are together.
 */
export function configOf(layers: readonly Layer[]): Config {
  const settings = settingsOf(layers);
  // Each layer is as the schema says, and so is what they make together.
  const said = togetherIn(settings) as Partial<Config>;
  assertAccounts(said.targets, layers);
  return { ...nothing, ...said, waiving: waivingOf(settings), layers, settings };
}

const nothing = {
  rules: [],
  only: [],
  skip: [],
  frameworks: [],
  parameters: {},
  severities: {},
  critical: [],
  overrides: [],
  outputs: {},
};

function assertAccounts(targets: TargetsConfig | undefined, layers: readonly Layer[]): void {
  if (!targets || targets.organization || targets.accounts) return;
  const place = layers.findLast(({ written }) => Object.hasOwn(written, 'targets'))?.place;
  const at = place && { ...place(['targets'], 'key'), message: 'targets names no account' };
  if (at) throw diagnosticsError([{ ...at, hint: 'it needs organization or accounts' }], 'config');
}

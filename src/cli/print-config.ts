import type { Config } from './config.ts';
import type { ConfigFlags } from './config-flags.ts';
import type { RuleFlags } from './flags.ts';
import { ruleSetOf } from './rule-set.ts';
import type { TargetsKey } from './targets.ts';

/** Prints what holds for a run with these flags, and of a command that reads accounts what they make of its targets. */
export async function printConfig(
  flags: RuleFlags & ConfigFlags,
  targetsOf: (config: Config) => readonly TargetsKey[] = () => [],
): Promise<void> {
  // Few runs are asked for it, and it writes YAML.
  const { configText } = await import('./config-text.ts');
  const set = await ruleSetOf(flags);
  process.stdout.write(configText(set, flags, targetsOf(set.config)));
}

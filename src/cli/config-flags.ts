import type { Pointer } from '../documents/diagnostic.ts';
import type { Parameters } from '../rules/rule.ts';
import { keyOf } from './config-keys.ts';
import type { Layer } from './config-layers.ts';
import type { FrameworkFlag, ReportFlags, RuleFlags } from './flags.ts';
import type { BaselineFlag } from './gate-flags.ts';
import { outputPaths } from './publish.ts';

/** The flags that a config could say. */
export type ConfigFlags = Pick<RuleFlags, 'rules'> &
  Partial<
    Pick<RuleFlags, 'only' | 'skip'> &
      FrameworkFlag &
      BaselineFlag &
      Pick<ReportFlags, 'fail-on' | 'fail-on-framework' | 'unknown' | 'output'>
  >;

/** What flags say that a config could say too, over all files, which say that these frameworks are answered. */
export function layerOfFlags(flags: ConfigFlags, answered: readonly string[] = []): Layer {
  const {
    rules,
    only,
    skip,
    framework,
    'fail-on-framework': gating,
    baseline,
    'fail-on': failOn,
    unknown,
    output,
  } = flags;
  const frameworks = framework || gating ? answeredBy(framework ?? [], gating ?? [], answered) : undefined;
  const said = { rules, only, skip, frameworks, baseline, failOn, unknown, outputs: output && outputPaths(output) };
  return given(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));
}

/** What a run may fail on it has to answer: beside what it is asked to, else beside what the files say. */
export const answeredBy = (
  asked: readonly string[],
  gating: readonly string[],
  files: readonly string[],
): readonly string[] => [...(asked.length > 0 ? asked : files), ...gating];

/** The same of `--parameter`, which is read once it is known which rules there are. */
export const layerOfParameters = (parameters: Parameters): Layer => given({ parameters });

const given = (written: Layer['written']): Layer => ({
  written,
  by: 'given',
  origin: ([key = '']: Pointer) => keyOf(String(key))?.flag ?? 'a flag',
});

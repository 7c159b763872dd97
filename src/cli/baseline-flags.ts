import { string as argument } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import { ruleFlags } from './flags.ts';

/** What the commands take that write a baseline. */
export const reportArgument = {
  report: argument({ ignoreStdin: true, required: true, description: 'A report in JSON, or -.' }),
};

export const baselineFileFlags = {
  baseline: string({
    helpValue: 'FILE',
    description:
      "The baseline: YAML, or JSON if its name ends in .json. Default: the config's, else trailproof-baseline.yaml.",
  }),
  config: string({ helpValue: 'FILE', description: ruleFlags.config.description ?? '' }),
};

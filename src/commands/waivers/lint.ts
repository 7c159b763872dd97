import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { ruleFlags, runFlags } from '../../cli/flags.ts';
import { lintText, lintWaivers, nothingToLint } from '../../cli/lint-waivers.ts';
import { rulesToJudge } from '../../cli/rule-set.ts';

export class Lint extends AppCommand {
  static override summary = 'Say how many findings each waiver hides, and what is wrong with it.';
  static override description =
    'Expired, expiring soon, unused, overlapping with another, too broad, longer than allowed, or for a rule that may not be waived.\n\nExit codes: 0, 2 error, 4 something is to be fixed (with --strict).';
  static override strict = false;
  static override args = {
    file: string({ ignoreStdin: true, description: 'A report in JSON, or what check reads.' }),
  };
  static override flags = {
    ...ruleFlags,
    ...runFlags,
    strict: boolean({ description: 'End with 4 if something is to be fixed.' }),
  };
  static override examples = [
    '<%= config.bin %> waivers lint report.json',
    '<%= config.bin %> waivers lint accounts.jsonl --strict',
  ];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Lint);
    const paths = argv.map(String);
    if (paths.length === 0) throw nothingToLint();
    const lints = await lintWaivers(paths, { ...(await rulesToJudge(flags)), flags, version: this.config.version });
    process.stdout.write(lintText(lints));
    // As of the gate: 2 would say that nothing is known of them.
    if (flags.strict && lints.some(({ isSound }) => !isSound)) process.exitCode = 4;
  }
}

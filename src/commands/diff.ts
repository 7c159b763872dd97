import { string } from '@oclif/core/args';
import { option } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { reportFlags } from '../cli/flags.ts';
import { readReport } from '../cli/read-report.ts';
import { wantsColor } from '../cli/terminal.ts';
import { writeStream } from '../cli/write-stream.ts';
import { diffOf, hasNewFailure } from '../evaluation/diff.ts';
import { type DiffFormat, diffReporters } from '../reporters/diff.ts';

export class DiffCommand extends AppCommand {
  static override id = 'diff';
  static override summary = 'Say what changed from one saved report to the next.';
  static override description =
    'New failures, fixed ones, what still fails, what became unknown, and what is no longer in scope: absent is not fixed.\n\nExit codes: 0, or 1 with --fail-on new if something fails that did not, and is neither waived nor known; 2 error.';
  static override args = {
    before: string({ ignoreStdin: true, required: true, description: 'The earlier report in JSON.' }),
    after: string({ ignoreStdin: true, required: true, description: 'The later report in JSON, or -.' }),
  };
  static override flags = {
    format: option({ options: Object.keys(diffReporters) as DiffFormat[], default: 'text' as const })({
      description: 'For people, for programs, or for a pull request.',
    }),
    'fail-on': option({ options: ['new'] as const })({ description: 'End with 1 if there is a new failure.' }),
    'no-color': reportFlags['no-color'],
  };
  static override examples = [
    '<%= config.bin %> diff yesterday.json today.json',
    '<%= config.bin %> diff main.json branch.json --fail-on new --format markdown',
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DiffCommand);
    const before = await readReport(args.before);
    const after = await readReport(args.after);
    const changed = diffOf(before.findings, after.findings);
    const fails = flags['fail-on'] === 'new' && hasNewFailure(changed);
    process.exitCode = fails ? 1 : 0;
    const color = wantsColor(process.stdout, { noColor: flags['no-color'], environment: process.env });
    await writeStream(process.stdout, [diffReporters[flags.format ?? 'text']({ before, after, changed }, color)]);
  }
}

import { boolean } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { baselineFileFlags, reportArgument } from '../../cli/baseline-flags.ts';
import { revisionText, updateBaseline } from '../../cli/revise-baseline.ts';

export class Update extends AppCommand {
  static override summary = 'Take out of the baseline what does not fail any more, and add what fails now.';
  static override description =
    'What was known keeps the day on which it was first seen. What is unknown or was not judged stays as it is.';
  static override args = reportArgument;
  static override flags = {
    ...baselineFileFlags,
    'shrink-only': boolean({ description: 'Add nothing: the baseline may only get shorter.' }),
  };
  static override examples = ['<%= config.bin %> baseline update report.json --shrink-only'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Update);
    const { 'shrink-only': shrinkOnly, ...named } = flags;
    process.stdout.write(revisionText(await updateBaseline({ ...args, ...named }, shrinkOnly ? 'shrink' : 'grow')));
  }
}

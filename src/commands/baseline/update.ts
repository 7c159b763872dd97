import { boolean } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { baselineFileFlags, reportArgument } from '../../cli/baseline-flags.ts';
import { revisionText, updateBaseline } from '../../cli/revise-baseline.ts';

export class Update extends AppCommand {
  static override summary = 'Remove from the baseline what no longer fails, and add what fails now.';
  static override description =
    'Known failures keep the day on which they were first seen. Unknowns and what was not judged stay as they are.';
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

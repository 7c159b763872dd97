import { AppCommand } from '../../cli/app-command.ts';
import { baselineFileFlags, reportArgument } from '../../cli/baseline-flags.ts';
import { revisionText, updateBaseline } from '../../cli/revise-baseline.ts';

export class Prune extends AppCommand {
  static override summary = 'Remove from the baseline what no longer fails; the same as update --shrink-only.';
  static override args = reportArgument;
  static override flags = baselineFileFlags;
  static override examples = ['<%= config.bin %> baseline prune report.json'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Prune);
    process.stdout.write(revisionText(await updateBaseline({ ...args, ...flags }, 'shrink')));
  }
}

import { AppCommand } from '../../cli/app-command.ts';
import { baselineFileFlags, reportArgument } from '../../cli/baseline-flags.ts';
import { createBaseline, revisionText } from '../../cli/revise-baseline.ts';

export class Create extends AppCommand {
  static override summary = 'Record what fails in a report, so that only new failures fail a run.';
  static override description =
    'Known failures are debt, and stay in every report. Unknowns and waived failures are never recorded.';
  static override args = reportArgument;
  static override flags = baselineFileFlags;
  static override examples = [
    '<%= config.bin %> check snapshot.yaml --output json=report.json',
    '<%= config.bin %> baseline create report.json',
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Create);
    const created = await createBaseline({ ...args, ...flags });
    const next = `Next: --baseline ${created.file}, or baseline: ${created.file} in trailproof.yaml\n`;
    process.stdout.write(`${revisionText(created)}${next}`);
  }
}

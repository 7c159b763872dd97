import { string } from '@oclif/core/args';
import { AppCommand } from '../cli/app-command.ts';
import { reportFlags } from '../cli/flags.ts';
import { outputsOf, publish } from '../cli/publish.ts';
import { decidedAnew, readReport } from '../cli/read-report.ts';
import { policyOf } from '../cli/run-report.ts';

export class ReportCommand extends AppCommand {
  static override id = 'report';
  static override summary = 'Say a saved report again, in any format.';
  static override description =
    'Ends with the exit code of the run that was saved; with --fail-on or --unknown it is decided anew.';
  static override args = {
    file: string({ ignoreStdin: true, required: true, description: 'A report in JSON, or -.' }),
  };
  static override flags = { ...reportFlags };
  static override examples = ['<%= config.bin %> report report.json --format markdown'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReportCommand);
    const outputs = outputsOf(flags);
    const policy = policyOf(flags, {});
    const saved = await readReport(args.file);
    const isAnew = flags['fail-on'] !== undefined || flags.unknown !== undefined;
    const report = isAnew ? decidedAnew(saved, policy) : saved;
    await publish(report, { outputs, flags, policy, environment: process.env });
  }
}

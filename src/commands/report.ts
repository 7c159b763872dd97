import { string } from '@oclif/core/args';
import { AppCommand } from '../cli/app-command.ts';
import { frameworkFlag, reportFlags } from '../cli/flags.ts';
import { answering } from '../cli/framework-report.ts';
import { saysGate } from '../cli/gate-flags.ts';
import { outputsOf, publish } from '../cli/publish.ts';
import { decidedAnew, readReport } from '../cli/read-report.ts';
import { policyOf } from '../cli/run-report.ts';
import { sendingOf } from '../cli/send.ts';
import { sendFlags } from '../cli/send-flags.ts';

export class ReportCommand extends AppCommand {
  static override id = 'report';
  static override summary = 'Render a saved report in any format.';
  static override description =
    'Ends with the exit code of the saved run; with flags under EXIT CODE it is decided again. Waivers and baseline stay as they were in that run. --framework answers from the rules that it judged.';
  static override args = {
    file: string({ ignoreStdin: true, required: true, description: 'A report in JSON, or -.' }),
  };
  static override flags = { ...frameworkFlag, ...reportFlags, ...sendFlags };
  static override examples = [
    '<%= config.bin %> report report.json --format markdown',
    '<%= config.bin %> report report.json --framework pci-dss-4.0.1 --format csv',
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReportCommand);
    const outputs = outputsOf(flags);
    const sending = await sendingOf(flags, process.env);
    const saved = await readReport(args.file);
    const policy = policyOf(flags, saved.gate ?? {});
    const asked = await answering(saved, [...(flags.framework ?? []), ...(policy.frameworks ?? [])]);
    // Of a report that does not say what decided it, the code stands until somebody says what should.
    const isAnew = saved.gate !== undefined || saysGate(flags);
    const report = isAnew ? decidedAnew(asked, policy) : asked;
    await publish(report, { outputs, flags, policy, environment: process.env, sending });
  }
}

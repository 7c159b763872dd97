import { string as argument } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import { addWaiver } from '../../cli/add-waiver.ts';
import { AppCommand } from '../../cli/app-command.ts';
import { visible } from '../../reporters/visible-text.ts';

export class Add extends AppCommand {
  static override summary = 'Accept the risk of one finding for a limited time: write its waiver into the config.';
  static override description =
    'The waiver names the rule, the account, the region and the resource of that finding. Everything else in the config stays as it is, comments too.';
  static override args = {
    fingerprint: argument({
      ignoreStdin: true,
      required: true,
      description: 'The fingerprint of the finding, as --explain-gate and --format csv say it.',
    }),
    report: argument({ ignoreStdin: true, required: true, description: 'The report that holds it, in JSON, or -.' }),
  };
  static override flags = {
    reason: string({ required: true, helpValue: 'TEXT', description: 'Why the risk is accepted.' }),
    owner: string({ required: true, helpValue: 'WHO', description: 'Who accepts it.' }),
    expires: string({ required: true, helpValue: 'DAY', description: 'The last day on which it holds: 2026-12-31.' }),
    config: string({ helpValue: 'FILE', default: 'trailproof.yaml', description: 'Where it is written to.' }),
  };
  static override examples = [
    "<%= config.bin %> waivers add 0123456789abcdef report.json --owner ci-team --expires 2026-12-31 --reason 'It holds nothing'",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Add);
    const { rule, match, owner, expires } = await addWaiver({ ...args, ...flags });
    const what = `${rule} of ${match.resource} (account ${match.account}, ${match.region})`;
    process.stdout.write(visible(`${flags.config}: ${owner} waives ${what} until ${expires}`).concat('\n'));
  }
}

import { option } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { needsOf } from '../cli/coverage.ts';
import { ruleFlags, runFlags, scanCoverageFlag } from '../cli/flags.ts';
import { planOf } from '../cli/plan.ts';
import { policyFormats, policyText } from '../cli/policy-text.ts';
import { outputsOf } from '../cli/publish.ts';
import { assertRules, registry, rulesToJudge } from '../cli/rule-set.ts';
import { emptyFlag } from '../cli/run-report.ts';
import { actions } from '../collectors/plan.ts';

export class Permissions extends AppCommand {
  static override summary = 'Print the IAM policy that a scan with the chosen rules needs.';
  static override description =
    'No write and no data-plane action is in it. As Terraform or as a CloudFormation template, which a StackSet takes to every account of an organization, it comes with a role to assume.';
  static override flags = {
    ...ruleFlags,
    ...scanCoverageFlag,
    'allow-empty': runFlags['allow-empty'],
    format: option({ options: policyFormats })({
      default: 'json',
      description: 'The policy alone, or with a role that has it.',
    }),
  };
  static override examples = [
    '<%= config.bin %> permissions > policy.json',
    "<%= config.bin %> permissions --only 'log-bucket-*'",
    '<%= config.bin %> permissions --coverage',
    '<%= config.bin %> permissions --format cloudformation > role.yaml',
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Permissions);
    const chosen = await rulesToJudge(flags);
    assertRules(chosen, emptyFlag(flags));
    // As a scan would: its config may write the page that shows it.
    const plan = planOf(await needsOf(chosen.needs, flags, outputsOf({}, chosen.config.outputs)));
    process.stdout.write(await policyText(actions(plan, registry), flags.format));
  }
}

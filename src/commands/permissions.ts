import { AppCommand } from '../cli/app-command.ts';
import { ruleFlags, runFlags } from '../cli/flags.ts';
import { planOf } from '../cli/plan.ts';
import { assertRules, registry, rulesToJudge } from '../cli/rule-set.ts';
import { emptyFlag } from '../cli/run-report.ts';
import { actions } from '../collectors/plan.ts';

export class Permissions extends AppCommand {
  static override summary = 'Print the IAM policy that a scan with the chosen rules needs.';
  static override flags = { ...ruleFlags, 'allow-empty': runFlags['allow-empty'] };
  static override examples = [
    '<%= config.bin %> permissions > policy.json',
    "<%= config.bin %> permissions --only 'log-bucket-*'",
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Permissions);
    const chosen = await rulesToJudge(flags);
    assertRules(chosen, emptyFlag(flags));
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Trailproof', Effect: 'Allow', Action: actions(planOf(chosen.rules), registry), Resource: '*' },
      ],
    };
    process.stdout.write(`${JSON.stringify(policy, undefined, 2)}\n`);
  }
}

import { boolean } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { accountFlag, liveFlags, redactFlag, reportFlags, ruleFlags, runFlags } from '../cli/flags.ts';
import type { Account } from '../cli/inputs.ts';
import { readAccount } from '../cli/live.ts';
import { planOf, valuesRead } from '../cli/plan.ts';
import { planTable } from '../cli/plan-table.ts';
import { assertRules, registry, rulesToJudge } from '../cli/rule-set.ts';
import { emptyFlag, runReport, timeFlag } from '../cli/run-report.ts';
import { planRows } from '../collectors/plan-rows.ts';

export class Scan extends AppCommand {
  static override summary = 'Read an AWS account, or a recording of one, and judge it.';
  static override description =
    'Every enabled region, with the credentials that any AWS tool would use. Only what the chosen rules need is asked, and nothing is ever written. What AWS refuses is unknown, never passed.\n\nExit codes: 0 compliant, 1 violations, 2 error, 3 incomplete.';
  static override flags = {
    ...liveFlags,
    redact: { ...redactFlag.redact, dependsOn: ['record'] },
    'dry-run': boolean({ helpGroup: 'AWS', description: 'Print what would be asked, and ask nothing.' }),
    ...runFlags,
    ...accountFlag,
    ...ruleFlags,
    ...reportFlags,
  };
  static override examples = [
    '<%= config.bin %> scan --profile audit',
    '<%= config.bin %> scan --dry-run --region us-east-1',
    '<%= config.bin %> scan --record calls.jsonl',
    '<%= config.bin %> scan --replay calls.jsonl --format json',
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Scan);
    const chosen = await rulesToJudge(flags);
    // Before AWS is asked anything: a run that can judge nothing must not cost calls.
    assertRules(chosen, emptyFlag(flags));
    if (flags['dry-run']) {
      process.stdout.write(planTable(planRows(planOf(chosen.rules), registry), flags.region));
      return;
    }
    const read = valuesRead(chosen.rules, chosen.config.critical);
    const reading = { plan: planOf(chosen.rules), read, now: timeFlag(flags.now), quiet: flags.quiet };
    async function* accounts(): AsyncGenerator<Account> {
      yield await readAccount(flags, reading);
    }
    // A replay is the scan over again, byte for byte: the name of the recording is no part of it.
    await runReport(accounts(), { ...chosen, flags, version: this.config.version, inputs: [] });
  }
}

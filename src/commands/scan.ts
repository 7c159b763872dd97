import { boolean } from '@oclif/core/flags';
import { asTargets } from '../cli/account-source.ts';
import { AppCommand } from '../cli/app-command.ts';
import { needsOf } from '../cli/coverage.ts';
import {
  accountFlag,
  coverageFlag,
  frameworkFlag,
  liveFlags,
  printConfigFlag,
  redactFlag,
  reportFlags,
  ruleFlags,
  runFlags,
} from '../cli/flags.ts';
import { baselineFlag } from '../cli/gate-flags.ts';
import { type Account, readAccounts } from '../cli/inputs.ts';
import { planAccounts } from '../cli/list-targets.ts';
import { readAccount } from '../cli/live.ts';
import { planOf, valuesRead } from '../cli/plan.ts';
import { planTable } from '../cli/plan-table.ts';
import { printConfig } from '../cli/print-config.ts';
import { outputsOf } from '../cli/publish.ts';
import { readTargets } from '../cli/read-targets.ts';
import { assertRules, registry, rulesToJudge } from '../cli/rule-set.ts';
import { emptyFlag, runReport, timeFlag } from '../cli/run-report.ts';
import { sendFlags } from '../cli/send-flags.ts';
import { targetFlags } from '../cli/target-flags.ts';
import { targetsAsConfig, targetsOf } from '../cli/targets.ts';
import { planRows } from '../collectors/plan-rows.ts';

export class Scan extends AppCommand {
  static override summary = 'Read an AWS account, a whole organization, or a recording, and judge it.';
  static override description =
    'Every enabled region, with the credentials that any AWS tool would use. It asks only for what the chosen rules need, and writes nothing to AWS but what --send sends. What AWS refuses is unknown, never passed.\n\nExit codes: 0 compliant, 1 violations, 2 error, 3 incomplete, 4 stale (with --strict).';
  static override flags = {
    ...liveFlags,
    ...targetFlags,
    redact: { ...redactFlag.redact, dependsOn: ['record'] },
    'dry-run': boolean({
      helpGroup: 'AWS',
      description: 'Print what would be asked, and ask nothing but which accounts there are.',
    }),
    ...runFlags,
    ...baselineFlag,
    ...accountFlag,
    ...ruleFlags,
    ...printConfigFlag,
    ...frameworkFlag,
    ...coverageFlag,
    ...reportFlags,
    ...sendFlags,
  };
  static override examples = [
    '<%= config.bin %> scan --profile audit',
    '<%= config.bin %> scan --dry-run --region us-east-1',
    '<%= config.bin %> scan --organization --checkpoint accounts --resume',
    '<%= config.bin %> scan --record calls.jsonl',
    '<%= config.bin %> scan --replay calls.jsonl --format json',
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Scan);
    if (flags['print-config']) return printConfig(flags, ({ targets }) => targetsAsConfig(flags, targets));
    const chosen = await rulesToJudge(flags);
    // Before AWS is asked anything: a run that can judge nothing must not cost calls.
    assertRules(chosen, emptyFlag(flags));
    const targets = targetsOf(flags, chosen.config.targets);
    const needs = await needsOf(chosen.needs, flags, outputsOf(flags, chosen.config.outputs));
    const plan = planOf(needs);
    if (flags['dry-run']) {
      const accounts = targets && (await planAccounts(flags, targets, emptyFlag(flags)));
      const { region: regions, 'exclude-region': excludeRegions } = flags;
      const choice = { ...(regions && { regions }), ...(excludeRegions && { excludeRegions }) };
      process.stdout.write(planTable(planRows(plan, registry), choice, accounts));
      return;
    }
    const read = valuesRead(needs, chosen.config.critical);
    const now = timeFlag(flags.now);
    const { quiet, checkpoint } = flags;
    const { version } = this.config;
    const allowEmpty = emptyFlag(flags);
    async function* accounts(): AsyncGenerator<Account> {
      if (!targets && checkpoint === undefined) yield await readAccount(flags, { plan, read, now, quiet });
      else {
        const files = await readTargets(flags, { targets, plan, now, quiet, version, allowEmpty });
        yield* readAccounts(files.accounts, { registry, plan, allowEmpty });
      }
    }
    // A replay is the scan over again, byte for byte: the name of the recording is no part of it.
    await runReport(asTargets(accounts(), chosen.config), { ...chosen, flags, version, inputs: [] });
  }
}

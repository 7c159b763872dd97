import { string } from '@oclif/core/args';
import { AppCommand } from '../cli/app-command.ts';
import { needsOf } from '../cli/coverage.ts';
import { expectedAccounts } from '../cli/expected-accounts.ts';
import {
  accountFlag,
  coverageFlag,
  frameworkFlag,
  printConfigFlag,
  reportFlags,
  ruleFlags,
  runFlags,
} from '../cli/flags.ts';
import { baselineFlag } from '../cli/gate-flags.ts';
import { filesOf, readAccounts } from '../cli/inputs.ts';
import { planOf } from '../cli/plan.ts';
import { printConfig } from '../cli/print-config.ts';
import { outputsOf } from '../cli/publish.ts';
import { registry, rulesToJudge } from '../cli/rule-set.ts';
import { emptyFlag, runReport, timeFlag } from '../cli/run-report.ts';
import { sendFlags } from '../cli/send-flags.ts';
import { foldersPassedOver, shownName } from '../documents/files.ts';
import { AppError } from '../errors.ts';

export class Check extends AppCommand {
  static override summary = 'Judge snapshots and recordings in files: no credentials, no network.';
  static override description =
    'Files are YAML, JSON, JSON lines (one account per line) or recordings; a folder stands for the files in it, - for standard input. If an organization record among them lists an active account without a snapshot, that account is unknown.\n\nExit codes: 0 compliant, 1 violations, 2 error, 3 incomplete, 4 stale (with --strict).';
  static override strict = false;
  static override args = { file: string({ ignoreStdin: true, description: 'Files, folders, or -.' }) };
  static override flags = {
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
    '<%= config.bin %> check snapshot.yaml',
    '<%= config.bin %> check accounts.jsonl --fail-on high --output sarif=trail.sarif',
    '<%= config.bin %> check --print-config',
  ];

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Check);
    const paths = argv.map(String);
    if (flags['print-config']) return printConfig(flags);
    if (paths.length === 0) throw nothingNamed();
    const chosen = await rulesToJudge(flags);
    const allowEmpty = emptyFlag(flags);
    const files = filesOf(paths, { allowEmpty });
    const now = timeFlag(flags.now);
    const expected = expectedAccounts(paths);
    const accounts = readAccounts(files, {
      onOrganization: expected.take,
      registry,
      plan: planOf(await needsOf(chosen.needs, flags, outputsOf(flags, chosen.config.outputs))),
      allowEmpty,
      ...(now !== undefined && { now }),
      ...(flags.account !== undefined && { account: flags.account }),
    });
    await runReport(expected.completed(accounts), {
      ...chosen,
      remarks: [...chosen.remarks, ...passedOver(paths)],
      flags,
      version: this.config.version,
      inputs: files.map(shownName),
    });
  }
}

/** Who names a folder may think that it stands for all that is below it. */
function passedOver(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap(foldersPassedOver);
  if (folders.length === 0) return [];
  return [`not read, for a folder stands for the files that are right in it: ${folders.join(', ')}`];
}

const nothingNamed = (): AppError =>
  new AppError('usage', 'check needs a file', {
    details: [
      '  trailproof check snapshot.yaml    a snapshot, a folder of them, JSON lines, or a recording',
      '  trailproof check -                the same on standard input',
      '  trailproof scan                   the account that your AWS credentials are for',
    ],
    hint: 'trailproof collect --output snapshot.json writes a snapshot of your account.',
  });

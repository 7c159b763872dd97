import { boolean, string } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import {
  accountFlag,
  liveFlags,
  printConfigFlag,
  type RedactFlag,
  redactFlag,
  ruleFlags,
  runFlags,
} from '../cli/flags.ts';
import { readAccount } from '../cli/live.ts';
import { planOf, valuesRead } from '../cli/plan.ts';
import { printConfig } from '../cli/print-config.ts';
import { readTargets, type TargetFiles } from '../cli/read-targets.ts';
import { assertRules, registry, rulesToJudge } from '../cli/rule-set.ts';
import { emptyFlag, timeFlag } from '../cli/run-report.ts';
import { redactedTexts, snapshotText, textsOf } from '../cli/snapshot-text.ts';
import { targetFlags } from '../cli/target-flags.ts';
import { targetsAsConfig, targetsOf } from '../cli/targets.ts';
import { assertApart, writeFiles } from '../cli/write-file.ts';
import { writeStream } from '../cli/write-stream.ts';
import { everything } from '../collectors/plan.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { pseudonymsFor, withPseudonyms } from '../sources/pseudonyms.ts';

export class Collect extends AppCommand {
  static override summary = 'Read an AWS account, a whole organization, or a recording, and write snapshots.';
  static override description =
    'Asks for what the chosen rules need; a later check with other rules says unknown where they need more. Several accounts become JSON lines, one account per line, ordered by id. Those of an organization end with its record, so that a check notices a missing account.';
  static override flags = {
    output: string({
      char: 'o',
      helpValue: 'FILE',
      description: 'The file to write. Default: standard output. If its name ends in .jsonl, the snapshot is one line.',
    }),
    everything: boolean({ description: 'Ask for everything that Trailproof knows, whether or not a rule needs it.' }),
    ...liveFlags,
    ...targetFlags,
    redact: {
      ...redactFlag.redact,
      description: 'Write made-up ids of accounts, organizations, users and keys, into snapshot and recording alike.',
    },
    ...runFlags,
    ...accountFlag,
    ...ruleFlags,
    ...printConfigFlag,
  };
  static override examples = [
    '<%= config.bin %> collect --output snapshot.json',
    '<%= config.bin %> collect --replay calls.jsonl',
    '<%= config.bin %> collect --organization --output accounts.jsonl',
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Collect);
    const { output, ...choice } = flags;
    assertApart([
      { what: 'the snapshot', path: output },
      { what: 'the recording', path: flags.record },
    ]);
    if (flags['print-config']) return printConfig(choice, ({ targets }) => targetsAsConfig(flags, targets));
    const chosen = await rulesToJudge(choice);
    if (!flags.everything) assertRules(chosen, emptyFlag(flags));
    const plan = flags.everything ? everything(registry) : planOf(chosen.needs);
    const read = valuesRead(chosen.needs, chosen.config.critical);
    const targets = targetsOf(flags, chosen.config.targets);
    const now = timeFlag(flags.now);
    const { checkpoint } = flags;
    if (targets || checkpoint !== undefined) {
      const { version } = this.config;
      const options = { targets, plan, now, quiet: false, version, allowEmpty: emptyFlag(flags) };
      await writeAll(await readTargets(flags, options), flags);
      return;
    }
    const { snapshot, recorded } = await readAccount(flags, { plan, read, now });
    const text = snapshotText(
      flags.redact ? redacted(snapshot, recorded) : snapshot,
      output?.endsWith('.jsonl') ? 'line' : 'indented',
    );
    if (output === undefined) process.stdout.write(text);
    else await writeFiles([{ path: output, pieces: [text] }]);
  }
}

/** What was read of many accounts, and last the organization that they are of. */
async function writeAll(
  { accounts, organization }: TargetFiles,
  { output, redact }: { readonly output: string | undefined } & RedactFlag,
): Promise<void> {
  const files = organization === undefined ? accounts : [...accounts, organization];
  const texts = redact ? redactedTexts(files) : textsOf(files);
  if (output === undefined) await writeStream(process.stdout, texts);
  else await writeFiles([{ path: output, pieces: texts }]);
}

/** With the made-up ids of the recording, where there is one. */
function redacted(snapshot: Snapshot, recorded: readonly string[] | undefined): Snapshot {
  const values = recorded?.map((line): unknown => JSON.parse(line)) ?? [snapshot];
  return withPseudonyms(snapshot, pseudonymsFor(values));
}

import { option } from '@oclif/core/flags';
import { AppCommand } from '../cli/app-command.ts';
import { coverageAsked, needsOf } from '../cli/coverage.ts';
import { diagnose } from '../cli/diagnosis.ts';
import { diagnosisText } from '../cli/diagnosis-text.ts';
import { examine } from '../cli/examine.ts';
import { liveFlags, reportFlags, ruleFlags, scanCoverageFlag } from '../cli/flags.ts';
import { planOf } from '../cli/plan.ts';
import { printedJson } from '../cli/printed-json.ts';
import { outputsOf } from '../cli/publish.ts';
import { assertRules, rulesToJudge } from '../cli/rule-set.ts';
import { wantsColor } from '../cli/terminal.ts';
import { painter } from '../reporters/paint.ts';

const { record: _record, replay: _replay, ...ways } = liveFlags;

export class Doctor extends AppCommand {
  static override summary = 'Try the calls of a scan, and say what it could not find out.';
  static override description =
    'Who the credentials belong to, whether the clock is right, which regions answer, each permission that the chosen rules need, and which of them would be unknown for lack of one. Nothing is judged and nothing is written.\n\nExit codes: 0 nothing will be unknown, 2 error, 3 something will.';
  static override flags = {
    ...ways,
    ...ruleFlags,
    ...scanCoverageFlag,
    format: option({ options: ['text', 'json'] as const })({
      default: 'text',
      description: 'For people or for programs.',
    }),
    'no-color': reportFlags['no-color'],
  };
  static override examples = [
    '<%= config.bin %> doctor --profile audit',
    "<%= config.bin %> doctor --only 'log-bucket-*' --region us-east-1",
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const chosen = await rulesToJudge(flags);
    assertRules(chosen, 'not-empty');
    const { rules, overrides, config } = chosen;
    const outputs = outputsOf({}, config.outputs);
    const plan = planOf(await needsOf(chosen.needs, flags, outputs));
    const diagnosis = diagnose(await examine(flags, plan), {
      rules,
      ...(overrides && { overrides }),
      critical: config.critical,
      plan,
      ...(await coverageAsked(flags, outputs)),
    });
    const color = wantsColor(process.stdout, { noColor: flags['no-color'], environment: process.env });
    const paint = painter({ color });
    process.stdout.write(flags.format === 'json' ? printedJson(diagnosis) : diagnosisText(diagnosis, paint));
    process.exitCode = diagnosis.exitCode;
  }
}

import { string } from '@oclif/core/args';
import { option } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { ruleFlags } from '../../cli/flags.ts';
import { printedJson } from '../../cli/printed-json.ts';
import { rulePage } from '../../cli/rule-page.ts';
import { knownRule, knownRules } from '../../cli/rule-set.ts';

export class Show extends AppCommand {
  static override summary = 'Show everything about a rule.';
  static override args = { id: string({ ignoreStdin: true, required: true, description: 'The id of the rule.' }) };
  static override flags = {
    rules: ruleFlags.rules,
    config: ruleFlags.config,
    format: option({ options: ['text', 'json'] as const })({
      default: 'text',
      description: 'A page, or the rule as JSON.',
    }),
  };
  static override examples = ['<%= config.bin %> rules show trail-is-logging'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Show);
    const { known } = await knownRules(flags);
    const rule = knownRule(known, args.id);
    const asJson = () => printedJson({ family: rule.family, ...rule.definition });
    process.stdout.write(flags.format === 'json' ? asJson() : await rulePage(rule));
  }
}

import { option } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { ruleFlags } from '../../cli/flags.ts';
import { printedJson } from '../../cli/printed-json.ts';
import { chosenRules, knownRules } from '../../cli/rule-set.ts';
import { ruleTable } from '../../cli/rule-table.ts';
import { compareText } from '../../snapshot/compare-text.ts';

const { rules, only, skip, severity, config } = ruleFlags;

export class List extends AppCommand {
  static override summary = 'List the rules.';
  static override flags = {
    rules,
    only,
    skip,
    severity,
    config,
    format: option({ options: ['text', 'json'] as const })({
      default: 'text',
      description: 'A table, or everything as JSON.',
    }),
  };
  static override examples = ['<%= config.bin %> rules list --only log-bucket'];

  async run(): Promise<void> {
    const { flags } = await this.parse(List);
    const chosen = chosenRules(await knownRules(flags), flags).toSorted((a, b) =>
      compareText(a.definition.id, b.definition.id),
    );
    const asJson = () => printedJson(chosen.map(({ definition, family }) => ({ family, ...definition })));
    process.stdout.write(flags.format === 'json' ? asJson() : ruleTable(chosen.map(({ definition }) => definition)));
  }
}

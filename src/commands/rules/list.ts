import { option } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { ruleFlags } from '../../cli/flags.ts';
import { chosenRules, knownRules } from '../../cli/rule-set.ts';
import { ruleTable } from '../../cli/rule-table.ts';

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
      description: 'A table, or all there is.',
    }),
  };
  static override examples = ['<%= config.bin %> rules list --only log-bucket'];

  async run(): Promise<void> {
    const { flags } = await this.parse(List);
    const chosen = chosenRules(await knownRules(flags), flags).toSorted((a, b) =>
      a.definition.id < b.definition.id ? -1 : 1,
    );
    const asJson = () =>
      `${JSON.stringify(
        chosen.map(({ definition, family }) => ({ family, ...definition })),
        undefined,
        2,
      )}\n`;
    process.stdout.write(flags.format === 'json' ? asJson() : ruleTable(chosen.map(({ definition }) => definition)));
  }
}

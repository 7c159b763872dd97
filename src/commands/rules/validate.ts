import { string } from '@oclif/core/args';
import { AppCommand } from '../../cli/app-command.ts';
import { defaultRuleFolder } from '../../cli/rule-folder.ts';
import { ruleFiles } from '../../cli/rule-set.ts';
import { plural } from '../../reporters/describe.ts';

export class Validate extends AppCommand {
  static override summary = 'Check files of rules and packs: all mistakes at once, with their lines.';
  static override strict = false;
  static override args = {
    file: string({ ignoreStdin: true, description: 'Files or folders. Default: the built-in rules.' }),
  };
  static override examples = ['<%= config.bin %> rules validate ./rules'];

  async run(): Promise<void> {
    const { argv } = await this.parse(Validate);
    const paths = argv.map(String);
    const { rules, packs } = await ruleFiles(paths.length > 0 ? paths : [defaultRuleFolder(this.config.root)]);
    const counts = [plural(rules.length, 'rule'), ...(packs.length > 0 ? [plural(packs.length, 'pack')] : [])];
    process.stdout.write(`${counts.join(' and ')} valid\n`);
  }
}

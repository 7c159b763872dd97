import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { defaultRuleFolder } from '../../cli/rule-folder.ts';
import { ruleFiles } from '../../cli/rule-set.ts';
import { ruleTestText } from '../../cli/rule-test-text.ts';
import { assertTestFiles, type RuleFileTest, testRuleFile } from '../../cli/rule-tests.ts';

export class Test extends AppCommand {
  static override summary = 'Run the tests of rules: x.test.yaml beside each x.yaml.';
  static override description =
    'Each case must give what it expects and nothing else; a rule needs a case that passes, one that fails and one that is unknown; and every mutant of the rule must break a case.\n\nExit codes: 0 all hold, 1 some do not, 2 error.';
  static override strict = false;
  static override args = {
    file: string({ ignoreStdin: true, description: 'Rule files or folders. Default: the built-in rules.' }),
  };
  static override flags = {
    mutants: boolean({ default: true, allowNo: true, description: 'Whether to try each mutant of each rule.' }),
  };
  static override examples = ['<%= config.bin %> rules test ./rules'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Test);
    const named = argv.map(String);
    const paths = named.length > 0 ? named : [defaultRuleFolder(this.config.root)];
    const rules = await ruleFiles(paths);
    if (named.length === 0) assertTestFiles(rules);
    const results: RuleFileTest[] = [];
    for (const rule of rules) results.push(await testRuleFile(rule, flags.mutants ? 'mutate' : 'as-written'));
    process.stdout.write(ruleTestText(results));
    process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0;
  }
}

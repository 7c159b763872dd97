import { string } from '@oclif/core/args';
import { boolean, option } from '@oclif/core/flags';
import { AppCommand } from '../../cli/app-command.ts';
import { fail } from '../../cli/failure.ts';
import { defaultRuleFolder } from '../../cli/rule-folder.ts';
import { type KnownRule, ruleFiles } from '../../cli/rule-set.ts';
import { ruleTestJunit } from '../../cli/rule-test-junit.ts';
import { ruleTestText } from '../../cli/rule-test-text.ts';
import {
  assertTestFiles,
  failuresOf,
  type RuleFileTest,
  type RuleTestChoice,
  testFileOf,
  testRuleFile,
} from '../../cli/rule-tests.ts';
import { changesUnder } from '../../cli/watch-files.ts';

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
    coverage: boolean({ description: 'Each condition of each rule must be seen true and false.' }),
    format: option({ options: ['text', 'junit'] as const, default: 'text' as const })({
      description: 'What standard output carries.',
    }),
    watch: boolean({ description: 'Test again what changes, until Ctrl-C.', exclusive: ['format'] }),
  };
  static override examples = [
    '<%= config.bin %> rules test ./rules',
    '<%= config.bin %> rules test ./rules --coverage --format junit > rules.xml',
    '<%= config.bin %> rules test ./rules --watch',
  ];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Test);
    const named = argv.map(String);
    const paths = named.length > 0 ? named : [defaultRuleFolder(this.config.root)];
    const choice: RuleTestChoice = {
      mutate: flags.mutants ? 'mutate' : 'as-written',
      coverage: flags.coverage ? 'wanted' : 'not-wanted',
    };
    const { rules } = await ruleFiles(paths);
    if (named.length === 0) assertTestFiles(rules);
    // From here on: what changes during the first tests counts too.
    const changes = flags.watch ? changesUnder(paths) : undefined;
    const results = await testAll(rules, choice);
    process.stdout.write(flags.format === 'junit' ? ruleTestJunit(results) : ruleTestText(results, choice.coverage));
    process.exitCode = results.some((result) => failuresOf(result).length > 0) ? 1 : 0;
    for await (const changed of changes ?? []) await testAgain(paths, changed, choice);
  }
}

async function testAll(rules: readonly KnownRule[], choice: RuleTestChoice): Promise<readonly RuleFileTest[]> {
  const results: RuleFileTest[] = [];
  for (const rule of rules) results.push(await testRuleFile(rule, choice));
  return results;
}

/** Tests each rule again whose file or test has changed. A mistake in one is told, and waits for the next change. */
async function testAgain(
  paths: readonly string[],
  changed: ReadonlySet<string>,
  choice: RuleTestChoice,
): Promise<void> {
  try {
    const { rules } = await ruleFiles(paths);
    const meant = rules.filter(({ file = '' }) => changed.has(file) || changed.has(testFileOf(file)));
    if (meant.length > 0) process.stdout.write(`\n${ruleTestText(await testAll(meant, choice), choice.coverage)}`);
  } catch (error) {
    fail(error);
  }
}

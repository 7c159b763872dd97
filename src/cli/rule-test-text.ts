import { plural } from '../reporters/describe.ts';
import { visible } from '../reporters/visible-text.ts';
import { failuresOf, type RuleFileTest, type RuleTestChoice } from './rule-tests.ts';

/** What failed, under its file, and the sum of all; of conditions, how many the cases show both ways. */
export function ruleTestText(results: readonly RuleFileTest[], coverage: RuleTestChoice['coverage']): string {
  const failed = results.map((result) => ({ ...result, failures: failuresOf(result) })).filter(hasFailed);
  const lines = failed.flatMap(({ file, failures }) => [file, ...failures.map((failure) => `  ✖ ${failure}`), '']);
  const sum = (count: (result: RuleFileTest) => number): number =>
    results.reduce((all, result) => all + count(result), 0);
  const conditions = sum((result) => result.conditions.length);
  const both = sum((result) => result.conditions.filter(({ neverSeen }) => neverSeen.length === 0).length);
  const counted = [
    plural(results.length, 'rule'),
    plural(
      sum(({ cases }) => cases),
      'case',
    ),
    plural(
      sum(({ mutants }) => mutants),
      'mutant',
    ),
    ...(coverage === 'wanted' ? [`${both} of ${plural(conditions, 'condition')} seen true and false`] : []),
  ].join(', ');
  const failures = failed.reduce((all, result) => all + result.failures.length, 0);
  const outcome =
    failed.length === 0 ? 'all hold' : `${plural(failures, 'failure')} in ${plural(failed.length, 'rule')}`;
  return [...lines, `${counted}: ${outcome}`].map((line) => `${visible(line)}\n`).join('');
}

const hasFailed = ({ failures }: { readonly failures: readonly string[] }): boolean => failures.length > 0;

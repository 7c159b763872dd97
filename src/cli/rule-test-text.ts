import { plural } from '../reporters/describe.ts';
import { visible } from '../reporters/visible-text.ts';
import type { RuleFileTest } from './rule-tests.ts';

/** What failed, under its file, and the sum of all. */
export function ruleTestText(results: readonly RuleFileTest[]): string {
  const failed = results.filter(({ failures }) => failures.length > 0);
  const lines = failed.flatMap(({ file, failures }) => [file, ...failures.map((failure) => `  ✖ ${failure}`), '']);
  const sum = (count: (result: RuleFileTest) => number): number =>
    results.reduce((all, result) => all + count(result), 0);
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
  ].join(', ');
  const outcome =
    failed.length === 0
      ? 'all hold'
      : `${plural(
          sum(({ failures }) => failures.length),
          'failure',
        )} in ${plural(failed.length, 'rule')}`;
  return [...lines, `${counted}: ${outcome}`].map((line) => `${visible(line)}\n`).join('');
}

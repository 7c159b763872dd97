import type { FrameworkResult } from '../evaluation/framework.ts';
import { reasonsOf, requirementWord } from './framework-words.ts';

export const requirementColumns = [
  'framework',
  'requirement',
  'title',
  'status',
  'coverage',
  'failed',
  'unknown',
  'passed',
  'not_applicable',
  'rules',
  'asserted_by',
  'why',
  'note',
];

/** A row for each requirement of a framework. */
export function* requirementRows({ name, requirements }: FrameworkResult): Generator<readonly string[]> {
  for (const requirement of requirements) {
    const { id, title, coverage, rules, note = '' } = requirement;
    const sum = (of: 'fail' | 'unknown' | 'pass' | 'not-applicable') =>
      String(rules.reduce((total, { findings }) => total + findings[of], 0));
    const asserting = new Set(rules.flatMap(({ assertedBy = [] }) => assertedBy));
    yield [
      name,
      id,
      title,
      requirementWord(requirement),
      coverage,
      sum('fail'),
      sum('unknown'),
      sum('pass'),
      sum('not-applicable'),
      rules.map(({ rule }) => rule).join(' '),
      [...asserting].toSorted().join(' '),
      reasonsOf(requirement).join('. '),
      note,
    ];
  }
}

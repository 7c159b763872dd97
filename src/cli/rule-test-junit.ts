import { visible } from '../reporters/visible-text.ts';
import { xmlHead, xmlText } from '../reporters/xml.ts';
import type { RuleFileTest } from './rule-tests.ts';

/** JUnit XML of rule tests: a suite for each rule, a case for each of its cases and for what all of them must show. */
export function ruleTestJunit(results: readonly RuleFileTest[]): string {
  const suites = results.map(({ rule, file, checks }) => ({
    '@name': visible(rule),
    '@file': visible(file),
    ...countsOf(checks),
    testcase: checks.map(({ name, wrong }) => ({
      '@classname': visible(rule),
      '@name': visible(name),
      ...(wrong.length > 0 && {
        failure: { '@message': visible(wrong[0] ?? ''), '#text': wrong.map(visible).join('\n') },
      }),
    })),
  }));
  const all = countsOf(results.flatMap(({ checks }) => checks));
  return xmlText({ ...xmlHead, testsuites: { '@name': 'trailproof rules test', ...all, testsuite: suites } });
}

const countsOf = (checks: RuleFileTest['checks']) => ({
  '@tests': String(checks.length),
  '@failures': String(checks.filter(({ wrong }) => wrong.length > 0).length),
});

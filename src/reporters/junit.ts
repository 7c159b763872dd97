import type { Finding } from '../evaluation/finding.ts';
import { type Tally, tallyOf, totalsOf } from '../evaluation/tally.ts';
import { casesOf, testCaseOf } from './junit-case.ts';
import type { Report, ReporterOptions } from './report.ts';
import { visible } from './visible-text.ts';
import { xmlHead, xmlText } from './xml.ts';

/**
 * JUnit XML: a suite for each rule, a case for each resource it judged. What is unknown is an error, what is known or
 * waived skipped, with the reason.
 */
export function* junit({ findings, scope, tool }: Report, { sort }: Pick<ReporterOptions, 'sort'>): Generator<string> {
  const tallies = talliesByRule(findings);
  const { '@skipped': _, ...totals } = countsOf([...tallies.values()]);
  const root = frameOf({ '@name': tool.name, ...totals }, tallies.size);
  const timestamp = scope.collectedAt === undefined ? {} : { '@timestamp': visible(scope.collectedAt) };
  yield root.opening;
  let suite: { readonly rule: string; readonly closing: string } | undefined;
  for (const { finding, isOnly } of casesOf(findings, sort)) {
    const { rule } = finding;
    if (suite?.rule !== rule) {
      if (suite) yield suite.closing;
      const { opening, closing } = suiteFrame({
        '@name': visible(rule),
        ...countsOf([tallies.get(rule)]),
        ...timestamp,
      });
      suite = { rule, closing };
      yield opening;
    }
    yield inSuite(testCaseOf(finding, isOnly));
  }
  if (suite) yield suite.closing;
  yield root.closing;
}

function talliesByRule(findings: Iterable<Finding>): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const finding of findings) tallies.set(finding.rule, tallyOf([finding], tallies.get(finding.rule)));
  return tallies;
}

type Counts = Readonly<Record<'@tests' | '@failures' | '@errors' | '@skipped', string>>;

function countsOf(tallies: readonly (Tally | undefined)[]): Counts {
  const totals = tallies.flatMap((tally) => (tally ? [totalsOf(tally)] : []));
  const sum = (of: (one: ReturnType<typeof totalsOf>) => number): string =>
    String(totals.reduce((total, one) => total + of(one), 0));
  return {
    '@tests': sum((one) => one.pass + one.fail + one.unknown + skippedOf(one)),
    '@failures': sum(({ fail }) => fail),
    '@errors': sum(({ unknown }) => unknown),
    '@skipped': sum(skippedOf),
  };
}

const skippedOf = (one: ReturnType<typeof totalsOf>): number => one['not-applicable'] + one.known + one.waived;

interface Frame {
  readonly opening: string;
  readonly closing: string;
}

// The builder writes whole documents alone. So each part is built in its place, and what stands around it cut away:
// no text can be mistaken for these lines, for in texts it writes `<` as an entity.
const outer = ['<testsuites>\n', '</testsuites>\n'] as const;
const inner = [`${outer[0]}  <testsuite>\n`, `  </testsuite>\n${outer[1]}`] as const;
const suiteMark = '  <testsuite/>\n';
const caseMark = '    <testcase/>\n';

function frameOf(attributes: object, suites: number): Frame {
  return around(suiteMark, xmlText({ ...xmlHead, testsuites: { ...attributes, testsuite: suites === 0 ? [] : {} } }));
}

const suiteFrame = (attributes: object): Frame =>
  around(caseMark, within(outer, xmlText({ testsuites: { testsuite: { ...attributes, testcase: {} } } })));

const inSuite = (testcase: object): string => within(inner, xmlText({ testsuites: { testsuite: { testcase } } }));

const within = ([before, after]: readonly [string, string], document: string): string =>
  document.slice(before.length, document.length - after.length);

function around(mark: string, document: string): Frame {
  const [opening = '', closing = ''] = document.split(mark);
  return { opening, closing };
}

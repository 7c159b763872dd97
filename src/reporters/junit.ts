import { XMLBuilder } from 'fast-xml-parser';
import type { Finding, Status } from '../evaluation/finding.ts';
import { actionsToKnow, changeLines, evidenceLines, fixesOf } from './describe.ts';
import { compareText } from './finding-order.ts';
import type { Report } from './report.ts';
import { visible, visibleLines, withoutCommands } from './visible-text.ts';

type Attributes = Readonly<Record<`@${string}`, string>>;
type Outcome = Attributes & { readonly '#text'?: string };
type TestCase = Attributes & { readonly failure?: Outcome; readonly error?: Outcome; readonly skipped?: Outcome };

/** JUnit XML: a suite for each rule, a case for each resource it judged. What is unknown is an error. */
export function junit({ findings, scope, tool }: Report): string {
  const suites = [...Map.groupBy(findings, ({ rule }) => rule)].toSorted(([a], [b]) => compareText(a, b));
  const { '@skipped': _, ...totals } = counts(findings);
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': tool.name,
      ...totals,
      testsuite: suites.map(([rule, ofRule]) => ({
        '@name': visible(rule),
        ...counts(ofRule),
        ...(scope.collectedAt === undefined ? {} : { '@timestamp': visible(scope.collectedAt) }),
        testcase: testCases(ofRule),
      })),
    },
  };
  return new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    format: true,
    suppressEmptyNode: true,
    // Otherwise an attribute with the value "true" would lose it.
    suppressBooleanAttributes: false,
  }).build(document);
}

type Counts = Readonly<Record<'@tests' | '@failures' | '@errors' | '@skipped', string>>;

function counts(findings: readonly Finding[]): Counts {
  const of = (wanted: Status) => String(findings.filter(({ status }) => status === wanted).length);
  return {
    '@tests': String(findings.length),
    '@failures': of('fail'),
    '@errors': of('unknown'),
    '@skipped': of('not-applicable'),
  };
}

/** Readers take cases of one name for one case: those of the same resource carry their fingerprint as well. */
function testCases(findings: readonly Finding[]): readonly TestCase[] {
  const ofResource = Map.groupBy(findings, ({ resource }) => resource.id);
  return findings.map((finding) => {
    const { rule, resource, fingerprint } = finding;
    const isOnly = ofResource.get(resource.id)?.length === 1;
    const name = isOnly ? resource.id : `${resource.id} [${fingerprint}]`;
    return { '@classname': visible(rule), '@name': visible(name), ...outcomeOf(finding) };
  });
}

function outcomeOf(finding: Finding): Pick<TestCase, 'failure' | 'error' | 'skipped'> {
  const message = { '@message': visible(finding.message) };
  switch (finding.status) {
    case 'pass':
      return {};
    case 'not-applicable':
      return { skipped: message };
    case 'fail':
      return { failure: { ...message, '@type': finding.severity, '#text': details(finding) } };
    case 'unknown':
      return { error: { ...message, '@type': 'unknown', '#text': details(finding) } };
    default:
      return finding.status satisfies never;
  }
}

function details(finding: Finding): string {
  const { severity, title, resource, remediation } = finding;
  const actions = actionsToKnow(finding);
  const lines = [
    `${severity}: ${title}`,
    `${resource.type} ${resource.name}, account ${resource.account}, ${resource.region}`,
    ...evidenceLines(finding),
    ...(actions.length === 0 ? [] : [`To know: allow ${actions.join(', ')}`]),
    ...changeLines(finding).map((line) => `To pass: ${line}`),
  ].map(visible);
  const fixes = fixesOf(remediation).flatMap(({ by, text }) => [`Fix (${by}):`, ...visibleLines(text)]);
  return [...lines, ...(finding.status === 'fail' ? fixes : [])].map(withoutCommands).join('\n');
}

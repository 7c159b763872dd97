import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import { compareText } from '../snapshot/compare-text.ts';
import { acceptedLines } from './accepted-words.ts';
import { actionsToKnow, changeLines, evidenceLines, fixesOf, sourceLines } from './describe.ts';
import type { Sort } from './sort.ts';
import { visible, visibleLines, withoutCommands } from './visible-text.ts';

type Attributes = Readonly<Record<`@${string}`, string>>;
type Outcome = Attributes & { readonly '#text'?: string };
type TestCase = Attributes & { readonly failure?: Outcome; readonly error?: Outcome; readonly skipped?: string };

interface Numbered {
  readonly index: number;
  readonly finding: Finding;
}

interface Case extends Numbered {
  /** Whether its rule says nothing else of its resource. */
  readonly isOnly: boolean;
}

/** The findings rule by rule, those of one rule in the order of the report. */
export function casesOf(findings: Iterable<Finding>, sort: Sort): Iterable<Case> {
  const byResource = sort(
    numbered(findings),
    (a, b) => byRule(a, b) || compareText(a.finding.resource.id, b.finding.resource.id),
  );
  return sort(besideNeighbours(byResource), (a, b) => byRule(a, b) || a.index - b.index);
}

const byRule = (a: Numbered, b: Numbered): number => compareText(a.finding.rule, b.finding.rule);

function* numbered(findings: Iterable<Finding>): Generator<Numbered> {
  let index = 0;
  for (const finding of findings) {
    yield { index, finding };
    index += 1;
  }
}

function* besideNeighbours(byResource: Iterable<Numbered>): Generator<Case> {
  let last: Numbered | undefined;
  let isLikeBefore = false;
  for (const next of byResource) {
    const isLikeNext = last !== undefined && isOfSame(last, next);
    if (last) yield { ...last, isOnly: !isLikeBefore && !isLikeNext };
    isLikeBefore = isLikeNext;
    last = next;
  }
  if (last) yield { ...last, isOnly: !isLikeBefore };
}

const isOfSame = ({ finding: a }: Numbered, { finding: b }: Numbered): boolean =>
  a.rule === b.rule && a.resource.id === b.resource.id;

/** Readers take cases of one name for one case: those of the same resource carry their fingerprint as well. */
export function testCaseOf(finding: Finding, isOnly: boolean): TestCase {
  const { rule, resource, fingerprint } = finding;
  const name = isOnly ? resource.id : `${resource.id} [${fingerprint}]`;
  return { '@classname': visible(rule), '@name': visible(name), ...resultOf(finding) };
}

function resultOf(finding: Finding): Pick<TestCase, 'failure' | 'error' | 'skipped'> {
  const message = { '@message': visible(finding.message) };
  const outcome = outcomeOf(finding);
  switch (outcome) {
    case 'pass':
      return {};
    case 'not-applicable':
      // The schema that Jenkins publishes knows no attributes of it.
      return { skipped: withoutCommands(visible(finding.message)) };
    case 'known':
    case 'waived':
      return { skipped: withoutCommands(visible(`${acceptedLines(finding).join('; ')}; ${finding.message}`)) };
    case 'fail':
      return { failure: { ...message, '@type': finding.severity, '#text': details(finding) } };
    case 'unknown':
      return { error: { ...message, '@type': 'unknown', '#text': details(finding) } };
    default:
      return outcome satisfies never;
  }
}

function details(finding: Finding): string {
  const { severity, title, resource, remediation } = finding;
  const actions = actionsToKnow(finding);
  const lines = [
    `${severity}: ${title}`,
    `${resource.type} ${resource.name}, account ${resource.account}, ${resource.region}`,
    ...sourceLines(finding),
    ...acceptedLines(finding),
    ...evidenceLines(finding),
    ...(actions.length === 0 ? [] : [`To know: allow ${actions.join(', ')}`]),
    ...changeLines(finding).map((line) => `To pass: ${line}`),
  ].map(visible);
  const fixes = fixesOf(remediation).flatMap(({ by, text }) => [`Fix (${by}):`, ...visibleLines(text)]);
  return [...lines, ...(finding.status === 'fail' ? fixes : [])].map(withoutCommands).join('\n');
}

import type { Finding } from '../evaluation/finding.ts';
import { type FloorResult, type RequirementStatus, worstSeverity } from '../evaluation/framework.ts';
import { type ExitCode, type GatePolicy, gatedRequirements, isRelevant, relevantCounts } from '../evaluation/gate.ts';
import { type Outcome, outcomeOf, tallyOf, totalsOf } from '../evaluation/tally.ts';
import { isIdle } from '../evaluation/waivers.ts';
import { acceptedLines, acceptedRemarks } from './accepted-words.ts';
import { actionsToKnow, changeLines, plural } from './describe.ts';
import { worstOf } from './finding-order.ts';
import type { Report } from './report.ts';
import { expectedText, valueText } from './value-text.ts';

/** So many of those that decided are named; the rest is counted. */
const shownMost = 10;

/** What decided the exit code of a report, by which policy, and what would change it: lines, the first not indented. */
export function explainGate(report: Report, policy: GatePolicy): readonly string[] {
  const { exitCode } = report.summary;
  return [
    `exit code ${exitCode}, under ${policyText(policy)}`,
    ...decidedBy[exitCode](report, policy),
    ...notCounted(report, policy),
    ...changes[exitCode].map((line) => `to change it: ${line}`),
  ].map((line, index) => (index === 0 ? line : `  ${line}`));
}

function policyText({ failOn, unknown, frameworks = [], maxAge, strict }: GatePolicy): string {
  return [
    `--fail-on ${failOn}`,
    `--unknown ${unknown}`,
    ...frameworks.map((name) => `--fail-on-framework ${name}`),
    ...(maxAge === undefined ? [] : [`--max-age ${maxAge}`]),
    ...(strict ? ['--strict'] : []),
  ].join(' ');
}

const decidedBy: Readonly<Record<ExitCode, (report: Report, policy: GatePolicy) => readonly string[]>> = {
  0: () => ['nothing that counts failed or is unknown'],
  1: (report, policy) => [
    ...decidingFindings(report, policy, 'fail'),
    ...decidingRequirements(report, policy, 'fail'),
    ...decidingFloors(report, policy, 'no'),
  ],
  2: ({ findings }) => {
    const crashed = [...findings].flatMap(({ rule, evidence }) =>
      evidence.some(({ note }) => note?.startsWith('the rule crashed')) ? [rule] : [],
    );
    return [`crashed, so that nothing may be concluded: ${[...new Set(crashed)].join(', ')}`];
  },
  3: (report, policy) => [
    ...decidingFindings(report, policy, 'unknown'),
    ...decidingRequirements(report, policy, 'unknown'),
    ...decidingFloors(report, policy, 'unknown'),
  ],
  4: ({ waivers = [], ...report }) => acceptedRemarks({ ...report, waivers: waivers.filter(isIdle) }),
};

const changes: Readonly<Record<ExitCode, readonly string[]>> = {
  0: [],
  1: [
    'fix them; or accept one with trailproof waivers add FINGERPRINT, or all as debt with trailproof baseline update',
  ],
  2: ['run it without the rule: --skip'],
  3: ['allow what is unknown to be read; or accept one with trailproof waivers add FINGERPRINT'],
  4: ['fix the waivers that trailproof waivers lint names, and remove stale entries with trailproof baseline prune'],
};

const words: Readonly<Record<'fail' | 'unknown', readonly [one: string, many: string]>> = {
  fail: ['fails', 'fail'],
  unknown: ['is unknown', 'are unknown'],
};

/** `2 findings fail`, `1 finding fails`. */
function countedAs(count: number, noun: string, outcome: 'fail' | 'unknown'): string {
  return `${plural(count, noun)} ${words[outcome][count === 1 ? 0 : 1]}`;
}

function decidingFindings({ findings }: Report, policy: GatePolicy, outcome: 'fail' | 'unknown'): readonly string[] {
  if (outcome === 'fail' && policy.failOn === 'never') return [];
  const { kept, left } = worstOf(deciding(findings, policy, outcome), shownMost);
  if (kept.length === 0) return [];
  const least = policy.failOn === 'never' ? '' : ` at ${policy.failOn} or above`;
  const known = outcome === 'fail' ? ' and not known' : '';
  return [
    `${countedAs(kept.length + left, 'finding', outcome)}${least}, not waived${known}:`,
    ...kept.flatMap(findingLines).map((line) => `  ${line}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
}

function* deciding(findings: Iterable<Finding>, policy: GatePolicy, outcome: Outcome): Generator<Finding> {
  for (const finding of findings) {
    if (outcomeOf(finding) === outcome && isRelevant(policy, finding.severity)) yield finding;
  }
}

function findingLines(finding: Finding): readonly string[] {
  const { severity, rule, resource, fingerprint } = finding;
  const actions = actionsToKnow(finding);
  return [
    `${fingerprint} ${severity} ${rule}: ${resource.id} (account ${resource.account}, ${resource.region})`,
    ...[
      ...acceptedLines(finding),
      ...changeLines(finding).map((line) => `to pass: ${line}`),
      ...(actions.length > 0 ? [`to know: allow ${actions.join(', ')}`] : []),
    ].map((line) => `  ${line}`),
  ];
}

function decidingRequirements(
  { frameworks = [] }: Report,
  policy: GatePolicy,
  wanted: RequirementStatus & ('fail' | 'unknown'),
): readonly string[] {
  return frameworks.flatMap((framework) => {
    const ids = gatedRequirements([framework], policy).flatMap(({ id, status }) => (status === wanted ? [id] : []));
    if (ids.length === 0) return [];
    return [`of ${framework.name} ${countedAs(ids.length, 'requirement', wanted)}: ${ids.join(', ')}`];
  });
}

/** A floor counts at the severity of its rule, whatever the rule finds. */
function decidingFloors({ frameworks = [], scope }: Report, policy: GatePolicy, wanted: FloorResult['holds']) {
  if (wanted === 'no' && policy.failOn === 'never') return [];
  const relevant = new Set(scope.rules.filter((rule) => isRelevant(policy, worstSeverity(rule))).map(({ id }) => id));
  const lines = frameworks.flatMap(({ requirements }) =>
    requirements.flatMap(({ rules }) =>
      rules.flatMap(({ rule, floors = [] }) =>
        relevant.has(rule) ? floors.filter(({ holds }) => holds === wanted).map((floor) => floorLine(rule, floor)) : [],
      ),
    ),
  );
  return [...new Set(lines)];
}

const floorLine = (rule: string, { parameter, value, floor, holds }: FloorResult): string =>
  `the parameter ${parameter} of ${rule} is ${valueText(value)}, which is ${holds === 'no' ? 'below' : 'not known to hold'} a framework's ${expectedText(floor)}`;

/** What would count under another policy. */
function notCounted({ findings }: Report, policy: GatePolicy): readonly string[] {
  const tally = tallyOf(findings);
  const totals = totalsOf(tally);
  const { failed, unknown } = relevantCounts(tally, policy);
  const parts = [
    [totals.fail - failed, 'failed'],
    [totals.unknown - (policy.unknown === 'fail' ? unknown : 0), 'unknown'],
    [totals.known, 'known'],
    [totals.waived, 'waived'],
  ] as const;
  const said = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return said.length === 0 ? [] : [`not counted: ${said.join(', ')}`];
}

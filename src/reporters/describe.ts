import type { Finding, Status } from '../evaluation/finding.ts';
import { type ExitCode, gatedRequirements, relevantCounts } from '../evaluation/gate.ts';
import { type Outcome, outcomes, tallyOf } from '../evaluation/tally.ts';
import type { Change, Evidence } from '../proof/answer.ts';
import type { Remediation } from '../rules/rule.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import type { Report, ReportRule, Summary } from './report.ts';
import { expectedText, valueText } from './value-text.ts';

// The wording that all formats share. Nothing here is escaped: each format does that in its own way.

export const statusWords: Readonly<Record<Status, string>> = {
  fail: 'failed',
  unknown: 'unknown',
  pass: 'passed',
  'not-applicable': 'not applicable',
};

export const outcomeWords: Readonly<Record<Outcome, string>> = { ...statusWords, known: 'known', waived: 'waived' };

/** What findings of a report can come to: known and waived only where there is a baseline, or waivers. */
export const outcomesIn = (summary: Summary): readonly Outcome[] =>
  outcomes.filter((outcome) => summary[outcome] !== undefined);

/** `1 gap`, `2 gaps`. */
export const plural = (count: number, noun: string, several = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : several}`;

/** `4 failed, 1 unknown, 2 known, 1 waived, 31 passed, 9 not applicable`. */
export const countsLine = (summary: Summary): string =>
  outcomesIn(summary)
    .map((outcome) => `${summary[outcome]} ${outcomeWords[outcome]}`)
    .join(', ');

/** What the exit code that the gate decided means for this report, in one sentence. */
export function outcomeLine(report: Report): string {
  const { exitCode } = report.summary;
  const meanings: Readonly<Record<ExitCode, () => string>> = {
    0: () => compliantMeaning(report.summary),
    1: () => violationMeaning(report),
    2: () => 'a rule crashed, so nothing may be concluded from this run.',
    3: () => 'incomplete: nothing failed that fails the run, but something that counts could not be determined.',
    4: () => 'a waiver or baseline entry is stale or expired.',
  };
  return `Exit code ${exitCode}: ${meanings[exitCode]()}`;
}

function violationMeaning({ summary, gate, frameworks = [], findings }: Report): string {
  const failed = gate ? relevantCounts(tallyOf(findings), gate).failed : summary.fail;
  if (failed > 0) return 'violations: something failed at or above the severity that fails the run.';
  const requirements = gatedRequirements(frameworks, gate ?? {});
  return requirements.some(({ status }) => status === 'fail')
    ? 'violations: a requirement of a framework that fails the run is not met.'
    : 'violations: a parameter is below what a framework asks for.';
}

function compliantMeaning({ fail, unknown, known = 0, waived = 0 }: Summary): string {
  if (fail > 0 || unknown > 0) return 'nothing that failed or is unknown counts under the policy of this run.';
  return known + waived > 0
    ? 'compliant: nothing failed and nothing is unknown but what is known or waived.'
    : 'compliant: nothing failed and nothing is unknown.';
}

/** `Status.IsLogging: expected true, found false  (from cloudtrail:GetTrailStatus)`; of a gap, why it is not known. */
export function evidenceLine(evidence: Evidence, finding: Finding): string {
  const from = evidence.from === undefined || evidence.gap !== undefined ? '' : `  (from ${evidence.from})`;
  return `${[evidence.path, evidenceSaid(evidence, finding)].filter((part) => part !== '').join(': ')}${from}`;
}

/** `expected true, found false`; of a gap, why it is not known. */
export const evidenceSaid = (evidence: Evidence, finding: Pick<Finding, 'resource'>): string =>
  [evidence.note ?? comparison(evidence), gapOfEvidence(evidence, finding)].filter((part) => part !== '').join('; ');

function comparison({ expected, actual, gap }: Evidence): string {
  if (gap !== undefined) return expected === undefined ? '' : `expected ${expectedText(expected)}`;
  if (expected !== undefined) return `expected ${expectedText(expected)}, found ${valueText(actual)}`;
  return actual === undefined ? '' : `found ${valueText(actual)}`;
}

function gapOfEvidence({ gap }: Evidence, { resource }: Pick<Finding, 'resource'>): string {
  if (gap === undefined) return '';
  const { resource: about, ...rest } = gap;
  return gapLine(about === undefined || about === resource.id ? rest : { ...rest, resource: about });
}

const reasons: Readonly<Record<string, string>> = {
  NotScanned: 'was not scanned',
  NotCollected: 'was not asked',
  NotRecorded: 'is not in the recording',
  TimedOut: 'did not answer in time',
};

/** `cloudtrail:GetTrailStatus in us-east-1 could not be read: AccessDeniedException`. */
export function gapLine(gap: Gap & { readonly account?: string }): string {
  const isOurs = Object.hasOwn(reasons, gap.error);
  const reason = isOurs ? `${reasons[gap.error]} (${gap.error})` : `could not be read: ${gap.error}`;
  return `${gapSubject(gap)} ${reason}${gap.message === undefined ? '' : `, ${gap.message}`}`;
}

function gapSubject({ operation, resource, region, account }: Gap & { readonly account?: string }): string {
  const subject = operation ?? (region === undefined ? 'everything' : `everything in ${region}`);
  const about = resource === undefined ? '' : ` of ${resource}`;
  const place = operation === undefined || region === undefined ? '' : ` in ${region}`;
  return `${subject}${about}${place}${account === undefined ? '' : ` of account ${account}`}`;
}

/** `snapshots/prod.yaml:12`, the line that says it; nothing of what AWS itself says. */
export const sourceLines = ({ source }: Finding): readonly string[] =>
  source ? [`${source.file}:${source.line}`] : [];

/** The IAM actions that would tell what is unknown, each once, in order. */
export const actionsToKnow = ({ evidence }: Finding): readonly string[] =>
  [...new Set(evidence.flatMap(({ gap }) => gap?.action ?? []))].toSorted();

/** What was found, for where there is no room for more: of what is unknown, what would tell. */
export function messageInShort(finding: Finding): string {
  if (finding.status !== 'unknown') return finding.message;
  const actions = actionsToKnow(finding);
  return `Unknown: ${finding.message}${actions.length === 0 ? '' : ` To know, allow ${actions.join(', ')}.`}`;
}

/** What made the verdict, a line each; what only made the rule apply or led from one resource to another is left out. */
export function evidenceLines(finding: Finding): readonly string[] {
  const made = finding.evidence.filter(({ when }) => when === undefined);
  const telling = made.filter(
    ({ expected, note, gap }) => expected !== undefined || note !== undefined || gap !== undefined,
  );
  return (telling.length > 0 ? telling : made).map((evidence) => evidenceLine(evidence, finding));
}

/** The smallest change that makes it pass, a line each; none if there is no such change or it does not fail. */
export const changeLines = ({ toPass, resource }: Finding): readonly string[] =>
  (toPass?.[0] ?? []).map((change) => changeLine(change, resource.id));

function changeLine({ resource, path, set }: Change, judged: string): string {
  const what = set === null || set === undefined ? `remove ${path}` : `set ${path} to ${valueText(set)}`;
  return resource === judged ? what : `${what} on ${resource}`;
}

export interface Fix {
  readonly by: keyof Remediation;
  readonly text: string;
}

const fixOrder: readonly (keyof Remediation)[] = ['text', 'cli', 'terraform', 'cloudformation'];

/** The ways to mend it, what is said in words first. */
export const fixesOf = (remediation: Remediation | ReportRule['remediation']): readonly Fix[] =>
  fixOrder.flatMap((by) => {
    const text = remediation !== undefined && Object.hasOwn(remediation, by) ? remediation[by] : undefined;
    return text === undefined || text === '' ? [] : [{ by, text }];
  });

/** `cis-aws-foundations-3.0.0 3.1, 3.2`, a framework each. */
export const controlLines = (controls: Finding['controls']): readonly string[] =>
  Object.entries(controls).map(([framework, ids]) => `${framework} ${ids.join(', ')}`);

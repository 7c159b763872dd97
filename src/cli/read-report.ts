import { type Diagnostic, diagnosticsError, throwDiagnostics } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText, shownName } from '../documents/files.ts';
import { schemaDiagnostics } from '../documents/schema-errors.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { AppError } from '../errors.ts';
import { knownSince } from '../evaluation/baseline.ts';
import { dayOf, isDay } from '../evaluation/calendar.ts';
import type { Finding } from '../evaluation/finding.ts';
import { withFloors } from '../evaluation/framework.ts';
import { exitCode, type GatePolicy, idleCount } from '../evaluation/gate.ts';
import { outcomes, tallyOf, totalsOf } from '../evaluation/tally.ts';
import { type Report, summaryOf } from '../reporters/report.ts';

/** Reads a saved report. Mistakes are one AppError, with their places. */
export async function readReport(path: string): Promise<Report> {
  const file = shownName(path);
  const text = await readText(path, { format: 'JSON' });
  const document = await parseDocument(text, { file, kind: 'report', format: 'json' });
  const { value, position } = document;
  assertReport(document, file);
  const { validate } = await import('../generated/validate-report.js');
  if (!validate(value)) throw diagnosticsError(schemaDiagnostics(validate.errors, { file, position }));
  // Just validated against the schema of a report.
  const report = value as Report;
  assertWhole(report, { file, ...position(['summary'], 'value') });
  return report;
}

/** A report that lost findings on its way would pass for one in which they are mended. */
function assertWhole({ summary, findings }: Report, at: Pick<Diagnostic, 'file' | 'line' | 'column'>): void {
  const totals = totalsOf(tallyOf(findings));
  const wrong = outcomes.filter((outcome) => totals[outcome] !== (summary[outcome] ?? 0));
  throwDiagnostics(
    wrong.map((outcome) => ({
      ...at,
      message: `the summary counts ${summary[outcome] ?? 0} findings as ${outcome}, and there are ${totals[outcome]}`,
      hint: 'the report was changed: write it again',
    })),
  );
}

/** A file of another kind has one mistake, not one in each of its lines. */
function assertReport({ value, position }: TextDocument, file: string): void {
  const kind = typeof value === 'object' && value !== null && 'trailproof' in value ? value.trailproof : undefined;
  if (kind === 'report/1') return;
  const isText = typeof kind === 'string';
  throw diagnosticsError([
    {
      file,
      ...position(['trailproof'], 'value'),
      message: isText ? `this is ${JSON.stringify(kind)}, not a report` : 'this is not a report',
      hint: kind === 'snapshot/1' ? 'trailproof check judges a snapshot' : 'check --output json=report.json writes one',
    },
  ]);
}

/**
 * The report as another policy decides it. What was waived and known stays so, but for debt that is overdue under
 * another age. A run in which a rule crashed stays one.
 */
export function decidedAnew(report: Report, policy: GatePolicy): Report {
  const { scope, frameworks = [], summary } = report;
  const findings = policy.maxAge === report.gate?.maxAge ? report.findings : agedAnew(report, policy.maxAge);
  const tally = tallyOf(findings);
  const judgement = {
    tally: withFloors(tally, frameworks, scope.rules),
    frameworks,
    idle: idleCount(report),
    crashed: summary.exitCode === 2,
  };
  return {
    ...report,
    summary: summaryOf(totalsOf(tally), exitCode(judgement, policy), report),
    gate: policy,
    findings,
  };
}

function agedAnew({ findings, scope }: Report, maxAge: number | undefined): readonly Finding[] {
  // Which account was read on which day it does not say: no debt is younger than this.
  const today = lastDayOf(scope);
  return [...findings].map((finding) => {
    const { baseline } = finding;
    return baseline ? { ...finding, baseline: knownSince(baseline.firstSeen, { today, maxAge }) } : finding;
  });
}

/** The first day as of which a report judges. */
export const firstDayOf = ({ now, collectedAt }: Report['scope']): string => dayOfReport(now ?? collectedAt);

/** The last day as of which a report judges: accounts may have been read on several. */
export const lastDayOf = ({ now, collectedAt, collectedUntil }: Report['scope']): string =>
  dayOfReport(now ?? collectedUntil ?? collectedAt);

function dayOfReport(time: string | undefined): string {
  const day = dayOf(time ?? '');
  if (isDay(day)) return day;
  throw new AppError('input', 'the report does not say as of when it judges', {
    hint: 'Write it again with --now 2026-11-20T09:00:00Z.',
  });
}

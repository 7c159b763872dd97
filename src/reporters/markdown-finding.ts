import type { Finding } from '../evaluation/finding.ts';
import { type Outcome, outcomeOf } from '../evaluation/tally.ts';
import { acceptedLines } from './accepted-words.ts';
import { actionsToKnow, changeLines, controlLines, evidenceLines, type Fix, fixesOf, sourceLines } from './describe.ts';
import { codeBlock, inlineCode, markdownText } from './markdown-text.ts';
import type { ReporterOptions } from './report.ts';
import { cut } from './visible-text.ts';

export const statusMarks: Readonly<Record<Outcome, string>> = {
  fail: '❌ fail',
  unknown: '❔ unknown',
  known: '🕓 fail, known',
  waived: '🤝',
  pass: '✅ pass',
  'not-applicable': '➖ not applicable',
};

/** The status with a sign; an accepted risk is still one. */
export function statusMark(finding: Finding): string {
  const outcome = outcomeOf(finding);
  return outcome === 'waived' ? `${statusMarks.waived} ${finding.status}, waived` : statusMarks[outcome];
}

export const maxCell = 300;
const maxText = 1000;
const maxFix = 4000;
const maxEvidence = 50;

/** The cells of a table that say which finding it is. */
export const findingCells = ({ severity, rule, resource }: Finding): readonly string[] => [
  severity,
  inlineCode(cut(rule, maxCell)),
  inlineCode(cut(resource.name, maxCell)),
  markdownText(resource.account),
  markdownText(resource.region),
];

/** The heading of a group: its resource or its rule. */
export function groupHeading({ rule, resource }: Finding, groupBy: ReporterOptions['groupBy']): string {
  if (groupBy === 'rule') return `\n### ${inlineCode(cut(rule, maxText))}\n\n`;
  const place = `account ${markdownText(resource.account)}, ${markdownText(resource.region)}`;
  const heading = `${markdownText(resource.type)} ${inlineCode(cut(resource.name, maxText))}`;
  return `\n### ${heading}\n\n${inlineCode(cut(resource.id, maxText))}, ${place}\n\n`;
}

/** What was found, why and how to mend it, folded; whole in itself, so that it can be left out. */
export function findingDetails(finding: Finding, groupBy: ReporterOptions['groupBy']): string {
  const subject = inlineCode(cut(groupBy === 'rule' ? finding.resource.id : finding.rule, maxText));
  const title = markdownText(cut(finding.title, maxText));
  const sections = [
    markdownText(cut(finding.message, maxText)),
    bullets(finding),
    ...(finding.status === 'fail' ? fixesOf(finding.remediation).map(fixSection) : []),
  ].filter((section) => section !== '');
  const summary = `<summary>${statusMark(finding)} ${finding.severity}: ${subject} ${title}</summary>`;
  return `<details>${summary}\n\n${sections.join('\n\n')}\n\n</details>\n`;
}

function bullets(finding: Finding): string {
  const evidence = evidenceLines(finding);
  const more = evidence.length - maxEvidence;
  const lines = [
    ...acceptedLines(finding),
    ...evidence.slice(0, maxEvidence),
    ...(more > 0 ? [`… and ${more} more`] : []),
    ...actionsToKnow(finding).map((action) => `To know: allow ${action}`),
    ...changeLines(finding).map((line) => `To pass: ${line}`),
    ...controlLines(finding.controls).map((line) => `Control: ${line}`),
    ...sourceLines(finding).map((line) => `Written in ${line}`),
  ];
  return lines.map((line) => `- ${markdownText(cut(line, maxText))}`).join('\n');
}

const fixSection = ({ by, text }: Fix): string =>
  by === 'text' ? `Fix: ${markdownText(cut(text, maxFix))}` : `Fix (${by}):\n\n${codeBlock(cut(text, maxFix))}`;

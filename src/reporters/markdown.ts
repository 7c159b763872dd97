import type { Finding } from '../evaluation/finding.ts';
import { countsLine, gapLine, outcomeLine, plural } from './describe.ts';
import { groupsOf, worstFirst } from './finding-order.ts';
import { type Block, bytesOf, within } from './markdown-blocks.ts';
import { findingDetails, groupHeading, statusMarks } from './markdown-finding.ts';
import { inlineCode, markdownText } from './markdown-text.ts';
import type { Report, ReporterOptions } from './report.ts';
import { cut } from './visible-text.ts';

/** GitHub refuses a step summary of more than 1 MiB; what we leave free is for the lines that say what was cut. */
const maxBytes = 1024 * 1024 - 4096;
const maxTableBytes = Math.floor(maxBytes * 0.4);
const maxGapBytes = Math.floor(maxBytes * 0.1);
const maxCell = 300;

/** A GitHub step summary: the counts, a table of what is shown, then the evidence and the fix of each. */
export function markdown(report: Report, { show, groupBy }: ReporterOptions): string {
  const shown = report.findings.filter(({ status }) => show.includes(status));
  const summary = [
    `## Trailproof: ${countsLine(report.summary)}\n\n${markdownText(outcomeLine(report))}\n`,
    within(tableBlocks(shown), maxTableBytes, 'this table'),
    within(gapBlocks(report), maxGapBytes, 'this list'),
  ].join('');
  return `${summary}${within(detailBlocks(shown, groupBy), maxBytes - bytesOf(summary), 'the details')}`;
}

function tableBlocks(shown: readonly Finding[]): readonly Block[] {
  if (shown.length === 0) return [];
  const columns = ['Status', 'Severity', 'Rule', 'Resource', 'Account', 'Region', 'What was found'];
  const heading = `\n| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}\n`;
  return [{ text: heading, items: 0 }, ...shown.toSorted(worstFirst).map(tableRow)];
}

function tableRow({ status, severity, rule, resource, message }: Finding): Block {
  const cells = [
    statusMarks[status],
    severity,
    inlineCode(cut(rule, maxCell)),
    inlineCode(cut(resource.name, maxCell)),
    markdownText(resource.account),
    markdownText(resource.region),
    markdownText(cut(message, maxCell)),
  ];
  return { text: `| ${cells.join(' | ')} |\n`, items: 1 };
}

function gapBlocks({ gaps }: Report): readonly Block[] {
  if (gaps.length === 0) return [];
  const lines = gaps.map((gap) => {
    const action = gap.action === undefined ? '' : `; to know, allow ${inlineCode(cut(gap.action, maxCell))}`;
    return { text: `- ${markdownText(cut(gapLine(gap), maxCell))}${action}\n`, items: 1 };
  });
  return [{ text: `\n### ${plural(gaps.length, 'gap')}: what could not be read\n\n`, items: 0 }, ...lines];
}

function detailBlocks(shown: readonly Finding[], groupBy: ReporterOptions['groupBy']): readonly Block[] {
  return groupsOf(shown, groupBy).flatMap(({ first, findings }) =>
    findings.map((finding, index) => {
      const heading = index === 0 ? groupHeading(first, groupBy) : '';
      return { text: `${heading}${findingDetails(finding, groupBy)}`, items: 1 };
    }),
  );
}

import type { Finding } from '../evaluation/finding.ts';
import { acceptedLines, acceptedSentences } from './accepted-words.ts';
import { countsLine, gapLine, outcomeLine, plural } from './describe.ts';
import { groupsOf, inStatus, lengthOf, worstFirst } from './finding-order.ts';
import { type Block, bytesOf, within } from './markdown-blocks.ts';
import { findingCells, findingDetails, groupHeading, maxCell, statusMark } from './markdown-finding.ts';
import { frameworkBlocks, requirementsIn } from './markdown-framework.ts';
import { inlineCode, markdownText } from './markdown-text.ts';
import type { Report, ReporterOptions } from './report.ts';
import { cut } from './visible-text.ts';

/** GitHub refuses a step summary of more than 1 MiB; what we leave free is for the lines that say what was cut. */
const maxBytes = 1024 * 1024 - 4096;
const maxTableBytes = Math.floor(maxBytes * 0.4);
const maxFrameworkBytes = Math.floor(maxBytes * 0.25);
const maxGapBytes = Math.floor(maxBytes * 0.1);

/** A GitHub step summary: the counts, a table of what is shown, then the evidence and the fix of each. */
export function* markdown(report: Report, options: ReporterOptions): Generator<string> {
  const shown = lengthOf(inStatus(report.findings, options.show));
  const gaps = lengthOf(report.gaps);
  const { frameworks = [] } = report;
  const summary = [
    `## Trailproof: ${countsLine(report.summary)}\n\n${markdownText(outcomeLine(report))}\n`,
    ...acceptedSentences(report).map((sentence) => `\n${markdownText(cut(sentence, maxCell))}\n`),
    ...within(tableBlocks(report, options), { maxBytes: maxTableBytes, list: 'this table', items: shown }),
    ...within(frameworkBlocks(frameworks), {
      maxBytes: maxFrameworkBytes,
      list: 'these tables',
      items: requirementsIn(frameworks),
    }),
    ...within(gapBlocks(report, gaps), { maxBytes: maxGapBytes, list: 'this list', items: gaps }),
  ].join('');
  yield summary;
  const maxDetailBytes = maxBytes - bytesOf(summary);
  yield* within(detailBlocks(report, options), { maxBytes: maxDetailBytes, list: 'the details', items: shown });
}

function* tableBlocks({ findings }: Report, { show, sort }: ReporterOptions): Generator<Block> {
  const columns = ['Status', 'Severity', 'Rule', 'Resource', 'Account', 'Region', 'What was found'];
  let before = `\n| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}\n`;
  for (const finding of sort(inStatus(findings, show), worstFirst)) {
    yield { text: `${before}${tableRow(finding)}`, items: 1 };
    before = '';
  }
}

function tableRow(finding: Finding): string {
  const cells = [
    statusMark(finding),
    ...findingCells(finding),
    [finding.message, ...acceptedLines(finding)].map((text) => markdownText(cut(text, maxCell))).join(' · '),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function* gapBlocks({ gaps }: Report, count: number): Generator<Block> {
  if (count === 0) return;
  yield { text: `\n### ${plural(count, 'gap')}: what could not be read\n\n`, items: 0 };
  for (const gap of gaps) {
    const action = gap.action === undefined ? '' : `; to know, allow ${inlineCode(cut(gap.action, maxCell))}`;
    yield { text: `- ${markdownText(cut(gapLine(gap), maxCell))}${action}\n`, items: 1 };
  }
}

function* detailBlocks(report: Report, options: ReporterOptions): Generator<Block> {
  for (const { finding, opens } of groupsOf(report, options)) {
    const heading = opens ? groupHeading(finding, options.groupBy) : '';
    yield { text: `${heading}${findingDetails(finding, options.groupBy)}`, items: 1 };
  }
}

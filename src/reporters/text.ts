import type { Finding } from '../evaluation/finding.ts';
import { type FindingGroup, groupsOf } from './finding-order.ts';
import { type Paint, painter } from './paint.ts';
import type { Report, ReporterOptions } from './report.ts';
import { findingLines } from './text-finding.ts';
import { summaryLines } from './text-summary.ts';
import { visible, withoutCommands } from './visible-text.ts';
import { hang } from './wrap.ts';

/** The report for people: what is shown of it grouped, worst first, and the sum of all of it last. */
export function text(report: Report, options: ReporterOptions): string {
  const paint = painter(options);
  const shown = report.findings.filter(({ status }) => options.show.includes(status));
  const groups = groupsOf(shown, options.groupBy).flatMap((group) => groupLines(group, options, paint));
  return [...groups, ...summaryLines(report, paint)].map((line) => `${withoutCommands(line)}\n`).join('');
}

function groupLines({ first, findings }: FindingGroup, { groupBy }: ReporterOptions, paint: Paint): readonly string[] {
  const byRule = groupBy === 'rule';
  const heading = byRule ? ruleHeading(first, paint) : resourceHeading(first, paint);
  const subjectOf = byRule ? resourceOf : ruleOf;
  const lines = findings.flatMap((finding) => ['', ...findingLines(finding, subjectOf(finding), paint)]);
  return [...heading, ...lines, '', ''];
}

const ruleHeading = ({ rule, title }: Finding, paint: Paint): readonly string[] =>
  hang('', visible(`${rule}  ${title}`)).map((line) => paint('bold', line));

function resourceHeading({ resource }: Finding, paint: Paint): readonly string[] {
  const { type, id, name, account, region } = resource;
  const place = `account ${account}, ${region}`;
  return [
    ...hang('', visible(`${type} ${name}`)).map((line) => paint('bold', line)),
    ...hang('', visible(id === name ? place : `${id}  ${place}`)).map((line) => paint('dim', line)),
  ];
}

const ruleOf = ({ rule, title }: Finding): string => `${rule}  ${title}`;

const resourceOf = ({ resource: { id, account, region } }: Finding): string => `${id} (account ${account}, ${region})`;

import type { Finding } from '../evaluation/finding.ts';
import { groupsOf } from './finding-order.ts';
import { type Paint, painter } from './paint.ts';
import type { Report, ReporterOptions } from './report.ts';
import { findingLines } from './text-finding.ts';
import { summaryLines } from './text-summary.ts';
import { visible, withoutCommands } from './visible-text.ts';
import { hang } from './wrap.ts';

/** The report for people: what is shown of it grouped, worst first, and the sum of all of it last. */
export function* text(report: Report, options: ReporterOptions): Generator<string> {
  const paint = painter(options);
  let between: readonly string[] = [];
  for (const { finding, opens } of groupsOf(report, options)) {
    const heading = opens ? [...between, ...headingOf(finding, options, paint)] : [];
    yield textOf([...heading, '', ...findingLines(finding, subjectOf(finding, options), paint)]);
    between = ['', ''];
  }
  yield textOf([...between, ...summaryLines(report, options, paint)]);
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${withoutCommands(line)}\n`).join('');

const headingOf = (first: Finding, { groupBy }: ReporterOptions, paint: Paint): readonly string[] =>
  groupBy === 'rule' ? ruleHeading(first, paint) : resourceHeading(first, paint);

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

/** What the heading does not say. */
function subjectOf({ rule, title, resource }: Finding, { groupBy }: ReporterOptions): string {
  const { id, account, region } = resource;
  return groupBy === 'rule' ? `${id} (account ${account}, ${region})` : `${rule}  ${title}`;
}

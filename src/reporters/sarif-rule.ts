import type { ReportingDescriptor } from 'sarif';
import type { Finding } from '../evaluation/finding.ts';
import type { Severity } from '../rules/rule.ts';
import { controlLines, fixesOf } from './describe.ts';
import { codeBlock, inlineCode, markdownText } from './markdown-text.ts';
import type { ReportRule } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { firstText, sarifText } from './sarif-text.ts';
import { cut, visible } from './visible-text.ts';

/** GitHub reads above 9.0 as critical, 7.0–8.9 high, 4.0–6.9 medium, 0.1–3.9 low. */
const securitySeverities: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: undefined,
};

const problemSeverities: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
  info: 'recommendation',
};

/** Everything that GitHub shows beside an alert of this rule. */
export function descriptorOf(rule: ReportRule): ReportingDescriptor {
  const url = rule.references?.map((reference) => reference.url).find(isWebAddress);
  const why = sarifText(firstText([rule.why, rule.title, rule.id]), sarifLimits.description);
  return {
    id: rule.id,
    shortDescription: { text: sarifText(firstText([rule.title, rule.id]), sarifLimits.description) },
    fullDescription: { text: why },
    help: { text: helpLines(rule).join('\n'), markdown: helpMarkdown(rule) },
    ...(url === undefined ? {} : { helpUri: url }),
    properties: propertiesOf(rule),
  };
}

/** A rule of which the report holds findings but no description. */
export const ruleOfFinding = ({ rule, title, severity, resource, controls }: Finding): ReportRule => ({
  id: rule,
  title,
  severity,
  resource: resource.type,
  why: title,
  controls,
  actions: [],
});

function propertiesOf({ severity, controls }: ReportRule): NonNullable<ReportingDescriptor['properties']> {
  const securitySeverity = securitySeverities[severity];
  const ids = Object.entries(controls).flatMap(([framework, of]) => of.map((id) => `${framework}:${id}`));
  return {
    precision: 'very-high',
    'problem.severity': problemSeverities[severity],
    ...(securitySeverity === undefined ? {} : { 'security-severity': securitySeverity }),
    tags: [...new Set(['security', 'aws', 'audit-trail', ...ids.map(visible)])].slice(0, sarifLimits.tags),
  };
}

const isWebAddress = (url: string): boolean => /^https?:\/\/[!-~]+$/i.test(url) && URL.canParse(url);

function helpLines({ id, title, why, remediation, controls, actions }: ReportRule): readonly string[] {
  const lines = [
    firstText([why, title, id]),
    ...fixesOf(remediation).map(({ by, text }) => `Fix (${by}): ${text}`),
    ...controlLines(controls).map((line) => `Control: ${line}`),
    ...(actions.length === 0 ? [] : [`IAM actions: ${actions.join(', ')}`]),
  ];
  return lines.map((line) => sarifText(line, sarifLimits.message));
}

function helpMarkdown({ id, title, why, remediation, controls, actions, references }: ReportRule): string {
  const fixes = fixesOf(remediation).map(({ by, text }) =>
    by === 'text' ? markdownText(text) : `${by}:\n\n${codeBlock(cut(text, sarifLimits.message))}`,
  );
  const links = (references ?? [])
    .filter(({ url }) => isWebAddress(url))
    .map((reference) => `- ${markdownText(reference.title)}: <${new URL(reference.url).href}>`);
  const sections: readonly (readonly [string, string])[] = [
    ['Why', markdownText(firstText([why, title, id]))],
    ['Fix', fixes.join('\n\n')],
    [
      'Controls',
      controlLines(controls)
        .map((line) => `- ${markdownText(line)}`)
        .join('\n'),
    ],
    ['IAM actions a scan needs', actions.map((action) => `- ${inlineCode(action)}`).join('\n')],
    ['References', links.join('\n')],
  ];
  return sections.flatMap(([heading, body]) => (body === '' ? [] : [`## ${heading}\n\n${body}`])).join('\n\n');
}

import type { Finding } from '../evaluation/finding.ts';
import { shortPath } from '../evaluation/sentence.ts';
import { type Outcome, outcomeOf } from '../evaluation/tally.ts';
import type { Remediation, Severity } from '../rules/rule.ts';
import { acceptedLines } from './accepted-words.ts';
import { actionsToKnow, changeLines, evidenceLines, type Fix, fixesOf } from './describe.ts';
import type { Paint, Style } from './paint.ts';
import { outcomeStyles } from './text-summary.ts';
import { cut, visible, visibleLines } from './visible-text.ts';
import { hang } from './wrap.ts';

const symbols: Readonly<Record<Outcome, string>> = {
  fail: '✖',
  unknown: '?',
  known: '◌',
  waived: '○',
  pass: '✔',
  'not-applicable': '–',
};

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'inverse', 'red'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: 'cyan',
  info: 'dim',
};

const fixLabels: Readonly<Record<keyof Remediation, string>> = {
  text: 'fix',
  cli: 'cli',
  terraform: 'terraform',
  cloudformation: 'template',
};

const maxMessage = 2000;
const labelWidth = 15;

/** One finding, its badge first; `subject` is what the heading of its group does not already say: rule or resource. */
export function findingLines(finding: Finding, subject: string, paint: Paint): readonly string[] {
  return [...headline(finding, subject, paint), ...messageLines(finding), ...detailLines(finding, paint)];
}

function headline(finding: Finding, subject: string, paint: Paint): readonly string[] {
  const { severity } = finding;
  const outcome = outcomeOf(finding);
  const badge = ` ${severity.toUpperCase()} `;
  const mark = `  ${paint(outcomeStyles[outcome], symbols[outcome])} ${paint(severityStyles[severity], badge)} `;
  const plainWidth = `  ${symbols[outcome]} ${badge} `.length;
  return hang(mark, visible(subject), plainWidth);
}

/** The evidence says it line by line: the sentence is for where there is none, or where the rule has its own. */
function messageLines(finding: Finding): readonly string[] {
  const { message, status } = finding;
  const [first] = evidenceLines(finding);
  const subject = first === undefined ? undefined : shortPath(first).split(': ')[0];
  const repeats = status !== 'not-applicable' && subject !== undefined && message.startsWith(subject);
  return message === '' || repeats ? [] : hang('    ', visible(cut(message, maxMessage)));
}

function detailLines(finding: Finding, paint: Paint): readonly string[] {
  if (finding.status === 'not-applicable') return [];
  const evidence = evidenceLines(finding).flatMap((line) => hang('    ', visible(shortPath(line))));
  const actions = actionsToKnow(finding);
  return [
    ...acceptedLines(finding).flatMap((line) => hang('    ', visible(cut(line, maxMessage)))),
    ...evidence,
    ...(actions.length === 0 ? [] : labelled('to know', `allow ${actions.join(', ')}`, paint)),
    ...changeLines(finding).flatMap((line, index) => labelled(index === 0 ? 'to pass' : '    and', line, paint)),
    ...(outcomeOf(finding) === 'fail' ? fixesOf(finding.remediation).flatMap((fix) => fixLines(fix, paint)) : []),
  ];
}

const labelMark = (label: string, paint: Paint): string => paint('cyan', `    ${label}`.padEnd(labelWidth));

const labelled = (label: string, text: string, paint: Paint): readonly string[] =>
  hang(labelMark(label, paint), visible(text), labelWidth);

/** Commands are never wrapped: they are there to be copied. */
function fixLines({ by, text }: Fix, paint: Paint): readonly string[] {
  if (by === 'text') return labelled(fixLabels.text, text, paint);
  return visibleLines(text).map((line, index) =>
    index === 0 ? `${labelMark(fixLabels[by], paint)}${line}` : `${' '.repeat(labelWidth)}${line}`,
  );
}

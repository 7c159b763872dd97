import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import { acceptedLines } from './accepted-words.ts';
import { actionsToKnow, countsLine, outcomeLine } from './describe.ts';
import { worstOf } from './finding-order.ts';
import type { Report } from './report.ts';
import { visible, withoutCommands } from './visible-text.ts';

/** GitHub shows ten errors, ten warnings and ten notices of one step, and drops the others without a word. */
const shownOfEach = 10;

type Command = 'error' | 'warning' | 'notice';

/** What is bad enough to be an error; the rest, and what is unknown, are warnings; what is known or waived, notices. */
const errors: readonly Severity[] = ['critical', 'high'];

/**
 * GitHub workflow commands: an annotation for each of the ten worst errors, warnings and notices, and one line of plain
 * text that counts all.
 */
export function* github(report: Report): Generator<string> {
  for (const command of ['error', 'warning', 'notice'] as const) {
    const { kept, left } = worstOf(ofCommand(report.findings, command), shownOfEach);
    yield* kept.map((finding) => annotation(command, finding));
    if (left > 0) yield `${left} more ${command}s are not annotated: GitHub shows ${shownOfEach} of a step.\n`;
  }
  yield `Trailproof: ${visible(countsLine(report.summary))}. ${visible(outcomeLine(report))}\n`;
}

function* ofCommand(findings: Iterable<Finding>, command: Command): Generator<Finding> {
  for (const finding of findings) if (commandOf(finding) === command) yield finding;
}

function commandOf(finding: Finding): Command | undefined {
  switch (outcomeOf(finding)) {
    case 'fail':
      return errors.includes(finding.severity) ? 'error' : 'warning';
    case 'unknown':
      return 'warning';
    case 'known':
    case 'waived':
      return 'notice';
    default:
      return undefined;
  }
}

function annotation(command: Command, finding: Finding): string {
  const { rule, severity, status, title, message, resource } = finding;
  const actions = actionsToKnow(finding);
  const toKnow = actions.length === 0 ? '' : ` To know, allow ${actions.join(', ')}.`;
  const accepted = acceptedLines(finding).map((line) => ` (${line})`);
  const heading = `${status === 'unknown' ? 'unknown' : severity}: ${title} (${rule})`;
  const place = `${resource.name}, account ${resource.account}, ${resource.region}`;
  return `::${command} title=${property(withoutCommands(visible(heading)))}::${messageOf(withoutCommands(visible(`${place}: ${message}${accepted.join('')}${toKnow}`)))}\n`;
}

/** As GitHub's runner reads them back: `%` first, or what is escaped would be escaped again. */
export const messageOf = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => messageOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

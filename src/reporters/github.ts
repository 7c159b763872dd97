import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import { acceptedLines } from './accepted-words.ts';
import { countsLine, messageInShort, outcomeLine } from './describe.ts';
import { worstOf } from './finding-order.ts';
import { placeOf } from './location.ts';
import type { Report, ReporterOptions } from './report.ts';
import { visible, withoutCommands } from './visible-text.ts';

/** GitHub shows ten errors, ten warnings and ten notices of one step, and drops the others without a word. */
const shownOfEach = 10;

type Command = 'error' | 'warning' | 'notice';

/** What is bad enough to be an error; the rest, and what is unknown, are warnings; what is known or waived, notices. */
const errors: readonly Severity[] = ['critical', 'high'];

type Options = Pick<ReporterOptions, 'locations' | 'folder'>;

/**
 * GitHub workflow commands: an annotation for each of the ten worst errors, warnings and notices, and one line of plain
 * text that counts all.
 */
export function* github(report: Report, options: Options): Generator<string> {
  for (const command of ['error', 'warning', 'notice'] as const) {
    const { kept, left } = worstOf(ofCommand(report.findings, command), shownOfEach);
    yield* kept.map((finding) => annotation(command, finding, options));
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

function annotation(command: Command, finding: Finding, options: Options): string {
  const { rule, severity, status, title, resource } = finding;
  const accepted = acceptedLines(finding).map((line) => ` (${line})`);
  const { path, line } = placeOf(finding, options);
  const properties = {
    file: path,
    line: String(line),
    title: `${status === 'unknown' ? 'unknown' : severity}: ${title} (${rule})`,
  };
  const named = Object.entries(properties).map(([name, value]) => `${name}=${property(harmless(value))}`);
  const about = `${resource.name}, account ${resource.account}, ${resource.region}`;
  return `::${command} ${named.join(',')}::${messageOf(harmless(`${about}: ${messageInShort(finding)}${accepted.join('')}`))}\n`;
}

const harmless = (text: string): string => withoutCommands(visible(text));

/** As GitHub's runner reads them back: `%` first, or what is escaped would be escaped again. */
export const messageOf = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => messageOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

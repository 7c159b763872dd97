import type { Finding } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import { countsLine, outcomeLine, plural } from '../reporters/describe.ts';
import { worstOf } from '../reporters/finding-order.ts';
import type { Report } from '../reporters/report.ts';
import { cut, visible } from '../reporters/visible-text.ts';

/** So many findings are named; nobody reads more in a message. */
const named = 10;
const longest = 300;

/** A report in short, for people and programs that are told of it. */
export interface Notification {
  readonly trailproof: 'notification/1';
  /** The same for the same report. */
  readonly id: string;
  readonly tool: Report['tool'];
  readonly collectedAt?: string;
  readonly accounts: number;
  readonly summary: Report['summary'];
  /** What the run ended with, in a sentence. */
  readonly outcome: string;
  /** The worst of what is open: not accepted, and not known before. */
  readonly findings: readonly Pick<Finding, 'rule' | 'status' | 'severity' | 'message' | 'resource' | 'fingerprint'>[];
  /** How many more are open. */
  readonly more: number;
}

/** What somebody is told of a report. */
export function notificationOf(report: Report, id: string): Notification {
  const { kept, left } = worstOf(openOf(report), named);
  const { accounts, collectedAt } = report.scope;
  return {
    trailproof: 'notification/1',
    id,
    tool: report.tool,
    ...(collectedAt !== undefined && { collectedAt }),
    accounts: accounts.length,
    summary: report.summary,
    outcome: outcomeLine(report),
    findings: kept.map(({ rule, status, severity, message, resource, fingerprint }) => {
      const short = (text: string): string => cut(text, longest);
      const about = { ...resource, id: short(resource.id), name: short(resource.name) };
      return { rule, status, severity, message: short(message), resource: about, fingerprint };
    }),
    more: left,
  };
}

function* openOf({ findings }: Report): Generator<Finding> {
  for (const finding of findings) {
    const outcome = outcomeOf(finding);
    if (outcome === 'fail' || outcome === 'unknown') yield finding;
  }
}

/** The same as text, as Slack shows it: no name in it can mention people, link or format. */
export function slackMessage({ summary, outcome, findings, more, accounts, collectedAt }: Notification): object {
  const when = collectedAt === undefined ? '' : `, ${collectedAt}`;
  const lines = [
    `Trailproof: ${countsLine(summary)} (${plural(accounts, 'account')}${when}).`,
    outcome,
    ...findings.map(({ rule, status, severity, message, resource: { name, account, region } }) => {
      const what = status === 'unknown' ? `unknown (${severity})` : severity;
      return `• ${what}: ${rule}, ${name} (${account} ${region}): ${message}`;
    }),
    ...(more > 0 ? [`and ${more} more.`] : []),
  ];
  return { text: lines.map((line) => escaped(visible(line))).join('\n'), mrkdwn: false, unfurl_links: false };
}

/** Slack takes `<…>` for links and mentions (formatting-message-text in its documentation). */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

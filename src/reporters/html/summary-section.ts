import type { ExitCode } from '../../evaluation/gate.ts';
import { outcomeLine, outcomesIn, outcomeWords, plural } from '../describe.ts';
import type { Report } from '../report.ts';
import { htmlText } from './markup.ts';

const verdicts: Readonly<Record<ExitCode, string>> = {
  0: 'Compliant',
  1: 'Violations',
  2: 'Nothing may be concluded',
  3: 'Incomplete',
  4: 'Stale entries',
};

const maxNames = 6;

/** What the page is about: the verdict, the counts, and what was looked at when by what. */
export function* summarySection(report: Report): Generator<string> {
  const { summary, tool } = report;
  yield '<header class="top">\n';
  yield `<p class="brand">Trailproof <span>${htmlText(tool.version)}</span></p>\n`;
  yield `<h1>${htmlText(titleOf(report))}</h1>\n`;
  yield `<p class="verdict v${summary.exitCode}"><strong>${verdicts[summary.exitCode]}</strong> `;
  yield `<span>${htmlText(outcomeLine(report))}</span></p>\n`;
  yield `<ul class="counts" aria-label="Findings by status">${counts(report).join('')}</ul>\n`;
  yield `<dl class="scope">${[...scopeOf(report)].join('')}</dl>\n</header>\n`;
}

/** The name of the report, as a browser's tab shows it too. */
export function titleOf({ scope: { accounts } }: Report): string {
  const [only = ''] = accounts;
  return `Audit trail of ${accounts.length === 1 ? `account ${only}` : plural(accounts.length, 'account')}`;
}

const words = { ...outcomeWords, known: 'known before' };

/** Accepted risks and known debt are counted where a run has any. */
const counts = ({ summary }: Report): readonly string[] =>
  outcomesIn(summary).map((outcome) => {
    const count = summary[outcome];
    return `<li class="s-${outcome}${count === 0 ? ' zero' : ''}"><b>${count}</b> ${words[outcome]}</li>`;
  });

function* scopeOf({ scope, tool }: Report): Generator<string> {
  const { accounts, regions, rules, inputs, collectedAt, packs = [] } = scope;
  yield item(plural(accounts.length, 'account'), names(accounts));
  yield item(plural(regions.length, 'region'), names(regions));
  if (collectedAt !== undefined)
    yield item(
      'collected',
      `<time datetime="${htmlText(collectedAt)}">${htmlText(collectedAt.replace('T', ' ').replace('Z', ' UTC'))}</time>`,
    );
  yield item('rules', String(rules.length));
  if (packs.length > 0) {
    yield item(
      'packs',
      packs.map(({ name, rules: ran, of }) => htmlText(`${name} (${ran} of ${of} rules)`)).join(', '),
    );
  }
  if (inputs.length > 0) yield item('read from', names(inputs));
  yield item('written by', htmlText(`${tool.name} ${tool.version}`));
}

const item = (term: string, said: string): string => `<div><dt>${term}</dt><dd>${said}</dd></div>`;

function names(all: readonly string[]): string {
  const rest = all.length - maxNames;
  const shown = all.slice(0, maxNames).map((name) => `<span>${htmlText(name)}</span>`);
  if (shown.length === 0) return 'none';
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

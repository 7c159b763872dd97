import { script, scriptHash, style, styleHash } from '../../generated/html-page.js';
import { worstOf } from '../finding-order.ts';
import type { Report, ReporterOptions } from '../report.ts';
import { pageAccounts } from './coverage-cells.ts';
import { coverageSection } from './coverage-section.ts';
import { findingSection } from './finding-section.ts';
import { frameworkSection } from './framework-section.ts';
import { gapSection } from './gap-section.ts';
import { htmlText, scriptJson } from './markup.ts';
import type { PageAccount } from './page-data.ts';
import { pageFinding, pageRules } from './page-findings.ts';
import { summarySection, titleOf } from './summary-section.ts';

/** More than anybody reads; what is left out is said, and stands in the other formats. */
const maxFindings = 5_000;
const maxAccounts = 200;

/** One page that needs nothing else: no request leaves it, and nothing in it runs but its own script. */
export function* html(report: Report, options: ReporterOptions): Generator<string> {
  const { frameworks = [], coverage, scope } = report;
  const rules = new Map(scope.rules.map((rule) => [rule.id, rule]));
  const shown = worstOf(report.findings, maxFindings);
  const accounts = coverage ? pageAccounts(coverage, maxAccounts) : { kept: [], left: 0 };
  yield head(titleOf(report));
  yield* summarySection(report);
  yield navigation(frameworks.length > 0);
  yield '<main>\n';
  yield* coverageSection(coverage, accounts);
  yield* frameworkSection(frameworks);
  yield* findingSection(shown);
  yield* gapSection(report, options);
  yield `${reading}</main>\n`;
  yield '<script type="application/json" id="data">';
  yield `{"rules":${scriptJson(pageRules(rules, shown.kept))},"coverage":[`;
  yield* joined(accounts.kept, (account: PageAccount) => account);
  yield '],"findings":[';
  yield* joined(shown.kept, (finding) => pageFinding(finding, rules));
  yield `]}</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

function* joined<T>(items: readonly T[], value: (item: T) => unknown): Generator<string> {
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}\n${scriptJson(value(item))}`;
}

/** Nothing is loaded, sent or framed; what is inline runs only if it is this very text, and no string becomes markup. */
const policy = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const head = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
`;

const navigation = (hasFrameworks: boolean): string => {
  const links = [
    ['coverage', 'Coverage'],
    ...(hasFrameworks ? [['frameworks', 'Frameworks']] : []),
    ['findings', 'Findings'],
    ['gaps', 'Gaps'],
    ['reading', 'How to read this'],
  ];
  return `<nav aria-label="Sections"><ul>${links.map(([id, name]) => `<li><a href="#${id}">${name}</a></li>`).join('')}</ul></nav>\n`;
};

const reading = `<section id="reading" aria-labelledby="reading-title">
<h2 id="reading-title">How to read this</h2>
<dl class="words">
<div><dt><span class="badge s-fail">failed</span></dt><dd>It was read, and it is not as the rule asks; the evidence says what was expected and what was found.</dd></div>
<div><dt><span class="badge s-unknown">unknown</span></dt><dd>Something that decides could not be read. It is never taken for a pass; the gap says what would have to be allowed.</dd></div>
<div><dt><span class="badge s-pass">passed</span></dt><dd>Everything that decides was read, and holds.</dd></div>
<div><dt><span class="badge s-not-applicable">not applicable</span></dt><dd>The rule does not speak of this resource.</dd></div>
<div><dt><span class="badge s-waived">waived</span></dt><dd>Somebody accepts this risk, with a reason and until a day. It is still there.</dd></div>
<div><dt><span class="badge s-known">known before</span></dt><dd>A baseline lists it as debt, since the day that is named. It is not accepted.</dd></div>
</dl>
<p>A fingerprint stays the same from run to run: a waiver or a ticket may name it.</p>
</section>
`;

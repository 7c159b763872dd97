import { type Finding, statuses } from '../../evaluation/finding.ts';
import { severities } from '../../rules/rule.ts';
import { plural, statusWords } from '../describe.ts';
import { cut } from '../visible-text.ts';
import { htmlText, table } from './markup.ts';

export interface Shown {
  /** The worst of them. */
  readonly kept: readonly Finding[];
  /** How many more there are. */
  readonly left: number;
}

const maxRows = 1_000;
const maxCell = 300;

/** The filters and the place for the findings; without a script a table of what fails or is unknown. */
export function* findingSection({ kept, left }: Shown): Generator<string> {
  yield '<section id="findings" aria-labelledby="findings-title" tabindex="-1">\n<h2 id="findings-title">Findings</h2>\n';
  if (left > 0) yield notice(kept.length, left);
  yield filters;
  yield '<p id="shown" role="status" class="quiet"></p>\n<ol id="list" class="findings"></ol>\n';
  yield '<p><button id="more" type="button" hidden></button></p>\n<noscript>\n';
  const open = kept.filter(({ status }) => status === 'fail' || status === 'unknown');
  yield `<p class="notice">Without JavaScript there are no filters and no evidence: this is what failed or is unknown${
    open.length > maxRows ? `, the worst ${maxRows}` : ''
  }.</p>\n`;
  yield* table(
    {
      caption: 'What failed or is unknown',
      columns: ['Rule', 'Status', 'Severity', 'Resource', 'Account', 'Region', 'What was found'],
    },
    open.slice(0, maxRows).map(rowOf),
  );
  yield '</noscript>\n</section>\n';
}

const notice = (shown: number, left: number): string =>
  `<p class="notice">These are the ${shown} worst findings. ${plural(left, 'more is', 'more are')} not in this file: <code>--output json=report.json</code> and <code>--output csv=report.csv</code> hold them all.</p>\n`;

const rowOf = ({ rule, status, severity, resource, message }: Finding): readonly string[] =>
  [rule, statusWords[status], severity, resource.name, resource.account, resource.region, message].map((text) =>
    htmlText(cut(text, maxCell)),
  );

const box = (name: string, value: string, label: string): string =>
  `<label class="box s-${value}"><input type="checkbox" name="${name}" value="${value}"> ${label}</label>`;

const choice = (name: string, label: string, all: string): string =>
  `<label class="choice"><span class="choice-label">${label}</span> <select name="${name}"><option value="">${all}</option></select></label>`;

const filters = `<form id="filters" class="filters" role="search" aria-label="Filter the findings" hidden>
<label class="choice wide"><span class="choice-label">Text</span> <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, resource, control, message"></label>
${choice('account', 'Account', 'all accounts')}
${choice('framework', 'Framework', 'all frameworks')}
<label class="choice"><span class="choice-label">Waivers and baseline</span> <select name="standing"><option value="">all</option><option value="open">neither waived nor known</option><option value="waived">waived</option><option value="known">known before</option></select></label>
<fieldset><legend>Status</legend>${statuses.map((status) => box('status', status, statusWords[status])).join('')}</fieldset>
<fieldset><legend>Severity</legend>${severities.map((severity) => box('severity', severity, severity)).join('')}</fieldset>
<button type="reset">Reset</button>
</form>
`;

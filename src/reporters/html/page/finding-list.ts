import type { PageFinding } from '../page-data.ts';
import { byId, element, heard } from './element.ts';
import { standingOf } from './filters.ts';
import { type Around, findingBody } from './finding-body.ts';

const slice = 50;
/** So many with their evidence take a browser seconds to lay out on paper, and thousands take it hours. */
const fullOnPaper = 200;

const words: Readonly<Record<string, string>> = {
  fail: 'failed',
  unknown: 'unknown',
  pass: 'passed',
  'not-applicable': 'not applicable',
};

/** The list of findings on the page: a slice at a time, and what is inside of one once it is opened. */
export interface FindingList {
  readonly show: (findings: readonly PageFinding[], all: number) => void;
  /** The whole list for paper, with what is inside of the worst of them. */
  readonly showAll: () => void;
  /** The list as it was before that. */
  readonly showAgain: () => void;
}

export function findingList(around: (finding: PageFinding) => Around): FindingList {
  const list = byId('list', HTMLOListElement);
  const more = byId('more', HTMLButtonElement);
  const said = byId('shown', HTMLElement);
  let shown: readonly PageFinding[] = [];
  let count = 0;

  const add = (to: number): void => {
    list.append(...shown.slice(count, to).map((finding) => findingItem(finding, around)));
    count = Math.min(to, shown.length);
    const left = shown.length - count;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(slice, left)} more of ${left}`;
  };
  const begin = (to: number): void => {
    list.replaceChildren();
    count = 0;
    add(to);
  };
  more.addEventListener('click', () => {
    const next = count;
    add(count + slice);
    // Whoever asked for more goes on reading there.
    list.children[next]?.querySelector('summary')?.focus();
  });
  return {
    show: (findings, all) => {
      shown = findings;
      begin(slice);
      said.textContent =
        findings.length === 0
          ? `None of the ${all} findings is left by these filters.`
          : `${findings.length} of ${all} findings.`;
    },
    showAll: () => {
      begin(shown.length);
      const all = [...list.querySelectorAll<HTMLDetailsElement>('.finding > details')];
      for (const details of all.slice(0, fullOnPaper)) open(details);
      if (all.length > fullOnPaper) all[fullOnPaper]?.before(element('p', { class: 'notice' }, paperNotice));
    },
    showAgain: () => begin(slice),
  };
}

const paperNotice = `The ${fullOnPaper} worst stand above with their evidence. For that of others, filter before you print.`;

/** What is inside is made now: that it was opened is told to listeners too late for paper. */
function open(details: HTMLDetailsElement): void {
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
}

function findingItem(finding: PageFinding, around: (finding: PageFinding) => Around): HTMLElement {
  const { status, severity, title, message, resource } = finding;
  const standing = standingOf(finding);
  const badges = [
    element('span', { class: `badge s-${status}` }, words[status] ?? status),
    ...(standing === 'open' ? [] : [element('span', { class: `badge s-${standing}` }, standing)]),
    element('span', { class: `severity v-${severity}` }, severity, heard(' severity')),
  ];
  const { name, region, account } = resource;
  const places = new Set([name, ...(region === 'global' ? [] : [region]), account]);
  const where = element('span', { class: 'where' }, [...places].join(' · '));
  const summary = element(
    'summary',
    { class: 'finding-summary' },
    element('span', { class: 'badges' }, ...badges),
    element('span', { class: 'title' }, title),
    where,
    element('span', { class: 'message' }, message),
  );
  const details = element('details', {}, summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(findingBody(finding, around(finding)));
  });
  return element('li', { class: `finding s-${status}` }, details);
}

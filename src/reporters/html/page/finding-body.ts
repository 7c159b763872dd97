import type { PageEvidence, PageFinding, PageRule } from '../page-data.ts';
import { addressOf } from './address.ts';
import { element } from './element.ts';
import { atFirst } from './filters.ts';
import { mark, way } from './way.ts';

const kinds: Readonly<Record<string, string>> = {
  cli: 'With the AWS CLI',
  terraform: 'In Terraform',
  cloudformation: 'In CloudFormation',
};

/** What else is known of it. */
export interface Around {
  readonly rule: PageRule | undefined;
  /** What happens to the events that it is about. */
  readonly chains: readonly HTMLElement[];
}

/** All there is to say of a finding: what decided it, what would mend it, and who asks for it. */
export function findingBody(finding: PageFinding, { rule, chains }: Around): HTMLElement {
  return element(
    'div',
    { class: 'body' },
    ...standing(finding),
    ...chains,
    ...ways(finding),
    ...evidence(finding),
    ...mending(finding),
    ...about(finding, rule),
  );
}

const heading = (text: string): HTMLElement => element('h4', {}, text);

const standing = ({ accepted }: PageFinding): readonly HTMLElement[] =>
  accepted.map((line) => element('p', { class: 'standing' }, line));

/** A way of one stop is no way: its evidence says it all. */
function ways(finding: PageFinding): readonly HTMLElement[] {
  const telling = finding.ways.filter((stops) => stops.length > 1);
  if (telling.length === 0) return [];
  const drawn = telling.map((stops, index) => way(stops, `Evidence path ${index + 1} of ${telling.length}`));
  return [heading('Evidence path'), element('div', { class: 'ways' }, ...drawn)];
}

function evidence({ evidence: all, moreEvidence }: PageFinding): readonly HTMLElement[] {
  if (all.length === 0) return [];
  const made = all.filter(({ when }) => when === undefined);
  const applies = all.filter(({ when }) => when !== undefined);
  const rest =
    moreEvidence === undefined
      ? []
      : [element('p', { class: 'quiet' }, `${moreEvidence} more: the JSON report has them all.`)];
  const decided = made.length > 0 ? [heading('Evidence'), evidenceList(made)] : [];
  const asked = applies.length > 0 ? [heading('It applies because'), evidenceList(applies)] : [];
  return [...decided, ...rest, ...asked];
}

function evidenceList(items: readonly PageEvidence[]): HTMLElement {
  const lines = items.map(({ path, said, from, holds }) => {
    const source = from === undefined ? [] : [element('span', { class: 'from' }, from)];
    const where = path === '' ? [] : [element('code', {}, path)];
    return element('li', {}, mark(holds), element('span', { class: 'fact' }, ...where, ' ', said), ...source);
  });
  return element('ul', { class: 'evidence' }, ...lines);
}

function mending({ toPass, fixes, actions }: PageFinding): readonly HTMLElement[] {
  const change = toPass.length > 0 ? [heading('Smallest change that makes it pass'), lines(toPass)] : [];
  const know = actions.length > 0 ? [heading('To know, allow'), element('p', {}, ...codes(actions))] : [];
  const said = fixes.map(({ by, text }) => {
    if (by === 'text') return element('p', {}, text);
    const code = element('pre', { tabindex: '0' }, element('code', {}, text));
    return element(
      'details',
      { class: 'how', ...(by === 'cli' && { open: '' }) },
      element('summary', {}, kinds[by] ?? by),
      code,
    );
  });
  return [...change, ...know, ...(said.length > 0 ? [heading('How to fix it'), ...said] : [])];
}

const lines = (texts: readonly string[]): HTMLElement =>
  element('ul', { class: 'plain' }, ...texts.map((text) => element('li', {}, text)));

const codes = (texts: readonly string[]): readonly Node[] =>
  texts.flatMap((text, index) => [...(index > 0 ? [document.createTextNode(', ')] : []), element('code', {}, text)]);

function about(finding: PageFinding, rule: PageRule | undefined): readonly HTMLElement[] {
  const { resource, controls = rule?.controls ?? {}, source, fingerprint, rule: id } = finding;
  const asked = Object.entries(controls).map(([framework, ids]) => `${framework} ${ids.join(', ')}`);
  const link = element('a', { href: `#${addressOf({ ...atFirst, status: [], text: fingerprint })}` }, fingerprint);
  const rows: readonly (readonly [string, readonly (Node | string)[]])[] = [
    ['Resource', [`${resource.type} `, element('code', {}, resource.id)]],
    ['Account', [resource.account]],
    ['Region', [resource.region]],
    ['Rule', [element('code', {}, id)]],
    ...(source === undefined ? [] : [['Written in', [element('code', {}, source)]] as const]),
    ...(asked.length > 0 ? [['Controls', [lines(asked)]] as const] : []),
    ['Fingerprint', [link]],
  ];
  const why = rule === undefined ? [] : [element('p', { class: 'why' }, rule.why)];
  const references = rule?.references ?? [];
  const read =
    references.length > 0
      ? [
          heading('To read'),
          element('ul', { class: 'plain' }, ...references.map((it) => element('li', {}, reference(it)))),
        ]
      : [];
  const listed = rows.map(([term, said]) => element('div', {}, element('dt', {}, term), element('dd', {}, ...said)));
  return [heading('About'), ...why, element('dl', { class: 'about' }, ...listed), ...read];
}

/** Only what a browser opens as a page is a link. */
const reference = ({ title, url }: PageRule['references'][number]): Node | string =>
  url.startsWith('https://') ? element('a', { href: url, rel: 'noreferrer' }, title) : `${title}: ${url}`;

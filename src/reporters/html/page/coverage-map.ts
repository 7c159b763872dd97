import { cellMarks, cellStates } from '../cell-states.ts';
import type { PageAccount, PageCell, PageRow } from '../page-data.ts';
import { chain } from './chain.ts';
import { byId, element, heard } from './element.ts';
import { gridKeys } from './grid-keys.ts';

/** Draws the heat map: of several accounts first each with the worst of its regions, then one of them region by region. */
export function coverageMap(accounts: readonly PageAccount[]): void {
  const place = byId('coverage-map', HTMLElement);
  const one = element('div', { class: 'one-account' });
  const show = (account: PageAccount): void => one.replaceChildren(...accountMap(account));
  const [first] = accounts;
  if (first) show(first);
  place.append(...(accounts.length > 1 ? [overview(accounts, show)] : []), one);
}

function overview(accounts: readonly PageAccount[], show: (account: PageAccount) => void): HTMLElement {
  const heads = (accounts[0]?.rows ?? []).map(({ events }) => tall(events));
  const buttons = accounts.map((account) => {
    const button = element('button', { type: 'button', class: 'link' }, account.account);
    button.addEventListener('click', () => {
      choose(button);
      show(account);
    });
    return button;
  });
  buttons[0]?.setAttribute('aria-current', 'true');
  const rows = accounts.map(({ rows: classes }, index) => {
    const cells = classes.map(({ cells: all }) => element('td', {}, small(worstOf(all))));
    return element('tr', {}, element('th', { scope: 'row' }, buttons[index] ?? ''), ...cells);
  });
  const head = element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Account'), ...heads));
  const caption = element('caption', {}, 'The worst region of each account; choose one to see all its regions');
  const table = element('table', { class: 'map' }, caption, head, element('tbody', {}, ...rows));
  return scrolling('Coverage by account', table);
}

/** Of the buttons of a table one is the one whose rest is shown. */
function choose(button: HTMLButtonElement): void {
  for (const other of button.closest('table')?.querySelectorAll('[aria-current]') ?? []) {
    other.removeAttribute('aria-current');
  }
  button.setAttribute('aria-current', 'true');
}

const worstOf = (cells: readonly PageCell[]): PageCell | undefined =>
  cells.toSorted((a, b) => cellStates.indexOf(a.state) - cellStates.indexOf(b.state))[0];

function small(cell: PageCell | undefined): HTMLElement {
  const state = cell?.state ?? 'unknown';
  const mark = element('span', { class: `cell c-${state}`, 'aria-hidden': 'true' }, cellMarks[state]);
  return element('span', {}, mark, heard(cell?.text ?? 'no region of it is known'));
}

function accountMap({ account, regions, rows }: PageAccount): readonly HTMLElement[] {
  const title = element('h3', {}, `Account ${account}`);
  if (regions.length === 0) return [title, element('p', {}, 'No region of it is known.')];
  const detail = element('div', { class: 'detail', 'aria-live': 'polite' });
  const bodies = (['kept', 'noticed'] as const).map((wanted) => {
    const heading = element(
      'th',
      { scope: 'rowgroup', colspan: String(regions.length + 1), class: 'group' },
      groups[wanted],
    );
    const own = rows.filter((row) => row.wanted === wanted).map((row) => mapRow(row, { regions, detail }));
    return element('tbody', {}, element('tr', {}, heading), ...own);
  });
  const head = element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Events'), ...regions.map(tall)));
  const hint = element('caption', {}, 'Choose a cell to see its chain; the arrow keys move from cell to cell.');
  const table = element('table', { class: 'map' }, hint, head, ...bodies);
  gridKeys(table);
  return [title, scrolling(`Coverage of account ${account}`, table), detail];
}

const groups = {
  kept: 'Has to be recorded and kept',
  noticed: 'Has to be noticed too',
} as const;

interface Around {
  readonly regions: readonly string[];
  readonly detail: HTMLElement;
}

function mapRow(row: PageRow, { regions, detail }: Around): HTMLElement {
  const cells = regions.map((region) => {
    const cell = row.cells.find((one) => one.regions.includes(region));
    if (!cell) return element('td', { class: 'nothing' }, heard('no such event happens here'));
    const label = `${row.events}, ${region}: ${cell.text}`;
    const button = element(
      'button',
      { type: 'button', class: `cell c-${cell.state}`, 'aria-label': label, title: label },
      cellMarks[cell.state],
    );
    button.addEventListener('click', () => {
      choose(button);
      detail.replaceChildren(...chain(row, cell));
    });
    return element('td', {}, button);
  });
  return element('tr', {}, element('th', { scope: 'row' }, row.events), ...cells);
}

const tall = (text: string): HTMLElement => element('th', { scope: 'col', class: 'tall' }, element('span', {}, text));

const scrolling = (label: string, table: HTMLElement): HTMLElement =>
  element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table);

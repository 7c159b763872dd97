import { addressOf, filtersOf } from './address.ts';
import { byId, element } from './element.ts';
import { atFirst, type Filters, type Searchable, standings } from './filters.ts';

/** The form above the findings: it tells of every change, and keeps the address of the page in step. */
export function filterForm(all: readonly Searchable[], changed: (filters: Filters) => void): void {
  const form = byId('filters', HTMLFormElement);
  offer(form, 'account', new Set(all.map(({ finding }) => finding.resource.account)));
  offer(form, 'framework', new Set(all.flatMap(({ controls }) => Object.keys(controls))));
  form.hidden = false;
  const apply = (filters: Filters): void => {
    write(form, filters);
    changed(filters);
  };
  form.addEventListener('input', () => {
    const filters = read(form);
    const address = addressOf(filters);
    history.replaceState(null, '', address === '' ? location.pathname + location.search : `#${address}`);
    changed(filters);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    history.replaceState(null, '', location.pathname + location.search);
    apply(atFirst);
  });
  addEventListener('hashchange', ({ newURL }) => {
    // Not where the page is by now: whoever types meanwhile has moved on, and would lose the rest.
    const said = filtersOf(new URL(newURL).hash);
    if (!said) return;
    apply(said);
    // Whoever followed a link to a view wants to be there.
    byId('findings', HTMLElement).focus();
  });
  apply(filtersOf(location.hash) ?? atFirst);
}

/** What there is to choose; one choice is none. */
function offer(form: HTMLFormElement, name: string, values: ReadonlySet<string>): void {
  const select = form.elements.namedItem(name);
  if (!(select instanceof HTMLSelectElement)) return;
  select.append(...[...values].sort().map((value) => element('option', { value }, value)));
  select.disabled = values.size < 2;
}

function read(form: HTMLFormElement): Filters {
  const data = new FormData(form);
  const one = (name: string): string => String(data.get(name) ?? '');
  return {
    text: one('text').trim(),
    account: one('account'),
    framework: one('framework'),
    standing: standings.find((standing) => standing === one('standing')) ?? '',
    status: data.getAll('status').map(String),
    severity: data.getAll('severity').map(String),
  };
}

function write(form: HTMLFormElement, filters: Filters): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      field.checked = (field.name === 'status' ? filters.status : filters.severity).includes(field.value);
    } else if (field instanceof HTMLInputElement) field.value = filters.text;
    else if (field instanceof HTMLSelectElement) field.value = chosen(field.name, filters);
  }
}

const chosen = (name: string, { account, framework, standing }: Filters): string =>
  name === 'account' ? account : name === 'framework' ? framework : standing;

import { atFirst, type Filters, standings } from './filters.ts';

const none = 'any';

/** The filters as the end of an address, so that a view can be sent to somebody; empty for what one sees at first. */
export function addressOf(filters: Filters): string {
  const said = new URLSearchParams();
  for (const name of ['text', 'account', 'framework', 'standing'] as const) {
    if (filters[name] !== atFirst[name]) said.set(name, filters[name]);
  }
  for (const name of ['status', 'severity'] as const) {
    const list = filters[name].join(',');
    if (list !== atFirst[name].join(',')) said.set(name, list === '' ? none : list);
  }
  return said.toString();
}

/** The filters that an address says; undefined for one that says none, as a link to a section. */
export function filtersOf(address: string): Filters | undefined {
  const hash = address.replace(/^#/, '');
  if (hash !== '' && !hash.includes('=')) return undefined;
  const said = new URLSearchParams(hash);
  const list = (name: 'status' | 'severity'): readonly string[] => {
    const text = said.get(name);
    if (text === null) return atFirst[name];
    return text.split(',').filter((word) => word !== '' && word !== none);
  };
  return {
    text: said.get('text') ?? '',
    account: said.get('account') ?? '',
    framework: said.get('framework') ?? '',
    standing: standings.find((one) => one === said.get('standing')) ?? '',
    status: list('status'),
    severity: list('severity'),
  };
}

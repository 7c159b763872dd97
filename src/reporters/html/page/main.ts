import type { PageData } from '../page-data.ts';
import { chainsOf } from './chain.ts';
import { coverageMap } from './coverage-map.ts';
import { byId } from './element.ts';
import { filterForm } from './filter-form.ts';
import { matching, wordsOf } from './filters.ts';
import { findingList } from './finding-list.ts';

// The reporter wrote it.
const data = JSON.parse(byId('data', HTMLElement).textContent) as PageData;
const rules = new Map(Object.entries(data.rules));
const list = findingList((finding) => ({
  rule: rules.get(finding.rule),
  chains: chainsOf(finding, data.coverage),
}));
const searchable = data.findings.map((finding) => {
  const controls = finding.controls ?? rules.get(finding.rule)?.controls ?? {};
  return { finding, controls, words: wordsOf(finding, controls) };
});

filterForm(searchable, (filters) => list.show(matching(searchable, filters), searchable.length));
if (data.coverage.length > 0) coverageMap(data.coverage);

/** On paper nothing can be opened. */
const closed: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  list.showAll();
  closed.push(...document.querySelectorAll<HTMLDetailsElement>('.card:not([open])'));
  for (const details of closed) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of closed.splice(0)) details.open = false;
  list.showAgain();
});

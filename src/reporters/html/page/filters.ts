import type { Controls, PageFinding } from '../page-data.ts';

/** What the reader wants to see; a list that is empty and a text that is empty leave everything. */
export interface Filters {
  readonly text: string;
  readonly account: string;
  readonly framework: string;
  readonly standing: Standing;
  readonly status: readonly string[];
  readonly severity: readonly string[];
}

export type Standing = (typeof standings)[number];
export const standings = ['', 'open', 'waived', 'known'] as const;

/** What somebody has to look at. */
export const atFirst: Filters = {
  text: '',
  account: '',
  framework: '',
  standing: '',
  status: ['fail', 'unknown'],
  severity: [],
};

/** What has become of a finding: accepted by a waiver that holds, known as debt, or neither. */
export const standingOf = ({ standing }: PageFinding): Exclude<Standing, ''> => standing ?? 'open';

/** All words of a finding that a reader may look for, in small letters. */
export function wordsOf(finding: PageFinding, controls: Controls): string {
  const { rule, title, message, resource, source = '', fingerprint, severity, accepted } = finding;
  const named = Object.entries(controls).flatMap(([framework, ids]) => ids.map((id) => `${framework}:${id}`));
  const { type, id, name, account, region } = resource;
  return [rule, title, message, type, id, name, account, region, source, severity, fingerprint, ...named, ...accepted]
    .join('\n')
    .toLowerCase();
}

/** A finding with the words in it, worked out once. */
export interface Searchable {
  readonly finding: PageFinding;
  readonly controls: Controls;
  readonly words: string;
}

/** Those that all filters leave, in their order. */
export function matching(all: readonly Searchable[], filters: Filters): readonly PageFinding[] {
  const wanted = filters.text.toLowerCase().split(/\s+/u);
  const isWanted = ({ finding, controls, words }: Searchable): boolean =>
    isIn(filters.status, finding.status) &&
    isIn(filters.severity, finding.severity) &&
    (filters.account === '' || finding.resource.account === filters.account) &&
    (filters.framework === '' || Object.hasOwn(controls, filters.framework)) &&
    (filters.standing === '' || standingOf(finding) === filters.standing) &&
    wanted.every((word) => words.includes(word));
  return all.filter(isWanted).map(({ finding }) => finding);
}

const isIn = (wanted: readonly string[], value: string): boolean => wanted.length === 0 || wanted.includes(value);

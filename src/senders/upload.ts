import type { Format } from '../reporters/index.ts';

/** A report in one format, for those who keep it. */
export interface Upload {
  readonly format: Format;
  readonly pieces: () => Iterable<string>;
}

/** What a file of each format is called, and what it is. */
export const mediaTypes: Readonly<Record<Format, { readonly file: string; readonly type: string }>> = {
  text: { file: 'report.txt', type: 'text/plain; charset=utf-8' },
  json: { file: 'report.json', type: 'application/json' },
  ndjson: { file: 'report.ndjson', type: 'application/x-ndjson' },
  sarif: { file: 'report.sarif', type: 'application/sarif+json' },
  junit: { file: 'report.junit.xml', type: 'application/xml' },
  markdown: { file: 'report.md', type: 'text/markdown; charset=utf-8' },
  html: { file: 'report.html', type: 'text/html; charset=utf-8' },
  csv: { file: 'report.csv', type: 'text/csv; charset=utf-8' },
  gitlab: { file: 'report.gitlab.json', type: 'application/json' },
  github: { file: 'report.github.txt', type: 'text/plain; charset=utf-8' },
  ocsf: { file: 'report.ocsf.jsonl', type: 'application/x-ndjson' },
  asff: { file: 'report.asff.json', type: 'application/json' },
};

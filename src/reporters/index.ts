import { asff } from './asff.ts';
import { csv } from './csv.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import { ocsf } from './ocsf.ts';
import type { Reporter } from './report.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export type Format =
  | 'text'
  | 'json'
  | 'ndjson'
  | 'sarif'
  | 'junit'
  | 'markdown'
  | 'html'
  | 'csv'
  | 'gitlab'
  | 'github'
  | 'ocsf'
  | 'asff';

/** The formats that are a few lines of code each. To add one: its file, and its line here. */
export const reporters: Readonly<Record<Exclude<Format, 'html'>, Reporter>> = {
  text,
  json,
  ndjson,
  sarif,
  junit,
  markdown,
  csv,
  gitlab,
  github,
  ocsf,
  asff,
};

/** Every format there is. */
export const formats: readonly Format[] = [...(Object.keys(reporters) as (keyof typeof reporters)[]), 'html'];

/** How a format is said. The page that comes with html is loaded by those alone who want it. */
export async function reporterFor(format: Format): Promise<Reporter> {
  return format === 'html' ? (await import('./html/html.ts')).html : reporters[format];
}

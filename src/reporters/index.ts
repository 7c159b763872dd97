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
  | 'csv'
  | 'gitlab'
  | 'github'
  | 'ocsf'
  | 'asff';

/** Every format there is. To add one: its file, and its line here. */
export const reporters: Readonly<Record<Format, Reporter>> = {
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

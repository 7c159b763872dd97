import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './report.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export type Format = 'text' | 'json' | 'sarif' | 'junit' | 'markdown';

/** Every format there is. To add one: its file, and its line here. */
export const reporters: Readonly<Record<Format, Reporter>> = { text, json, sarif, junit, markdown };

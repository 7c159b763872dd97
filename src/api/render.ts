import { type Status, statuses } from '../evaluation/finding.ts';
import { html } from '../reporters/html/html.ts';
import { type Format, formats, reporters } from '../reporters/index.ts';
import type { Report } from '../reporters/report.ts';
import { sortHeld } from '../reporters/sort.ts';
import { givenOptions, type Kinds } from './given.ts';

export interface RenderOptions {
  /** ANSI colours in `text`. Default: none. */
  readonly color?: boolean;
  /** How `text` is grouped. Default: `resource`. */
  readonly groupBy?: 'resource' | 'rule';
  /** The statuses that `text` and `markdown` print. Default: `fail` and `unknown`. */
  readonly show?: readonly Status[];
  /** What `sarif` does with findings that a waiver accepts. Default: `omit`. */
  readonly waived?: 'omit' | 'suppress';
  /** Where `sarif`, `gitlab` and `github` show findings of files. Default: `source`, the line that says it. */
  readonly locations?: 'source' | 'resource';
}

const kinds: Kinds<RenderOptions & { readonly format: Format }> = {
  color: 'flag',
  groupBy: ['resource', 'rule'],
  show: 'texts',
  waived: ['omit', 'suppress'],
  locations: ['source', 'resource'],
  format: formats,
};

/**
 * A report as the text of a file: what `trailproof report` writes.
 *
 * @throws AppError `usage` for a format that there is not.
 */
export function render(report: Report, format: Format, options: RenderOptions = {}): string {
  const {
    color = false,
    groupBy = 'resource',
    show = ['fail', 'unknown'],
    waived = 'omit',
    locations = 'source',
  } = givenOptions({ ...options, format }, kinds);
  const shown = statuses.filter((status) => show.includes(status));
  const reporter = format === 'html' ? html : reporters[format];
  return [...reporter(report, { color, groupBy, show: shown, waived, locations, sort: sortHeld })].join('');
}

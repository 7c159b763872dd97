import type { CellState } from './page-data.ts';

/** Worst first: what is not known may be anything, and is better than what is known to be missing. */
export const cellStates: readonly CellState[] = ['none', 'part', 'recorded', 'unknown', 'kept', 'noticed'];

/** What is drawn in a cell; its words stand beside it for who does not see it. */
export const cellMarks: Readonly<Record<CellState, string>> = {
  none: '–',
  part: '◐',
  recorded: 'R',
  kept: 'K',
  noticed: 'N',
  unknown: '?',
};

import type { Comparison } from './compare.ts';

/** What the one comment of this action begins with; several in one workflow are told apart by their category. */
export const markerOf = (category: string): string => `<!-- trailproof ${category.replaceAll(/[^\w./-]/g, '-')} -->`;

export interface Said {
  readonly exitCode: number;
  readonly counts: string;
  readonly comparison: Comparison;
  /** Of the run. */
  readonly url: string;
}

const outcomes: Readonly<Record<number, string>> = {
  0: '✅ compliant',
  1: '❌ violations',
  2: '💥 nothing may be concluded',
  3: '❔ incomplete',
  4: '⚠️ a waiver or baseline entry is stale',
};

/** The text of the comment: the verdict, and what the change does to it. */
export function commentBody({ exitCode, counts, comparison, url }: Said): string {
  const { markdown, whyNot } = comparison;
  const verdict = `**${outcomes[exitCode] ?? `ended with ${exitCode}`}** · ${counts} · [the run](${url})`;
  const change = markdown ?? `## Trailproof\n\nNot compared with the base: ${whyNot ?? 'it was not asked for'}.\n`;
  return `${change.trimEnd()}\n\n${verdict}\n`;
}

import type { Finding, FindingWaiver, WaiverState } from '../evaluation/finding.ts';
import type { Accepted } from '../evaluation/gate.ts';
import { holds, isIdle, type WaiverUse } from '../evaluation/waivers.ts';
import { plural } from './describe.ts';

// How all formats speak of accepted risks and known failures. Nothing here is escaped.

const waiverWords: Readonly<Record<WaiverState, (waiver: FindingWaiver) => string>> = {
  active: ({ owner, expires }) => `waived by ${owner} until ${expires}`,
  expiring: ({ owner, expires }) => `waived by ${owner} until ${expires}, which is soon`,
  expired: ({ owner, expires }) => `not waived any more: the waiver of ${owner} ended on ${expires}`,
  'too-long': ({ owner, expires }) => `not waived: the waiver of ${owner} until ${expires} is longer than is allowed`,
  forbidden: ({ owner }) => `not waived, whatever ${owner} wrote: nobody may waive this rule`,
};

/** `waived by ci-team until 2026-12-31: it holds nothing that anybody needs`. */
export const waiverLine = (waiver: FindingWaiver): string => `${waiverWords[waiver.state](waiver)}: ${waiver.reason}`;

/** Whether a text says that a waiver holds, as `waiverLine` does. */
export const tellsOfWaiver = (text: string): boolean => text.startsWith('waived by ');

/** What was accepted or known of a finding beforehand, a line each. */
export function acceptedLines({ waiver, baseline }: Pick<Finding, 'waiver' | 'baseline'>): readonly string[] {
  const overdue = baseline?.overdue ? ', which is too long' : '';
  return [
    ...(waiver ? [waiverLine(waiver)] : []),
    ...(baseline ? [`known since ${baseline.firstSeen}${overdue}`] : []),
  ];
}

/** What came of waivers and baseline in a run, a sentence each; none where there are none. */
export function acceptedSentences(accepted: Accepted & { readonly summary: { readonly known?: number } }): string[] {
  const { waivers, baseline, summary } = accepted;
  const sentences: string[] = [];
  if (waivers) {
    const held = waivers.filter(({ state, hides }) => holds(state) || hides > 0).length;
    const hidden = waivers.reduce((sum, { hides }) => sum + hides, 0);
    const idle = waivers.filter(isIdle).length;
    const rest = idle === 0 ? '' : `; ${idle} ended, unused or not allowed`;
    sentences.push(
      `${plural(waivers.length, 'waiver')}, ${held} in force, hiding ${plural(hidden, 'finding')}${rest}.`,
    );
  }
  if (baseline) {
    const { file, entries, stale } = baseline;
    const rest = stale.length === 0 ? '' : `; ${stale.length} stale`;
    const known = plural(summary.known ?? 0, 'known failure');
    sentences.push(`${known} of ${plural(entries, 'entry', 'entries')} in the baseline ${file}${rest}.`);
  }
  return sentences;
}

/** What somebody should do about waivers and baseline, a line each. */
export function acceptedRemarks({ waivers = [], baseline }: Accepted): readonly string[] {
  const stale = baseline?.stale.length ?? 0;
  return [
    ...waivers.flatMap((waiver) => {
      const what = waiverRemark(waiver);
      const hiding = waiver.hides > 0 ? `, and hides ${plural(waiver.hides, 'finding')}` : '';
      return what === undefined ? [] : [`the waiver of ${waiver.rule} by ${waiver.owner} ${what}${hiding}`];
    }),
    ...(baseline && stale > 0
      ? [
          `${plural(stale, 'entry', 'entries')} of ${baseline.file} ${stale === 1 ? 'does' : 'do'} not fail any more: ` +
            'trailproof baseline prune takes them out',
        ]
      : []),
  ];
}

/** What is the matter with a waiver; undefined: nothing. */
export function waiverRemark({ state, expires, unused }: WaiverUse): string | undefined {
  switch (state) {
    case 'expired':
      return `ended on ${expires}`;
    case 'too-long':
      return `does not hold: until ${expires} is longer than waiverPolicy allows`;
    case 'forbidden':
      return 'names what nobody may waive';
    case 'expiring':
      return unused ? unusedRemark : `ends on ${expires}`;
    default:
      return unused ? unusedRemark : undefined;
  }
}

const unusedRemark = 'is unused: nothing that it names fails or is unknown';

import type { Finding, FindingWaiver } from '../evaluation/finding.ts';

/** Whether somebody accepts the risk: an expired waiver, or one that should never have been, accepts nothing. */
export const isWaived = ({ waiver }: Pick<Finding, 'waiver'>): boolean =>
  waiver?.state === 'active' || waiver?.state === 'expiring';

/** `Waiver (expired) of platform until 2026-10-01: It moves in March.` */
export const waiverText = ({ state, owner, expires, reason }: FindingWaiver): string =>
  `Waiver (${state}) of ${owner} until ${expires}: ${reason}`;

/** Whether a text says that a waiver holds, as `waiverText` does. */
export const tellsOfWaiver = (text: string): boolean => /^Waiver \((?:active|expiring)\) of /.test(text);

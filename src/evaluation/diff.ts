import type { Finding, Status } from './finding.ts';
import { outcomeOf } from './tally.ts';

/** What became of a finding between two reports. */
export type Change =
  | 'new'
  | 'became-unknown'
  | 'still-failing'
  | 'still-unknown'
  | 'out-of-scope'
  | 'became-known'
  | 'fixed';
/** What needs somebody first. */
export const changes: readonly Change[] = [
  'new',
  'became-unknown',
  'still-failing',
  'still-unknown',
  'out-of-scope',
  'became-known',
  'fixed',
];

/** A finding that changed, or that is still open. */
export interface Changed {
  readonly change: Change;
  /** Undefined: it was not there. */
  readonly before?: Status;
  /** Undefined: it is not there any more. */
  readonly after?: Status;
  /** As it is now; as it was, where it is gone. */
  readonly finding: Finding;
}

/**
 * Compares two reports, finding by finding. What is not there any more is out of scope, never fixed: nobody has judged
 * it. Nor is what is unknown now, and what was unknown and holds now was never known to be broken. Findings that neither
 * failed nor were unknown in either report are left out.
 */
export function diffOf(before: Iterable<Finding>, after: Iterable<Finding>): readonly Changed[] {
  const old = byIdentity(before);
  const changed: Changed[] = [];
  for (const finding of after) {
    const was = old.get(finding.fingerprint)?.shift();
    const change = finding.notJudged ? gone(was) : changeOf(was?.status, finding.status);
    if (change) changed.push({ change, ...(was && { before: was.status }), after: finding.status, finding });
  }
  for (const finding of [...old.values()].flat()) {
    const change = gone(finding);
    if (change) changed.push({ change, before: finding.status, finding });
  }
  return changed;
}

/** Two findings of one fingerprint are two: one absorbs one, and no more. */
function byIdentity(findings: Iterable<Finding>): Map<string, Finding[]> {
  return Map.groupBy(findings, ({ fingerprint }) => fingerprint);
}

/** What nobody judges any more is not fixed, be it not there or left out. */
const gone = (was: Finding | undefined): Change | undefined => (isOpen(was?.status) ? 'out-of-scope' : undefined);

const isOpen = (status: Status | undefined): boolean => status === 'fail' || status === 'unknown';

function changeOf(before: Status | undefined, after: Status): Change | undefined {
  if (after === 'fail') return before === 'fail' ? 'still-failing' : 'new';
  if (after === 'unknown') return before === 'unknown' ? 'still-unknown' : 'became-unknown';
  if (before === 'fail') return 'fixed';
  return before === 'unknown' ? 'became-known' : undefined;
}

/** Whether something fails that did not, and that is neither waived nor known. */
export const hasNewFailure = (changed: readonly Changed[]): boolean =>
  changed.some(({ change, finding }) => change === 'new' && outcomeOf(finding) === 'fail');

/** How many there are of each. */
export function countChanges(changed: readonly Changed[]): Readonly<Record<Change, number>> {
  const count = (change: Change): number => changed.filter((it) => it.change === change).length;
  return {
    new: count('new'),
    'became-unknown': count('became-unknown'),
    'still-failing': count('still-failing'),
    'still-unknown': count('still-unknown'),
    'out-of-scope': count('out-of-scope'),
    'became-known': count('became-known'),
    fixed: count('fixed'),
  };
}

import { actionOf } from '../resource-types/operations.ts';
import { remember } from '../snapshot/remember.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import type { Answer, Evidence, Thorough } from './answer.ts';

/** What a question is asked in: when the facts were collected, and which answer is to be explained in full. */
export interface Context {
  /** ISO 8601 UTC; undefined when nothing says it. */
  readonly now: string | undefined;
  readonly thorough: Thorough;
}

/** Nobody knows: the gaps, each with the IAM action that would tell. */
export function unknown(view: ResourceView, path: string, gaps: readonly Gap[], from?: string): Answer {
  return {
    truth: 'unknown',
    evidence: gaps.map(
      (gap): Evidence => ({
        path,
        ...(from && { from }),
        resource: view.id,
        gap: closable(gap, view.account),
      }),
    ),
    changes: [],
  };
}

/** The same gap is evidence of many findings: what would close it is looked up once. */
function closable(gap: Gap, { known, registry }: AccountView): NonNullable<Evidence['gap']> {
  return remember(known.closable, gap, () => ({
    ...gap,
    ...(gap.operation && { action: actionOf(gap.operation, registry) }),
  }));
}

/** It cannot be decided, though everything was read: a sentence says why. */
export const undecided = (evidence: Evidence): Answer => ({ truth: 'unknown', evidence: [evidence], changes: [] });

/** One fact decides. `changes` are what it lacks: where it lacks nothing they would turn nothing round. */
export const decided = (does: boolean, evidence: Evidence, changes: Answer['changes'] = []): Answer => ({
  truth: does ? 'yes' : 'no',
  evidence: [evidence],
  changes: does ? [] : changes,
});

/** What is wrong with what a property points at is wrong because it points there. */
export const pointedAt = (pointer: Evidence, said: Answer): Answer =>
  said.truth === 'no' ? { ...said, evidence: [pointer, ...said.evidence] } : said;

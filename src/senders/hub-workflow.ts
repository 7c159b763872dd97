import { callOf, type Members, valueAt } from '../collectors/call.ts';
import { refusalOf, refusalText } from '../collectors/refusal.ts';
import { tellsOfWaiver } from '../reporters/accepted-words.ts';
import type { AsffFinding } from '../reporters/asff.ts';
import { asffLimits } from '../reporters/asff-limits.ts';
import { plural } from '../reporters/describe.ts';
import { cut } from '../reporters/visible-text.ts';
import type { Earlier } from './hub-findings.ts';
import type { HubEnd } from './hub-import.ts';

/** A finding that the hub holds and that a waiver has begun to settle, or settles no longer. */
export interface WorkflowChange {
  readonly finding: AsffFinding;
  readonly to: 'SUPPRESSED' | 'NEW';
}

/**
 * What becomes of the workflow of a finding that was sent before; undefined: nothing. Only what a waiver settled is
 * opened again, and only what it begins to settle is settled: all else is the business of those who work on findings.
 * The note tells, which changes along with the workflow: what could not be changed is tried again by the next report.
 */
export function workflowChange(told: AsffFinding, before: Earlier): WorkflowChange['to'] | undefined {
  const wasWaived = tellsOfWaiver(before.note);
  const isSuppressed = before.workflow === 'SUPPRESSED';
  if (told.Workflow) return wasWaived || isSuppressed ? undefined : 'SUPPRESSED';
  return wasWaived && isSuppressed ? 'NEW' : undefined;
}

/** Changes workflows, which an import cannot (API_BatchImportFindings). Answers what could not be changed, and why. */
export async function changeWorkflows(changes: readonly WorkflowChange[], end: HubEnd): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const group of Map.groupBy(changes, ({ finding, to }) => JSON.stringify([to, noteOf(finding)])).values()) {
    for (let start = 0; start < group.length; start += asffLimits.findings) {
      failed.push(...(await changeTogether(group.slice(start, start + asffLimits.findings), end)));
    }
  }
  return failed;
}

/** Of those that get the same workflow and the same note. */
async function changeTogether(
  changes: readonly WorkflowChange[],
  { send, region }: HubEnd,
): Promise<readonly string[]> {
  const [first] = changes;
  if (!first) return [];
  const params = {
    FindingIdentifiers: changes.map(({ finding: { Id, ProductArn } }) => ({ Id, ProductArn })),
    Workflow: { Status: first.to },
    Note: noteOf(first.finding),
  };
  const left = (count: number, why: string) => [`${plural(count, 'finding')} left ${opposite[first.to]}: ${why}`];
  try {
    const unprocessed = valueAt(
      await send(callOf('securityhub:BatchUpdateFindings', region, params)),
      'UnprocessedFindings',
    );
    if (!Array.isArray(unprocessed) || unprocessed.length === 0) return [];
    return left(unprocessed.length, String(valueAt(unprocessed[0], 'ErrorCode')));
  } catch (thrown) {
    return left(changes.length, refusalText(refusalOf(thrown)));
  }
}

const opposite = {
  SUPPRESSED: 'open, though a waiver holds',
  NEW: 'suppressed, though no waiver holds',
} as const;

/** The waiver as the finding says it; where there is none any more, that. */
function noteOf({ Note, ProductFields }: AsffFinding): Members {
  if (Note) return { Text: Note.Text, UpdatedBy: Note.UpdatedBy };
  const ended = ProductFields['trailproof/waiver'] ?? 'no waiver holds any more';
  return { Text: cut(ended, asffLimits.note), UpdatedBy: 'Trailproof' };
}

import type { Finding } from '../evaluation/finding.ts';
import type { goneFrom, Missing } from '../evaluation/gone.ts';
import { type AsffContext, type AsffFinding, asffOf, productArn } from '../reporters/asff.ts';
import type { Earlier, Hub } from './hub-findings.ts';
import { type WorkflowChange, workflowChange } from './hub-workflow.ts';

/** What is sent to a hub, and what is not. */
export interface HubPlan {
  /** Failures and unknowns. */
  readonly open: readonly AsffFinding[];
  /** Of those that were sent before: what passes now, or is no longer there. */
  readonly archived: readonly AsffFinding[];
  /** Of those that were sent before and are open: whose waiver has begun, or ended. */
  readonly workflows: readonly WorkflowChange[];
  /** How many the hub holds as they are, or newer: it would not take them again. */
  readonly kept: number;
}

/** What a run has found out about an account. */
export interface Judged {
  readonly hub: Hub;
  /** Those that belong to this hub. */
  readonly findings: readonly Finding[];
  /** Left out: what was sent before is not known, and nothing is archived. */
  readonly earlier?: readonly Earlier[];
  readonly context: AsffContext;
  /** Whether what an earlier run found and this one does not is gone. */
  readonly isGone: ReturnType<typeof goneFrom>;
}

/**
 * What a hub has to be told. Security Hub takes no update that is not newer than what it has
 * (finding-update-batchimportfindings in its guide), so that a report that is sent again, or late, changes nothing.
 */
export function planHub({ hub, findings, earlier = [], context, isGone }: Judged): HubPlan {
  const known = new Map(earlier.map((finding) => [finding.Id, finding]));
  const open: AsffFinding[] = [];
  const archived: AsffFinding[] = [];
  const workflows: WorkflowChange[] = [];
  let kept = 0;
  const isNewer = (before: Earlier): boolean => Date.parse(context.time) > Date.parse(before.UpdatedAt);
  const isToClose = (before: Earlier): boolean => before.RecordState === 'ACTIVE' && isNewer(before);
  for (const finding of findings) {
    const told = asffOf(finding, context);
    const before = known.get(told.Id);
    known.delete(told.Id);
    if (told.RecordState === 'ARCHIVED') {
      if (before && isToClose(before) && !finding.notJudged) archived.push(sinceThen(told, before));
    } else if (before && !isNewer(before)) kept += 1;
    else {
      open.push(sinceThen(told, before));
      const to = before && workflowChange(told, before);
      if (to) workflows.push({ finding: told, to });
    }
  }
  const gone = [...known.values()].filter((before) => isToClose(before) && isGone(missingOf(before, hub)));
  return { open, archived: [...archived, ...gone.map((before) => goneOf(before, hub, context))], workflows, kept };
}

const sinceThen = (told: AsffFinding, before: Earlier | undefined): AsffFinding =>
  before ? { ...told, CreatedAt: before.CreatedAt } : told;

const missingOf = ({ fields }: Earlier, { account }: Hub): Missing => ({
  rule: fields['trailproof/rule'] ?? '',
  account,
  region: fields['trailproof/region'] ?? '',
});

/** A finding about what is not there any more. */
function goneOf(before: Earlier, { partition, region, account }: Hub, { time }: AsffContext): AsffFinding {
  const { UpdatedAt: _, workflow: __, note: ___, severity, resource, fields, ...same } = before;
  return {
    ...same,
    SchemaVersion: '2018-10-08',
    ProductArn: productArn(partition, region, account),
    ProductName: 'Trailproof',
    CompanyName: 'Trailproof',
    AwsAccountId: account,
    UpdatedAt: time,
    FindingProviderFields: {
      Severity: { Label: 'INFORMATIONAL', Original: severity || 'info' },
      Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    },
    Resources: [resource],
    Compliance: { Status: 'NOT_AVAILABLE' },
    RecordState: 'ARCHIVED',
    ProductFields: { ...fields, 'trailproof/status': 'gone' },
  };
}

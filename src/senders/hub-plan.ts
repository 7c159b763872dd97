import type { Finding } from '../evaluation/finding.ts';
import { fingerprint } from '../evaluation/fingerprint.ts';
import { skippedRules } from '../evaluation/waivers.ts';
import { type AsffContext, type AsffFinding, asffOf, productArn } from '../reporters/asff.ts';
import type { Report } from '../reporters/report.ts';
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
  /** Whether an earlier finding that is not among these was looked for, and everywhere. */
  readonly isGone: (earlier: Earlier) => boolean;
  /** Rules that judged nothing, for want of a parameter. */
  readonly unset: ReadonlySet<string>;
}

/**
 * What a hub has to be told. Security Hub takes no update that is not newer than what it has
 * (finding-update-batchimportfindings in its guide), so that a report that is sent again, or late, changes nothing.
 */
export function planHub({ hub, findings, earlier = [], context, isGone, unset }: Judged): HubPlan {
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
      if (before && isToClose(before) && !unset.has(finding.rule) && !finding.skipped)
        archived.push(sinceThen(told, before));
    } else if (before && !isNewer(before)) kept += 1;
    else {
      open.push(sinceThen(told, before));
      const to = before && workflowChange(told, before);
      if (to) workflows.push({ finding: told, to });
    }
  }
  const gone = [...known.values()].filter((before) => isToClose(before) && isGone(before));
  return { open, archived: [...archived, ...gone.map((before) => goneOf(before, hub, context))], workflows, kept };
}

const sinceThen = (told: AsffFinding, before: Earlier | undefined): AsffFinding =>
  before ? { ...told, CreatedAt: before.CreatedAt } : told;

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

/** Rules of the run that judged nothing, for want of a parameter. */
export const unsetRules = ({ scope }: Pick<Report, 'scope'>): ReadonlySet<string> =>
  new Set(scope.rules.flatMap(({ id, unset = [] }) => (unset.length > 0 ? [id] : [])));

/**
 * Whether what a finding of an account was about is gone: its rule was run there, which always finds something (design
 * §4), its region was read, and nothing that the rule could be about was left unread. After a crash nothing is said to
 * be gone.
 */
export function goneFrom(
  { scope, summary }: Pick<Report, 'scope' | 'summary'>,
  account: string,
  findings: readonly Finding[],
): Judged['isGone'] {
  const unset = unsetRules({ scope });
  const skipped = skippedRules(scope);
  const rules = new Set(findings.map(({ rule }) => rule).filter((id) => !unset.has(id) && !skipped.has(id)));
  const regions = new Set(['global', ...scope.regions]);
  const wasRead = scope.accounts.includes(account) && summary.exitCode !== 2;
  const unread = new Set(
    findings.filter(isUnlisted).flatMap(({ rule, resource }) => unreadKeys(rule, resource.region)),
  );
  return ({ fields }) => {
    const { 'trailproof/rule': rule = '', 'trailproof/region': region = '' } = fields;
    if (!wasRead || !rules.has(rule) || !regions.has(region)) return false;
    return !unread.has(keyOf(rule, 'global')) && !unread.has(keyOf(rule, region === 'global' ? 'anywhere' : region));
  };
}

/** Whether a finding says that there may be resources which nobody has listed. */
const isUnlisted = ({ rule, resource, fingerprint: own }: Finding): boolean =>
  own === fingerprint(rule, resource, 'unlisted');

/** What is unread somewhere may matter to what is said of the whole account. */
const unreadKeys = (rule: string, region: string): readonly string[] => [keyOf(rule, region), keyOf(rule, 'anywhere')];

const keyOf = (rule: string, region: string): string => JSON.stringify([rule, region]);

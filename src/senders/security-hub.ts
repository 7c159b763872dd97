import type { Send } from '../collectors/call.ts';
import { type Refusal, refusalText } from '../collectors/refusal.ts';
import type { Finding } from '../evaluation/finding.ts';
import { goneFrom } from '../evaluation/gone.ts';
import { asffContext, hubRegion } from '../reporters/asff.ts';
import { plural } from '../reporters/describe.ts';
import type { Report } from '../reporters/report.ts';
import { endpointRegion } from '../resource-types/partition.ts';
import { compareText } from '../snapshot/compare-text.ts';
import { earlierFindings, type Hub } from './hub-findings.ts';
import { importFindings } from './hub-import.ts';
import { type HubPlan, type Judged, planHub } from './hub-plan.ts';
import { changeWorkflows, type WorkflowChange } from './hub-workflow.ts';
import type { Caller, Reach, Sent } from './sent.ts';

/** What became of one hub, or of one account with all its hubs. */
interface HubOutcome {
  readonly open: number;
  readonly archived: number;
  readonly kept: number;
  readonly failed: readonly string[];
}

/**
 * Sends what failed and what is unknown to Security Hub of the account that it is about, and archives what was sent
 * before and is settled. With `region` to the hub there, else each finding to the hub of its own region: an account may
 * only send its own (API_BatchImportFindings). One account after the other, its regions side by side.
 */
export async function sendToSecurityHub(report: Report, region: string | undefined, reach: Reach): Promise<Sent> {
  const to = 'security-hub';
  if (report.scope.collectedAt === undefined) {
    const why = 'the report does not say when the account was read (collectedAt), and a finding needs a time';
    return { to, done: [], failed: [why] };
  }
  const caller = await reach.aws();
  const outcomes: HubOutcome[] = [];
  for (const { account, findings } of byAccount(report, reach)) {
    outcomes.push(...(await sendAccount({ report, account, findings, region, caller }, reach)));
  }
  const sum = (of: 'open' | 'archived' | 'kept') => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const counts = [
    `${plural(sum('open'), 'finding')} sent`,
    `${sum('archived')} archived`,
    ...(sum('kept') > 0 ? [`${sum('kept')} there already`] : []),
  ];
  return { to, done: [counts.join(', ')], failed: outcomes.flatMap(({ failed }) => failed) };
}

/** Each account that was judged, with its findings; an account may have none of its own. */
function* byAccount({ findings, scope }: Report, { sort }: Reach) {
  const left = new Set(scope.accounts);
  let account: string | undefined;
  let own: Finding[] = [];
  for (const finding of sort(findings, (a, b) => compareText(a.resource.account, b.resource.account))) {
    if (finding.resource.account !== account) {
      if (account !== undefined) yield { account, findings: own };
      account = finding.resource.account;
      left.delete(account);
      own = [];
    }
    own.push(finding);
  }
  if (account !== undefined) yield { account, findings: own };
  for (const rest of left) yield { account: rest, findings: [] };
}

interface AccountToSend {
  readonly report: Report;
  readonly account: string;
  readonly findings: readonly Finding[];
  readonly region: string | undefined;
  readonly caller: Caller;
}

async function sendAccount(
  { report, account, findings, region, caller }: AccountToSend,
  reach: Reach,
): Promise<readonly HubOutcome[]> {
  const send = account === caller.account ? caller.send : await caller.enter(account);
  if (typeof send !== 'function') {
    const count = plural(findings.filter(isOpen).length, 'finding');
    return [{ ...nothing, failed: [`${count} of ${account}: ${refusalText(send)}`] }];
  }
  const partition = findings[0]?.resource.partition ?? caller.partition;
  const context = asffContext(report, region);
  const accounts = report.scope.accounts.filter((id) => id === account);
  const isGone = goneFrom({ ...report.scope, accounts }, findings);
  const own = Map.groupBy(findings, (finding) => region ?? hubRegion(finding));
  const regions = region === undefined ? [...report.scope.regions, endpointRegion(partition), ...own.keys()] : [region];
  return Promise.all(
    [...new Set(regions)].map((at) => {
      const hub: Hub = { partition, account, region: at };
      return sendHub({ hub, findings: own.get(at) ?? [], context, isGone }, send, reach);
    }),
  );
}

const isOpen = ({ status }: Finding): boolean => status === 'fail' || status === 'unknown';

const nothing: HubOutcome = { open: 0, archived: 0, kept: 0, failed: [] };

/** Security Hub is not switched on there, or the region is not: nothing can have been sent to it before. */
const isOff = ({ code }: Refusal): boolean =>
  code === 'InvalidAccessException' || code === 'UnrecognizedClientException';

async function sendHub(judged: Omit<Judged, 'earlier'>, send: Send, reach: Reach): Promise<HubOutcome> {
  const { hub, findings } = judged;
  const where = `Security Hub of ${hub.account} in ${hub.region}`;
  const notTo = (count: number, reason: string): string => `${plural(count, 'finding')} to ${where}: ${reason}`;
  const { earlier, refusal } = await earlierFindings(send, hub);
  if (refusal && isOff(refusal)) {
    const count = findings.filter(isOpen).length;
    return { ...nothing, failed: count === 0 ? [] : [notTo(count, refusalText(refusal))] };
  }
  const plan = planHub({ ...judged, ...(earlier && { earlier }) });
  const end = { send, region: hub.region };
  const changes = (to: WorkflowChange['to']) =>
    changeWorkflows(
      plan.workflows.filter((it) => it.to === to),
      end,
    );
  // Before it is updated, for what is suppressed is not (API_Workflow); what is to be suppressed, after it.
  const suppressed = await changes('NEW');
  const { ids, failed } = await importFindings([...plan.open, ...plan.archived], end, reach);
  const open = await changes('SUPPRESSED');
  const arrived = (of: HubPlan['open']): number => of.filter(({ Id }) => ids.has(Id)).length;
  const unknown = refusal ? [`what ${where} holds is not known, and nothing is archived: ${refusalText(refusal)}`] : [];
  return {
    open: arrived(plan.open),
    archived: arrived(plan.archived),
    kept: plan.kept,
    failed: [
      ...unknown,
      ...[...failed].map(([reason, count]) => notTo(count, reason)),
      ...[...suppressed, ...open].map((why) => `${where}: ${why}`),
    ],
  };
}

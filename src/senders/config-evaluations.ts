import type { Finding, FindingResource } from '../evaluation/finding.ts';
import { cut, visible } from '../reporters/visible-text.ts';

/** What AWS Config is told of one resource (API_Evaluation). */
export interface Evaluation {
  readonly ComplianceResourceType: string;
  readonly ComplianceResourceId: string;
  readonly ComplianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
  readonly Annotation: string;
  readonly OrderingTimestamp: Date;
}

/** What AWS Config takes (API_PutEvaluations). */
export const configLimits = { evaluations: 100, annotation: 256, type: 256, id: 768 } as const;

/** The account and the region that a rule of AWS Config works for. */
export interface ConfigRule {
  readonly account: string;
  readonly region: string;
  readonly time: Date;
}

/** What is told, and what is not. */
export interface Evaluations {
  readonly evaluations: readonly Evaluation[];
  /** Resources of which too little is known. */
  readonly unknown: number;
  /** Findings of other accounts and regions, for which a rule there has to speak. */
  readonly elsewhere: number;
}

/**
 * One evaluation for each resource, for a rule of AWS Config has one of each: it does not comply if anything about it
 * fails, accepted or not, and is left out if something about it is unknown, or nothing about it was judged. What is about
 * the whole account, its regions too, is said of the account.
 */
export function evaluationsOf(findings: Iterable<Finding>, rule: ConfigRule): Evaluations {
  const byResource = new Map<string, Verdict>();
  let elsewhere = 0;
  for (const finding of findings) {
    const { resource, notJudged } = finding;
    if (notJudged) continue;
    const isHere = resource.account === rule.account && ['global', rule.region].includes(regionOf(resource));
    if (!isHere) {
      elsewhere += 1;
      continue;
    }
    const [type, id] = configName(resource);
    const key = JSON.stringify([type, id]);
    byResource.set(key, verdictWith(finding, byResource.get(key) ?? { type, id, failing: [], statuses: new Set() }));
  }
  const verdicts = [...byResource.values()];
  const told = verdicts.flatMap((verdict) => evaluationOf(verdict, rule.time) ?? []);
  return { evaluations: told, unknown: verdicts.length - told.length, elsewhere };
}

/** What is known of one resource. */
interface Verdict {
  readonly type: string;
  readonly id: string;
  /** Rules that it fails. */
  readonly failing: readonly string[];
  readonly statuses: ReadonlySet<Finding['status']>;
}

function verdictWith({ rule, status, waiver }: Finding, { failing, statuses, ...same }: Verdict): Verdict {
  const named = waiver === undefined ? rule : `${rule} (waiver ${waiver.state}, until ${waiver.expires})`;
  return {
    ...same,
    failing: status === 'fail' ? [...failing, named] : failing,
    statuses: new Set([...statuses, status]),
  };
}

function evaluationOf({ type, id, failing, statuses }: Verdict, time: Date): Evaluation | undefined {
  const evaluation = (ComplianceType: Evaluation['ComplianceType'], text: string): Evaluation => ({
    ComplianceResourceType: type,
    ComplianceResourceId: id,
    ComplianceType,
    Annotation: cut(visible(text), configLimits.annotation),
    OrderingTimestamp: time,
  });
  if (failing.length > 0) return evaluation('NON_COMPLIANT', `Fails ${failing.join(', ')}.`);
  if (statuses.has('unknown')) return undefined;
  if (statuses.has('pass')) return evaluation('COMPLIANT', 'Passes every rule that applies.');
  return evaluation('NOT_APPLICABLE', 'No rule applies.');
}

/** A region is no resource of AWS Config: what is said of it is said of the account, wherever it is. */
const regionOf = ({ type, region }: FindingResource): string => (type === 'AWS::Region' ? 'global' : region);

/** What AWS Config calls a resource; where it records none of the kind, our own word. */
function configName({ type, id, name, account }: FindingResource): readonly [type: string, id: string] {
  const cutId = (text: string): string => cut(visible(text), configLimits.id);
  switch (type) {
    case 'AWS::Account':
    case 'AWS::Region':
      return ['AWS::::Account', account];
    case 'AWS::S3::Bucket':
      return [type, cutId(name)];
    case 'AWS::KMS::Key':
      return [type, cutId(id.slice(id.lastIndexOf('/') + 1))];
    default:
      return [cut(visible(type), configLimits.type), cutId(id)];
  }
}

import type { Finding, Status } from '../evaluation/finding.ts';
import { outcomeOf } from '../evaluation/tally.ts';
import { endpointRegion } from '../resource-types/partition.ts';
import type { Severity } from '../rules/rule.ts';
import { waiverLine } from './accepted-words.ts';
import { asffLimits } from './asff-limits.ts';
import { type AsffResource, asffResource } from './asff-resource.ts';
import { controlLines, evidenceLines, fixesOf, messageInShort } from './describe.ts';
import { jsonPieces } from './json-pieces.ts';
import type { Report } from './report.ts';
import { firstText } from './sarif-text.ts';
import { cut, visible } from './visible-text.ts';

/** A finding in the AWS Security Finding Format, as BatchImportFindings takes it. */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: 'Trailproof';
  readonly CompanyName: 'Trailproof';
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Title: string;
  readonly Description: string;
  /** Where a provider says them: what stands beside it belongs to whoever works on the finding. */
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: string; readonly Original: string };
    readonly Types: readonly string[];
  };
  readonly Resources: readonly [AsffResource];
  readonly Compliance: {
    readonly Status: 'PASSED' | 'FAILED' | 'WARNING' | 'NOT_AVAILABLE';
    readonly RelatedRequirements?: readonly string[];
  };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
  /** Security Hub takes it of a new finding alone, and so the note. */
  readonly Workflow?: { readonly Status: 'SUPPRESSED' };
  readonly Note?: { readonly Text: string; readonly UpdatedBy: string; readonly UpdatedAt: string };
  readonly Remediation?: { readonly Recommendation: { readonly Text?: string; readonly Url?: string } };
  readonly ProductFields: Readonly<Record<string, string>>;
}

/** What all findings of a report have in common. */
export interface AsffContext {
  readonly time: string;
  readonly version: string;
  /** A page about each rule, by its id. */
  readonly pages: ReadonlyMap<string, string>;
  /** The region of the hub that takes them all; left out: each goes to the hub of its own. */
  readonly hub?: string;
}

/** Nobody said when, and the format wants a time. */
const noTime = '1970-01-01T00:00:00Z';

/** What the ids of our generators, the rules, begin with. */
export const generatorPrefix = 'trailproof/';

/**
 * Every finding that says something, in the AWS Security Finding Format:
 * `aws securityhub batch-import-findings --findings file://…`.
 */
export function* asff(report: Report): Generator<string> {
  yield* jsonPieces(asffFindings(report), 2);
  yield '\n';
}

function* asffFindings(report: Report): Generator<AsffFinding> {
  const context = asffContext(report);
  // To archive what nobody has judged would close it.
  for (const finding of report.findings) if (!finding.notJudged) yield asffOf(finding, context);
}

/** What the findings of a report have in common, sent to the hubs of their own regions or all to one. */
export function asffContext({ scope, tool }: Pick<Report, 'scope' | 'tool'>, hub?: string): AsffContext {
  const pages = scope.rules.flatMap(({ id, references = [] }) => {
    const url = references.map((reference) => reference.url).find((text) => /^https:\/\/[!-~]+$/.test(text));
    return url === undefined ? [] : [[id, url] as const];
  });
  return {
    time: scope.collectedAt ?? noTime,
    version: tool.version,
    pages: new Map(pages),
    ...(hub !== undefined && { hub }),
  };
}

/** The region of the hub where a finding belongs: what has no region is told where AWS tells of it. */
export const hubRegion = ({ resource: { region, partition } }: Finding): string =>
  region === 'global' ? endpointRegion(partition) : region;

/** The ARN under which Security Hub keeps what an account sends of its own (securityhub-custom-providers in its guide). */
export const productArn = (partition: string, region: string, account: string): string =>
  `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;

/** What passes or does not apply is archived, so that what was open before is closed; the unknown stays open. */
const complianceOf: Readonly<Record<Status, AsffFinding['Compliance']['Status']>> = {
  fail: 'FAILED',
  unknown: 'WARNING',
  pass: 'PASSED',
  'not-applicable': 'NOT_AVAILABLE',
};

const labels: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

/** The namespaces of Security Hub's taxonomy (securityhub-findings-format-type-taxonomy). */
const types = {
  practice: 'Software and Configuration Checks/AWS Security Best Practices',
  standard: 'Software and Configuration Checks/Industry and Regulatory Standards',
} as const;

/** One finding. Its id is its fingerprint, so that it is the same one in every run. */
export function asffOf(finding: Finding, context: AsffContext): AsffFinding {
  const { rule, status, severity, title, resource, controls, fingerprint } = finding;
  const isOpen = status === 'fail' || status === 'unknown';
  const requirements = requirementsOf(controls);
  const label = isOpen ? labels[severity] : labels.info;
  return {
    SchemaVersion: '2018-10-08',
    Id: `${generatorPrefix}${fingerprint}`,
    ProductArn: productArn(resource.partition, context.hub ?? hubRegion(finding), resource.account),
    ProductName: 'Trailproof',
    CompanyName: 'Trailproof',
    GeneratorId: cut(generatorPrefix + visible(rule), asffLimits.generatorId),
    AwsAccountId: resource.account,
    CreatedAt: context.time,
    UpdatedAt: context.time,
    Title: said([title, rule], asffLimits.title),
    Description: said([messageInShort(finding), title, rule], asffLimits.description),
    FindingProviderFields: {
      Severity: { Label: label, Original: severity },
      Types: requirements.length === 0 ? [types.practice] : [types.practice, types.standard],
    },
    Resources: [asffResource(resource)],
    Compliance: {
      Status: complianceOf[status],
      ...(requirements.length > 0 && { RelatedRequirements: requirements }),
    },
    RecordState: isOpen ? 'ACTIVE' : 'ARCHIVED',
    ...waived(finding, context),
    ...remediationOf(finding, context),
    ProductFields: fieldsOf(finding, context),
  };
}

const said = (candidates: readonly string[], length: number): string => cut(visible(firstText(candidates)), length);

/** The first requirement of each framework, then the second, so that no framework is cut off for another's length. */
function requirementsOf(controls: Finding['controls']): readonly string[] {
  const ranked = Object.entries(controls).flatMap(([framework, ids]) =>
    ids.map((id, rank) => ({ rank, text: cut(visible(`${framework}/${id}`), asffLimits.requirement) })),
  );
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, asffLimits.requirements)
    .map(({ text }) => text);
}

/** An accepted risk: its workflow is at its end, and the note says why. */
function waived(finding: Finding, { time }: AsffContext): Pick<AsffFinding, 'Workflow' | 'Note'> {
  const { waiver } = finding;
  if (!waiver || outcomeOf(finding) !== 'waived') return {};
  const note = { Text: cut(visible(waiverLine(waiver)), asffLimits.note), UpdatedBy: cut(visible(waiver.owner), 512) };
  return { Workflow: { Status: 'SUPPRESSED' }, Note: { ...note, UpdatedAt: time } };
}

function remediationOf({ rule, remediation }: Finding, { pages }: AsffContext): Pick<AsffFinding, 'Remediation'> {
  const [fix] = fixesOf(remediation);
  const page = pages.get(rule);
  const Recommendation = {
    ...(fix && { Text: cut(visible(fix.text), asffLimits.recommendation) }),
    ...(page !== undefined && { Url: page }),
  };
  return Object.keys(Recommendation).length === 0 ? {} : { Remediation: { Recommendation } };
}

function fieldsOf(finding: Finding, { version }: AsffContext): Readonly<Record<string, string>> {
  const { rule, status, resource, fingerprint, controls, waiver, baseline } = finding;
  const fields: Readonly<Record<string, string>> = {
    ProviderName: 'Trailproof',
    ProviderVersion: version,
    'trailproof/rule': rule,
    'trailproof/status': status,
    'trailproof/fingerprint': fingerprint,
    'trailproof/region': resource.region,
    'trailproof/evidence': evidenceLines(finding).join('; '),
    'trailproof/controls': controlLines(controls).join('; '),
    ...(waiver && { 'trailproof/waiver': waiverLine(waiver) }),
    ...(baseline && { 'trailproof/known-since': baseline.firstSeen }),
  };
  const shown = Object.entries(fields).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(shown.map(([name, value]) => [name, cut(visible(value), asffLimits.productField)]));
}

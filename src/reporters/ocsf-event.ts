import type { Finding, FindingResource, Status } from '../evaluation/finding.ts';
import { type Outcome, outcomeOf } from '../evaluation/tally.ts';
import type { Severity } from '../rules/rule.ts';
import { waiverLine } from './accepted-words.ts';
import { actionsToKnow, changeLines, evidenceLines, fixesOf } from './describe.ts';
import type { ReportRule } from './report.ts';
import { valueText } from './value-text.ts';

/** A number that OCSF gives a meaning, and its word for it. */
type Coded = readonly [id: number, caption: string];

/** The version of the schema that events keep to. They are valid in the later ones of version 1 as well. */
const schemaVersion = '1.5.0';

const severityCodes: Readonly<Record<Severity, Coded>> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
  info: [1, 'Informational'],
};

/** OCSF has no word for what does not apply: of `Other` the caption says what it is. */
const complianceCodes: Readonly<Record<Status, Coded>> = {
  pass: [1, 'Pass'],
  fail: [3, 'Fail'],
  unknown: [0, 'Unknown'],
  'not-applicable': [99, 'Not Applicable'],
};

/** What is the same for all events of a report. */
interface OcsfRun {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly version: string;
}

/** When the evidence was collected, never when the report was written. 0 where the report does not say it. */
export const timeOf = (collectedAt: string | undefined): number => Date.parse(collectedAt ?? '') || 0;

/** A finding as an event of class 2003, Compliance Finding (schema.ocsf.io), with the profile `cloud`. */
export function eventOf(finding: Finding, rule: ReportRule | undefined, { time, version }: OcsfRun) {
  const [statusId, status] = lifecycles[outcomeOf(finding)];
  const [severityId, severity] = severityOf(finding);
  const [vendorSeverityId, vendorSeverity] = severityCodes[finding.severity];
  return {
    // A report is told anew by each run, which does not know what became of the last one's events.
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_301,
    type_name: 'Compliance Finding: Create',
    time,
    severity_id: severityId,
    severity,
    vendor_attributes: { severity_id: vendorSeverityId, severity: vendorSeverity },
    status_id: statusId,
    status,
    ...(finding.waiver && { status_detail: waiverLine(finding.waiver) }),
    message: finding.message,
    metadata: {
      version: schemaVersion,
      product: { name: 'Trailproof', uid: 'trailproof', vendor_name: 'Trailproof', version },
      profiles: ['cloud'],
      event_code: finding.rule,
    },
    finding_info: findingInfo(finding, rule, time),
    compliance: compliance(finding, rule),
    ...remediation(finding, rule),
    resources: [resource(finding.resource)],
    cloud: cloud(finding.resource),
    ...unmapped(finding),
  };
}

/** What passes alarms nobody, however bad it would be if it failed. */
const severityOf = ({ status, severity }: Finding): Coded =>
  severityCodes[status === 'fail' || status === 'unknown' ? severity : 'info'];

/** What is to be done about it. An accepted risk is suppressed, and no longer than it is accepted. */
const lifecycles: Readonly<Record<Outcome, Coded>> = {
  pass: [4, 'Resolved'],
  'not-applicable': [99, 'Not Applicable'],
  waived: [3, 'Suppressed'],
  known: [99, 'Known'],
  fail: [1, 'New'],
  unknown: [1, 'New'],
};

function findingInfo(
  { rule: id, title, fingerprint, evidence, baseline }: Finding,
  rule: ReportRule | undefined,
  time: number,
) {
  const sources = [...new Set(evidence.flatMap(({ from }) => from ?? []))].toSorted();
  return {
    uid: fingerprint,
    title,
    ...(rule && { desc: rule.why }),
    analytic: { type_id: 1, type: 'Rule', uid: id, name: title },
    ...(sources.length > 0 && { data_sources: sources }),
    ...(baseline && { first_seen_time: timeOf(baseline.firstSeen) }),
    last_seen_time: time,
  };
}

function compliance(finding: Finding, rule: ReportRule | undefined) {
  const [statusId, status] = complianceCodes[finding.status];
  const parameters = Object.entries(rule?.parameters ?? {});
  const toKnow = actionsToKnow(finding).map((action) => `To know: allow ${action}`);
  const toPass = changeLines(finding).map((change) => `To pass: ${change}`);
  return {
    control: finding.rule,
    standards: Object.keys(finding.controls),
    requirements: Object.entries(finding.controls).flatMap(([framework, ids]) => ids.map((id) => `${framework}:${id}`)),
    ...(parameters.length > 0 && {
      control_parameters: parameters.map(([name, value]) => ({ name, value: valueText(value) })),
    }),
    status_id: statusId,
    status,
    status_details: [...evidenceLines(finding), ...toKnow, ...toPass],
  };
}

function remediation(finding: Finding, rule: ReportRule | undefined) {
  const fixes = fixesOf(finding.remediation).map(({ by, text }) =>
    by === 'text' ? text : `${by}:\n${text.trimEnd()}`,
  );
  if (fixes.length === 0) return {};
  const references = (rule?.references ?? []).map(({ url }) => url);
  return { remediation: { desc: fixes.join('\n\n'), ...(references.length > 0 && { references }) } };
}

const resource = ({ id, name, type, region, partition }: FindingResource) => ({
  uid: id,
  ...(name !== '' && { name }),
  type,
  cloud_partition: partition,
  ...regionOf(region),
});

const cloud = ({ account, region, partition }: FindingResource) => ({
  provider: 'AWS',
  cloud_partition: partition,
  ...regionOf(region),
  account: { uid: account, type_id: 10, type: 'AWS Account' },
});

/** `global` is no region of AWS. */
const regionOf = (region: string) => (region === 'global' ? {} : { region });

/** Whose decision it is, for which OCSF has no attribute. */
const unmapped = ({ waiver, baseline }: Finding) =>
  waiver || baseline ? { unmapped: { ...(waiver && { waiver }), ...(baseline && { baseline }) } } : {};

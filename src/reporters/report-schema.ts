import {
  type Finding,
  type FindingResource,
  type FindingSource,
  type FindingWaiver,
  reasonsNotJudged,
  statuses,
  waiverStates,
} from '../evaluation/finding.ts';
import type { FloorResult, FrameworkResult, RequirementResult, RuleResult } from '../evaluation/framework.ts';
import type { RuleVariant } from '../evaluation/rule-variants.ts';
import type { Change, Evidence } from '../proof/answer.ts';
import { coverages } from '../rules/pack.ts';
import { type Reference, type Remediation, severities } from '../rules/rule.ts';
import { acceptedSchemas } from './accepted-schema.ts';
import { coverageSchema } from './coverage-schema.ts';
import { anything, count, day, list, mapOf, objectOf, oneOf, type ReportSchema, text } from './object-schema.ts';
import type { Report, ReportGap, ReportPack, ReportRule, Summary } from './report.ts';

const controls = mapOf(list(text));

const gapOptional = { operation: true, resource: true, region: true, message: true, action: true } as const;
const gapProperties = { operation: text, resource: text, region: text, error: text, message: text, action: text };

const evidence = objectOf<Evidence>()(
  {
    path: text,
    expected: anything,
    actual: anything,
    from: text,
    resource: text,
    note: text,
    gap: objectOf<NonNullable<Evidence['gap']>>()(gapProperties, gapOptional),
    when: { const: true },
  },
  { expected: true, actual: true, from: true, resource: true, note: true, gap: true, when: true },
);

const resource = objectOf<FindingResource>()(
  { type: text, id: text, name: text, account: text, partition: text, region: text },
  {},
);

const finding = objectOf<Finding>()(
  {
    rule: text,
    status: oneOf(statuses),
    severity: oneOf(severities),
    title: text,
    message: text,
    resource,
    source: objectOf<FindingSource>()({ file: text, line: { type: 'integer', minimum: 1 } }, {}),
    evidence: list(evidence),
    toPass: list(list(objectOf<Change>()({ resource: text, path: text, set: anything }, {}))),
    controls,
    remediation: objectOf<Remediation>()(
      { text, cli: text, terraform: text, cloudformation: text },
      { text: true, cli: true, terraform: true, cloudformation: true },
    ),
    notJudged: oneOf(reasonsNotJudged),
    waiver: objectOf<FindingWaiver>()({ state: oneOf(waiverStates), reason: text, owner: text, expires: day }, {}),
    baseline: objectOf<NonNullable<Finding['baseline']>>()(
      { firstSeen: day, overdue: { const: true } },
      { overdue: true },
    ),
    fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
  },
  { source: true, toPass: true, remediation: true, notJudged: true, waiver: true, baseline: true },
);

const variant = objectOf<RuleVariant>()(
  {
    by: list(text),
    severity: oneOf(severities),
    skipped: { const: true },
    parameters: mapOf(anything),
    unset: list(text),
  },
  { skipped: true, parameters: true, unset: true },
);

const rule = objectOf<ReportRule>()(
  {
    id: text,
    title: text,
    severity: oneOf(severities),
    resource: text,
    why: text,
    controls,
    references: list(objectOf<Reference>()({ title: text, url: text }, {})),
    actions: list(text),
    remediation: mapOf(text),
    parameters: mapOf(anything),
    unset: list(text),
    variants: list(variant),
  },
  { references: true, remediation: true, parameters: true, unset: true, variants: true },
);

const scope = objectOf<Report['scope']>()(
  {
    accounts: list(text),
    regions: list(text),
    rules: list(rule),
    inputs: list(text),
    collectedAt: text,
    collectedUntil: text,
    now: text,
    packs: list(objectOf<ReportPack>()({ name: text, rules: count, of: count }, {})),
  },
  { collectedAt: true, collectedUntil: true, now: true, packs: true },
);

const summary = objectOf<Summary>()(
  {
    pass: count,
    fail: count,
    unknown: count,
    'not-applicable': count,
    known: count,
    waived: count,
    exitCode: oneOf([0, 1, 2, 3, 4]),
  },
  { known: true, waived: true },
);

const floor = objectOf<FloorResult>()(
  {
    parameter: text,
    value: anything,
    floor: anything,
    stricter: oneOf(['higher', 'lower', 'more', 'fewer']),
    holds: oneOf(['no', 'unknown']),
  },
  // JSON has no undefined: a parameter that an older report does not tell is left out.
  { value: true, stricter: true },
);

const ruleResult = objectOf<RuleResult>()(
  {
    rule: text,
    assertedBy: list(text),
    generic: { const: true },
    status: oneOf(statuses),
    findings: objectOf<RuleResult['findings']>()(
      { fail: count, unknown: count, pass: count, 'not-applicable': count },
      {},
    ),
    reason: text,
    floors: list(floor),
  },
  { assertedBy: true, generic: true, reason: true, floors: true },
);

const requirementResult = objectOf<RequirementResult>()(
  {
    id: text,
    title: text,
    coverage: oneOf(coverages),
    status: oneOf([...statuses, 'manual']),
    note: text,
    rules: list(ruleResult),
  },
  { note: true },
);

const framework = objectOf<FrameworkResult>()(
  {
    name: text,
    title: text,
    about: text,
    summary: objectOf<FrameworkResult['summary']>()(
      { pass: count, fail: count, unknown: count, 'not-applicable': count, manual: count, partial: count },
      {},
    ),
    requirements: list(requirementResult),
  },
  {},
);

/** What a saved report has to be before it may be rendered again. Its order of properties is the order in the file. */
export const reportSchema: ReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...objectOf<Report>()(
    {
      trailproof: { const: 'report/1' },
      tool: objectOf<Report['tool']>()({ name: { const: 'trailproof' }, version: text }, {}),
      scope,
      summary,
      ...acceptedSchemas,
      frameworks: list(framework),
      coverage: coverageSchema,
      findings: list(finding),
      gaps: list(objectOf<ReportGap>()({ ...gapProperties, account: text }, gapOptional)),
    },
    { gate: true, waivers: true, baseline: true, frameworks: true, coverage: true },
  ),
};

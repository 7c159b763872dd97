import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { compileRule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

export const home = '111122223333';
export const other = '999988887777';
export const trailArn = (name: string, region = 'us-east-1', account = home): string =>
  `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;

/** A trail of us-east-1 with nothing set. */
export const trail = (name: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  TrailARN: trailArn(name),
  Name: name,
  HomeRegion: 'us-east-1',
  ...more,
});

export const bucket = (name: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  Name: name,
  BucketRegion: 'us-east-1',
  ...more,
});

type Resources = Readonly<Record<string, readonly object[]>>;

/** A snapshot written by hand, unless it says what was asked. */
export function snapshotWith(resources: Resources, more: Partial<Snapshot> = {}): Snapshot {
  return {
    trailproof: 'snapshot/1',
    account: { id: home, partition: 'aws' },
    collectedAt: '2026-11-20T09:00:00Z',
    regions: ['us-east-1'],
    resources: resources as Snapshot['resources'],
    ...more,
  };
}

/** A rule on trails, unless it says otherwise. */
export const ruleWith = (more: Partial<RuleDefinition>): RuleDefinition => ({
  id: 'made-up',
  title: 'Made up',
  severity: 'medium',
  resource: 'AWS::CloudTrail::Trail',
  why: 'Because.',
  require: {},
  ...more,
});

export interface Setting {
  readonly registry?: Registry;
  /** The values that somebody set. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly critical?: readonly CriticalSelector[];
}

/** What a rule finds in a snapshot. A problem of the rule, or a crash, is thrown. */
export function findingsOf(
  rule: Partial<RuleDefinition>,
  snapshot: Snapshot,
  setting: Setting = {},
): readonly Finding[] {
  const { registry = resourceTypes, values = {}, critical = [] } = setting;
  const compiled = compileRule(ruleWith(rule), { registry, parameters: values, criticalTags: true });
  if (compiled.problems.length > 0) throw new Error(JSON.stringify(compiled.problems));
  const { findings, crashes } = evaluate(
    [compiled.rule],
    viewAccount(snapshot, { registry, critical }),
    snapshot.collectedAt,
  );
  const [crash] = crashes;
  if (crash) throw crash.error;
  return findings;
}

/** The finding about one resource, by its name. */
export function findingOf(
  rule: Partial<RuleDefinition>,
  snapshot: Snapshot,
  name = 'main',
  setting: Setting = {},
): Finding {
  const findings = findingsOf(rule, snapshot, setting);
  const found = findings.find(({ resource }) => resource.name === name);
  if (!found) throw new Error(`no finding for ${name}: ${findings.map(({ resource }) => resource.name).join(', ')}`);
  return found;
}

import { AppError } from '../errors.ts';
import { redactIds } from '../sources/pseudonyms.ts';
import { check } from './check.ts';
import { prove } from './prove.ts';
import { render } from './render.ts';
import { collect, scan } from './scan.ts';

export type { Proof, ProvenChain, ProvenLink } from '../cli/proof.ts';
export type { Call } from '../collectors/call.ts';
export type { Refusal } from '../collectors/refusal.ts';
export type { ErrorCode } from '../errors.ts';
export type {
  AccountCoverage,
  ClassCoverage,
  CoverageChain,
  CoverageLink,
  ReportCoverage,
} from '../evaluation/coverage.ts';
export type { Finding, FindingResource, Status } from '../evaluation/finding.ts';
export type {
  FloorResult,
  FrameworkResult,
  RequirementResult,
  RequirementStatus,
  RuleResult,
} from '../evaluation/framework.ts';
export type { ExitCode } from '../evaluation/gate.ts';
export type { Change, Evidence, Truth } from '../proof/answer.ts';
export type { Format } from '../reporters/index.ts';
export type { Report, ReportGap, ReportPack, ReportRule, Summary, WholeReport } from '../reporters/report.ts';
export type { Parameters, Remediation, Severity } from '../rules/rule.ts';
export type { CriticalSelector } from '../snapshot/resource-view.ts';
export type { Absent, Asked, Gap, Item, Snapshot, SnapshotAccount } from '../snapshot/snapshot.ts';
export type { Credentials } from '../sources/aws-clients.ts';
export type { CheckOptions } from './check.ts';
export type { Input } from './input.ts';
export type { EventFields, ProveOptions } from './prove.ts';
export type { RenderOptions } from './render.ts';
export type { GateOptions, RuleOptions } from './rules.ts';
export type { AwsOptions, CollectOptions, ScanOptions } from './scan.ts';
/** What programs import: the commands as functions. They write to no stream, end no process, and throw `AppError`. */
export { AppError, check, collect, prove, redactIds, render, scan };

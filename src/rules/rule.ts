import type { EventSets } from './event-sets.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export const families = [
  'trail',
  'delivery',
  'data-events',
  'lake',
  'log-bucket',
  'log-group',
  'monitor',
  'notify',
  'eventbridge',
  'config',
  'query',
  'organization',
] as const;

/** How to mend it, one text a tool. `{TrailARN}` stands for the judged resource's own property. */
export interface Remediation {
  readonly text?: string;
  readonly cli?: string;
  readonly terraform?: string;
  readonly cloudformation?: string;
}

export interface Reference {
  readonly title: string;
  readonly url: string;
}

export type ParameterType = 'integer' | 'number' | 'string' | 'boolean' | 'duration' | 'events' | 'list';

export interface Parameter {
  readonly type: ParameterType;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  /** A text that is none of these is a mistake. */
  readonly values?: readonly string[];
  /** Events by name: a class, the name of another set, or a list of these. */
  readonly sets?: EventSets;
  /** Which way a pack's bound holds. */
  readonly stricter?: 'higher' | 'lower' | 'more' | 'fewer';
  readonly why?: string;
}

/** Values of parameters, by rule and name. */
export type Parameters = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type Condition = Readonly<Record<string, unknown>>;

/** A rule as it is written: one YAML file (design §4). */
export interface RuleDefinition {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The resource type: one finding for each resource of it. */
  readonly resource: string;
  readonly why: string;
  /** What passes and what fails, in an auditor's words. */
  readonly passes?: string;
  readonly fails?: string;
  readonly controls?: Readonly<Record<string, readonly string[]>>;
  readonly references?: readonly Reference[];
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** Others are not-applicable, and the finding says why. */
  readonly when?: Condition;
  readonly whenNone?: 'fail' | 'not-applicable';
  readonly require: Condition;
  /** Said instead of the evidence when it fails. */
  readonly message?: string;
  readonly remediation?: Remediation;
}

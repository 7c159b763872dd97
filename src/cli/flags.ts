import { boolean, integer, option, string } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { statuses } from '../evaluation/finding.ts';
import { formats } from '../reporters/index.ts';
import { severities } from '../rules/rule.ts';
import { gateFlags } from './gate-flags.ts';
import { readingLimits } from './reading-limits.ts';
import { list, many } from './repeatable.ts';
import { notReplayed } from './target-flags.ts';

/** Which rules, with which parameters. */
export const ruleFlags = {
  rules: string({
    ...many,
    helpGroup: 'RULES',
    helpValue: 'PACK|DIR|FILE',
    description:
      'Packs, and files and folders of rules and packs of your own (repeatable). Default: the pack recommended; with --only all built-in rules.',
  }),
  only: string({
    ...list,
    helpGroup: 'RULES',
    helpValue: 'WORD',
    description:
      "Only these: ids, globs ('log-bucket-*'), severities, families, controls (cis-aws-foundations-3.0.0:3.1).",
  }),
  skip: string({
    ...list,
    helpGroup: 'RULES',
    helpValue: 'WORD',
    description: 'Not these: the same words as for --only.',
  }),
  severity: option({ options: severities })({
    helpGroup: 'RULES',
    description: 'Only rules of this severity and worse.',
  }),
  parameter: string({
    ...many,
    helpGroup: 'RULES',
    helpValue: 'RULE.NAME=VALUE',
    description: "Set a rule's parameter (repeatable); lists are written a,b or as JSON.",
  }),
  config: string({
    helpGroup: 'RULES',
    helpValue: 'FILE',
    description: 'The config. Default: trailproof.yaml in the working directory, if there is one.',
  }),
};

/** Shows what a run would go by. */
export const printConfigFlag = {
  'print-config': boolean({
    helpGroup: 'RULES',
    description: 'Print the config that files, flags, packs and defaults add up to, and where each value comes from.',
  }),
};

/** Whose requirements the report answers. */
export const frameworkFlag = {
  framework: string({
    ...list,
    helpGroup: 'REPORT',
    helpValue: 'PACK',
    description:
      "Report on each requirement of this framework (repeatable). Without --rules and --only the framework's rules run.",
  }),
};

/** How the report is said, and where to. */
export const reportFlags = {
  format: option({ options: formats, ...many })({
    helpGroup: 'REPORT',
    description: 'Default: text. At most one format goes to standard output.',
  }),
  output: string({
    ...many,
    helpGroup: 'REPORT',
    helpValue: 'FORMAT=PATH',
    description: 'Write that format to a file (repeatable).',
  }),
  'group-by': option({ options: ['resource', 'rule'] as const })({
    helpGroup: 'REPORT',
    default: 'resource',
    description: 'How the text report is grouped.',
  }),
  show: option({ options: statuses, ...list })({
    helpGroup: 'REPORT',
    description: 'The statuses that text and markdown print. Default: fail,unknown.',
  }),
  'sarif-suppressed': boolean({
    helpGroup: 'REPORT',
    description: 'Keep waived findings in SARIF, as suppressed. GitHub opens alerts of them.',
  }),
  location: option({ options: ['source', 'resource'] as const })({
    helpGroup: 'REPORT',
    default: 'source',
    description:
      'Where sarif, gitlab and github show findings: at the line of the file, or at a path that stands for the resource.',
  }),
  ...gateFlags,
  quiet: boolean({ char: 'q', helpGroup: 'REPORT', description: 'Only errors on standard error.' }),
  'no-color': boolean({ helpGroup: 'REPORT', description: 'No colours. NO_COLOR and FORCE_COLOR are respected too.' }),
};

/** What the verdicts rest on besides rules and snapshot. */
export const runFlags = {
  now: string({
    helpGroup: 'RUN',
    helpValue: 'TIME',
    description: 'Judge as of this time (ISO 8601). Default: when the snapshot was collected.',
  }),
  'allow-empty': boolean({ helpGroup: 'RUN', description: 'Having no rule or no account to judge is not an error.' }),
};

/** Whether the report says what becomes of events. */
export const coverageFlag = {
  coverage: boolean({
    helpGroup: 'REPORT',
    description:
      'Work out what is recorded, kept and noticed in each account and region, for json too; html always does. It reads what prove reads as well.',
  }),
};

/** Whether what is said of a scan is of one that works out the coverage. */
export const scanCoverageFlag = {
  coverage: boolean({
    description: 'For a scan with --coverage or with html output, also by the config: it reads more.',
  }),
};

/** Which account is read from a recording that does not say it itself. */
export const accountFlag = {
  account: string({
    helpGroup: 'RUN',
    helpValue: 'ID',
    description: 'The account of a recording that does not name it.',
  }),
};

/** How AWS, or a recording of it, is read. */
export const liveFlags = {
  profile: string({ helpGroup: 'AWS', helpValue: 'NAME', exclusive: ['replay'], description: 'The AWS profile.' }),
  'role-arn': string({
    helpGroup: 'AWS',
    helpValue: 'ARN',
    ...notReplayed,
    description: 'A role to assume; its account is read.',
  }),
  'external-id': string({
    helpGroup: 'AWS',
    helpValue: 'ID',
    ...notReplayed,
    description: 'The external id that the role requires.',
  }),
  region: string({
    ...list,
    helpGroup: 'AWS',
    helpValue: 'REGION',
    description: 'Only these regions (repeatable). Default: all enabled ones. What is left out is unknown.',
  }),
  'exclude-region': string({ ...list, helpGroup: 'AWS', helpValue: 'REGION', description: 'Not these regions.' }),
  record: string({
    helpGroup: 'AWS',
    helpValue: 'FILE',
    ...notReplayed,
    description: 'Write every call with its answer to a file, redacted.',
  }),
  replay: string({
    helpGroup: 'AWS',
    helpValue: 'FILE',
    description: 'Read a recording instead of AWS: no network, no credentials.',
  }),
  timeout: string({
    helpGroup: 'AWS',
    helpValue: 'SECONDS',
    default: String(readingLimits.timeout),
    description: 'How long one call may take.',
  }),
  deadline: string({
    helpGroup: 'AWS',
    helpValue: 'SECONDS',
    default: String(readingLimits.deadline),
    description: 'How long the whole scan may take; what is missing by then is unknown.',
  }),
  verbose: boolean({
    helpGroup: 'AWS',
    default: false,
    description: 'Print each call and its outcome on standard error.',
  }),
  'max-concurrency': integer({
    helpGroup: 'AWS',
    helpValue: 'N',
    min: 1,
    description: 'How many calls may be under way at once. Default: 48.',
  }),
};

/** What else is taken out of what is written of an account. */
export const redactFlag = {
  redact: option({ options: ['ids'] as const })({
    helpGroup: 'AWS',
    description: 'Write made-up ids of accounts, organizations, users and keys into the recording.',
  }),
};

export type RuleFlags = InferredFlags<typeof ruleFlags>;
export type FrameworkFlag = InferredFlags<typeof frameworkFlag>;
export type ReportFlags = InferredFlags<typeof reportFlags>;
export type RunFlags = InferredFlags<typeof runFlags>;
export type CoverageFlag = InferredFlags<typeof coverageFlag>;
export type RedactFlag = InferredFlags<typeof redactFlag>;
export type LiveFlags = InferredFlags<typeof liveFlags> & InferredFlags<typeof accountFlag>;

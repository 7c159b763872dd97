import { boolean, integer, option, string } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { statuses } from '../evaluation/finding.ts';
import { reporters } from '../reporters/index.ts';
import { severities } from '../rules/rule.ts';
import { gateFlags } from './gate-flags.ts';
import { roleName } from './policy-text.ts';
import { readingLimits } from './reading-limits.ts';

const many = { multiple: true, multipleNonGreedy: true } as const;
const list = { ...many, delimiter: ',' } as const;

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
  skip: string({ ...list, helpGroup: 'RULES', helpValue: 'WORD', description: 'Not these; the same words.' }),
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

/** Whose requirements the report answers. */
export const frameworkFlag = {
  framework: string({
    ...list,
    helpGroup: 'REPORT',
    helpValue: 'PACK',
    description:
      "Say what the rules mean for each requirement of this framework (repeatable). Without --rules and --only the framework's rules run.",
  }),
};

/** How the report is said, and where to. */
export const reportFlags = {
  format: option({
    options: Object.keys(reporters) as (keyof typeof reporters)[],
    multiple: true,
    multipleNonGreedy: true,
  })({
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
  ...gateFlags,
  quiet: boolean({ char: 'q', helpGroup: 'REPORT', description: 'Nothing on standard error but errors.' }),
  'no-color': boolean({ helpGroup: 'REPORT', description: 'No colours. NO_COLOR and FORCE_COLOR are respected too.' }),
};

/** What the verdicts rest on besides rules and snapshot. */
export const runFlags = {
  now: string({
    helpGroup: 'RUN',
    helpValue: 'TIME',
    description: 'Judge as of this time (ISO 8601). Default: when the snapshot was collected.',
  }),
  'allow-empty': boolean({ helpGroup: 'RUN', description: 'No rule or no account to judge is not an error.' }),
};

/** Which account is read from a recording that does not say it itself. */
export const accountFlag = {
  account: string({
    helpGroup: 'RUN',
    helpValue: 'ID',
    description: 'The account of a recording that does not say it.',
  }),
};

/** How AWS, or a recording of it, is read. */
export const liveFlags = {
  profile: string({ helpGroup: 'AWS', helpValue: 'NAME', exclusive: ['replay'], description: 'The AWS profile.' }),
  'role-arn': string({
    helpGroup: 'AWS',
    helpValue: 'ARN',
    exclusive: ['replay'],
    description: 'A role to assume; its account is read.',
  }),
  'external-id': string({
    helpGroup: 'AWS',
    helpValue: 'ID',
    exclusive: ['replay'],
    description: 'The external id that the role demands.',
  }),
  region: string({
    ...list,
    helpGroup: 'AWS',
    helpValue: 'REGION',
    description: 'Only these regions (repeatable). Default: every enabled one. What is left out is unknown.',
  }),
  'exclude-region': string({ ...list, helpGroup: 'AWS', helpValue: 'REGION', description: 'Not these regions.' }),
  record: string({
    helpGroup: 'AWS',
    helpValue: 'FILE',
    exclusive: ['replay'],
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
    description: 'How long the whole reading may take; what is missing by then is unknown.',
  }),
  verbose: boolean({
    helpGroup: 'AWS',
    default: false,
    description: 'Say each call and what came of it, on standard error.',
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

const forTargets = { helpGroup: 'ACCOUNTS', exclusive: ['replay'] };

/** Which accounts are read, if not the one of the credentials, and how. */
export const targetFlags = {
  organization: boolean({
    ...forTargets,
    description: 'Every active account of the organization that the credentials belong to.',
  }),
  ou: string({
    ...list,
    ...forTargets,
    helpValue: 'ID',
    description: 'Only those at or below this root or organizational unit (repeatable).',
  }),
  'account-tag': string({
    ...many,
    ...forTargets,
    helpValue: 'KEY=VALUE',
    description: 'Only those with this tag (repeatable; of one key any value will do).',
  }),
  'account-id': string({
    ...list,
    ...forTargets,
    helpValue: 'ID',
    description: 'This account, beside those of the organization if they are asked for (repeatable).',
  }),
  'exclude-account': string({ ...list, ...forTargets, helpValue: 'ID', description: 'Not this account (repeatable).' }),
  'role-name': string({
    ...forTargets,
    helpValue: 'NAME',
    description: `The role that each account is entered by; one's own is read without. Default: ${roleName}. With --role-arn that role comes first and enters the accounts.`,
  }),
  'account-concurrency': integer({
    ...forTargets,
    helpValue: 'N',
    min: 1,
    description: 'How many accounts may be read at once. Default: 8.',
  }),
  checkpoint: string({
    ...forTargets,
    helpValue: 'DIR',
    description: 'Keep each account in this folder as soon as it is read, in a file that check reads.',
  }),
  resume: boolean({
    ...forTargets,
    dependsOn: ['checkpoint'],
    description: 'Go on with the checkpoint: accounts that were read are not read again.',
  }),
};

export type RuleFlags = InferredFlags<typeof ruleFlags>;
export type FrameworkFlag = InferredFlags<typeof frameworkFlag>;
export type ReportFlags = InferredFlags<typeof reportFlags>;
export type RunFlags = InferredFlags<typeof runFlags>;
export type RedactFlag = InferredFlags<typeof redactFlag>;
export type TargetFlags = InferredFlags<typeof targetFlags>;
export type LiveFlags = InferredFlags<typeof liveFlags> & InferredFlags<typeof accountFlag>;

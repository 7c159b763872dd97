import { boolean, integer, string } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { roleName } from './policy-text.ts';
import { list, many } from './repeatable.ts';

/** Of a flag that is about AWS itself: as `exclusive` the usage line would name the recording with each of them. */
export const notReplayed = { relationships: [{ type: 'none' as const, flags: ['replay'] }] };

const forTargets = { helpGroup: 'ACCOUNTS', ...notReplayed };

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
    description: 'Only those with this tag (repeatable; several values of one key are alternatives).',
  }),
  'account-id': string({
    ...list,
    ...forTargets,
    helpValue: 'ID',
    description: 'This account, in addition to those of the organization if you ask for them (repeatable).',
  }),
  'exclude-account': string({ ...list, ...forTargets, helpValue: 'ID', description: 'Not this account (repeatable).' }),
  'role-name': string({
    ...forTargets,
    helpValue: 'NAME',
    description: `The role through which each account is entered. Your own account needs none. Default: ${roleName}. With --role-arn that role is assumed first and enters the accounts.`,
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
    description: 'Continue the checkpoint: accounts that were read are not read again.',
  }),
};

export type TargetFlags = InferredFlags<typeof targetFlags>;

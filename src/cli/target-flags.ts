import { boolean, integer, string } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { roleName } from './policy-text.ts';
import { list, many } from './repeatable.ts';

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

export type TargetFlags = InferredFlags<typeof targetFlags>;

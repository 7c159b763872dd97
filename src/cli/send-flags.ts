import { string } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { many } from './repeatable.ts';

/** Where the report is sent, and how accounts are reached for that. */
export const sendFlags = {
  send: string({
    ...many,
    helpGroup: 'SENDING',
    helpValue: 'WHERE',
    description:
      'Send the report too (repeatable): security-hub[:REGION], config, s3://BUCKET/PREFIX, slack, or https://… for a signed summary.',
  }),
  'send-role': string({
    helpGroup: 'SENDING',
    helpValue: 'NAME',
    dependsOn: ['send'],
    description:
      'The role through which findings of other accounts are sent to their Security Hub. Your own account needs none.',
  }),
};

export type SendFlags = InferredFlags<typeof sendFlags>;

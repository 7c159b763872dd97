import { accountIdSchema } from '../snapshot/account-id.ts';
import { daySchema } from './waiver-schema.ts';

const name = { type: 'string', minLength: 1 };

/** The schema of a file of known failures. */
export const baselineSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'a baseline',
  type: 'object',
  additionalProperties: false,
  required: ['trailproof', 'entries'],
  properties: {
    trailproof: { const: 'baseline/1' },
    entries: {
      title: 'entries',
      type: 'array',
      items: {
        title: 'an entry',
        type: 'object',
        additionalProperties: false,
        required: ['fingerprint', 'rule', 'account', 'region', 'resource', 'firstSeen'],
        properties: {
          fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$', $comment: 'the fingerprint of a finding' },
          rule: name,
          account: accountIdSchema,
          region: name,
          resource: name,
          firstSeen: daySchema,
        },
      },
    },
  },
};

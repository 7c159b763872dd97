import { accountIdSchema } from '../snapshot/account-id.ts';

const name = { type: 'string', minLength: 1 };
/** Spaces say no more than nothing does. */
const saying = { type: 'string', pattern: '\\S', $comment: 'a text that says something' };

const oneOrMany = (one: object, words: string) => ({
  if: { type: 'array' },
  then: { type: 'array', minItems: 1, items: { ...one, $comment: words } },
  else: { ...one, $comment: `${words}, or a list of them` },
});

const match = {
  title: 'match',
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    account: oneOrMany(accountIdSchema, accountIdSchema.$comment),
    region: oneOrMany(name, 'a region, global or a glob'),
    resource: oneOrMany(name, 'the id of a resource or an ARN glob'),
    tags: {
      title: 'tags',
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        if: { type: 'array' },
        then: { type: 'array', minItems: 1, items: { type: 'string' } },
        else: { type: 'string', $comment: 'a value or a list of them' },
      },
    },
    fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$', $comment: 'the fingerprint of a finding' },
  },
};

/** A day as it is written in files. Whether there is such a day is another question. */
export const daySchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', $comment: 'a day such as 2026-12-31' };

/** The waivers of a config: accepted risks, each with who accepted it, why, and until when. */
export const waiversSchema = {
  title: 'waivers',
  type: 'array',
  items: {
    title: 'a waiver',
    type: 'object',
    additionalProperties: false,
    required: ['rule', 'reason', 'owner', 'expires'],
    properties: { rule: name, match, reason: saying, owner: saying, expires: daySchema },
  },
};

/** What no waiver of a config may do. */
export const waiverPolicySchema = {
  title: 'waiverPolicy',
  type: 'object',
  additionalProperties: false,
  properties: {
    maximumDays: { type: 'integer', minimum: 1 },
    never: { type: 'array', minItems: 1, items: name },
  },
};

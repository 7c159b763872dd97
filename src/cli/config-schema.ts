import { waiverPolicySchema, waiversSchema } from '../evaluation/waiver-schema.ts';
import { severities } from '../rules/rule.ts';

const name = { type: 'string', minLength: 1 };
const anything = {};
const names = { type: 'array', minItems: 1, items: name };
const accountIds = {
  type: 'array',
  minItems: 1,
  items: { type: 'string', pattern: '^\\d{12}$', $comment: 'a string of 12 digits' },
};
const unitIds = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'string',
    pattern: '^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$',
    $comment: 'the id of a root or an organizational unit such as ou-ab12-11111111',
  },
};

const targets = {
  title: 'targets',
  type: 'object',
  additionalProperties: false,
  properties: {
    organization: {
      if: { type: 'object' },
      then: {
        title: 'organization',
        type: 'object',
        additionalProperties: false,
        properties: {
          ous: { title: 'ous', ...unitIds },
          tags: {
            title: 'tags',
            type: 'object',
            minProperties: 1,
            additionalProperties: {
              if: { type: 'array' },
              then: names,
              else: { type: 'string', $comment: 'a value or a list of them' },
            },
          },
          exclude: { title: 'exclude', ...accountIds },
        },
      },
      else: { type: 'boolean', const: true },
    },
    accounts: { title: 'accounts', ...accountIds },
    roleName: {
      type: 'string',
      pattern: '^([\\w+=,.@-]+/)*[\\w+=,.@-]+$',
      $comment: 'the name of a role such as trailproof',
    },
    externalId: name,
    roleArn: {
      type: 'string',
      pattern: '^arn:[\\w-]+:iam::\\d{12}:role/.+$',
      $comment: 'the ARN of a role such as arn:aws:iam::111122223333:role/audit',
    },
  },
};

/** The schema of `trailproof.yaml` (design §7). */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'a config',
  type: 'object',
  additionalProperties: false,
  properties: {
    rules: {
      if: { type: 'array' },
      then: { title: 'rules', type: 'array', minItems: 1, items: name },
      else: { ...name, $comment: 'a pack, a folder or a file of rules, or a list of them' },
    },
    parameters: {
      title: 'parameters',
      type: 'object',
      additionalProperties: { title: 'the parameters of a rule', type: 'object', additionalProperties: anything },
    },
    critical: {
      title: 'critical',
      type: 'array',
      items: {
        if: { type: 'object' },
        then: {
          title: 'a critical tag',
          type: 'object',
          additionalProperties: false,
          required: ['tag'],
          properties: {
            tag: { title: 'tag', type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
          },
        },
        else: { ...name, $comment: 'a bucket name, an ARN glob or { tag: { key: value } }' },
      },
    },
    targets,
    waivers: waiversSchema,
    waiverPolicy: waiverPolicySchema,
    baseline: name,
    failOn: { enum: [...severities, 'never'] },
  },
};

import { severities } from '../rules/rule.ts';

const name = { type: 'string', minLength: 1 };
const anything = {};

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
      else: { ...name, $comment: 'a folder or file of rules, or a list of them' },
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
    failOn: { enum: [...severities, 'never'] },
  },
};

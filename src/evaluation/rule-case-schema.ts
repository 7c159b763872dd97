import { statuses } from './finding.ts';

const anyList = { type: 'array', items: {} };
const byName = { type: 'object', additionalProperties: {} };
const lists = { type: 'object', additionalProperties: anyList };

/** The schema of a rule's test file: a list of cases. What a case says of a snapshot is checked as a snapshot. */
export const ruleCasesSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'the cases of a rule',
  type: 'array',
  minItems: 1,
  items: {
    title: 'a case',
    type: 'object',
    additionalProperties: false,
    required: ['name', 'expect'],
    properties: {
      name: { type: 'string', minLength: 1 },
      snapshot: { type: 'object' },
      resources: lists,
      patch: byName,
      add: lists,
      remove: { type: 'array', items: { type: 'string' } },
      account: { type: 'object' },
      collectedAt: { type: 'string' },
      regions: { type: 'array', items: { type: 'string' } },
      operations: anyList,
      gaps: anyList,
      absent: anyList,
      parameters: byName,
      critical: anyList,
      expect: {
        if: { type: 'object' },
        then: { title: 'expect', minProperties: 1, additionalProperties: { enum: statuses } },
        else: { enum: statuses },
      },
      because: { type: 'string', minLength: 1 },
    },
  },
};

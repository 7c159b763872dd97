import { waiverPolicySchema, waiversSchema } from '../evaluation/waiver-schema.ts';
import { formats } from '../reporters/index.ts';
import { severities } from '../rules/rule.ts';
import { accountIdSchema } from '../snapshot/account-id.ts';
import { type ConfigKeyName, configKeys } from './config-keys.ts';
import { roleNamePattern, unitIdPattern } from './target-names.ts';

const name = { type: 'string', minLength: 1 };
const anything = {};
const names = { type: 'array', minItems: 1, items: name };
const accountIds = { type: 'array', minItems: 1, items: accountIdSchema };
const unitIds = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'string',
    pattern: unitIdPattern,
    $comment: 'the id of a root or an organizational unit such as ou-ab12-11111111',
  },
};

/** A value of each of these keys will do. */
const accountTags = {
  title: 'tags',
  type: 'object',
  minProperties: 1,
  additionalProperties: {
    if: { type: 'array' },
    then: names,
    else: { type: 'string', $comment: 'a value or a list of them' },
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
          tags: accountTags,
          exclude: { title: 'exclude', ...accountIds },
        },
      },
      else: { type: 'boolean', const: true },
    },
    accounts: { title: 'accounts', ...accountIds },
    roleName: {
      type: 'string',
      pattern: roleNamePattern,
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

/** One word or a list of them. */
const wordsFor = (title: string, $comment: string) => ({
  if: { type: 'array' },
  then: { title, ...names },
  else: { ...name, $comment },
});

const parameters = {
  title: 'parameters',
  type: 'object',
  additionalProperties: { title: 'the parameters of a rule', type: 'object', additionalProperties: anything },
};

const critical = {
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
};

const severitiesOfRules = { title: 'severities', type: 'object', additionalProperties: { enum: severities } };

const override = {
  title: 'an override',
  type: 'object',
  additionalProperties: false,
  required: ['match'],
  properties: {
    name: { ...name, $comment: 'how findings call it' },
    match: {
      title: 'match',
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        accounts: { title: 'accounts', ...accountIds },
        ous: { title: 'ous', ...unitIds },
        regions: { title: 'regions', ...names },
        tags: accountTags,
      },
    },
    parameters,
    severities: severitiesOfRules,
    skip: { title: 'skip', ...names },
  },
};

const schemas: Readonly<Record<ConfigKeyName, object>> = {
  rules: wordsFor('rules', 'a pack, a folder or a file of rules, or a list of them'),
  only: { title: 'only', ...names },
  skip: { title: 'skip', ...names },
  frameworks: { title: 'frameworks', ...names },
  parameters,
  severities: severitiesOfRules,
  critical,
  overrides: { title: 'overrides', type: 'array', items: override },
  targets,
  waivers: waiversSchema,
  waiverPolicy: waiverPolicySchema,
  baseline: name,
  failOn: { enum: [...severities, 'never'] },
  unknown: { enum: ['fail', 'warn', 'ignore'] },
  outputs: {
    title: 'outputs',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(formats.map((format) => [format, name])),
  },
};

/** The schema of `trailproof.yaml` (design §7). */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'a config',
  type: 'object',
  additionalProperties: false,
  properties: {
    extends: {
      ...wordsFor('extends', 'a pack or a config, or a list of them'),
      description: 'Packs and configs that hold first. What this file says comes over them.',
    },
    ...Object.fromEntries(
      Object.entries(schemas).map(([key, schema]) => [
        key,
        { ...schema, description: configKeys[key as ConfigKeyName].about },
      ]),
    ),
  },
};

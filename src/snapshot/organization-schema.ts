import { accountIdSchema } from './account-id.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const name: Schema = { type: 'string', minLength: 1 };
const listOf = (items: Schema): Schema => ({ type: 'array', items });

const record = (title: string, required: readonly string[], properties: Readonly<Record<string, Schema>>): Schema => ({
  title,
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** The JSON Schema (draft-07) of an organization record, which may stand beside snapshots (design: snapshot). */
export const organizationSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...record('an organization', ['trailproof', 'id', 'managementAccount', 'accounts'], {
    trailproof: { const: 'organization/1' },
    id: { type: 'string', pattern: '^o-[a-z0-9]{10,32}$', $comment: 'an id such as o-exampleorgid' },
    managementAccount: accountIdSchema,
    accounts: listOf(
      record('an account', ['id', 'state'], {
        id: accountIdSchema,
        name: text,
        state: name,
        parents: listOf(name),
        tags: { type: 'object', additionalProperties: text },
      }),
    ),
    delegatedAdministrators: listOf(
      record('a delegated administrator', ['account', 'service'], { account: accountIdSchema, service: name }),
    ),
    trustedServices: listOf(name),
    policies: listOf(
      record('a policy', ['id', 'type', 'content', 'targets'], {
        id: name,
        type: name,
        content: text,
        targets: listOf(name),
      }),
    ),
    gaps: listOf(record('a gap', ['operation', 'error'], { operation: name, error: name, message: text })),
  }),
};

import { expect, test } from 'vitest';
import { callOf, type Members } from '../../src/collectors/call.ts';
import { nextPage } from '../../src/collectors/paging.ts';
import { everything } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';

type Paginate = (config: { readonly client: object }, input: Members) => AsyncIterable<unknown>;

/** The SDK's own paginator of an operation, where it has one. */
async function paginatorOf(operation: string): Promise<readonly [Paginate, object] | undefined> {
  const { service, operation: name } = callOf(operation, '', {});
  const sdk: Readonly<Record<string, unknown>> = await import(`@aws-sdk/client-${service}`);
  const paginate = sdk[`paginate${name}`];
  const [, Client] = Object.entries(sdk).find(([own]) => own.endsWith('Client') && own !== '__Client') ?? [];
  if (typeof paginate !== 'function' || !Client) return undefined;
  return [paginate as Paginate, new (Client as new (config: Members) => object)({ region: 'us-east-1' })];
}

const paged = await Promise.all(
  [...everything(resourceTypes).operations.keys()].map(
    async (operation) => [operation, await paginatorOf(operation)] as const,
  ),
);

test.each(paged.flatMap(([operation, paginator]) => (paginator ? [[operation, ...paginator] as const] : [])))(
  'the next page of %s is asked for as the SDK does',
  async (_, paginate, client) => {
    const asked: Members[] = [];
    const read: string[] = [];
    /** A page in which every member is the token: what the SDK reads of it says which one is. */
    const first = new Proxy(
      {},
      { get: (_page, name) => (name === 'then' ? undefined : read.push(String(name)) && 'next') },
    );
    const send = async ({ input }: { readonly input: Members }) => {
      asked.push(Object.fromEntries(Object.entries(input).filter(([, value]) => value === 'next')));
      return asked.length === 1 ? first : {};
    };
    for await (const _page of paginate({ client: Object.assign(client, { send }) }, {}));
    expect(asked).toHaveLength(2);
    expect(nextPage({ [read[0] ?? '']: 'next' })).toEqual(asked[1]);
  },
);

test('what the SDK pages is found', () => {
  const found = paged.flatMap(([operation, paginator]) => (paginator ? [operation] : []));
  expect(found).toEqual(expect.arrayContaining(['kms:ListAliases', 'dynamodb:ListTables', 's3:ListBuckets']));
});

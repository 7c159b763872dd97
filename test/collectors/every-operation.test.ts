import { describe, expect, test } from 'vitest';
import type { Call, Members, Send } from '../../src/collectors/call.ts';
import { idOf as identityOf } from '../../src/collectors/identity.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { ResourceType } from '../../src/resource-types/resource-type.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { resourceNode } from '../../src/snapshot/spelling.ts';
import { callName, oneOf, region } from './answers-of-a-type.ts';
import { collectFrom } from './collect-in-memory.ts';
import { account, awsError, inMemoryAccount } from './in-memory-account.ts';

const types: readonly ResourceType[] = Object.values(resourceTypes);

const isCallOf = ({ service, operation }: Call, wanted: string): boolean =>
  `${service}:${operation}` === callName(wanted);

/** The account of one resource of a type, of which the answers to one operation are others. */
function collected(type: ResourceType, operation?: string, answer?: (call: Call, whole: unknown) => unknown) {
  const { registry, plan, answers } = oneOf(type, resourceTypes);
  const { send } = inMemoryAccount(answers);
  const seam: Send = async (call) => {
    const whole = await send(call);
    return operation !== undefined && isCallOf(call, operation) && answer ? answer(call, whole) : whole;
  };
  return collectFrom(answers, { registry, plan, send: seam });
}

const refusing = (code: string) => () => {
  throw awsError(code);
};
const resourcesOf = (snapshot: Snapshot, { name }: ResourceType) => snapshot.resources[name] ?? [];
const gapsOf = ({ gaps = [] }: Snapshot) => gaps.map(({ message: _, ...gap }) => gap);

/** The type as if nothing listed it: what is there is named and looked up. */
const unlisted = ({ list: _, ...type }: ResourceType): ResourceType => type;

/** The id by which gaps call the one resource. */
const idOf = (type: ResourceType): string | undefined =>
  identityOf(type, oneOf(type, resourceTypes).item, { account, region });

describe.each(types.map((type) => [type.name, type] as const))('%s', (_, type) => {
  const reads = Object.entries(type.reads);

  test('is read with all that is declared of it, and without a gap', async () => {
    const snapshot = await collected(type);
    expect(gapsOf(snapshot)).toEqual([]);
    expect(resourcesOf(snapshot, type).map((item) => Object.keys(item))).toEqual([
      Object.keys(resourceNode(type).properties),
    ]);
  });

  test.each(reads.map(([operation, { gives }]) => [operation, Object.keys(gives)] as const))(
    '%s refused is a gap of the resource, and what it gives is left out',
    async (operation, given) => {
      const [whole, refused] = [await collected(type), await collected(type, operation, refusing('AccessDenied'))];
      const [item = {}] = resourcesOf(whole, type);
      const rest = Object.fromEntries(Object.entries(item).filter(([name]) => !given.includes(name)));
      expect(resourcesOf(refused, type)).toEqual(Object.keys(rest).length > 0 ? [rest] : []);
      expect(gapsOf(refused)).toEqual([
        { operation, resource: idOf(type), region: expect.stringMatching(/./), error: 'AccessDenied' },
      ]);
    },
  );

  test.each(reads.flatMap(([operation, { notSet = [] }]) => notSet.map((code) => [operation, code] as const)))(
    '%s answers %s: it is not set, which is no gap',
    async (operation, code) => {
      const [notSet, refused] = [
        await collected(type, operation, refusing(code)),
        await collected(type, operation, refusing('AccessDenied')),
      ];
      expect(gapsOf(notSet)).toEqual([]);
      expect(notSet.absent).toEqual([]);
      expect(notSet.resources).toEqual(refused.resources);
    },
  );

  const { list, lookup } = type;

  test.each(list ? [list.operation] : [])('%s refused is a gap of the listing', async (operation) => {
    const refused = await collected(type, operation, refusing('AccessDenied'));
    expect(resourcesOf(refused, type)).toEqual([]);
    expect(gapsOf(refused)).toContainEqual({ operation, ...(!list?.once && { region }), error: 'AccessDenied' });
  });

  test.each(list?.notSet ?? [])('answers %s to its listing: there is none, which is no gap', async (code) => {
    const none = await collected(type, list?.operation, refusing(code));
    expect(resourcesOf(none, type)).toEqual([]);
    expect(gapsOf(none)).toEqual([]);
  });

  test.each(lookup ? [lookup.operation] : [])('%s refused is a gap of what is named', async (operation) => {
    const refused = await collected(unlisted(type), operation, refusing('AccessDenied'));
    expect(resourcesOf(refused, type)).toEqual([]);
    expect(gapsOf(refused)).toEqual([{ operation, resource: idOf(type), region, error: 'AccessDenied' }]);
    expect(refused.absent).toEqual([]);
  });

  test.each(lookup?.notFound ?? [])('%s says that what is named is absent, which is no gap', async (code) => {
    const gone = await collected(unlisted(type), lookup?.operation, refusing(code));
    expect(resourcesOf(gone, type)).toEqual([]);
    expect(gapsOf(gone)).toEqual([]);
    expect(gone.absent).toEqual([{ operation: lookup?.operation, resource: idOf(type), error: code }]);
  });

  const listsOf = (answer: unknown): readonly string[] =>
    Object.entries(answer as Members).flatMap(([name, value]) => (Array.isArray(value) ? [name] : []));
  const paged = Object.entries(oneOf(type, resourceTypes).answers).filter(
    ([name, answer]) =>
      [list?.operation, ...Object.keys(type.reads)].some((it) => it !== undefined && callName(it) === name) &&
      listsOf(answer({}, region)).length > 0,
  );
  /** All that is in the answer's lists comes with its second page. */
  const inTwo = (call: Call, whole: unknown, second: (whole: unknown) => unknown): unknown => {
    if (Object.hasOwn(call.params, 'NextToken')) return second(whole);
    const emptied = listsOf(whole).map((name) => [name, []]);
    return { ...(whole as Members), ...Object.fromEntries(emptied), NextToken: 'second page' };
  };

  test.each(paged.map(([name]) => name))('%s is read to its second page, the first an empty one', async (name) => {
    const operation = operationOf(name);
    const inPages = await collected(type, operation, (call, whole) => inTwo(call, whole, (it) => it));
    expect(inPages).toEqual(await collected(type));
  });

  test.each(paged.map(([name]) => name))('%s refused at its second page is a gap', async (name) => {
    const operation = operationOf(name);
    const cut = await collected(type, operation, (call, whole) => inTwo(call, whole, refusing('ThrottlingException')));
    expect(gapsOf(cut).map(({ operation: of, error }) => [of, error])).toContainEqual([
      operation,
      'ThrottlingException',
    ]);
    const given = Object.keys(type.reads[operation]?.gives ?? {});
    expect(
      resourcesOf(cut, type)
        .flatMap((item) => Object.keys(item))
        .filter((it) => given.includes(it)),
    ).toEqual([]);
  });

  const operationOf = (name: string): string =>
    [list?.operation, ...Object.keys(type.reads)].find((it) => it !== undefined && callName(it) === name) ?? name;
});

import { type Call, isMembers, type Members, serviceOf } from '../collectors/call.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import { tagValues } from '../snapshot/plain-value.ts';
import { redactedValue } from '../snapshot/redacted.ts';

/** What the rules of a run read: `AWS::CloudTrail::Trail.tags`, `AWS::S3::Bucket.tags.data-class`. */
export type ValuesRead = ReadonlySet<string>;

/** Takes values out of the part of an answer that lies at a path. */
interface Hiding {
  readonly at: string;
  readonly hide: (part: unknown) => unknown;
}

/**
 * Takes out of answers what only some rules read, where these do not: the values of tags, whose keys stay, and whom a
 * topic tells. A rule that reads one after all finds it unknown.
 */
export function withoutUnread(registry: Registry, read: ValuesRead): (call: Call, answer: Members) => Members {
  const hidings = Map.groupBy(hidingsOf(registry, read), ([operation]) => operation);
  return ({ service, operation }, answer) => {
    const own = hidings.get(`${service}:${operation}`) ?? [];
    // An object stays one.
    return own.reduce<Members>((part, [, { at, hide }]) => inside(part, at.split('.'), hide) as Members, answer);
  };
}

function hidingsOf(registry: Registry, read: ValuesRead): readonly (readonly [string, Hiding])[] {
  const types = Object.values(registry);
  const tagged = types.flatMap(({ name, reads }) =>
    Object.entries(reads).flatMap(([operation, { at = '', gives }]) =>
      Object.hasOwn(gives, 'tags') ? [{ type: name, operation, at }] : [],
    ),
  );
  // Trails and event data stores have their tags by one and the same operation.
  const tags = [...Map.groupBy(tagged, ({ operation }) => operation)].map(([operation, places]) => {
    const isRead = (key: string): boolean =>
      places.some(({ type }) => read.has(`${type}.tags`) || read.has(`${type}.tags.${key}`));
    const at = (places[0]?.at ?? '').replaceAll(/\[[^\]]*\]/g, '*');
    const hide = (part: unknown) => tagValues(part, (key, value) => (isRead(key) ? value : hidden(value)));
    return [clientOperation(operation), { at, hide }] as const;
  });
  const listed = read.has('AWS::SNS::Topic.Subscriptions') ? [] : ['Subscriptions.*.Endpoint'];
  return [
    ...tags,
    ...listed.map((at) => ['sns:ListSubscriptionsByTopic', { at, hide: hiddenAddress }] as const),
    ['sns:GetSubscriptionAttributes', { at: 'Attributes.Endpoint', hide: hiddenAddress }],
  ];
}

const clientOperation = (operation: string): string =>
  `${serviceOf(operation)}:${operation.slice(operation.indexOf(':') + 1)}`;

/** That a value is empty says nothing of anybody. */
const hidden = (value: unknown): unknown => (value === '' ? value : redactedValue);

/** A function or queue is a resource; an address, a telephone number or a web hook with its key is somebody's. */
const hiddenAddress = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('arn:') ? value : redactedValue;

/** The value with another part at a path; `*` is every element of a list. */
function inside(value: unknown, [step, ...rest]: readonly string[], change: (part: unknown) => unknown): unknown {
  if (step === undefined || step === '') return change(value);
  if (step === '*') return Array.isArray(value) ? value.map((item) => inside(item, rest, change)) : value;
  if (!isMembers(value) || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: inside(value[step], rest, change) };
}

import type { Evidence } from '../../src/proof/answer.ts';
import { facts } from '../../src/proof/facts.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders, readOf } from '../../src/resource-types/operations.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { identify } from '../../src/snapshot/resource-view.ts';
import type { Gap, Item, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { RunnableCase } from './every-case.ts';
import { listings, operationsOf, withhold } from './withhold.ts';

/** Evidence that a list is all there is: its path ends in a relation or a type, not in a property or a fact. */
export const isOfListing = ({ path, from }: Evidence): boolean =>
  from !== undefined && listings.includes(from) && /^[a-z]|^AWS::/.test(lastWord(path)) && !isFact(path);

const isFact = (path: string): boolean => Object.hasOwn(facts, path.replace(/\[\d+\]$/, '').replace(/^.*\./, ''));

const lastWord = (path: string): string => path.split(/\]\.|\.(?=[A-Za-z]+$)/).at(-1) ?? '';

/** That a way back, or a type that others name, is complete also says where each that could point here points instead: the operations that tell. */
export function pointersAlong(item: Evidence): readonly string[] {
  if (!isOfListing(item)) return [];
  const word = lastWord(item.path);
  const registry: Registry = resourceTypes;
  // That none of an account's is the one says what the listing says of each.
  const listed = registry[registry['AWS::Account']?.members?.[word] ?? ''];
  if (listed) return finders(listed);
  return Object.values(registry).flatMap((type) =>
    Object.values(type.relations).flatMap((relation) => {
      if (relation.back !== word && relation.to !== word) return [];
      const operation = readOf(type, relation.by.split('.')[0] ?? '');
      return operation ? [operation] : finders(type);
    }),
  );
}

/** `trails[arn:…:trail/main]`: that the element is there at all. */
export const isElement = ({ path }: Evidence): boolean => /\[arn:[^\]]*\]$/.test(path);

/** The account without one item of evidence: the answer refused, the listing incomplete, the element not seen. */
export function lacking(snapshot: Snapshot, item: Evidence): Snapshot {
  const ofListing = isElement(item) || isOfListing(item);
  const resources = Object.entries(snapshot.resources).map(([typeName, items]) => {
    const type = (resourceTypes as Registry)[typeName];
    const isSeen = (it: Item) => !isElement(item) || !type || identify(type, it, snapshot.account) !== item.resource;
    return [typeName, items.filter(isSeen)] as const;
  });
  // What nothing lists is not seen when its own look-up is refused.
  const lookedUp = isElement(item) && item.from && !listings.includes(item.from);
  const refused = lookedUp ? [{ operation: item.from, resource: item.resource ?? '', error: 'AccessDenied' }] : [];
  return withhold(
    { ...snapshot, resources: Object.fromEntries(resources), gaps: [...(snapshot.gaps ?? []), ...refused] },
    {
      answer: (resource, operation) => ofListing || resource !== item.resource || operation !== item.from,
      listing: (operation) => !(ofListing && operation === item.from),
    },
  );
}

/** What a rule may ask of a snapshot: each operation of each resource, each listing, each region. What it does not declare does not matter, as the last of these tests shows. */
export function askable({ rule, snapshot }: RunnableCase) {
  const mayAsk = readingOf(rule);
  const answers = Object.entries(snapshot.resources).flatMap(([typeName, items]) => {
    const type = (resourceTypes as Registry)[typeName];
    if (!type) return [];
    return items.flatMap((item) =>
      operationsOf(type)
        .filter(mayAsk)
        .map((operation) => `${identify(type, item, snapshot.account)} ${operation}`),
    );
  });
  return { answers: [...new Set(answers)], listings: listings.filter(mayAsk), regions: snapshot.regions };
}

interface Refused {
  readonly answers: readonly string[];
  readonly listings: readonly string[];
  readonly regions: readonly string[];
  /** How far a refused listing got: every how many-th resource is not seen. */
  readonly unseen: number;
}

/** Less is known: a refused listing shows fewer resources, refused answers say nothing. */
export function knowLess(snapshot: Snapshot, { answers, listings: unlisted, regions, unseen }: Refused): Snapshot {
  const known = Object.entries(snapshot.resources).map(([typeName, items]) => {
    const { list } = (resourceTypes as Registry)[typeName] ?? {};
    const isCut = list && unlisted.includes(list.operation) && typeName !== 'AWS::Region';
    return [typeName, isCut ? items.filter((_, index) => index % unseen !== 0) : items] as const;
  });
  const left = withhold(
    { ...snapshot, resources: Object.fromEntries(known) },
    {
      answer: (resource, operation) => !answers.includes(`${resource} ${operation}`),
      listing: (operation) => !unlisted.includes(operation),
    },
  );
  return { ...left, gaps: [...(left.gaps ?? []), ...regions.map((region): Gap => ({ region, error: 'TimedOut' }))] };
}

/** Whether a rule declares an operation, or another that finds the same resources. */
export function readingOf({ operations }: RunnableCase['rule']): (operation: string) => boolean {
  const needs = (operation: string): boolean => operations.has(operation);
  return (operation) => needs(operation) || isFoundOtherwise(operation, needs);
}

/** A resource that is looked up by name need not be listed, and the other way round. */
const isFoundOtherwise = (operation: string, needs: (operation: string) => boolean): boolean =>
  Object.values(resourceTypes as Registry).some(
    (type) => finders(type).includes(operation) && finders(type).some(needs),
  );

import { assert, constantFrom, property, record, subarray, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { Evidence } from '../../src/proof/answer.ts';
import { facts } from '../../src/proof/facts.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders, readOf } from '../../src/resource-types/operations.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { identify } from '../../src/snapshot/resource-view.ts';
import type { Gap, Item, Snapshot } from '../../src/snapshot/snapshot.ts';
import { applyChanges } from './apply-change.ts';
import { type RunnableCase, runnableRules } from './every-case.ts';
import { allOperations, listings, operationsOf, withhold } from './withhold.ts';

const named = runnableRules.map((rule) => [rule.title, rule] as const);

const sameOne = (findings: readonly Finding[], { fingerprint }: Finding): Finding | undefined =>
  findings.find((it) => it.fingerprint === fingerprint);

const say = ({ name }: RunnableCase, { resource, status }: Finding, after: Finding | undefined, about = ''): string =>
  `${name}: ${resource.name} ${about} ${status} → ${after?.status}: ${after?.message}`;

/** Evidence that a list is all there is: its path ends in a relation or a type, not in a property or a fact. */
const isOfListing = ({ path, from }: Evidence): boolean =>
  from !== undefined && listings.includes(from) && /^[a-z]|^AWS::/.test(lastWord(path)) && !isFact(path);

const isFact = (path: string): boolean => Object.hasOwn(facts, path.replace(/\[\d+\]$/, '').replace(/^.*\./, ''));

const lastWord = (path: string): string => path.split(/\]\.|\.(?=[A-Za-z]+$)/).at(-1) ?? '';

/** That a way back, or a type that others name, is complete also says where each that could point here points instead: the operations that tell. */
function pointersAlong(item: Evidence): readonly string[] {
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

/** By these others know a resource: they cannot be taken away while it stays. */
const isIdentity = ({ path }: Evidence): boolean =>
  /(^|\.)(Name|RoleName|HomeRegion|TrailARN|Arn|RegionName|LogGroupArn|EventDataStoreArn)$/.test(path);

describe('what a failure says would make it pass, does', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) =>
      it.judge(it.snapshot).flatMap((finding) => {
        const [changes] = finding.toPass ?? [];
        if (finding.status !== 'fail' || !changes) return [];
        const after = sameOne(it.judge(applyChanges(it.snapshot, changes, resourceTypes)), finding);
        return after?.status === 'pass' ? [] : [say(it, finding, after, JSON.stringify(changes))];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('only failures say it', () => {
    const others = runnableRules.flatMap(({ cases }) =>
      cases.flatMap((it) => it.judge(it.snapshot).filter(({ status }) => status !== 'fail')),
    );
    expect(others.filter(({ toPass }) => toPass !== undefined)).toEqual([]);
  });
});

describe('the evidence is enough: without everything else the status stays', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) =>
      it.judge(it.snapshot).flatMap((finding) => {
        if (finding.status === 'unknown') return [];
        const said = new Set(finding.evidence.map(({ resource, from }) => `${resource} ${from}`));
        const listed = new Set(finding.evidence.filter(isOfListing).map(({ from }) => from));
        const along = new Set(finding.evidence.flatMap(pointersAlong));
        const left = withhold(it.snapshot, {
          answer: (resource, operation) => said.has(`${resource} ${operation}`) || along.has(operation),
          listing: (operation) => listed.has(operation),
        });
        const after = sameOne(it.judge(left), finding);
        return after?.status === finding.status
          ? []
          : [say(it, finding, after, JSON.stringify(finding.evidence.map(({ path, from }) => [path, from])))];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

/** `trails[arn:…:trail/main]`: that the element is there at all. */
const isElement = ({ path }: Evidence): boolean => /\[arn:[^\]]*\]$/.test(path);

/** The account without one item of evidence: the answer refused, the listing incomplete, the element not seen. */
function lacking(snapshot: Snapshot, item: Evidence): Snapshot {
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

const isSame = (a: Evidence, b: Evidence): boolean =>
  a.path === b.path && a.from === b.from && a.resource === b.resource;

describe('the evidence of a pass is needed: without any one item it no longer passes by it', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) =>
      it.judge(it.snapshot).flatMap((finding) => {
        if (finding.status !== 'pass') return [];
        return finding.evidence.flatMap((item) => {
          if (!item.from || isIdentity(item)) return [];
          const after = sameOne(it.judge(lacking(it.snapshot, item)), finding);
          // The judged resource itself was not seen: then nothing says that it passes.
          if (!after && isElement(item) && item.resource === finding.resource.id) return [];
          const otherwise = after?.status === 'pass' && !after.evidence.some((other) => isSame(other, item));
          return after?.status === 'unknown' || otherwise ? [] : [say(it, finding, after, item.path)];
        });
      }),
    );
    expect(wrong).toEqual([]);
  });
});

/** What could be asked of a snapshot: each operation of each resource, each listing, each region. */
function askable(snapshot: Snapshot) {
  const answers = Object.entries(snapshot.resources).flatMap(([typeName, items]) => {
    const type = (resourceTypes as Registry)[typeName];
    if (!type) return [];
    return items.flatMap((item) =>
      operationsOf(type).map((operation) => `${identify(type, item, snapshot.account)} ${operation}`),
    );
  });
  return { answers: [...new Set(answers)], listings, regions: snapshot.regions };
}

interface Refused {
  readonly answers: readonly string[];
  readonly listings: readonly string[];
  readonly regions: readonly string[];
  /** How far a refused listing got: every how many-th resource is not seen. */
  readonly unseen: number;
}

/** Less is known: a refused listing shows fewer resources, refused answers say nothing. */
function knowLess(snapshot: Snapshot, { answers, listings: unlisted, regions, unseen }: Refused): Snapshot {
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

/** A verdict on what is no longer seen is not lost in silence: something is said to be unknown instead. */
const isMissed = ({ status }: Finding, after: readonly Finding[]): boolean =>
  status === 'unknown' || status === 'not-applicable' ? after.length > 0 : after.some((it) => it.status === 'unknown');

describe('to know less never decides: a status stays or becomes unknown', () => {
  test.each(named)('%s', (_, { cases }) => {
    for (const it of cases) {
      const before = it.judge(it.snapshot);
      const { answers, listings: lists, regions } = askable(it.snapshot);
      const refused = record({
        answers: subarray(answers),
        listings: uniqueArray(constantFrom(...lists), { maxLength: 3 }),
        regions: subarray([...regions], { maxLength: 1 }),
        unseen: constantFrom(1, 2, 3),
      });
      assert(
        property(refused, (less) => {
          const after = it.judge(knowLess(it.snapshot, less));
          const wrong = before.flatMap((finding) => {
            const then = sameOne(after, finding);
            return !then || then.status === finding.status || then.status === 'unknown' ? [] : [say(it, finding, then)];
          });
          expect(wrong).toEqual([]);
          expect(before.filter((finding) => !sameOne(after, finding) && !isMissed(finding, after))).toEqual([]);
        }),
        { numRuns: 15, seed: 1 },
      );
    }
  });
});

describe('an operation that was not asked never decides', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) => {
      const asked: Snapshot = { ...it.snapshot, operations: allOperations };
      const before = it.judge(asked);
      return [...it.rule.operations.keys()].flatMap((missing) => {
        const left = withhold(asked, { answer: (_resource, operation) => operation !== missing, listing: () => true });
        const partial = {
          ...left,
          gaps: it.snapshot.gaps ?? [],
          operations: allOperations.filter((operation) => operation !== missing),
        };
        const after = it.judge(partial);
        return before.flatMap((finding) => {
          const then = sameOne(after, finding);
          const isFine =
            then?.status === finding.status || then?.status === 'unknown' || (!then && isMissed(finding, after));
          return isFine ? [] : [say(it, finding, then, `without ${missing}`)];
        });
      });
    });
    expect(wrong).toEqual([]);
  });
});

describe('what a rule does not declare to read does not matter: without it the findings are the same bytes', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) => {
      const needs = (operation: string): boolean => it.rule.operations.has(operation);
      const finds = (operation: string): boolean => needs(operation) || isFoundOtherwise(operation, needs);
      const left = withhold(it.snapshot, { answer: (_resource, operation) => finds(operation), listing: finds });
      const [before, after] = [it.snapshot, left].map((snapshot) => JSON.stringify(it.judge(snapshot)));
      return before === after ? [] : [`${it.name}: ${before} → ${after}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** A resource that is looked up by name need not be listed, and the other way round. */
const isFoundOtherwise = (operation: string, needs: (operation: string) => boolean): boolean =>
  Object.values(resourceTypes as Registry).some(
    (type) => finders(type).includes(operation) && finders(type).some(needs),
  );

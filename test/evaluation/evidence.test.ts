import { assert, constantFrom, property, record, subarray, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import type { Evidence } from '../../src/proof/answer.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { remember } from '../../src/snapshot/remember.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { applyChanges } from './apply-change.ts';
import { type RunnableCase, runnableRules } from './every-case.ts';
import { askable, isElement, isOfListing, knowLess, lacking, pointersAlong, readingOf } from './known-less.ts';
import { allOperations, withhold } from './withhold.ts';

const named = runnableRules.map((rule) => [rule.title, rule] as const);

const found = new WeakMap<RunnableCase, readonly Finding[]>();

/** What a rule says of a case as it is. */
const findingsOf = (it: RunnableCase): readonly Finding[] => remember(found, it, () => it.judge(it.snapshot));

const sameOne = (findings: readonly Finding[], { fingerprint }: Finding): Finding | undefined =>
  findings.find((it) => it.fingerprint === fingerprint);

const say = ({ name }: RunnableCase, { resource, status }: Finding, after: Finding | undefined, about = ''): string =>
  `${name}: ${resource.name} ${about} ${status} → ${after?.status}: ${after?.message}`;

/** By these others know a resource: they cannot be taken away while it stays. */
const isIdentity = ({ path }: Evidence): boolean =>
  /(^|\.)(Name|RoleName|HomeRegion|TrailARN|Arn|RegionName|LogGroupArn|EventDataStoreArn)$/.test(path);

describe('what a failure says would make it pass, does', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) =>
      findingsOf(it).flatMap((finding) => {
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
      cases.flatMap((it) => findingsOf(it).filter(({ status }) => status !== 'fail')),
    );
    expect(others.filter(({ toPass }) => toPass !== undefined)).toEqual([]);
  });
});

describe('the evidence is enough: without everything else the status stays', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) =>
      findingsOf(it).flatMap((finding) => {
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

const isSame = (a: Evidence, b: Evidence): boolean =>
  a.path === b.path && a.from === b.from && a.resource === b.resource;

describe('the evidence of a pass is needed: without any one item it no longer passes by it', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) =>
      findingsOf(it).flatMap((finding) => {
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

/** A verdict on what is no longer seen is not lost in silence: something is said to be unknown instead. */
const isMissed = ({ status }: Finding, after: readonly Finding[]): boolean =>
  status === 'unknown' || status === 'not-applicable' ? after.length > 0 : after.some((it) => it.status === 'unknown');

describe('to know less never decides: a status stays or becomes unknown', () => {
  test.each(named)('%s', (_, { cases }) => {
    for (const it of cases) {
      const before = findingsOf(it);
      const seen = new Set<string>();
      const { answers, listings: lists, regions } = askable(it);
      const refused = record({
        answers: subarray(answers),
        listings: uniqueArray(constantFrom(...lists), { maxLength: 3 }),
        regions: subarray([...regions], { maxLength: 1 }),
        unseen: constantFrom(1, 2, 3),
      });
      assert(
        property(refused, (less) => {
          const drawn = JSON.stringify(less);
          if (seen.has(drawn)) return;
          seen.add(drawn);
          const after = it.judge(knowLess(it.snapshot, less));
          const wrong = before.flatMap((finding) => {
            const then = sameOne(after, finding);
            return !then || then.status === finding.status || then.status === 'unknown' ? [] : [say(it, finding, then)];
          });
          expect(wrong).toEqual([]);
          expect(before.filter((finding) => !sameOne(after, finding) && !isMissed(finding, after))).toEqual([]);
        }),
        { numRuns: 6, seed: 1 },
      );
    }
  });
});

/** Each operation that the evidence rests on by itself, and all others that the rule declares together. */
function notAsked({ rule: { operations } }: RunnableCase, before: readonly Finding[]): readonly (readonly string[])[] {
  const said = new Set(before.flatMap(({ evidence }) => evidence.flatMap(({ from }) => from ?? [])));
  const { resting = [], others = [] } = Object.groupBy(operations.keys(), (it) =>
    said.has(it) ? 'resting' : 'others',
  );
  return [...resting.map((operation) => [operation]), others];
}

describe('an operation that was not asked never decides', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) => {
      const asked: Snapshot = { ...it.snapshot, operations: allOperations };
      const before = it.judge(asked);
      return notAsked(it, before).flatMap((missing) => {
        const isAsked = (operation: string): boolean => !missing.includes(operation);
        const left = withhold(asked, { answer: (_resource, operation) => isAsked(operation), listing: () => true });
        const partial = { ...left, gaps: it.snapshot.gaps ?? [], operations: allOperations.filter(isAsked) };
        const after = it.judge(partial);
        return before.flatMap((finding) => {
          const then = sameOne(after, finding);
          const isFine =
            then?.status === finding.status || then?.status === 'unknown' || (!then && isMissed(finding, after));
          return isFine ? [] : [say(it, finding, then, `without ${missing.join(', ')}`)];
        });
      });
    });
    expect(wrong).toEqual([]);
  });
});

describe('what a rule does not declare to read does not matter: without it the findings are the same bytes', () => {
  test.each(named)('%s', (_, { cases }) => {
    const wrong = cases.flatMap((it) => {
      const finds = readingOf(it.rule);
      const left = withhold(it.snapshot, { answer: (_resource, operation) => finds(operation), listing: finds });
      const [before, after] = [findingsOf(it), it.judge(left)].map((findings) => JSON.stringify(findings));
      return before === after ? [] : [`${it.name}: ${before} → ${after}`];
    });
    expect(wrong).toEqual([]);
  });
});

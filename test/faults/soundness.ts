import { expect } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders, readOf } from '../../src/resource-types/operations.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import type { Rule } from '../../src/rules/compile.ts';
import { operationsOf, rules } from './judge-account.ts';

const registry: Registry = resourceTypes;
const types = Object.values(registry);

const line = ({ rule, resource, status, message }: Finding): string =>
  `${rule} ${resource.id} ${status}: ${message.slice(0, 200)}`;

const byFingerprint = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((finding) => [finding.fingerprint, finding]));

/** To know less decides nothing: what was found stays as it was or becomes unknown, and nothing else is found. */
export function expectNothingDecided(before: readonly Finding[], after: readonly Finding[]): void {
  const was = byFingerprint(before);
  const decided = after.filter(
    ({ fingerprint, status }) => status !== 'unknown' && was.get(fingerprint)?.status !== status,
  );
  // Of what is only named, and may or may not be there, nothing is demanded.
  expect(decided.filter(({ status }) => status !== 'not-applicable').map(line)).toEqual([]);
  expect(decided.filter(({ fingerprint }) => was.has(fingerprint)).map(line)).toEqual([]);
  // A rule that has nothing to say of a resource says nothing less when the resource is not seen.
  const said = before.filter(({ status }) => status !== 'not-applicable');
  expect(said.filter((finding) => isLost(finding, after)).map(line)).toEqual([]);
}

/** A resource that is no longer seen is not gone in silence: its rule says that there may be others. */
function isLost({ rule, fingerprint }: Finding, after: readonly Finding[]): boolean {
  if (after.some((finding) => finding.fingerprint === fingerprint)) return false;
  return !after.some((finding) => finding.rule === rule && finding.status === 'unknown');
}

/** What is unknown and was not, because that operation was asked and not answered. */
export function newlyUnknown(
  before: readonly Finding[],
  after: readonly Finding[],
  operation: string,
): readonly Finding[] {
  const was = byFingerprint(before);
  return after.filter(
    ({ fingerprint, status, evidence }) =>
      status === 'unknown' &&
      was.get(fingerprint)?.status !== 'unknown' &&
      evidence.some(({ gap }) => gap?.operation === operation && gap.error !== 'NotCollected'),
  );
}

/**
 * Whether a rule's findings may rest on an operation: it declares it, or another that finds the same resources. Of
 * those that it knows by name, a listing that other rules asked for says whether there are more.
 */
function mayRead(rule: Rule, operation: string): boolean {
  const declared = operationsOf(rule);
  const isFoundOtherwise = types.some((type) => {
    const found = finders(type);
    return found.includes(operation) && found.some((finder) => declared.has(finder));
  });
  return declared.has(operation) || isFoundOtherwise;
}

/** The findings of every rule that has nothing to do with an operation are the same bytes. */
export function expectOthersEqual(before: readonly Finding[], after: readonly Finding[], operation: string): void {
  const others = new Set(rules.filter((rule) => !mayRead(rule, operation)).map(({ definition }) => definition.id));
  const ofOthers = (findings: readonly Finding[]) => findings.filter(({ rule }) => others.has(rule));
  expect(JSON.stringify(ofOthers(after))).toBe(JSON.stringify(ofOthers(before)));
}

/** What finds resources: without it fewer are there to have findings. */
const finding = new Set(types.flatMap(finders));
export const isFinder = (operation: string): boolean => finding.has(operation);

/** The operations that a finding rests on by its own evidence. That nothing points here is said by the pointers. */
function evidenceOperations({ evidence }: Finding): ReadonlySet<string> {
  return new Set(
    evidence.flatMap(({ path, from, gap }) => {
      const word = path.split('.').at(-1) ?? '';
      const pointers = types.flatMap((type) =>
        Object.values(type.relations)
          .filter(({ back }) => back === word)
          .map(({ by }) => readOf(type, by.split('.')[0] ?? by)),
      );
      return [from, gap?.operation, ...pointers].filter((operation) => operation !== undefined);
    }),
  );
}

/** Also within the rules that read an operation: what passes or fails for other reasons goes on to do so. */
export function expectOtherReasonsHold(before: readonly Finding[], after: readonly Finding[], operation: string): void {
  const now = byFingerprint(after);
  const changed = before.filter(
    (finding) =>
      (finding.status === 'pass' || finding.status === 'fail') &&
      !evidenceOperations(finding).has(operation) &&
      now.get(finding.fingerprint)?.status !== finding.status,
  );
  expect(changed.map(line)).toEqual([]);
}

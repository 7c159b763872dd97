import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders, readOf } from '../../src/resource-types/operations.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import type { Rule } from '../../src/rules/compile.ts';
import { newMap, remember } from '../../src/snapshot/remember.ts';
import { operationsOf, rules } from './judge-account.ts';

const registry: Registry = resourceTypes;
const types = Object.values(registry);

const line = ({ rule, resource, status, message }: Finding): string =>
  `${rule} ${resource.id} ${status}: ${message.slice(0, 200)}`;

const fingerprints = new WeakMap<readonly Finding[], ReadonlyMap<string, Finding>>();

const byFingerprint = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  remember(fingerprints, findings, () => new Map(findings.map((finding) => [finding.fingerprint, finding])));

const checked = new WeakMap<readonly Finding[], Map<string, readonly string[]>>();

/**
 * What must not be so when something about one operation could not be read, a line for each: nothing. Most faults
 * leave the same findings, which are looked at once.
 */
export function unsound(before: readonly Finding[], after: readonly Finding[], operation: string): readonly string[] {
  const known = remember(checked, after, newMap<string, readonly string[]>);
  return remember(known, operation, () => [
    ...decided(before, after),
    ...changedOthers(before, after, operation),
    ...(isFinder(operation) ? [] : changedForOtherReasons(before, after, operation)),
  ]);
}

/** To know less decides nothing: what was found stays as it was or becomes unknown, and nothing else is found. */
function decided(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const was = byFingerprint(before);
  const newly = after.filter(
    ({ fingerprint, status }) => status !== 'unknown' && was.get(fingerprint)?.status !== status,
  );
  // Of what is only named, and may or may not be there, nothing is demanded.
  const wrong = newly.filter(({ fingerprint, status }) => status !== 'not-applicable' || was.has(fingerprint));
  // A rule that has nothing to say of a resource says nothing less when the resource is not seen.
  const said = before.filter(({ status }) => status !== 'not-applicable');
  return [
    ...wrong.map((finding) => `decided: ${line(finding)}`),
    ...said.filter((finding) => isLost(finding, after)).map((finding) => `lost: ${line(finding)}`),
  ];
}

/** A resource that is no longer seen is not gone in silence: its rule says that there may be others. */
function isLost({ rule, fingerprint }: Finding, after: readonly Finding[]): boolean {
  if (byFingerprint(after).has(fingerprint)) return false;
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

const readers = new Map<string, readonly Rule[]>();

/**
 * The rules whose findings may rest on an operation: they declare it, or another that finds the same resources. Of
 * those that they know by name, a listing that other rules asked for says whether there are more.
 */
export const readersOf = (operation: string): readonly Rule[] =>
  remember(readers, operation, () => rules.filter((rule) => mayRead(rule, operation)));

function mayRead(rule: Rule, operation: string): boolean {
  const declared = operationsOf(rule);
  const isFoundOtherwise = types.some((type) => {
    const found = finders(type);
    return found.includes(operation) && found.some((finder) => declared.has(finder));
  });
  return declared.has(operation) || isFoundOtherwise;
}

/** The findings of some rules alone. */
export const findingsOf = (findings: readonly Finding[], some: readonly Rule[]): readonly Finding[] => {
  const ids = new Set(some.map(({ definition }) => definition.id));
  return findings.filter(({ rule }) => ids.has(rule));
};

const bytes = new WeakMap<Finding, string>();
const bytesOf = (finding: Finding): string => remember(bytes, finding, () => JSON.stringify(finding));

/** The findings of every rule that has nothing to do with an operation are the same bytes. */
function changedOthers(before: readonly Finding[], after: readonly Finding[], operation: string): readonly string[] {
  const concerned = new Set(readersOf(operation).map(({ definition }) => definition.id));
  const others = (findings: readonly Finding[]): readonly string[] =>
    findings.filter(({ rule }) => !concerned.has(rule)).map(bytesOf);
  const [were, are] = [others(before), others(after)];
  if (were.length !== are.length) return [`of other rules: ${were.length} findings, now ${are.length}`];
  return were.filter((one, index) => one !== are[index]).map((one) => `changed though it does not read it: ${one}`);
}

/** What finds resources: without it fewer are there to have findings. */
const finding = new Set(types.flatMap(finders));
export const isFinder = (operation: string): boolean => finding.has(operation);

const restingOn = new WeakMap<Finding, ReadonlySet<string>>();

/** The operations that a finding rests on by its own evidence. */
const evidenceOperations = (one: Finding): ReadonlySet<string> =>
  remember(
    restingOn,
    one,
    () =>
      new Set(
        one.evidence
          .flatMap(({ path, from, gap }) => [from, gap?.operation, ...pointersBack(path.split('.').at(-1) ?? '')])
          .filter((operation) => operation !== undefined),
      ),
  );

/** That nothing points here is said by the pointers. */
const pointersBack = (word: string): readonly (string | undefined)[] =>
  types.flatMap((type) =>
    Object.values(type.relations)
      .filter(({ back }) => back === word)
      .map(({ by }) => readOf(type, by.split('.')[0] ?? by)),
  );

/** Also within the rules that read an operation: what passes or fails for other reasons goes on to do so. */
function changedForOtherReasons(
  before: readonly Finding[],
  after: readonly Finding[],
  operation: string,
): readonly string[] {
  const now = byFingerprint(after);
  const changed = before.filter(
    (one) =>
      (one.status === 'pass' || one.status === 'fail') &&
      !evidenceOperations(one).has(operation) &&
      now.get(one.fingerprint)?.status !== one.status,
  );
  return changed.map((one) => `changed without a reason: ${line(one)}`);
}

import { type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Answer } from './answer.ts';
import { decided, undecided, unknown } from './leaf.ts';

/** A property that must have one value. What a file leaves out is what most keys are, but for the state. */
interface Quality {
  readonly property: string;
  readonly expected: string;
  /** Values of which AWS does not say what they mean for CloudTrail; neither is known of values that are new. */
  readonly open: readonly unknown[];
}

/** Whether a key on its way can be used already is not documented. */
const enabled: Quality = { property: 'KeyState', expected: 'Enabled', open: ['Creating', 'Updating', undefined] };

const qualities: readonly Quality[] = [
  enabled,
  { property: 'KeySpec', expected: 'SYMMETRIC_DEFAULT', open: [] },
  { property: 'KeyUsage', expected: 'ENCRYPT_DECRYPT', open: [] },
  // The policies of AWS's own keys do not admit CloudTrail, and nobody can change them.
  { property: 'KeyManager', expected: 'CUSTOMER', open: [] },
];

/** Whether a key is on (aws-semantics §8). */
export const keyIsEnabled = (key: ResourceView, prefix: string): Answer => has(key, enabled, prefix);

/** Whether a key is what CloudTrail can encrypt with (aws-semantics §8): on, symmetric, and a customer's. */
export const keyFits = (key: ResourceView, prefix: string): readonly Answer[] =>
  qualities.map((quality) => has(key, quality, prefix));

function has(key: ResourceView, { property, expected, open }: Quality, prefix: string): Answer {
  const path = `${prefix}${property}`;
  const reading = read(key, property);
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? reading.value : undefined;
  const evidence = {
    path,
    expected,
    ...(actual !== undefined && { actual }),
    ...(reading.from && { from: reading.from }),
    resource: key.id,
  };
  if (open.includes(actual) || (actual !== undefined && !knownValues(key, property).includes(String(actual)))) {
    return undecided({ ...evidence, note: `a key whose ${property} is ${actual ?? 'not said'} may not be usable` });
  }
  return decided(
    actual === undefined || actual === expected,
    evidence,
    property === 'KeyState' ? [[{ resource: key.id, path: property, set: expected }]] : [],
  );
}

function knownValues({ type: { item } }: ResourceView, property: string): readonly string[] {
  const node = item.node.kind === 'object' ? item.node.properties[property] : undefined;
  return node?.kind === 'enum' ? node.known : [];
}

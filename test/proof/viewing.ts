import type { Answer } from '../../src/proof/answer.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { AccountView, CriticalSelector, ResourceView } from '../../src/snapshot/resource-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

export const view = (snapshot: Snapshot, critical: readonly CriticalSelector[] = []): AccountView =>
  viewAccount(snapshot, { registry: resourceTypes, critical });

/** The one resource of a type with that name, or the first. */
export function resourceOf(
  snapshot: Snapshot,
  type: keyof typeof resourceTypes,
  name?: string,
  critical: readonly CriticalSelector[] = [],
): ResourceView {
  const found = view(snapshot, critical)
    .byType.get(type)
    ?.find((it) => name === undefined || it.name === name);
  if (!found) throw new Error(`no ${type} ${name}`);
  return found;
}

/** The truth, and what it rests on, short. */
export const brief = ({ truth, evidence }: Answer): readonly string[] => [
  truth,
  ...evidence.map(({ path, actual, note, gap }) => `${path}: ${note ?? gap?.error ?? JSON.stringify(actual)}`),
];

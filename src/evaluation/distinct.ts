import type { Evidence } from '../proof/answer.ts';

/** Evidence without what is said in it twice: the same fact may have been asked more than once. */
export function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length < 2) return evidence;
  // Of different paths, different facts: most evidence needs no closer look.
  const times = new Map<string, number>();
  for (const { path } of evidence) times.set(path, (times.get(path) ?? 0) + 1);
  if (times.size === evidence.length) return evidence;
  const said = new Set<string>();
  return evidence.filter((item) => {
    if (times.get(item.path) === 1) return true;
    const before = said.size;
    return said.add(JSON.stringify(item)).size > before;
  });
}

/** Sources that together meet every witness, none of them without need: the one that meets most first. */
export function smallestCover(by: readonly (readonly number[])[]): readonly number[] {
  const chosen: number[] = [];
  let left = by;
  while (left.length > 0) {
    const counts = new Map<number, number>();
    for (const source of left.flat()) counts.set(source, (counts.get(source) ?? 0) + 1);
    const [best] = [...counts].toSorted(([a, many], [b, few]) => few - many || a - b);
    if (!best) break;
    chosen.push(best[0]);
    left = left.filter((sources) => !sources.includes(best[0]));
  }
  return chosen
    .filter((source) => by.some((sources) => sources.includes(source) && !others(chosen, source, sources)))
    .toSorted((a, b) => a - b);
}

const others = (chosen: readonly number[], but: number, sources: readonly number[]): boolean =>
  chosen.some((source) => source !== but && sources.includes(source));

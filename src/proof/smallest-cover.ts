/** Sources that together meet every witness, none of them without need: the one that meets most first. */
export function smallestCover(by: readonly (readonly number[])[]): readonly number[] {
  const chosen: number[] = [];
  let left = by;
  while (left.length > 0) {
    const counts = new Map<number, number>();
    for (const source of left.flat()) counts.set(source, (counts.get(source) ?? 0) + 1);
    const [best] = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b);
    if (best === undefined) break;
    chosen.push(best);
    left = left.filter((sources) => !sources.includes(best));
  }
  // What was taken first may be met by the others by now; one at a time, for two may only be able to spare each other.
  const needed = chosen.reduce<readonly number[]>((kept, source) => {
    const others = kept.filter((it) => it !== source);
    return by.every((sources) => sources.some((it) => others.includes(it))) ? others : kept;
  }, chosen);
  return needed.toSorted((a, b) => a - b);
}

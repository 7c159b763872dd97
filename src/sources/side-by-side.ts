/**
 * Does something with each of many, so many at any one time, in their order. What is not begun yet takes no room: of
 * thousands of accounts a promise and a closure each would be the most that is held.
 *
 * @throws what the first of them throws to fail; those that are under way go on meanwhile, and so do those left.
 */
export async function sideBySide<T>(
  many: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = many.values();
  const oneAfterTheOther = async (): Promise<void> => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, many.length) }, oneAfterTheOther));
}

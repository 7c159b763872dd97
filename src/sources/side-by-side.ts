/**
 * Does something with each of many, so many at any one time, in their order. What is not begun yet takes no room: of
 * thousands of accounts a promise and a closure each would be the most that is held. The next is asked for when there
 * is room for it.
 *
 * @throws what the first of them throws to fail; those that are under way go on meanwhile, and so do those left.
 */
export async function sideBySide<T>(many: Iterable<T>, atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = many[Symbol.iterator]();
  const oneAfterTheOther = async (): Promise<void> => {
    // Not `for of`: of one that fails it would end what is left for the others.
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
}

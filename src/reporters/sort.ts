/**
 * Puts items in order; those that compare as equal keep theirs. The items are plain data, of which a JSON text may be
 * kept in their stead: there may be more of them than memory holds. They are read once, when the first is asked for.
 */
export type Sort = <T>(items: Iterable<T>, compare: (a: T, b: T) => number) => Iterable<T>;

/** In memory. */
export const sortHeld: Sort = (items, compare) => [...items].sort(compare);

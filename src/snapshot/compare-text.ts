/** The order of texts, for `sort`: by their UTF-16 units, so that it is the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A flag that may be said again; of a list, commas part its values too. */
export const many = { multiple: true, multipleNonGreedy: true } as const;
export const list = { ...many, delimiter: ',' } as const;

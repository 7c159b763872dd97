/** Seconds that one call, and the whole reading, may take where nobody says otherwise. */
export const readingLimits = { timeout: 20, deadline: 900 } as const;

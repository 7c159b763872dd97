/** Now, as ISO 8601 UTC in whole seconds. The only clock there is: a run that is given its time reads none. */
export const currentTime = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** What is said where AWS's clock took the place of this machine's; undefined: it did not. */
export const clockRemark = (machine: string, taken: string | undefined): string | undefined =>
  taken === undefined || taken === machine
    ? undefined
    : `trailproof: this machine's clock says ${machine} where AWS's says ${taken}, and AWS's holds\n`;

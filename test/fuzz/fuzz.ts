import { check, defaultReportMessage, type IProperty } from 'fast-check';

/** How many cases a fuzz test tries: a thousand, or as many as `npm run fuzz` asks for. */
const fuzzRuns = Number(process.env.TRAILPROOF_FUZZ_RUNS ?? 1000);

/** The seed of a run: always the same, unless somebody looks for new cases. */
const fuzzSeed = Number(process.env.TRAILPROOF_FUZZ_SEED ?? 20_261_123);

/** Says what was tried, so that a failure can be tried again. */
export function reportFuzz(name: string): void {
  process.stdout.write(`fuzz ${name}: ${fuzzRuns} cases, seed ${fuzzSeed}\n`);
}

/** Tries a property on as many cases as are asked for; the smallest that fails is said. */
export function tryAll<Case>(tried: IProperty<Case>): void {
  const tries = check(tried, { numRuns: fuzzRuns, seed: fuzzSeed });
  if (tries.failed) throw new Error(defaultReportMessage(tries));
}

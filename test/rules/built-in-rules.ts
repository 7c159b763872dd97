import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import type { Validator } from '../../src/documents/schema-errors.ts';
import { type RuleCase, snapshotOf } from '../../src/evaluation/case-snapshot.ts';
import type { ReadyCase } from '../../src/evaluation/rule-test.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { type LoadedFiles, loadRuleFiles, type RuleFile } from '../../src/rules/load.ts';
import { packSchema } from '../../src/rules/pack-schema.ts';
import { ruleSchema } from '../../src/rules/rule-schema.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { normaliser } from '../../src/snapshot/spelling.ts';

export const rulesFolder = fileURLToPath(new URL('../../rules', import.meta.url));

// Inlining makes compiling this schema many times slower, and validates the same.
const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  inlineRefs: false,
  allErrors: true,
  verbose: true,
  discriminator: true,
});

/** Compiled when something is first validated: most who read the rules never do, and it takes seconds. */
function lazily(schema: () => object): Validator {
  let compiled: ValidateFunction | undefined;
  const validate = (value: unknown): boolean => {
    compiled ??= ajv.compile(schema());
    return compiled(value);
  };
  return Object.defineProperty(validate, 'errors', { get: () => compiled?.errors });
}

export const validateRule = lazily(() => ruleSchema(resourceTypes));
export const validatePack = lazily(() => packSchema);

/** The rule files, the tests beside them and the packs not counted. */
export const ruleFiles: readonly string[] = globSync('*/*.yaml', { cwd: rulesFolder })
  .filter((file) => !file.endsWith('.test.yaml') && !file.startsWith('packs/'))
  .toSorted()
  .map((file) => join(rulesFolder, file));

export const testFileOf = (file: string): string => file.replace(/\.yaml$/, '.test.yaml');

const casesOf = (file: string): readonly RuleCase[] => parse(readFileSync(testFileOf(file), 'utf8')) as RuleCase[];

const normalise = normaliser(resourceTypes);

/** The cases with their snapshots, as `rules test` reads them. */
export function readyCasesOf(file: string): readonly ReadyCase[] {
  const cases = casesOf(file);
  const [first] = cases;
  const start = first && snapshotOf(first, undefined, resourceTypes);
  return cases.map((written) => ({
    written,
    snapshot: normalise(snapshotOf(written, start, resourceTypes)) as Snapshot,
  }));
}

/** The rules and packs in the folder, checked. */
export const loadBuiltInFiles = (): Promise<LoadedFiles> =>
  loadRuleFiles([rulesFolder], { registry: resourceTypes, validate: validateRule, validatePack });

export const loadBuiltIn = async (): Promise<readonly RuleFile[]> => (await loadBuiltInFiles()).rules;

/** `trail/trail-is-logging` */
export const titleOf = (file: string): string => `${basename(dirname(file))}/${basename(file, '.yaml')}`;

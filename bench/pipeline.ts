import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { countMembers, scanJson } from '../src/documents/limits.ts';
import type { Validator } from '../src/documents/schema-errors.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import type { Finding } from '../src/evaluation/finding.ts';
import { resourceTypes } from '../src/resource-types/index.ts';
import type { Rule } from '../src/rules/compile.ts';
import { compileRules } from '../src/rules/load.ts';
import type { RuleDefinition } from '../src/rules/rule.ts';
import { viewAccount } from '../src/snapshot/account-view.ts';
import type { Snapshot } from '../src/snapshot/snapshot.ts';
import { snapshotSchema } from '../src/snapshot/snapshot-schema.ts';
import { normaliser } from '../src/snapshot/spelling.ts';

export const phases = ['scan', 'parse', 'normalise', 'validate', 'view', 'judge', 'stringify'] as const;
export type Phase = (typeof phases)[number];

/** Takes one line to its findings, and is told how long each phase took, in milliseconds. */
export type Pipeline = (line: string, spent: (phase: Phase, milliseconds: number) => void) => readonly Finding[];

/** What a user would have set: a bucket is critical by name or by tag, and each rule has the parameters it needs. */
const critical = ['arn:aws:s3:::payments-*', { tag: { 'data-class': 'restricted' } }] as const;
const parameters = { 'trail-uses-designated-bucket': { buckets: ['organization-audit-logs-999988887777'] } };

/** The built-in rules, compiled. */
export function builtInRules(): readonly Rule[] {
  const folder = join(import.meta.dirname, '../rules');
  const files = globSync('**/*.yaml', { cwd: folder, exclude: ['packs/**'] }).filter(
    (file) => !file.endsWith('.test.yaml'),
  );
  const definitions = files.toSorted().map((file): RuleDefinition => parse(readFileSync(join(folder, file), 'utf8')));
  const { rules, mistakes } = compileRules(definitions, { registry: resourceTypes, criticalTags: true, parameters });
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return rules;
}

/** The validator that the build made; where nothing is built yet, one that AJV makes of the same schema. */
export async function snapshotValidator(): Promise<Validator> {
  try {
    const built: { readonly validate: Validator } = await import(
      new URL('../src/generated/validate-snapshot.js', import.meta.url).href
    );
    return built.validate;
  } catch {
    const { Ajv } = await import('ajv');
    const options = { strict: false, allErrors: true, discriminator: true, verbose: true, inlineRefs: false };
    return new Ajv(options).compile(snapshotSchema(resourceTypes));
  }
}

/** Each step that `check` takes for one line of JSON lines, in its order, and nothing else. */
export function pipeline(rules: readonly Rule[], validate: Validator): Pipeline {
  const normalise = normaliser(resourceTypes);
  return (line, spent) => {
    let since = performance.now();
    const lap = (phase: Phase): void => {
      const now = performance.now();
      spent(phase, now - since);
      since = now;
    };
    const { members, excess } = scanJson(line);
    lap('scan');
    const parsed: unknown = JSON.parse(line);
    lap('parse');
    if (excess || countMembers(parsed) !== members) throw new Error('a generated line is refused');
    lap('scan');
    const value = normalise(parsed);
    lap('normalise');
    if (!validate(value)) throw new Error(`a generated line is not valid: ${JSON.stringify(validate.errors?.[0])}`);
    lap('validate');
    // Just validated against the schema of a snapshot.
    const snapshot = value as Snapshot;
    const view = viewAccount(snapshot, { registry: resourceTypes, critical });
    lap('view');
    const { findings, crashes } = evaluate(rules, view, snapshot.collectedAt);
    lap('judge');
    const [crash] = crashes;
    if (crash) throw crash.error;
    return findings;
  };
}

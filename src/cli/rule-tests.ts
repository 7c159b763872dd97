import { existsSync } from 'node:fs';
import { diagnosticsError } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText } from '../documents/files.ts';
import { schemaDiagnostics, type Validator } from '../documents/schema-errors.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { AppError } from '../errors.ts';
import { idlePatches, type RuleCase, snapshotOf } from '../evaluation/case-snapshot.ts';
import { type ReadyCase, testRule } from '../evaluation/rule-test.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { normalise } from '../snapshot/spelling.ts';
import { type KnownRule, registry } from './rule-set.ts';

/** What the test file of one rule showed. */
export interface RuleFileTest {
  /** The test file. */
  readonly file: string;
  readonly failures: readonly string[];
  readonly cases: number;
  readonly mutants: number;
}

/** The built-in rules of an installed package have no tests beside them. */
export function assertTestFiles(rules: readonly KnownRule[]): void {
  if (rules.some(({ file = '' }) => existsSync(testFileOf(file)))) return;
  throw new AppError('usage', 'the tests of the built-in rules are not part of the package', {
    hint: 'Name files or folders of your own: trailproof rules test ./rules',
  });
}

const testFileOf = (file: string): string => file.replace(/\.(ya?ml)$/iu, '.test.$1');

/** Runs the test file beside a rule. A mistake in the file is an AppError; a case that does not hold is a failure. */
export async function testRuleFile(
  { definition, file = '' }: KnownRule,
  mutate: 'mutate' | 'as-written',
): Promise<RuleFileTest> {
  const testFile = testFileOf(file);
  if (!existsSync(testFile)) {
    return { file: testFile, failures: ['there is no such file: every rule needs its tests'], cases: 0, mutants: 0 };
  }
  const written = await readCases(testFile);
  const { ready, idle } = await readyCases(written, testFile);
  try {
    const { cases, survivors, mutants } = testRule(definition, ready, { registry, mutate });
    return {
      file: testFile,
      failures: [
        ...idle,
        ...cases.flatMap(({ name, wrong }) => wrong.map((why) => `${name}: ${why}`)),
        ...survivors.map((change) => `no case notices a mutant: ${change}`),
      ],
      cases: ready.length,
      mutants,
    };
  } catch (error) {
    // A case whose parameters do not fit, or a rule that throws.
    return {
      file: testFile,
      failures: [error instanceof Error ? error.message : String(error)],
      cases: ready.length,
      mutants: 0,
    };
  }
}

interface Written {
  readonly cases: readonly RuleCase[];
  readonly position: TextDocument['position'];
}

async function readCases(file: string): Promise<Written> {
  const text = await readText(file, { code: 'rule', format: 'YAML' });
  const { value, position } = await parseDocument(text, { file, kind: 'rules' });
  const { validate } = await import('../generated/validate-rule-cases.js');
  if (!validate(value)) throw diagnosticsError(schemaDiagnostics(validate.errors, { file, position }), 'rule');
  // The schema has just said so.
  return { cases: value as readonly RuleCase[], position };
}

async function readyCases(
  { cases, position }: Written,
  file: string,
): Promise<{ readonly ready: readonly ReadyCase[]; readonly idle: readonly string[] }> {
  const { validate } = await import('../generated/validate-snapshot.js');
  const [head] = cases;
  const first = head && snapshotOf(head, undefined, registry);
  const ready = cases.map((written, index): ReadyCase => {
    const draft = index === 0 && first ? first : snapshotOf(written, first, registry);
    return { written, snapshot: validSnapshot(draft, validate, { file, position: at(position, index) }) };
  });
  const idle = cases.flatMap((written) =>
    idlePatches(written, first, registry).map(
      (name) => `${written.name}: there is no resource called ${name} to change`,
    ),
  );
  return { ready, idle };
}

/** The place of a part of a case's snapshot; of the case where the part comes from the first one. */
const at =
  (position: TextDocument['position'], index: number): TextDocument['position'] =>
  (pointer, what) =>
    position([index, ...pointer], what);

function validSnapshot(
  draft: unknown,
  validate: Validator,
  where: { readonly file: string; readonly position: TextDocument['position'] },
): Snapshot {
  const snapshot = normalise(draft, registry);
  if (!validate(snapshot)) throw diagnosticsError(schemaDiagnostics(validate.errors, where), 'rule');
  // Just validated against the schema of a snapshot.
  return snapshot as Snapshot;
}

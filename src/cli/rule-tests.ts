import { existsSync } from 'node:fs';
import { type Diagnostic, diagnosticsError, throwDiagnostics } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText } from '../documents/files.ts';
import { schemaDiagnostics, type Validator } from '../documents/schema-errors.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { AppError } from '../errors.ts';
import { idlePatches, type RuleCase, snapshotOf } from '../evaluation/case-snapshot.ts';
import { type CaseResult, type ConditionCoverage, type ReadyCase, testRule } from '../evaluation/rule-test.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { normaliser } from '../snapshot/spelling.ts';
import { type KnownRule, registry } from './rule-set.ts';

/** What the test file of one rule showed. */
export interface RuleFileTest {
  readonly rule: string;
  /** The test file. */
  readonly file: string;
  /** The cases as they are written, and what must hold of all of them together. */
  readonly checks: readonly CaseResult[];
  readonly cases: number;
  readonly mutants: number;
  readonly conditions: readonly ConditionCoverage[];
}

export interface RuleTestChoice {
  readonly mutate: 'mutate' | 'as-written';
  /** Whether a condition that no case shows both ways is a failure. */
  readonly coverage: 'wanted' | 'not-wanted';
}

/** What does not hold, a line each. */
export const failuresOf = ({ checks }: RuleFileTest): readonly string[] =>
  checks.flatMap(({ name, wrong }) => wrong.map((why) => `${name}: ${why}`));

/** The built-in rules of an installed package have no tests beside them. */
export function assertTestFiles(rules: readonly KnownRule[]): void {
  if (rules.some(({ file = '' }) => existsSync(testFileOf(file)))) return;
  throw new AppError('usage', 'the tests of the built-in rules are not part of the package', {
    hint: 'Name files or folders of your own: trailproof rules test ./rules',
  });
}

/** The test file beside a rule's file. */
export const testFileOf = (file: string): string => file.replace(/\.(ya?ml)$/iu, '.test.$1');

/** Runs the test file beside a rule. A mistake in the file is an AppError; a case that does not hold is a failure. */
export async function testRuleFile(
  { definition, file = '' }: KnownRule,
  { mutate, coverage }: RuleTestChoice,
): Promise<RuleFileTest> {
  const testFile = testFileOf(file);
  const nothing = { rule: definition.id, file: testFile, cases: 0, mutants: 0, conditions: [] };
  if (!existsSync(testFile)) {
    return { ...nothing, checks: [{ name: 'tests', wrong: ['there is no such file: every rule needs its tests'] }] };
  }
  const written = await readCases(testFile);
  const { ready, idle } = await readyCases(written, testFile);
  const counted = { ...nothing, cases: ready.length };
  try {
    const { cases, survivors, mutants, conditions } = testRule(definition, ready, { registry, mutate });
    const checks = [
      { name: 'patches', wrong: idle },
      ...cases,
      { name: 'mutants', wrong: survivors.map((change) => `no case notices ${change}`) },
      { name: 'conditions', wrong: coverage === 'wanted' ? conditions.flatMap(notSeen) : [] },
    ];
    return { ...counted, mutants, conditions, checks };
  } catch (error) {
    // A case whose parameters do not fit, or a rule that throws.
    return { ...counted, checks: [{ name: 'rule', wrong: [error instanceof Error ? error.message : String(error)] }] };
  }
}

const notSeen = ({ path, neverSeen }: ConditionCoverage): readonly string[] =>
  neverSeen.map((truth) => `no case shows ${path} ${{ yes: 'true', no: 'false', unknown: 'undecided' }[truth]}`);

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
  const cases = value as readonly RuleCase[];
  throwDiagnostics(namedTwice({ cases, position }, file), 'rule');
  return { cases, position };
}

/** Of two cases of one name nobody could tell which it is that does not hold. */
function namedTwice({ cases, position }: Written, file: string): readonly Diagnostic[] {
  const names = cases.map(({ name }) => name);
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first === index) return [];
    const { line } = position([first, 'name'], 'value');
    const at = position([index, 'name'], 'value');
    return { file, ...at, message: `two cases are called ${name}`, hint: `the other one is on line ${line}` };
  });
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

const normalise = normaliser(registry);

function validSnapshot(
  draft: unknown,
  validate: Validator,
  where: { readonly file: string; readonly position: TextDocument['position'] },
): Snapshot {
  const snapshot = normalise(draft);
  if (!validate(snapshot)) throw diagnosticsError(schemaDiagnostics(validate.errors, where), 'rule');
  // Just validated against the schema of a snapshot.
  return snapshot as Snapshot;
}

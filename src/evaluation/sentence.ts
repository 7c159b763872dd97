import type { Answer, Evidence } from '../proof/answer.ts';
import { isObject } from '../snapshot/resource-view.ts';

const maxValue = 80;
const maxParts = 3;

/** A value as a sentence shows it: short, and absent things said so. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Not through the middle of a character that takes two.
  return text.length > maxValue ? `${text.slice(0, maxValue - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const words: Readonly<Record<string, (operand: unknown) => string>> = {
  not: (operand) => `not ${expectation(operand)}`,
  in: (operand) => `one of ${Array.isArray(operand) ? operand.map(show).join(', ') : show(operand)}`,
  like: (operand) => `like ${Array.isArray(operand) ? operand.map(show).join(' or ') : show(operand)}`,
  exists: (operand) => (operand === false ? 'not set' : 'set'),
  empty: (operand) => (operand === false ? 'not empty' : 'empty'),
  atLeast: (operand) => `at least ${show(operand)}`,
  atMost: (operand) => `at most ${show(operand)}`,
  within: (operand) => `within the last ${show(operand)}`,
  count: (operand) => `a count of ${show(operand)}`,
};

/** What was expected, in words: `at least 365`, `one of A, B`. */
export function expectation(expected: unknown): string {
  if (!isObject(expected) || Array.isArray(expected)) return show(expected);
  const said = Object.entries(expected).map(([name, operand]) => words[name]?.(operand) ?? `${name} ${show(operand)}`);
  return said.join(' and ');
}

/** A path with its elements called by the last part of their ids: `trails[main].Status.IsLogging`. Long ids stand in the evidence. */
export const shortPath = (path: string): string =>
  path.includes('[arn:') ? path.replace(/\[arn:[^[\]]*[:/]([^[\]:/*]+)(?::\*)?\]/g, '[$1]') : path;

/** One item of evidence as a clause. */
export function clause(evidence: Evidence): string {
  const { expected } = evidence;
  const said = found(evidence);
  return expected === undefined || evidence.gap || evidence.note ? said : `${said}, expected ${expectation(expected)}`;
}

/** What is there, whatever was expected. */
function found({ path, actual, note, gap }: Evidence): string {
  const where = shortPath(path);
  if (gap) return `${where} is not known: ${gapClause(gap)}`;
  if (note) return `${where}: ${note}`;
  return `${where} is ${show(actual)}`;
}

function gapClause({ operation, resource, region, error, message }: NonNullable<Evidence['gap']>): string {
  const where = [resource && `of ${resource}`, region && `in ${region}`].filter(Boolean).join(' ');
  const what = operation ? `${operation}${where && ` ${where}`}` : where || 'the account';
  return `${what} gave ${message ? `${error}, ${message}` : error}`;
}

/** What decided it, not what led there: links between resources have nothing that was expected of them. */
function decisive(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length === 1) return evidence;
  const asked = evidence.some(({ when }) => when) ? evidence.filter(({ when }) => !when) : evidence;
  const shown = asked.length > 0 ? asked : evidence;
  if (shown.every(isTelling)) return shown;
  const telling = shown.filter(isTelling);
  return telling.length > 0 ? telling : shown;
}

const isTelling = ({ expected, note, gap }: Evidence): boolean => Boolean(expected !== undefined || note || gap);

/** What was found, in one sentence. Passing facts need no "expected". */
export function sentence({ truth, evidence }: Answer): string {
  const telling = decisive(evidence);
  const said = truth === 'yes' ? found : clause;
  const [only] = telling;
  if (only && telling.length === 1) return said(only);
  const distinct = [...new Set(telling.map(said))];
  const rest = distinct.length - maxParts;
  return distinct.slice(0, maxParts).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}

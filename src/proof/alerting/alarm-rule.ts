import { flipTruth, type Truth } from '../answer.ts';

/** Whether an alarm is named by a rule of alarms, as its own name or ARN. */
export type IsIt = (nameOrArn: string) => boolean;

/**
 * Whether a composite alarm goes off when one alarm does and all others are OK (aws-semantics §6.7); undefined: it
 * does not name that alarm. What cannot be read is unknown.
 */
export function compositeGoesOff(rule: string, isIt: IsIt): Truth | undefined {
  if (rule.length > longest) return 'unknown';
  const tokens = rule.match(/"[^"]*"|[A-Za-z_]+|[()]|[^\s()",]+/g) ?? [];
  if (!isNamedIn(tokens, isIt)) return undefined;
  const reader: Reader = { tokens, at: 0, isIt, depth: 0 };
  const truth = readOr(reader);
  return reader.at < tokens.length ? 'unknown' : truth;
}

/** What CloudWatch takes as a rule of alarms, in characters. */
const longest = 10_240;

const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

function isNamedIn(tokens: readonly string[], isIt: IsIt): boolean {
  return tokens.some((token, at) => {
    const name = states.includes(token) ? readName({ tokens, at: at + 1, isIt, depth: 0 }) : undefined;
    return name !== undefined && isIt(name);
  });
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly isIt: IsIt;
  depth: number;
}

const most = 64;

function readOr(reader: Reader): Truth {
  const parts = [readAnd(reader)];
  while (takes(reader, 'OR')) parts.push(readAnd(reader));
  return parts.includes('yes') ? 'yes' : parts.includes('unknown') ? 'unknown' : 'no';
}

function readAnd(reader: Reader): Truth {
  const parts = [readNot(reader)];
  while (takes(reader, 'AND')) parts.push(readNot(reader));
  return parts.includes('no') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes';
}

function readNot(reader: Reader): Truth {
  let negations = 0;
  while (takes(reader, 'NOT')) negations += 1;
  const truth = readPrimary(reader);
  return negations % 2 === 1 ? flipTruth(truth) : truth;
}

function readPrimary(reader: Reader): Truth {
  if (takes(reader, 'TRUE')) return 'yes';
  if (takes(reader, 'FALSE')) return 'no';
  if (takes(reader, '(')) {
    reader.depth += 1;
    const inner = reader.depth > most ? 'unknown' : readOr(reader);
    return takes(reader, ')') ? inner : 'unknown';
  }
  const state = reader.tokens[reader.at] ?? '';
  if (!states.includes(state)) return 'unknown';
  reader.at += 1;
  const name = readName(reader);
  if (name === undefined || state === 'INSUFFICIENT_DATA') return name === undefined ? 'unknown' : 'no';
  return reader.isIt(name) === (state === 'ALARM') ? 'yes' : 'no';
}

/** The name between the parentheses, in quotes or not. */
function readName(reader: Reader): string | undefined {
  if (!takes(reader, '(')) return undefined;
  const parts: string[] = [];
  while (reader.at < reader.tokens.length && reader.tokens[reader.at] !== ')') {
    parts.push(reader.tokens[reader.at] ?? '');
    reader.at += 1;
  }
  if (!takes(reader, ')')) return undefined;
  return parts.join('').replaceAll(/^"|"$/g, '');
}

function takes(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at += 1;
  return true;
}

import { flipTruth, type Truth } from '../answer.ts';

export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';

/** In which state an alarm is, by its name or ARN; undefined: nobody knows. */
export type StateOf = (nameOrArn: string) => AlarmState | undefined;

/** What a composite alarm asks of others, and whom it names. */
export interface AlarmRule {
  readonly holds: (stateOf: StateOf) => Truth;
  readonly names: ReadonlySet<string>;
}

type Condition = AlarmRule['holds'];

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  readonly names: Set<string>;
}

/** What CloudWatch takes as a rule of alarms, in characters. */
const longest = 10_240;
const deepest = 64;

/** Reads a rule of alarms (aws-semantics §6.7); undefined: it is not of the grammar that is known. */
export function readAlarmRule(text: string): AlarmRule | undefined {
  if (text.length > longest) return undefined;
  const reader: Reader = { text, at: 0, depth: 0, names: new Set() };
  const holds = readOr(reader);
  return holds && takes(reader, /$/y) !== undefined ? { holds, names: reader.names } : undefined;
}

function readOr(reader: Reader): Condition | undefined {
  return readChain(reader, { word: /OR\b/y, part: readAnd, decisive: 'yes' });
}

function readAnd(reader: Reader): Condition | undefined {
  return readChain(reader, { word: /AND\b/y, part: readNot, decisive: 'no' });
}

interface Chain {
  readonly word: RegExp;
  readonly part: (reader: Reader) => Condition | undefined;
  readonly decisive: Truth;
}

function readChain(reader: Reader, { word, part, decisive }: Chain): Condition | undefined {
  const parts: Condition[] = [];
  do {
    const next = part(reader);
    if (!next) return undefined;
    parts.push(next);
  } while (takes(reader, word));
  return (stateOf) => {
    const truths = parts.map((holds) => holds(stateOf));
    return truths.find((truth) => truth === decisive) ?? (truths.includes('unknown') ? 'unknown' : flipTruth(decisive));
  };
}

function readNot(reader: Reader): Condition | undefined {
  let negated = false;
  while (takes(reader, /NOT\b/y)) negated = !negated;
  const holds = readPrimary(reader);
  return negated && holds ? (stateOf) => flipTruth(holds(stateOf)) : holds;
}

function readPrimary(reader: Reader): Condition | undefined {
  if (takes(reader, /TRUE\b/y)) return () => 'yes';
  if (takes(reader, /FALSE\b/y)) return () => 'no';
  if (takes(reader, /AT_LEAST\b/y)) return readAtLeast(reader);
  if (takes(reader, /\(/y)) {
    if (reader.depth === deepest) return undefined;
    reader.depth += 1;
    const inner = readOr(reader);
    reader.depth -= 1;
    return takes(reader, /\)/y) ? inner : undefined;
  }
  const inState = readState(reader);
  const names = inState && readNames(reader);
  const [name, ...others] = names ?? [];
  if (!inState || name === undefined || others.length > 0) return undefined;
  return (stateOf) => inState(stateOf(name));
}

type InState = (state: AlarmState | undefined) => Truth;

function readState(reader: Reader): InState | undefined {
  const wanted = takes(reader, /(?:ALARM|OK|INSUFFICIENT_DATA)\b/y);
  if (wanted === undefined) return undefined;
  return (state) => (state === undefined ? 'unknown' : state === wanted ? 'yes' : 'no');
}

/** `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(60%, NOT OK, (…))`. */
function readAtLeast(reader: Reader): Condition | undefined {
  const least = takes(reader, /\(/y) && takes(reader, /\d+%?/y);
  if (!least || !takes(reader, /,/y)) return undefined;
  const negated = takes(reader, /NOT\b/y) !== undefined;
  const inState = readState(reader);
  const names = takes(reader, /,/y) && readNames(reader);
  if (!inState || !names || !takes(reader, /\)/y)) return undefined;
  const enough = least.endsWith('%') ? (Number.parseInt(least, 10) / 100) * names.length : Number(least);
  return (stateOf) => {
    const truths = names.map((name) => inState(stateOf(name))).map((truth) => (negated ? flipTruth(truth) : truth));
    const count = (truth: Truth): number => truths.filter((it) => it === truth).length;
    if (count('yes') >= enough) return 'yes';
    return count('yes') + count('unknown') >= enough ? 'unknown' : 'no';
  };
}

/** Names or ARNs between parentheses, with commas between them, each in quotes or not. */
function readNames(reader: Reader): readonly string[] | undefined {
  if (!takes(reader, /\(/y)) return undefined;
  const names: string[] = [];
  do {
    const name = takes(reader, /"(?:[^"\\]|\\.)*"|[^\s"(),](?:[^"(),]*[^\s"(),])?/y);
    if (name === undefined) return undefined;
    names.push(name.startsWith('"') ? name.slice(1, -1).replaceAll(/\\(.)/g, '$1') : name);
  } while (takes(reader, /,/y));
  for (const name of names) reader.names.add(name);
  return takes(reader, /\)/y) ? names : undefined;
}

/** What stands next, if it is this, behind white space. */
function takes(reader: Reader, what: RegExp): string | undefined {
  const space = /\s*/y;
  space.lastIndex = reader.at;
  space.test(reader.text);
  what.lastIndex = space.lastIndex;
  const found = what.exec(reader.text)?.[0];
  if (found !== undefined) reader.at = what.lastIndex;
  return found;
}

/** A regular expression as states: each consumes a character or branches. The first ends it, the last begins it. */
export interface Regex {
  readonly states: readonly State[];
}

type State =
  | { readonly take: (char: string) => boolean; readonly next: number }
  | { readonly fork: readonly number[] }
  | { readonly at: 'start' | 'end'; readonly next: number };

interface Mistake {
  readonly mistake: string;
  readonly offset: number;
}

type Piece =
  | { readonly take: (char: string) => boolean; readonly least: number; readonly most: number }
  | 'start'
  | 'end';

/** More than a pattern of that length needs: what is longer would be slow and not right. */
const mostStates = 2000;
const unlimited = Number.POSITIVE_INFINITY;

/** Letters, digits, blanks, `_ : # = @ / ; , -` and the operators: CloudWatch Logs refuses all others. */
const unsupported = /[^\w :#=@/;,\-^$?[\]{}|\\*+.]/;

/**
 * Reads the dialect of metric filters (aws-semantics §6.3): alternatives of characters, classes and anchors, each with a
 * quantifier, and no parentheses. It runs as states that are all followed at once, so that no text can stall it.
 */
export function parseRegex(text: string): Regex | Mistake {
  if (text === '') return { mistake: 'a regular expression is empty', offset: 0 };
  const stranger = text.search(unsupported);
  if (stranger >= 0)
    return { mistake: `${text[stranger]} has no place in such a regular expression`, offset: stranger };
  const alternatives: Piece[][] = [[]];
  let offset = 0;
  while (offset < text.length) {
    if (text[offset] === '|') {
      alternatives.push([]);
      offset += 1;
      continue;
    }
    const read = readPiece(text, offset);
    if ('mistake' in read) return read;
    alternatives.at(-1)?.push(read.piece);
    offset = read.end;
  }
  const states = compile(alternatives);
  return states.length > mostStates ? { mistake: 'too long a regular expression', offset: 0 } : { states };
}

function readPiece(text: string, offset: number): { readonly piece: Piece; readonly end: number } | Mistake {
  const char = text[offset] ?? '';
  if (char === '^') return { piece: 'start', end: offset + 1 };
  if (char === '$') return { piece: 'end', end: offset + 1 };
  const atom = char === '[' ? readClass(text, offset) : readCharacter(text, offset);
  if ('mistake' in atom) return atom;
  const quantifier = /^(?:[?*+]|\{\d+(?:,\d*)?\})/.exec(text.slice(atom.end))?.[0] ?? '';
  const [least, most] = bounds(quantifier);
  if (least > most) return { mistake: `${quantifier} ends before it begins`, offset: atom.end };
  return { piece: { take: atom.take, least, most }, end: atom.end + quantifier.length };
}

function bounds(quantifier: string): readonly [number, number] {
  switch (quantifier) {
    case '':
      return [1, 1];
    case '?':
      return [0, 1];
    case '*':
      return [0, unlimited];
    case '+':
      return [1, unlimited];
    default: {
      const [least = '', most = least] = quantifier.slice(1, -1).split(',');
      return [atMost(least), most === '' ? unlimited : atMost(most)];
    }
  }
}

/** What asks for more has too many states in any case. */
const atMost = (digits: string): number => Math.min(Number(digits), mostStates);

interface Atom {
  /** Where it is one character, which may begin or end a range. */
  readonly char?: string;
  readonly take: (char: string) => boolean;
  readonly end: number;
}

const classes: ReadonlyMap<string, Atom['take']> = new Map(
  [/\d/, /\s/, /\w/, /\D/, /\S/, /\W/].map((one) => [one.source.slice(1), (char: string) => one.test(char)]),
);

function readCharacter(text: string, offset: number): Atom | Mistake {
  const char = text[offset] ?? '';
  if (char === '.') return { take: () => true, end: offset + 1 };
  if ('?*+{'.includes(char)) return { mistake: `nothing stands before ${char}`, offset };
  if (char !== '\\') return literally(char, offset + 1);
  const escaped = text[offset + 1];
  if (escaped === undefined) return { mistake: 'a backslash ends the regular expression', offset };
  const named = classes.get(escaped);
  if (named) return { take: named, end: offset + 2 };
  const hex = /^x[0-9a-fA-F]{2}/.exec(text.slice(offset + 1, offset + 4))?.[0].slice(1);
  if (hex !== undefined) return literally(String.fromCharCode(Number.parseInt(hex, 16)), offset + 4);
  // In other dialects a letter means something: nobody knows what it does here.
  if (/[A-Za-z0-9]/.test(escaped)) return { mistake: `\\${escaped} is no class of characters`, offset };
  return literally(escaped, offset + 2);
}

const literally = (char: string, end: number): Atom => ({ take: (it) => it === char, char, end });

function readClass(text: string, offset: number): Atom | Mistake {
  const negated = text[offset + 1] === '^';
  const first = offset + (negated ? 2 : 1);
  const takes: Atom['take'][] = [];
  let at = first;
  // A bracket that stands first closes nothing.
  while (at < text.length && (text[at] !== ']' || at === first)) {
    const member = readMember(text, at);
    if ('mistake' in member) return member;
    takes.push(member.take);
    at = member.end;
  }
  if (at >= text.length) return { mistake: 'a bracket opens and never closes', offset };
  return { take: (char) => takes.some((take) => take(char)) !== negated, end: at + 1 };
}

/** A character, a class such as `\d`, or a range from one character to another. */
function readMember(text: string, at: number): Atom | Mistake {
  const from = readOne(text, at);
  if ('mistake' in from || text[from.end] !== '-' || (text[from.end + 1] ?? ']') === ']') return from;
  const to = readOne(text, from.end + 1);
  if ('mistake' in to) return to;
  const [first, last] = [from.char, to.char];
  if (first === undefined || last === undefined || first > last)
    return { mistake: `${text.slice(at, to.end)} is no range of characters`, offset: at };
  return { take: (char) => char >= first && char <= last, end: to.end };
}

function readOne(text: string, at: number): Atom | Mistake {
  const char = text[at] ?? '';
  if (char === '[') return { mistake: 'a class of characters inside another', offset: at };
  return char === '\\' ? readCharacter(text, at) : literally(char, at + 1);
}

function compile(alternatives: readonly (readonly Piece[])[]): readonly State[] {
  const states: State[] = [{ fork: [] }];
  const add = (state: State): number => states.push(state) - 1;
  const starts = alternatives.map((pieces) => pieces.reduceRight((next, piece) => addPiece(piece, next, add), 0));
  add({ fork: starts });
  return states;
}

/** The states of one piece, before those of what follows it. */
function addPiece(piece: Piece, next: number, add: (state: State) => number): number {
  if (piece === 'start' || piece === 'end') return add({ at: piece, next });
  const { take, least, most } = piece;
  let after = next;
  if (most === unlimited) {
    const branches: number[] = [next];
    const loop = add({ fork: branches });
    branches.push(add({ take, next: loop }));
    after = loop;
  } else {
    for (let count = most - least; count > 0; count -= 1) {
      after = add({ fork: [next, add({ take, next: after })] });
    }
  }
  for (let count = least; count > 0; count -= 1) after = add({ take, next: after });
  return after;
}

/** Whether it is found anywhere in a text: all states that a place of the text leads to are followed together. */
export function isFoundIn({ states }: Regex, text: string): boolean {
  let reached: readonly number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    // It may begin at every place.
    const live = follow(states, [...reached, states.length - 1], { start: at === 0, end: at === text.length });
    if (live.has(0)) return true;
    reached = [...live].flatMap((one) => {
      const state = states[one];
      return state && 'take' in state && state.take(text[at] ?? '') ? [state.next] : [];
    });
  }
  return false;
}

/** These states and all that they lead to without taking a character, where the text begins or ends. */
function follow(
  states: readonly State[],
  first: readonly number[],
  edges: Readonly<Record<'start' | 'end', boolean>>,
): ReadonlySet<number> {
  const live = new Set<number>();
  const pending = [...first];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const state = states[one];
    if (!state || live.has(one)) continue;
    live.add(one);
    if ('fork' in state) pending.push(...state.fork);
    if ('at' in state && edges[state.at]) pending.push(state.next);
  }
  return live;
}

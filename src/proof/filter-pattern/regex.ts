/** A regular expression as states: each consumes a character or branches. */
export interface Regex {
  readonly states: readonly State[];
}

type State =
  | { readonly take: (char: string) => boolean; readonly next: number }
  | { readonly fork: readonly number[] }
  | { readonly at: 'start' | 'end'; readonly next: number }
  | { readonly accept: true };

interface Mistake {
  readonly mistake: string;
  readonly offset: number;
}

type Piece =
  | { readonly take: (char: string) => boolean; readonly least: number; readonly most: number }
  | 'start'
  | 'end';

const mostStates = 2000;
const unlimited = Number.POSITIVE_INFINITY;

/**
 * Reads the dialect of metric filters (aws-semantics §6.3): alternatives of characters, classes and anchors, each with a
 * quantifier, and no parentheses. It runs as states that are all followed at once, so that no text can stall it.
 */
export function parseRegex(text: string): Regex | Mistake {
  if (/[()]/.test(text))
    return { mistake: 'parentheses have no place in such a regular expression', offset: text.search(/[()]/) };
  const alternatives: (readonly Piece[])[] = [];
  let pieces: Piece[] = [];
  let offset = 0;
  while (offset < text.length) {
    if (text[offset] === '|') {
      alternatives.push(pieces);
      pieces = [];
      offset += 1;
      continue;
    }
    const read = readPiece(text, offset);
    if ('mistake' in read) return read;
    pieces.push(read.piece);
    offset = read.end;
  }
  return compile([...alternatives, pieces]) ?? { mistake: 'too long a regular expression', offset: 0 };
}

function readPiece(text: string, offset: number): { readonly piece: Piece; readonly end: number } | Mistake {
  const char = text[offset] ?? '';
  if (char === '^') return { piece: 'start', end: offset + 1 };
  if (char === '$') return { piece: 'end', end: offset + 1 };
  const atom = char === '[' ? readClass(text, offset) : readCharacter(text, offset);
  if ('mistake' in atom) return atom;
  const quantifier = /^(?:[?*+]|\{(\d+)(,(\d*))?\})/.exec(text.slice(atom.end, atom.end + 12));
  const [least, most] = bounds(quantifier);
  return { piece: { take: atom.take, least, most }, end: atom.end + (quantifier?.[0].length ?? 0) };
}

function bounds(quantifier: RegExpExecArray | null): readonly [number, number] {
  switch (quantifier?.[0]) {
    case undefined:
      return [1, 1];
    case '?':
      return [0, 1];
    case '*':
      return [0, unlimited];
    case '+':
      return [1, unlimited];
    default: {
      const least = Number(quantifier?.[1]);
      if (quantifier?.[2] === undefined) return [least, least];
      return [least, quantifier[3] ? Number(quantifier[3]) : unlimited];
    }
  }
}

interface Atom {
  readonly take: (char: string) => boolean;
  readonly end: number;
}

const classes: Readonly<Record<string, (char: string) => boolean>> = {
  d: (char) => /\d/.test(char),
  s: (char) => /\s/.test(char),
  w: (char) => /\w/.test(char),
  D: (char) => /\D/.test(char),
  S: (char) => /\S/.test(char),
  W: (char) => /\W/.test(char),
};

function readCharacter(text: string, offset: number): Atom | Mistake {
  const char = text[offset] ?? '';
  if (char === '.') return { take: () => true, end: offset + 1 };
  if ('?*+{'.includes(char)) return { mistake: `nothing stands before ${char}`, offset };
  if (char !== '\\') return { take: (it) => it === char, end: offset + 1 };
  const escaped = text[offset + 1];
  if (escaped === undefined) return { mistake: 'a backslash ends the regular expression', offset };
  const named = Object.hasOwn(classes, escaped) ? classes[escaped] : undefined;
  if (named) return { take: named, end: offset + 2 };
  const hex = escaped === 'x' ? /^[0-9a-fA-F]{2}/.exec(text.slice(offset + 2, offset + 4))?.[0] : undefined;
  const meant = hex ? String.fromCharCode(Number.parseInt(hex, 16)) : escaped;
  return { take: (it) => it === meant, end: offset + (hex ? 4 : 2) };
}

function readClass(text: string, offset: number): Atom | Mistake {
  const negated = text[offset + 1] === '^';
  const takes: ((char: string) => boolean)[] = [];
  let at = offset + (negated ? 2 : 1);
  while (at < text.length && (text[at] !== ']' || takes.length === 0)) {
    const range = /^([^\\\]])-([^\\\]])/.exec(text.slice(at, at + 3));
    const [, from, to] = range ?? [];
    if (from !== undefined && to !== undefined) {
      takes.push((char) => char >= from && char <= to);
      at += 3;
      continue;
    }
    const one = text[at] === '\\' ? readCharacter(text, at) : literally(text[at] ?? '', at);
    if ('mistake' in one) return one;
    takes.push(one.take);
    at = one.end;
  }
  if (text[at] !== ']') return { mistake: 'a bracket opens and never closes', offset };
  return { take: (char) => takes.some((take) => take(char)) !== negated, end: at + 1 };
}

const literally = (char: string, offset: number): Atom => ({ take: (it) => it === char, end: offset + 1 });

function compile(alternatives: readonly (readonly Piece[])[]): Regex | undefined {
  const states: State[] = [{ accept: true }];
  const add = (state: State): number => states.push(state) - 1;
  const starts = alternatives.map((pieces) => pieces.reduceRight((next, piece) => addPiece(piece, next, add), 0));
  add({ fork: starts });
  return states.length > mostStates ? undefined : { states };
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
    for (let count = Math.min(most - least, mostStates); count > 0; count -= 1) {
      after = add({ fork: [next, add({ take, next: after })] });
    }
  }
  for (let count = Math.min(least, mostStates); count > 0; count -= 1) after = add({ take, next: after });
  return after;
}

/** Whether it is found anywhere in a text. */
export function isFoundIn({ states }: Regex, text: string): boolean {
  let live = new Set<number>();
  for (let at = 0; at <= text.length; at += 1) {
    const edges: Edges = { start: at === 0, end: at === text.length };
    follow(states, states.length - 1, edges, live);
    if (live.has(0)) return true;
    const next = new Set<number>();
    const after: Edges = { start: false, end: at + 1 === text.length };
    for (const one of live) {
      const state = states[one];
      const takes = state && 'take' in state && at < text.length && state.take(text[at] ?? '');
      if (takes) follow(states, state.next, after, next);
    }
    live = next;
  }
  return false;
}

/** Whether a place is the beginning or the end of the text. */
type Edges = Readonly<Record<'start' | 'end', boolean>>;

/** Adds a state and all that it leads to without taking a character. */
function follow(states: readonly State[], first: number, edges: Edges, into: Set<number>): void {
  const pending = [first];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const state = states[one];
    if (!state || into.has(one)) continue;
    into.add(one);
    if ('fork' in state) pending.push(...state.fork);
    if ('at' in state && edges[state.at]) pending.push(state.next);
  }
}

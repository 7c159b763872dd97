import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
} from 'yaml';
import type { Place, Pointer } from './diagnostic.ts';
import { limits, tooBig, tooDeep, tooManyNodes } from './limits.ts';
import type { TextMistake } from './mistake.ts';
import { emptyFile, isAuthored, type Parsed, type TextSource, withoutByteOrderMark } from './text-document.ts';
import { keyText, yamlValue } from './yaml-value.ts';

interface Composed {
  readonly documents: readonly Document.Parsed[];
  readonly excess?: TextMistake;
}

/** Reads YAML 1.2 core: dates, `No` and `on` are text, duplicate keys and unknown tags are mistakes. */
export function parseYaml(written: string, source: TextSource): Parsed {
  const text = withoutByteOrderMark(written);
  const { file, kind, firstLine = 1 } = source;
  const lines = new LineCounter();
  lines.addNewLine(0);
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const wrong = ({ offset, ...said }: TextMistake): Parsed => ({ mistake: { file, ...place(offset), ...said } });
  const big = tooBig('YAML', Buffer.byteLength(text));
  if (big) return wrong(big);
  const { documents, excess } = compose(text, lines);
  if (excess) return wrong(excess);
  const [document, second] = documents;
  const broken = document && [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  if (broken) return wrong({ offset: broken.pos[0], message: `not YAML: ${lowerFirst(broken.message)}` });
  if (second) {
    const message = 'a second YAML document in one file';
    return wrong({ offset: second.range[0], message, hint: 'keep each in a file of its own' });
  }
  if (!document?.contents || isNothing(document.contents)) return { mistake: emptyFile(source) };

  const { value, mistake, targets } = yamlValue(document.contents, {
    longestString: isAuthored(kind) ? limits.authoredString : Number.POSITIVE_INFINITY,
    lineOf: (offset) => place(offset).line,
  });
  if (mistake) return wrong(mistake);
  const root = document.contents;
  const position = (pointer: Pointer, what: 'key' | 'value'): Place =>
    place(offsetOf(root, { pointer, what, targets }));
  return { document: { value, position } };
}

/** Lexer and CST parser don't recurse, the composer does: nesting is watched between them, as the text is read. */
function compose(text: string, lines: LineCounter): Composed {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let aliases = 0;
  let lexemes = 0;
  let scalarNext = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('*') && !scalarNext) aliases += 1;
    scalarNext = lexeme === scalarMark;
    lexemes += 1;
    if (lexemes > limits.nodes * lexemesPerNode) return { documents: [], excess: tooManyNodes(parser.offset) };
    if (aliases > limits.aliases) return { documents: [], excess: tooManyAliases(parser.offset) };
    tokens.push(...parser.next(lexeme));
    // On the stack: the document, each collection around this token, and the token itself. One level more is left to
    // yamlValue, which knows where it starts.
    if (parser.stack.length > limits.nesting + 3)
      return { documents: [], excess: tooDeep(parser.offset - lexeme.length) };
  }
  tokens.push(...parser.end());
  const composer = new Composer({
    version: '1.2',
    // Said again, because a file's %YAML 1.1 line would bring back dates and `No` as false.
    schema: 'core',
    resolveKnownTags: false,
    strict: true,
    // The library's own check compares every key with every other; ours is in yamlValue.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return { documents: withoutStacks(() => firstTwo(composer.compose(tokens, true, text.length))) };
}

function firstTwo(documents: Iterable<Document.Parsed>): readonly Document.Parsed[] {
  const taken: Document.Parsed[] = [];
  for (const document of documents) if (taken.push(document) === 2) break;
  return taken;
}

/** The composer makes an Error of every mistake: a stack for each of a million would fill the memory. */
function withoutStacks<T>(work: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** A scalar comes with its mark, its indicator, and the space or line break around it: far more is an attack. */
const lexemesPerNode = 4;

/** The lexer's mark that the next lexeme is a plain or block scalar, whatever it starts with. */
const scalarMark = '\u001f';

const tooManyAliases = (offset: number): TextMistake => ({
  offset,
  message: `more than ${limits.aliases} YAML aliases`,
  hint: 'write the values out',
});

const isNothing = (node: Node): boolean => isScalar(node) && node.value === null && node.source === '';

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

interface Wanted {
  readonly pointer: Pointer;
  readonly what: 'key' | 'value';
  readonly targets: ReadonlyMap<Alias, Node>;
}

interface Found {
  readonly key: Node;
  readonly value: Node;
}

/** Where a pointer leads, or as far as it leads. */
function offsetOf(root: Node, { pointer, what, targets }: Wanted): number {
  let found: Found = { key: root, value: root };
  for (const step of pointer) {
    const next = stepInto(isAlias(found.value) ? targets.get(found.value) : found.value, step);
    if (!next) break;
    found = next;
  }
  return found[what].range?.[0] ?? 0;
}

function stepInto(container: Node | undefined, step: Pointer[number]): Found | undefined {
  if (isSeq(container)) {
    // Items of a parsed list are nodes.
    const item = container.items[Number(step)] as Node | undefined;
    return item && { key: item, value: item };
  }
  if (!isMap<Node, Node | null>(container)) return undefined;
  const pair = container.items.find((candidate) => keyText(candidate.key) === String(step));
  return pair && { key: pair.key, value: pair.value ?? pair.key };
}

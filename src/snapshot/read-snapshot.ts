import { type Diagnostic, diagnosticsError, type Pointer } from '../documents/diagnostic.ts';
import { tryDocument } from '../documents/document.ts';
import { type FileOptions, inputFiles, readLines, readText, shownName, standardInput } from '../documents/files.ts';
import { parseJson } from '../documents/json-document.ts';
import { limits, scanJson } from '../documents/limits.ts';
import type { TextLine } from '../documents/lines.ts';
import { dotted, schemaDiagnostics, type Validator } from '../documents/schema-errors.ts';
import { emptyFile, type Parsed, type TextDocument, type TextSource } from '../documents/text-document.ts';
import { tryValue } from '../documents/value-document.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import type { OrganizationDocument } from './organization.ts';
import { saidTwice } from './said-twice.ts';
import type { Snapshot } from './snapshot.ts';
import { normaliser, otherSpelling } from './spelling.ts';

export interface ReadOptions extends Pick<FileOptions, 'stdin'> {
  readonly registry: Registry;
  /** Of `snapshotSchema(registry)`; compiled at build time in the command line, by AJV in tests. */
  readonly validate: Validator;
  /** Takes the record of an organization that stands among snapshots; left out: it is a mistake like any other file. */
  readonly onOrganization?: (record: OrganizationDocument) => void;
}

export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  readonly file: string;
  /** The first line of the snapshot in its file. */
  readonly line: number;
  /** The line on which a resource begins, by its type and its place in the list; of JSON lines there is but one. */
  readonly lineOf?: (type: string, index: number) => number;
  /** Where the line stands in the file, of a line of JSON lines: the snapshot can be read there again. */
  readonly at?: { readonly offset: number; readonly bytes: number };
}

interface Reading extends ReadOptions {
  readonly normalise: (snapshot: unknown) => unknown;
}
type Outcome = ReadSnapshot | { readonly mistakes: readonly Diagnostic[] };
type FileOutcome = Outcome | { readonly organization: OrganizationDocument };

/**
 * The snapshots of files and folders, `-` being standard input: YAML, JSON, or JSON lines, which are streamed. A file
 * with mistakes yields nothing, but for the good lines before the first bad line of JSON lines; the other files are
 * then only checked, and all mistakes come as one AppError at the end.
 */
export async function* readSnapshots(paths: readonly string[], options: ReadOptions): AsyncGenerator<ReadSnapshot> {
  const reading = readingWith(options);
  const mistakes: Diagnostic[] = [];
  for (const path of paths.flatMap((given) => inputFiles(given))) {
    for await (const outcome of readFile(path, reading)) {
      if ('organization' in outcome) options.onOrganization?.(outcome.organization);
      else if ('mistakes' in outcome) mistakes.push(...outcome.mistakes);
      else if (mistakes.length === 0) yield outcome;
    }
  }
  if (mistakes.length > 0) throw diagnosticsError(mistakes);
}

/**
 * The snapshot that a program holds as a value, read as if it stood in a file; `name` is what its mistakes call it.
 *
 * @throws AppError `input` with all its mistakes.
 */
export function readSnapshotValue(
  value: unknown,
  name: string,
  { registry, validate }: Omit<ReadOptions, 'stdin'>,
): Snapshot {
  const source: TextSource = { file: name, kind: 'snapshot' };
  return snapshotOrThrow(outcomeOf(tryValue(value, source), source, readingWith({ registry, validate })));
}

/**
 * Reads one snapshot after the other that each is the JSON text of a whole file.
 *
 * @throws AppError `input` with all mistakes of a text.
 */
export function textReader(options: Omit<ReadOptions, 'stdin'>): (text: string, file: string) => Snapshot {
  const reading = readingWith(options);
  return (text, path) => {
    const source: TextSource = { file: shownName(path), kind: 'snapshot' };
    return snapshotOrThrow(outcomeOf(parseJson(text, source), source, reading));
  };
}

const readingWith = (options: ReadOptions): Reading => ({ ...options, normalise: normaliser(options.registry) });

function snapshotOrThrow(outcome: Outcome): Snapshot {
  if ('snapshot' in outcome) return outcome.snapshot;
  throw diagnosticsError(outcome.mistakes);
}

/** Whether a file's first line is one of a recording of API calls, not of a snapshot. */
export function looksLikeRecording(firstLine: string): boolean {
  const parsed = parseJson(firstLine, { file: '', kind: 'recording' });
  if ('mistake' in parsed) return false;
  const call = membersOf(parsed.document.value);
  return call.trailproof === 'recording/1' || (typeof call.service === 'string' && typeof call.operation === 'string');
}

async function* readFile(path: string, reading: Reading): AsyncGenerator<FileOutcome> {
  const source: TextSource = { file: shownName(path), kind: 'snapshot' };
  if (!/\.ya?ml$/iu.test(path)) return yield* readJson(path, source, reading);
  const text = await readText(path, { format: 'YAML' });
  yield inFile(await tryDocument(text, { ...source, format: 'yaml' }), source, reading);
}

/** JSON lines if the first line is complete in itself; else one JSON text, or YAML on standard input. */
async function* readJson(path: string, source: TextSource, reading: Reading): AsyncGenerator<FileOutcome> {
  const lines = readLines(path, reading.stdin ? { stdin: reading.stdin } : {});
  const before: string[] = [];
  for await (const first of lines) {
    if (first.text.trim() === '') {
      before.push(first.text);
      continue;
    }
    if (isComplete(first.text)) return yield* readJsonLines(first, lines, { source, reading });
    return yield inFile(await readWhole([...before, first.text], lines, source), source, reading);
  }
  yield { mistakes: [emptyFile(source)] };
}

const isComplete = (line: string): boolean => {
  if (!/^\ufeff?\s*\{/u.test(line)) return false;
  const { closed, excess } = scanJson(line);
  return closed && !excess;
};

async function* readJsonLines(
  first: TextLine,
  rest: AsyncIterable<TextLine>,
  { source, reading }: { readonly source: TextSource; readonly reading: Reading },
): AsyncGenerator<FileOutcome> {
  const read = ({ text, line, offset, bytes }: TextLine): FileOutcome => {
    const here = { ...source, firstLine: line };
    const outcome = inFile(parseJson(text, here), here, reading);
    return 'snapshot' in outcome ? { ...outcome, at: { offset, bytes } } : outcome;
  };
  const outcome = read(first);
  yield outcome;
  if ('mistakes' in outcome) return;
  for await (const line of rest) {
    if (line.text.trim() === '') continue;
    const next = read(line);
    yield next;
    if ('mistakes' in next) return;
  }
}

async function readWhole(first: readonly string[], rest: AsyncIterable<TextLine>, source: TextSource): Promise<Parsed> {
  const isYaml = source.file === shownName(standardInput) && !/^\ufeff?\s*[[{]/u.test(first.join(''));
  const texts = [...first];
  let size = texts.join('\n').length;
  for await (const { text } of rest) {
    texts.push(text);
    size += text.length + 1;
    // Far enough to be refused.
    if (size > (isYaml ? limits.yamlBytes : limits.jsonBytes)) break;
  }
  return tryDocument(texts.join('\n'), { ...source, format: isYaml ? 'yaml' : 'json' });
}

/** Beside snapshots there may be what else a run knows. */
function inFile(parsed: Parsed, source: TextSource, reading: Reading): FileOutcome {
  const isOrganization =
    reading.onOrganization && 'document' in parsed && membersOf(parsed.document.value).trailproof === 'organization/1';
  return isOrganization
    ? { organization: { document: parsed.document, file: source.file } }
    : outcomeOf(parsed, source, reading);
}

function outcomeOf(parsed: Parsed, source: TextSource, reading: Reading): Outcome {
  if ('mistake' in parsed) return { mistakes: [parsed.mistake] };
  const { document } = parsed;
  const { file, firstLine, firstLine: line = 1 } = source;
  const value = reading.normalise(document.value);
  if (reading.validate(value)) {
    // Just validated against the schema of a snapshot.
    const lineOf = (type: string, index: number): number =>
      document.position(asWritten(document.value, ['resources', type, index]), 'value').line;
    const snapshot = value as Snapshot;
    const mistakes = saidTwice(snapshot, reading.registry).map(
      ({ type, id, index, first }): Diagnostic => ({
        file,
        ...document.position(asWritten(document.value, ['resources', type, index]), 'value'),
        message: `${id} is there twice, and not the same; the other one is on line ${lineOf(type, first)}`,
        hint: 'keep the one that holds',
      }),
    );
    if (mistakes.length > 0) return { mistakes };
    return { snapshot, file, line, ...(firstLine === undefined && { lineOf }) };
  }
  const stranger = otherFile(document, file);
  if (stranger) return { mistakes: [stranger] };
  return {
    mistakes: schemaDiagnostics(reading.validate.errors, {
      file,
      position: document.position,
      nameOf: nameInSnapshot,
      asWritten: (pointer) => asWritten(document.value, pointer),
      unknownProperty: twice,
    }),
  };
}

/** A file of another kind has one mistake, not one in each of its lines. */
function otherFile({ value, position }: TextDocument, file: string): Diagnostic | undefined {
  const { trailproof, service, operation } = membersOf(value);
  if (trailproof === 'snapshot/1') return undefined;
  const at = { file, ...position(['trailproof'], 'value') };
  if (trailproof === 'recording/1' || (typeof service === 'string' && typeof operation === 'string')) {
    return { ...at, message: 'this is a recording of API calls, not a snapshot', hint: 'use scan --replay' };
  }
  const message =
    typeof trailproof === 'string' ? `this is ${JSON.stringify(trailproof)}, not a snapshot` : 'this is not a snapshot';
  return { ...at, message, hint: 'a snapshot says trailproof: snapshot/1' };
}

/** Inside a resource, the resource's own path; the place says which resource it is. */
const nameInSnapshot = (pointer: Pointer): string =>
  dotted(pointer[0] === 'resources' && pointer.length > 3 ? pointer.slice(3) : pointer);

/** The pointer in the file's own spelling. */
function asWritten(value: unknown, pointer: Pointer): Pointer {
  let inside = value;
  return pointer.map((step) => {
    const members = membersOf(inside);
    const other = otherSpelling(String(step));
    const written = !Object.hasOwn(members, step) && Object.hasOwn(members, other) ? other : step;
    inside = Object.hasOwn(members, written) ? members[written] : undefined;
    return written;
  });
}

/** A property that was given in both spellings is known well enough, but nobody can say which of the two holds. */
function twice(key: string, object: unknown) {
  const other = otherSpelling(key);
  if (other === key || !Object.hasOwn(membersOf(object), other)) return;
  return { message: `duplicate key ${key}`, hint: `it is the same property as ${other}; keep one of them` };
}

const membersOf = (value: unknown): Readonly<Record<string | number, unknown>> =>
  // Only own members are ever asked for, and every object has those.
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string | number, unknown>>) : {};

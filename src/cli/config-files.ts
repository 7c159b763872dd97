import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type Diagnostic, type Pointer, throwDiagnostics } from '../documents/diagnostic.ts';
import { tryDocument } from '../documents/document.ts';
import { readText, shownName, standardInput } from '../documents/files.ts';
import { schemaDiagnostics } from '../documents/schema-errors.ts';
import { didYouMean } from '../documents/suggest.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { AppError } from '../errors.ts';
import { isObject } from '../snapshot/resource-view.ts';
import { keyOf } from './config-keys.ts';
import type { Layer } from './config-layers.ts';
import { isPackName, packNames } from './packs.ts';

const defaultFile = 'trailproof.yaml';
const otherNames = ['trailproof.yml', '.trailproof.yaml', '.trailproof.yml'];

/**
 * What the named config says, else the one in the working directory, else nothing: first what it extends, each file
 * once.
 *
 * @throws AppError `config` with the mistakes of all files, each with its place.
 */
export async function readLayers(named: string | undefined): Promise<readonly Layer[]> {
  const file = named ?? ownFile();
  if (file === undefined) return [];
  const reading: Reading = { seen: new Set(), layers: [], mistakes: [] };
  await readInto(reading, file, []);
  throwDiagnostics(reading.mistakes, 'config');
  return reading.layers;
}

/** A config that is called almost right and not read would be taken for one that holds. */
function ownFile(): string | undefined {
  if (existsSync(defaultFile)) return defaultFile;
  const other = otherNames.find((name) => existsSync(name));
  if (other === undefined) return undefined;
  throw new AppError('config', `${other} is not read: the config is called ${defaultFile}`, {
    hint: `Rename it, or name it: --config ${other}.`,
  });
}

/**
 * What a document says that is no file, and so extends none and starts at the working directory.
 *
 * @throws AppError `config` with its mistakes.
 */
export async function layerOfDocument(document: TextDocument, file: string): Promise<Layer> {
  const mistakes = await mistakesOf(document, file);
  throwDiagnostics(mistakes, 'config');
  return { ...layerIn(document, file), by: 'given' };
}

interface Reading {
  /** The files that were come to, as the file system calls them. */
  readonly seen: Set<string>;
  readonly layers: Layer[];
  readonly mistakes: Diagnostic[];
}

/** A file on the way from the config down to what it extends. */
interface Step {
  readonly id: string;
  readonly file: string;
}

async function readInto(reading: Reading, file: string, above: readonly Step[]): Promise<void> {
  const text = await readText(file, { code: 'config', format: 'YAML' });
  const step = { id: file === standardInput ? file : realpathSync(file), file };
  reading.seen.add(step.id);
  const shown = shownName(file);
  const parsed = await tryDocument(text, { file: shown, kind: 'config' });
  const mistakes = 'mistake' in parsed ? [parsed.mistake] : await mistakesOf(parsed.document, shown);
  reading.mistakes.push(...mistakes);
  if ('mistake' in parsed || mistakes.length > 0) return;
  const layer = layerIn(parsed.document, file);
  for (const [index, word] of wordsOf(layer.written.extends).entries()) {
    await extend(reading, { word, layer, pointer: ['extends', index] }, [...above, step]);
  }
  reading.mistakes.push(...missingPaths(layer));
  reading.layers.push(layer);
}

interface Extended {
  readonly word: string;
  readonly layer: Layer;
  readonly pointer: Pointer;
}

async function extend(reading: Reading, { word, layer, pointer }: Extended, above: readonly Step[]): Promise<void> {
  if (isPackName(word)) {
    const own: Layer = { written: { rules: [word] }, by: 'file', origin: () => layer.origin(pointer) };
    reading.layers.push(own);
    return;
  }
  const wrong = whyNotExtended(word, above);
  const place = layer.place?.(pointer, 'value');
  if (wrong && place) reading.mistakes.push({ ...place, ...wrong });
  if (!wrong && !reading.seen.has(realpathSync(word))) await readInto(reading, word, above);
}

function whyNotExtended(path: string, above: readonly Step[]): Pick<Diagnostic, 'message' | 'hint'> | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return missing(path);
  if (stats.isDirectory()) return { message: `${path} is a folder`, hint: 'name a config in it' };
  const id = realpathSync(path);
  const start = above.findIndex((step) => step.id === id);
  if (start < 0) return undefined;
  const ring = [...above.slice(start).map(({ file }) => shownName(file)), path].join(' → ');
  return { message: `it extends itself: ${ring}`, hint: 'leave one of them out' };
}

async function mistakesOf({ value, position }: TextDocument, file: string): Promise<readonly Diagnostic[]> {
  const { validate } = await import('../generated/validate-config.js');
  return validate(value) ? [] : schemaDiagnostics(validate.errors, { file, position });
}

function layerIn({ value, position }: TextDocument, file: string): Layer {
  const shown = shownName(file);
  const folder = dirname(file);
  // The schema has just said that it is one.
  const written = Object.entries(value as Readonly<Record<string, unknown>>);
  return {
    written: Object.fromEntries(written.map(([key, said]) => [key, hasPaths(key) ? fromFolder(said, folder) : said])),
    by: 'file',
    origin: (pointer) => `${shown}:${position(pointer, 'key').line}`,
    place: (pointer, what) => ({ file: shown, ...position(pointer, what) }),
  };
}

const hasPaths = (key: string): boolean => key === 'extends' || keyOf(key)?.paths === true;

/** Every text that is a path, from the working directory on; a folder that is called like a pack keeps its `./`. */
function fromFolder(said: unknown, folder: string): unknown {
  if (Array.isArray(said)) return said.map((one: unknown) => fromFolder(one, folder));
  if (isObject(said))
    return Object.fromEntries(Object.entries(said).map(([name, one]) => [name, fromFolder(one, folder)]));
  if (typeof said !== 'string' || isPackName(said) || isAbsolute(said)) return said;
  const path = join(folder, said);
  return isPackName(path) ? `./${path}` : path;
}

const wordsOf = (said: unknown): readonly string[] => [said ?? []].flat().map(String);

/** Words of `rules` that are neither a pack nor there. */
function missingPaths({ written, place }: Layer): readonly Diagnostic[] {
  return wordsOf(written.rules).flatMap((word, index) => {
    if (!place || isPackName(word) || existsSync(word)) return [];
    return { ...place(Array.isArray(written.rules) ? ['rules', index] : ['rules'], 'value'), ...missing(word) };
  });
}

function missing(path: string): Pick<Diagnostic, 'message' | 'hint'> {
  const near = didYouMean(basename(path), [...neighboursOf(path), ...packNames]);
  return { message: `there is no pack and no file or folder ${path}`, hint: near ?? 'paths start at this file' };
}

function neighboursOf(path: string): readonly string[] {
  const folder = dirname(path);
  return existsSync(folder) ? readdirSync(folder) : [];
}

import { isDeepStrictEqual } from 'node:util';
import type { Document, Node } from 'yaml';
import { parseDocument } from '../documents/document.ts';
import { isJsonFile, printedJson } from './printed-json.ts';

/** A waiver as it is written in a config. */
export interface WrittenWaiver {
  readonly rule: string;
  readonly match: { readonly [Key in 'account' | 'region' | 'resource' | 'fingerprint']?: string };
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

/**
 * The text of a config with one waiver more, as the last of them. Everything else stays as it is written, comments and
 * spaces too, unless its waivers stand on one line: then it is the same config in a form that can hold one more.
 */
export async function withWaiver(text: string, file: string, waiver: WrittenWaiver): Promise<string> {
  const before = await valueIn(text, file);
  const wanted = { ...before, waivers: [...(before.waivers ?? []), waiver] };
  if (isJsonFile(file)) return printedJson(wanted);
  const yaml = await import('yaml');
  const document = yaml.parseDocument(text, { version: '1.2', schema: 'core' });
  const item = yaml.stringify([waiver], { lineWidth: 0 });
  for (const make of [() => inserted(text, document, item, yaml.isSeq), () => added(document, waiver)]) {
    const made = make();
    if (made !== undefined && isDeepStrictEqual(await valueOrNothing(made, file), wanted)) return made;
  }
  throw new Error(`${file} cannot be written with a waiver`);
}

interface Value {
  readonly waivers?: readonly unknown[];
}

/** The schema of a config has said of it that its waivers are a list. */
const valueIn = async (text: string, file: string): Promise<Value> =>
  (await parseDocument(text, { file, kind: 'config' })).value as Value;

const valueOrNothing = (text: string, file: string): Promise<Value | undefined> =>
  valueIn(text, file).catch(() => undefined);

/** With the lines of the waiver put in behind the last one; undefined: it has them on one line. */
function inserted(
  text: string,
  document: Document.Parsed,
  item: string,
  isSeq: typeof import('yaml').isSeq,
): string | undefined {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const waivers = document.get('waivers', true);
  if (waivers === undefined) {
    const gap = text.endsWith('\n') ? '' : lineBreak;
    return `${text}${gap}${lineBreak}waivers:${lineBreak}${indented(item, '  ', lineBreak)}`;
  }
  const last = isSeq<Node>(waivers) && !waivers.flow ? waivers.items.at(-1) : undefined;
  const [start, end] = last?.range ?? [];
  if (start === undefined || end === undefined) return undefined;
  const at = endOfLine(text, end);
  const dash = text.lastIndexOf('-', start);
  const indent = text.slice(text.lastIndexOf('\n', dash) + 1, dash);
  const gap = text.slice(0, at).endsWith('\n') ? '' : lineBreak;
  return `${text.slice(0, at)}${gap}${indented(item, indent, lineBreak)}${text.slice(at)}`;
}

/** Where the line ends that an offset stands in; the offset itself, if that is where a line begins. */
function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}

const indented = (lines: string, indent: string, lineBreak: string): string =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}${lineBreak}`)
    .join('');

function added(document: Document.Parsed, waiver: WrittenWaiver): string {
  const written = document.clone();
  if (written.has('waivers')) written.addIn(['waivers'], written.createNode(waiver));
  else written.set('waivers', [waiver]);
  return written.toString({ lineWidth: 0 });
}

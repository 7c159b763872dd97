import type { FieldTest, FieldValue } from './event-set.ts';
import { isSpelledWith } from './text-index.ts';

const ellipsis = '…';
/** Unicode leaves these to whoever wants them: they stand in where a text that is named has the ellipsis itself. */
const privateUse = { first: 0xe000, last: 0xf8ff };
const standIns = /[\ue000-\uf8ff]/g;

/**
 * A character that stands for "anything else": it is in no text that these tests name, so that a text around it is
 * none of them (aws-semantics §2.7). Undefined: they name all there are.
 */
export function fillerOf(tests: readonly FieldTest[]): string | undefined {
  const isFree = (character: string): boolean => !tests.some((test) => isNamedIn(test, character));
  if (isFree(ellipsis)) return ellipsis;
  for (let code = privateUse.first; code <= privateUse.last; code += 1) {
    const standIn = String.fromCharCode(code);
    if (isFree(standIn)) return standIn;
  }
  return undefined;
}

const isNamedIn = ({ whole, beginnings, endings }: FieldTest, character: string): boolean =>
  isSpelledWith(whole, character) || isSpelledWith(beginnings, character) || isSpelledWith(endings, character);

/** Whether a value is anything that is named nowhere. */
export const isAnythingElse = (value: FieldValue): boolean => typeof value === 'string' && inWords(value) === ellipsis;

/** What a text is sure to begin with, and whether that is all of it. */
export function surely(text: string): { readonly beginning: string; readonly isWhole: boolean } {
  const [beginning = '', ...rest] = inWords(text).split(ellipsis);
  return { beginning, isWhole: rest.length === 0 };
}

/** The text with another in the place of anything else. */
export const spelled = (text: string, anythingElse: string): string => inWords(text).replaceAll(ellipsis, anythingElse);

/** A text to try as people read it: `arn:aws:s3:::audit/tmp/…`. */
export const inWords = (text: string): string => text.replaceAll(standIns, ellipsis);

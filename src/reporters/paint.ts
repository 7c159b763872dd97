import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours, or none. The stream is not asked: whether there are colours is the caller's decision alone. */
export const painter = ({ color }: { readonly color: boolean }): Paint =>
  color ? (style, text) => (text === '' ? '' : styleText(style, text, { validateStream: false })) : (_, text) => text;

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build } from 'rolldown';

/** In this order: what is for small screens and for paper comes last. */
const styles = ['base', 'summary', 'marks', 'coverage', 'way', 'findings', 'media'];

/**
 * The script and the style of the HTML report as texts, each with the hash by which a browser knows that it is the one
 * that belongs there.
 */
export async function htmlPage(folder: string): Promise<string> {
  const { output } = await build({
    input: `${folder}main.ts`,
    platform: 'browser',
    write: false,
    logLevel: 'warn',
    output: { format: 'iife', minify: true },
  });
  const script = output[0].code.trim();
  const style = smaller(styles.map((name) => readFileSync(`${folder}style/${name}.css`, 'utf8')).join(''));
  const texts = {
    script: contained(script),
    scriptHash: hashOf(script),
    style: contained(style),
    styleHash: hashOf(style),
  };
  return Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`)
    .join('');
}

/** Without what is there for people who read the source. */
const smaller = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/\n+/g, '\n')
    .trim();

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** What would end the element that it stands in would end the page. */
function contained(text: string): string {
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error('a text of the page holds a tag');
  return text;
}

/** What the texts are called, for the compiler. */
export const htmlPageTypes = ['script', 'scriptHash', 'style', 'styleHash']
  .map((name) => `export declare const ${name}: string;\n`)
  .join('');

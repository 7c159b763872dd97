import { existsSync } from 'node:fs';
import { nearest, nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { builtInPacks } from '../generated/built-in-packs.js';
import type { PackDefinition } from '../rules/pack.ts';
import type { Disagreement } from '../rules/pack-parameters.ts';

/** Whether a word names a built-in pack. A folder of that name is written `./name`. */
export const isPackName = (word: string): boolean => Object.hasOwn(builtInPacks, word);

/** The built-in ones. */
export const packNames: readonly string[] = Object.keys(builtInPacks);

/** The built-in pack of a name. */
export async function builtInPack(name: string): Promise<PackDefinition> {
  const load = builtInPacks[name];
  if (!load) throw noSuchPack(name, packNames);
  return (await load()).pack;
}

/** A word of `--rules` that is neither a pack nor there: probably a pack's name with a slip. */
export function assertThere(paths: readonly string[]): void {
  for (const path of paths) {
    const near = existsSync(path) || path === '-' ? undefined : nearest(path, packNames);
    if (near !== undefined)
      throw new AppError('usage', `no pack is called ${path}, and there is no such file or folder`, {
        hint: `Did you mean ${near}?`,
      });
  }
}

/** What `--framework` names: a pack of the files that were read, or a built-in one, that has requirements. */
export async function frameworkOf(word: string, own: readonly PackDefinition[]): Promise<PackDefinition> {
  const ours = own.find(({ pack }) => pack === word);
  // What is met of the one is not met of the other.
  if (ours && isPackName(word))
    throw new AppError('usage', `two packs are called ${word}: one that is built in, and one of your own`, {
      hint: 'Rename yours.',
    });
  const named = ours ?? (isPackName(word) ? await builtInPack(word) : undefined);
  if (!named) throw noSuchPack(word, [...own.map(({ pack }) => pack), ...packNames]);
  if (named.requirements) return named;
  throw new AppError('usage', `${word} is a set of rules and no framework: it has no requirements`, {
    hint: `Choose it with --rules ${word}.`,
  });
}

function noSuchPack(word: string, names: readonly string[]): AppError {
  return new AppError('usage', `no pack is called ${word}`, {
    hint: nearOr(word, names, `There are ${names.join(', ')}; a file of your own goes to --rules.`),
  });
}

/** What to tell whoever chose packs that want different things. Where none is the stricter, somebody has to choose. */
export function disagreementRemark({ rule, parameter, wanted, value }: Disagreement): string {
  const said = wanted.map(({ pack, value: own }) => `${JSON.stringify(own)} (${pack})`).join(', ');
  const message = `the packs disagree on ${rule}.${parameter}: ${said}`;
  if (value === undefined)
    throw new AppError('usage', message, { hint: `Set it with --parameter ${rule}.${parameter}=VALUE.` });
  return `${message}; the strictest is used, ${JSON.stringify(value)}`;
}

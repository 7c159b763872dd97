import { didYouMean } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';

/** A word that is no command. `ids`: the commands as oclif calls them, `rules:list`. */
export function noSuchCommand(given: string, ids: readonly string[]): AppError {
  const names = ids.map((id) => id.replaceAll(':', ' '));
  const near = didYouMean(given, names);
  return new AppError('usage', `${given} is not a command`, {
    hint: near === undefined ? `Commands are ${names.toSorted().join(', ')}.` : sentence(near),
  });
}

/**
 * What the argument parser refuses, as an error of ours: without its advice, with a suggestion. Anything else comes
 * back as it is.
 */
export function usageError(
  error: unknown,
  { id, flags }: { readonly id: string; readonly flags: readonly string[] },
): unknown {
  if (!(error instanceof Error)) return error;
  const help = `See trailproof ${id.replaceAll(':', ' ')} --help.`;
  const [, named, why = ''] = /^Parsing (--\S+) \n\tExpected (.*)/.exec(error.message) ?? [];
  if (named !== undefined) return new AppError('usage', `${named} expects ${why}`, { hint: help });
  // The parser's classes have no names left in the bundle: they are known by what they carry.
  if (!('parse' in error)) return error;
  if ('flags' in error && Array.isArray(error.flags)) return noSuchFlag(error.flags.map(String), flags, help);
  const [message = ''] = error.message.split('\nSee more help');
  const [, flag, given = '', options = ''] = /^Expected (--\S+?)=(.*) to be one of: (.*)$/s.exec(message) ?? [];
  if (flag === undefined) return new AppError('usage', message.replaceAll(/\s*\n\s*/g, ' '), { hint: help });
  const near = didYouMean(given, options.split(', '));
  return new AppError('usage', `${flag} cannot be ${JSON.stringify(given)}`, {
    hint: near === undefined ? `One of ${options}.` : sentence(near),
  });
}

function noSuchFlag(given: readonly string[], known: readonly string[], help: string): AppError {
  const [first = ''] = given;
  const near = didYouMean(
    first,
    known.map((name) => `--${name}`),
  );
  const message = given.length === 1 ? `there is no flag ${first}` : `there are no flags ${given.join(', ')}`;
  return new AppError('usage', message, { hint: near === undefined ? help : sentence(near) });
}

/** `did you mean x?` as a sentence. */
export const sentence = (hint: string): string => `${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;

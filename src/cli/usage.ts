import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';

/** A word that is no command. `ids`: the commands as oclif calls them, `rules:list`. */
export function noSuchCommand(given: string, ids: readonly string[]): AppError {
  const names = ids.map((id) => id.replaceAll(':', ' '));
  return new AppError('usage', `${given} is not a command`, {
    hint: nearOr(given, names, `Commands are ${names.toSorted().join(', ')}.`),
  });
}

interface Parsed {
  readonly id: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
}

/**
 * What the argument parser refuses, as an error of ours: without its advice, with a suggestion. Anything else comes
 * back as it is.
 */
export function usageError(error: unknown, { id, flags, args }: Parsed): unknown {
  if (!(error instanceof Error)) return error;
  const command = id.replaceAll(':', ' ');
  const help = `See trailproof ${command} --help.`;
  const [message = ''] = error.message.split('\nSee more help');
  // What a flag makes of its value is an error of no class of the parser's.
  const [, number, wrong = ''] = /^Parsing (--\S+) \n\t(.+)$/s.exec(message) ?? [];
  if (number !== undefined)
    return new AppError('usage', `${number}: ${wrong.charAt(0).toLowerCase()}${wrong.slice(1)}`, { hint: help });
  // The parser's classes have no names left in the bundle: they are known by what they carry.
  if (!('parse' in error)) return error;
  if ('flags' in error && Array.isArray(error.flags)) return noSuchFlag(error.flags.map(String), flags, help);
  if ('args' in error && message.startsWith('Missing')) {
    const names = args.map((name) => name.toUpperCase()).join(' and ');
    return new AppError('usage', `${command} needs ${names}`, { hint: help });
  }
  const [, flag, given = '', options = ''] = /^Expected (--\S+?)=(.*) to be one of: (.*)$/s.exec(message) ?? [];
  if (flag === undefined) return new AppError('usage', reasonsIn(message), { hint: help });
  return new AppError('usage', `${flag} cannot be ${JSON.stringify(given)}`, {
    hint: nearOr(given, options.split(', '), `One of ${options}.`),
  });
}

/** The parser says that errors occurred, then each on a line of its own. */
const reasonsIn = (message: string): string =>
  message
    .replace(/^The following errors? occurred:/, '')
    .split('\n')
    .map((line) => line.trim().replace(/^Missing required flag (\S+)$/, '--$1 is missing'))
    .filter((line) => line !== '')
    .join('; ');

function noSuchFlag(given: readonly string[], known: readonly string[], help: string): AppError {
  const [first = ''] = given;
  const names = known.map((name) => `--${name}`);
  const message = given.length === 1 ? `there is no flag ${first}` : `there are no flags ${given.join(', ')}`;
  return new AppError('usage', message, { hint: nearOr(first, names, help) });
}

import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';

/** What an option may hold: one of these words, or a value of this kind. `anything` is looked at where it is used. */
type Kind = readonly string[] | 'text' | 'texts' | 'number' | 'count' | 'seconds' | 'flag' | 'function' | 'anything';

/** The kinds of all options that a function takes: one that is added to its type alone does not compile. */
export type Kinds<Options> = Readonly<Record<keyof Options, Kind>>;

/**
 * The options that were given, checked; one that is undefined was not. A name that nobody reads would be taken for
 * one that holds (`failon: 'high'`), and so would a word.
 *
 * @throws AppError `usage`.
 */
export function givenOptions<Options extends object>(options: Options, kinds: Kinds<Options>): Options {
  if (typeof options !== 'object' || options === null) {
    throw new AppError('usage', `options cannot be ${shown(options)}`, { hint: 'They are an object.' });
  }
  const known = new Map<string, Kind>(Object.entries(kinds));
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const kind = known.get(name);
    if (kind === undefined) throw noSuchOption(name, [...known.keys()]);
    if (!isOf(kind, value)) throw notOf(kind, name, value);
  }
  // Its own members, less those that hold nothing.
  return Object.fromEntries(given) as Options;
}

function isOf(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'anything':
      return true;
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
    case 'number':
      return isAbove(value);
    case 'count':
      return isAbove(value) && Number.isInteger(value);
    case 'seconds':
      return isAbove(value) && value < mostSeconds;
    case 'flag':
      return typeof value === 'boolean';
    case 'function':
      return typeof value === 'function';
    default:
      return kind.some((word) => word === value);
  }
}

const isAbove = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

/** As for the flags: eleven days, and a timer can count them. */
const mostSeconds = 1e6;

/** JSON has no word for what is no number. */
const shown = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));

function noSuchOption(name: string, known: readonly string[]): AppError {
  return new AppError('usage', `there is no option ${name}`, {
    hint: nearOr(name, known, `Options are ${known.toSorted().join(', ')}.`),
  });
}

const wanted = {
  text: 'a text',
  texts: 'a list of texts',
  number: 'a number above 0',
  count: 'a whole number above 0',
  seconds: 'a number of seconds above 0 and below a million',
  flag: 'true or false',
  function: 'a function',
  anything: 'anything',
} as const;

function notOf(kind: Kind, name: string, value: unknown): AppError {
  const said = `option ${name} cannot be ${shown(value)}`;
  if (typeof kind === 'string') return new AppError('usage', said, { hint: `It is ${wanted[kind]}.` });
  const all = `It is one of ${kind.join(', ')}.`;
  return new AppError('usage', said, { hint: typeof value === 'string' ? nearOr(value, kind, all) : all });
}

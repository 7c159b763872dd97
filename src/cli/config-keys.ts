/**
 * How what several files say of one key comes together. `last`: what is said last holds, as a whole. `joined`: a list of
 * all that is said, each entry once. `in order`: a list of all that is said, the last of them strongest. A number: a map,
 * merged name by name that many levels deep. `strictest`: a map of limits, of numbers the smallest, of lists all.
 */
export type Merge = 'last' | 'joined' | 'in order' | 'strictest' | 1 | 2;

export interface ConfigKey {
  /** Through `extends`: what a file extends comes first, the file itself last. */
  readonly merge: Merge;
  /** What a flag or an option says comes last: merged like a file's, or in the place of all that files say. */
  readonly given: 'merged' | 'instead';
  /** The flag that says the same. */
  readonly flag?: string;
  /** Whether its texts are paths, which start at the folder of the file that says them. */
  readonly paths?: true;
  /** What it sets, a sentence. */
  readonly about: string;
}

/** The keys of a config: the one table that merging, the origin of each value, the schema and the page on it follow. */
export const configKeys = {
  rules: {
    merge: 'joined',
    given: 'instead',
    flag: '--rules',
    paths: true,
    about: 'Packs, and files and folders of rules of your own. Without it the pack recommended runs.',
  },
  only: {
    merge: 'last',
    given: 'instead',
    flag: '--only',
    about: 'Of these rules only those that a word names: ids, globs, severities, families, controls.',
  },
  skip: {
    merge: 'joined',
    given: 'merged',
    flag: '--skip',
    about: 'Rules that do not run; the same words.',
  },
  frameworks: {
    merge: 'joined',
    given: 'instead',
    flag: '--framework',
    about: 'Packs whose requirements the report answers.',
  },
  parameters: {
    merge: 2,
    given: 'merged',
    flag: '--parameter',
    about: 'Values of parameters, by rule id and name.',
  },
  severities: {
    merge: 1,
    given: 'merged',
    about: 'Another severity for a rule, by its id.',
  },
  critical: {
    merge: 'joined',
    given: 'instead',
    about: 'What data events must be recorded of: names, ARN globs, or tags.',
  },
  overrides: {
    merge: 'in order',
    given: 'merged',
    about: 'Other parameters, severities and skipped rules for some accounts and regions; the last that holds wins.',
  },
  targets: {
    merge: 1,
    given: 'merged',
    flag: '--organization and the like',
    about: 'The accounts that scan and collect read, and by which role.',
  },
  waivers: {
    merge: 'in order',
    given: 'merged',
    about: 'Accepted risks, each with who accepted it, why, and until when.',
  },
  waiverPolicy: {
    merge: 'strictest',
    given: 'merged',
    about:
      'For how many days a waiver may be given, and the rules that none may name: what one file forbids no other allows.',
  },
  baseline: {
    merge: 'last',
    given: 'merged',
    flag: '--baseline',
    paths: true,
    about: 'The file of failures that are known, so that only others fail the run.',
  },
  failOn: {
    merge: 'last',
    given: 'merged',
    flag: '--fail-on',
    about: 'Failures of this severity and worse give exit code 1.',
  },
  unknown: {
    merge: 'last',
    given: 'merged',
    flag: '--unknown',
    about: 'Whether what is unknown gives exit code 3, a warning, or nothing.',
  },
  outputs: {
    merge: 1,
    given: 'merged',
    flag: '--output',
    paths: true,
    about: 'Reports that are written to files, by format, beside what goes to standard output.',
  },
} as const satisfies Readonly<Record<string, ConfigKey>>;

export type ConfigKeyName = keyof typeof configKeys;

/** What the table says of a name; undefined: it is no key. */
export function keyOf(name: string): ConfigKey | undefined {
  const known: Readonly<Record<string, ConfigKey>> = configKeys;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

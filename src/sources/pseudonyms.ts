import { isMembers } from '../collectors/call.ts';
import { publicIds } from '../resource-types/aws-accounts.ts';
import { recordedKey } from './recording.ts';

/** A text with a made-up id in the place of each that tells whose it is. */
export type Pseudonyms = (text: string) => string;

interface Kind {
  /** Where it stands among other text; the longest kind first, for a canonical user id holds digits too. */
  readonly pattern: string;
  /** The made-up id of a number, in the form of the real one. */
  readonly made: (number: number, id: string) => string;
}

const digits = (number: number, length: number): string => String(number).padStart(length, '0');

const kinds: Readonly<Record<string, Kind>> = {
  canonicalUser: { pattern: '(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])', made: (number) => digits(number, 64) },
  // Of access keys, users, roles and whatever else IAM names by four letters (IAM: unique identifiers).
  unique: {
    pattern:
      '(?<![A-Za-z0-9])A(?:3T[A-Z0-9]|BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA)[A-Z0-9]{12,}(?![A-Za-z0-9])',
    made: (number, id) => `${id.slice(0, 4)}${digits(number, id.length - 4)}`,
  },
  // Ten zeros are nobody's: rules ask by them whether a stranger is let in.
  organization: {
    pattern: '(?<![A-Za-z0-9-])o-(?!0{10}(?![A-Za-z0-9]))[a-z0-9]{10,32}(?![A-Za-z0-9-])',
    made: (number) => `o-${digits(number, 10)}`,
  },
  unit: {
    pattern: '(?<![A-Za-z0-9-])ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}(?![A-Za-z0-9-])',
    made: (number) => `ou-0000-${digits(number, 8)}`,
  },
  // So short that anything might be called so: it is known by the organization that stands before it somewhere.
  root: {
    pattern: '(?<=o-[a-z0-9]{10,32}/)r-[a-z0-9]{4,32}(?![A-Za-z0-9-])',
    made: (number) => `r-${digits(number, 4)}`,
  },
  // No zero in front: a pattern may hold one as a number.
  account: { pattern: '(?<![0-9])[0-9]{12}(?![0-9])', made: (number) => String(1e11 + number) },
};

const known = Object.entries(kinds)
  .map(([name, { pattern }]) => `(?<${name}>${pattern})`)
  .join('|');
const anyId = new RegExp(known, 'g');
/** A root is named alone too, by what is attached to it. */
const anyMention = new RegExp(`${known}|^r-[a-z0-9]{4,32}$`, 'g');

/**
 * Made-up ids for all that stand in some values, the same for the same id wherever it stands: in an ARN, in a name, in
 * a policy that is text. Each kind is numbered in the order of its ids. A hash of an account id would be undone by
 * trying all of them, and one with a secret key would be another each time; numbers in order say nothing but which id
 * is the smaller one, keep what is sorted by ids in its order, and give the same bytes for the same recording, also
 * when it is redacted again.
 */
export function pseudonymsFor(values: Iterable<unknown>): Pseudonyms {
  const found = new Map<string, Set<string>>(Object.keys(kinds).map((kind) => [kind, new Set()]));
  const find = (text: string): void => {
    for (const { 0: id, groups = {} } of text.matchAll(anyId)) {
      const [kind = ''] = Object.keys(groups).filter((name) => groups[name] !== undefined);
      if (!publicIds.has(id)) found.get(kind)?.add(id);
    }
  };
  for (const value of values) for (const text of textsIn(value)) find(text);
  const names = new Map(
    [...found].flatMap(([kind, ids]) =>
      [...ids].sort().map((id, index) => [id, kinds[kind]?.made(index + 1, id) ?? id]),
    ),
  );
  return (text) => text.replace(anyMention, (id) => names.get(id) ?? id);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isMembers(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]) : [];
}

/** A value whose every text, names of members included, is written anew. */
export function withPseudonyms<T>(value: T, pseudonyms: Pseudonyms): T;
export function withPseudonyms(value: unknown, pseudonyms: Pseudonyms): unknown {
  if (typeof value === 'string') return pseudonyms(value);
  if (Array.isArray(value)) return value.map((item) => withPseudonyms(item, pseudonyms));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [pseudonyms(name), withPseudonyms(inner, pseudonyms)]),
  );
}

/**
 * The lines of a recording of ours with made-up ids of accounts, organizations, canonical users and IAM's. AWS's own
 * stay, and so do names, of which only the ids in them are changed.
 */
export function redactIds(lines: readonly string[]): readonly string[] {
  const [header, ...calls] = lines.map((line) => JSON.parse(line));
  const pseudonyms = pseudonymsFor([header, ...calls]);
  const written = calls.map((call) => withPseudonyms(call, pseudonyms));
  const sorted = written.map((call) => [recordedKey(call), call] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return [withPseudonyms(header, pseudonyms), ...sorted.map(([, call]) => call)].map((line) => JSON.stringify(line));
}

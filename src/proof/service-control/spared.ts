import { matchesGlob } from '../glob.ts';
import { applies, covers, readBy } from '../policy/decide.ts';
import type { Condition, Policy, Statement } from '../policy/policy.ts';
import type { Request } from '../policy/request.ts';
import { fillIn, literal } from '../policy/variables.ts';

/** The key that tells who asks; of a session the ARN of its role. */
const principalArn = 'aws:principalarn';

const asksWho = ({ key }: Condition): boolean => key.toLowerCase() === principalArn;

/** Operators that leave out whoever is named: with wildcards, or by the letter. */
const sparing: ReadonlyMap<string, 'arn' | 'glob' | 'text'> = new Map([
  ['arnnotlike', 'arn'],
  ['arnnotequals', 'arn'],
  ['stringnotlike', 'glob'],
  ['stringnotequals', 'text'],
]);

/** Principals that a statement leaves out: a glob of ARNs. */
export interface Spared {
  readonly pattern: string;
  /** Each of the six parts between the colons matches by itself. */
  readonly byParts: boolean;
}

/** Whom a condition on the principal leaves out; undefined: it is of another kind, or nobody knows its variables. */
function sparedBy({ operator, values }: Condition, { context }: Request): readonly Spared[] | undefined {
  const kind = sparing.get(operator.toLowerCase().replace(/ifexists$/, ''));
  if (!kind) return undefined;
  const patterns = values.map((value) => fillIn(value, context, literal));
  const known = patterns.filter((pattern) => pattern !== undefined);
  if (known.length < patterns.length) return undefined;
  return known.map((pattern) => ({ pattern: kind === 'text' ? literal(pattern) : pattern, byParts: kind === 'arn' }));
}

/**
 * Whom a statement that denies leaves out, if it is about a request whoever makes it; undefined: it is not, or nobody
 * knows.
 */
export function sparedOf(statement: Statement, policy: Policy, request: Request): readonly Spared[] | undefined {
  const asked = readBy(policy, request);
  const others = { ...statement, conditions: statement.conditions.filter((condition) => !asksWho(condition)) };
  if (applies(others, asked) !== 'yes') return undefined;
  const spared = statement.conditions.filter(asksWho).map((condition) => sparedBy(condition, asked));
  const known = spared.filter((patterns) => patterns !== undefined);
  return known.length < spared.length ? undefined : known.flat();
}

/** Whose ARNs are meant. */
export interface Home {
  readonly id: string;
  readonly partition: string;
}

/** Whether every principal that is left out is among the exceptions, or of another account than this. */
export const isExcepted = (spared: Spared, except: readonly string[], home: Home): boolean =>
  except.some((exception) => covers(exception, spared.pattern) === 'yes') || isElsewhere(spared, home);

const accountAt = 4;

function isElsewhere({ pattern, byParts }: Spared, { id, partition }: Home): boolean {
  const parts = pattern.split(':');
  const account = parts[accountAt];
  // A `*` that is not kept between its colons may stand for the account too, or run past it.
  const upToAccount = parts.slice(0, accountAt + 1).join(':');
  if (account === undefined || parts.length < 6 || (!byParts && upToAccount.includes('*'))) return false;
  return !matchesGlob(account, id) || !matchesGlob(parts[1] ?? '', partition);
}

/** A name that nobody gives. */
const madeUp = 'somebody-else';

/**
 * Principals of an account to try: one of each kind, and one of each that a statement may leave out. What stands for a
 * wildcard is made up; whether a statement really leaves one out is for it to say.
 */
export function principalsToTry(policies: readonly Policy[], home: Home): readonly string[] {
  const arn = `arn:${home.partition}:iam::${home.id}:`;
  const patterns = policies
    .flatMap(({ statements }) => statements.flatMap(({ conditions }) => conditions))
    .filter(asksWho)
    .flatMap(({ values }) => values);
  const named = patterns.map((pattern) => {
    const parts = pattern.split(':');
    const resource = parts.length < 6 ? `role/${pattern}` : parts.slice(5).join(':');
    return `${arn}${resource.replaceAll('*', madeUp).replaceAll('?', 'x')}`;
  });
  return [...new Set([`${arn}role/${madeUp}`, `${arn}user/${madeUp}`, `${arn}root`, ...named])];
}

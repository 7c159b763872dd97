import { isObject } from '../snapshot/resource-view.ts';
import { duration } from './operators.ts';
import type { Parameter } from './rule.ts';

/**
 * Whether a parameter's value asks for no less than a bound does, by the parameter's `stricter`. `unknown`: it does not
 * say which way is stricter, or the two cannot be compared.
 */
export function isAsStrict(parameter: Parameter, value: unknown, bound: unknown): 'yes' | 'no' | 'unknown' {
  if (parameter.type === 'events') return namesEvents(parameter, value, bound);
  if (!parameter.stricter || value === undefined) return 'unknown';
  if (parameter.type === 'list') return verdict(holdsList(parameter.stricter, value, bound));
  const [actual, wanted] = [amount(parameter, value), amount(parameter, bound)];
  if (actual === undefined || wanted === undefined) return 'unknown';
  return verdict(parameter.stricter === 'higher' ? actual >= wanted : actual <= wanted);
}

/**
 * The value that asks for as much as each of two does: the stricter, or for lists what is in both, in either. Undefined:
 * the parameter does not say which way is stricter.
 */
export function strictest(parameter: Parameter, first: unknown, second: unknown): unknown {
  const [one, two] = [listed(first), listed(second)];
  const others = two.filter((item) => !includes(one, item));
  if (parameter.stricter === 'more') return others.length > 0 ? [...one, ...others] : first;
  if (parameter.stricter === 'fewer') return one.filter((item) => includes(two, item));
  const answer = isAsStrict(parameter, first, second);
  return answer === 'unknown' ? undefined : answer === 'yes' ? first : second;
}

/** Why no bound can be set for a parameter; undefined where one can. */
export function whyUnbounded({ type, stricter }: Parameter): string | undefined {
  if (!stricter) return 'does not say which way is stricter, so it cannot have a floor';
  const known = directions[type];
  return known?.includes(stricter) ? undefined : `is of type ${type}, for which ${stricter} says nothing`;
}

/** The ways in which values of a type can be stricter. */
const directions: Readonly<Partial<Record<Parameter['type'], readonly Parameter['stricter'][]>>> = {
  integer: ['higher', 'lower'],
  number: ['higher', 'lower'],
  duration: ['higher', 'lower'],
  list: ['more', 'fewer'],
  events: ['more'],
};

const verdict = (holds: boolean): 'yes' | 'no' => (holds ? 'yes' : 'no');

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Of plain data, by value. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const includes = (list: readonly unknown[], item: unknown): boolean => list.some((one) => isSame(one, item));

function amount({ type }: Parameter, value: unknown): number | undefined {
  if (type === 'duration') return duration(value);
  return typeof value === 'number' ? value : undefined;
}

function holdsList(stricter: Parameter['stricter'], value: unknown, bound: unknown): boolean {
  const [more, fewer] = stricter === 'more' ? [value, bound] : [bound, value];
  return listed(fewer).every((item) => includes(listed(more), item));
}

/**
 * Events are as many as the bound's where each class of the bound is in one of the value's, once names are followed:
 * whatever narrows the value's narrows the bound's as much. Where that is not so they may still overlap.
 */
function namesEvents(parameter: Parameter, value: unknown, bound: unknown): 'yes' | 'unknown' {
  const classes = classesOf(parameter, value);
  const isIn = (wanted: unknown) => classes.some((own) => isSame(own, wanted) || isWithin(wanted, own));
  return classesOf(parameter, bound).every(isIn) ? 'yes' : 'unknown';
}

/** The classes that a value stands for. A name that is unknown, or its own, stands for itself. */
function classesOf(parameter: Parameter, value: unknown, followed: readonly string[] = []): readonly unknown[] {
  const { sets = {} } = parameter;
  return listed(value).flatMap((item) => {
    if (typeof item !== 'string' || followed.includes(item) || !Object.hasOwn(sets, item)) return [item];
    return classesOf(parameter, sets[item], [...followed, item]);
  });
}

/** Only values that are named one by one are compared. */
function isWithin(narrow: unknown, wide: unknown): boolean {
  if (!isObject(narrow) || !isObject(wide)) return false;
  return Object.entries(wide).every(([field, values]) => {
    if (!Object.hasOwn(narrow, field) || !areWords(values)) return isSame(narrow[field], values);
    return areWords(narrow[field]) && listed(narrow[field]).every((item) => includes(listed(values), item));
  });
}

const areWords = (value: unknown): boolean => listed(value).every((item) => typeof item === 'string');

import type { RuleDefinition } from '../rules/rule.ts';
import { isObject } from '../snapshot/resource-view.ts';

/** A rule with one thing changed: its test must notice. */
export interface Mutant {
  /** `require.Status.IsLogging: true → false`. */
  readonly change: string;
  readonly definition: RuleDefinition;
}

type Replace = (value: unknown) => RuleDefinition;

/**
 * Every mutant of a rule: each leaf of `when` and `require` dropped and flipped, and the default of each parameter
 * moved. One that still passes all cases shows a condition that no case tests.
 */
export function mutantsOf(definition: RuleDefinition): readonly Mutant[] {
  const parts = (['when', 'require'] as const).flatMap((part) => {
    const written = definition[part];
    if (written === undefined) return [];
    const put: Replace = (value) => withPart(definition, part, value);
    return mutate(written, part, put);
  });
  const parameters = Object.entries(definition.parameters ?? {}).flatMap(([name, parameter]) =>
    parameter.default === undefined
      ? []
      : flipped(parameter.default).map((value) => ({
          change: `parameters.${name}.default: ${JSON.stringify(parameter.default)} → ${JSON.stringify(value)}`,
          definition: {
            ...definition,
            parameters: { ...definition.parameters, [name]: { ...parameter, default: value } },
          },
        })),
  );
  return [...parts, ...parameters, ...whenNone(definition)];
}

/** An emptied `when` is no `when`; an emptied `require` would be no rule. */
function withPart(definition: RuleDefinition, part: 'when' | 'require', value: unknown): RuleDefinition {
  const { [part]: _, ...rest } = definition;
  return isObject(value) && Object.keys(value).length > 0
    ? ({ ...rest, [part]: value } as RuleDefinition)
    : (rest as RuleDefinition);
}

function whenNone(definition: RuleDefinition): readonly Mutant[] {
  // There is always an account, and a region in it.
  if (definition.resource === 'AWS::Account' || definition.resource === 'AWS::Region') return [];
  const flip = definition.whenNone === 'fail' ? 'not-applicable' : 'fail';
  return [{ change: `whenNone → ${flip}`, definition: { ...definition, whenNone: flip } }];
}

const quantifiers: Readonly<Record<string, string>> = { some: 'every', every: 'some', all: 'any', any: 'all' };

function mutate(written: unknown, path: string, put: Replace): readonly Mutant[] {
  if (Array.isArray(written)) return mutateList(written, path, put);
  if (!isObject(written)) {
    return flipped(written).map((value) => ({
      change: `${path}: ${JSON.stringify(written)} → ${JSON.stringify(value)}`,
      definition: put(value),
    }));
  }
  const entries = Object.entries(written);
  const rebuild = (changed: readonly (readonly [string, unknown])[]) => put(Object.fromEntries(changed));
  return entries.flatMap(([name, value], at) => {
    const inner = mutate(value, `${path}.${name}`, (replaced) =>
      rebuild(isEmptied(replaced) ? entries.toSpliced(at, 1) : entries.with(at, [name, replaced])),
    );
    const dropped = { change: `${path}.${name} dropped`, definition: rebuild(entries.toSpliced(at, 1)) };
    const other = quantifiers[name];
    const swapped =
      other && !Object.hasOwn(written, other) && !isAlone(value)
        ? [{ change: `${path}.${name} → ${other}`, definition: rebuild(entries.with(at, [other, value])) }]
        : [];
    return isLeaf(value) ? [dropped, ...inner, ...swapped] : [...inner, ...swapped];
  });
}

/** All of one condition is any of it. */
const isAlone = (value: unknown): boolean => Array.isArray(value) && value.length < 2;

const isLeaf = (value: unknown): boolean => !isObject(value) || (Array.isArray(value) && !value.some(isObject));
const isEmptied = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

function mutateList(written: readonly unknown[], path: string, put: Replace): readonly Mutant[] {
  return written.flatMap((item, index) => {
    const shorter =
      written.length > 1 ? [{ change: `${path}[${index}] dropped`, definition: put(written.toSpliced(index, 1)) }] : [];
    const inner = isObject(item) ? mutate(item, `${path}[${index}]`, (value) => put(written.with(index, value))) : [];
    return [...shorter, ...inner];
  });
}

/** Another value in the same place: the other boolean, the numbers beside it, a word that nothing is called. */
function flipped(value: unknown): readonly unknown[] {
  switch (typeof value) {
    case 'boolean':
      return [!value];
    case 'number':
      return value > 0 ? [value - 1, value + 1] : [value + 1];
    case 'string':
      return value.startsWith('$') ? [] : [/^\d+[mhd]$/.test(value) ? longer(value) : `${value}-other`];
    default:
      return [];
  }
}

const longer = (duration: string): string => `${Number.parseInt(duration, 10) * 2 || 1}${duration.slice(-1)}`;

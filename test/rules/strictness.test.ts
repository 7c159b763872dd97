import { describe, expect, test } from 'vitest';
import type { Parameter } from '../../src/rules/rule.ts';
import { isAsStrict, strictest, whyUnbounded } from '../../src/rules/strictness.ts';

const parameter = (
  type: Parameter['type'],
  stricter?: Parameter['stricter'],
  more: Partial<Parameter> = {},
): Parameter => ({
  type,
  default: undefined,
  ...(stricter && { stricter }),
  ...more,
});

const sets = {
  small: { eventName: ['A', 'B'] },
  alias: 'small',
  large: ['small', { eventName: 'C' }],
  wide: { eventName: ['A', 'B', 'C'] },
  guarded: { eventSource: 'x.amazonaws.com', eventName: 'A' },
  loop: ['loop'],
};
const events = parameter('events', 'more', { sets });

describe('a value is as strict as a bound', () => {
  test.each<[Parameter, unknown, unknown, string]>([
    [parameter('integer', 'higher'), 365, 365, 'yes'],
    [parameter('integer', 'higher'), 364, 365, 'no'],
    [parameter('number', 'lower'), 1.5, 2, 'yes'],
    [parameter('number', 'lower'), 2.5, 2, 'no'],
    [parameter('duration', 'lower'), '60m', '1h', 'yes'],
    [parameter('duration', 'lower'), '2d', '47h', 'no'],
    [parameter('duration', 'higher'), '2d', '47h', 'yes'],
    [parameter('list', 'more'), ['a', 'b'], ['b'], 'yes'],
    [parameter('list', 'more'), ['a'], ['a', 'b'], 'no'],
    [parameter('list', 'fewer'), ['a'], ['a', 'b'], 'yes'],
    [parameter('list', 'fewer'), [], ['a'], 'yes'],
    [parameter('list', 'fewer'), ['a', 'c'], ['a', 'b'], 'no'],
    [parameter('integer'), 365, 365, 'unknown'],
    [parameter('integer', 'higher'), undefined, 365, 'unknown'],
    [parameter('integer', 'higher'), 'many', 365, 'unknown'],
    [parameter('duration', 'lower'), 'soon', '1h', 'unknown'],
    [events, 'small', 'small', 'yes'],
    [events, 'alias', 'small', 'yes'],
    [events, 'small', 'alias', 'yes'],
    [events, 'large', 'small', 'yes'],
    [events, ['large'], 'alias', 'yes'],
    [events, 'wide', 'small', 'yes'],
    [events, 'small', 'guarded', 'yes'],
    [events, [{ eventName: ['B', 'A'] }], 'small', 'yes'],
    [events, { eventName: 'A' }, 'small', 'unknown'],
    [events, 'small', 'large', 'unknown'],
    [events, 'guarded', { eventName: 'A' }, 'unknown'],
    [events, { eventName: { like: '*' } }, 'small', 'unknown'],
    [events, 'loop', 'small', 'unknown'],
    [events, 'toString', 'small', 'unknown'],
    [events, undefined, 'small', 'unknown'],
  ])('%j: %j against %j: %s', (declared, value, bound, answer) => {
    expect(isAsStrict(declared, value, bound)).toBe(answer);
  });
});

describe('the strictest of two', () => {
  test.each<[Parameter, unknown, unknown, unknown]>([
    [parameter('integer', 'higher'), 365, 2190, 2190],
    [parameter('integer', 'higher'), 2190, 365, 2190],
    [parameter('integer', 'lower'), 5, 3, 3],
    [parameter('duration', 'lower'), '1h', '90m', '1h'],
    [parameter('list', 'more'), ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']],
    [parameter('list', 'fewer'), ['a', 'b'], ['b', 'c'], ['b']],
    [events, 'small', 'guarded', ['small', 'guarded']],
    [events, 'small', ['small'], 'small'],
    [parameter('string'), 'any', 'metric-filter', undefined],
  ])('%j: %j and %j: %j', (declared, first, second, wanted) => {
    expect(strictest(declared, first, second)).toEqual(wanted);
  });
});

describe('a floor', () => {
  test.each<[Parameter, string | undefined]>([
    [parameter('integer', 'higher'), undefined],
    [parameter('duration', 'lower'), undefined],
    [parameter('list', 'fewer'), undefined],
    [events, undefined],
    [parameter('integer'), 'does not say which way is stricter, so it cannot have a floor'],
    [parameter('list', 'higher'), 'is of type list, for which higher says nothing'],
    [parameter('string', 'more'), 'is of type string, for which more says nothing'],
    [parameter('events', 'fewer'), 'is of type events, for which fewer says nothing'],
  ])('%j: %s', (declared, why) => {
    expect(whyUnbounded(declared)).toBe(why);
  });
});

import { describe, expect, test } from 'vitest';
import { type AlarmState, readAlarmRule } from '../../../src/proof/alerting/alarm-rule.ts';

const states: Readonly<Record<string, AlarmState>> = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA' };
/** `x` is an alarm of which nobody knows the state. */
const holds = (text: string) => readAlarmRule(text)?.holds((name) => states[name]);

describe('a rule of alarms (aws-semantics §6.7)', () => {
  test.each([
    ['TRUE', 'yes'],
    ['FALSE', 'no'],
    ['ALARM(a)', 'yes'],
    ['ALARM(b)', 'no'],
    ['ALARM(c)', 'no'],
    ['OK(a)', 'no'],
    ['OK(b)', 'yes'],
    ['OK(c)', 'no'],
    ['INSUFFICIENT_DATA(c)', 'yes'],
    ['INSUFFICIENT_DATA(a)', 'no'],
    ['ALARM(x)', 'unknown'],
    ['ALARM("a")', 'yes'],
    [' ALARM ( "a" ) ', 'yes'],
    ['ALARM( a )', 'yes'],
    ['NOT ALARM(a)', 'no'],
    ['NOT NOT ALARM(a)', 'yes'],
    ['NOT ALARM(x)', 'unknown'],
    ['NOT TRUE', 'no'],
    ['NOT FALSE', 'yes'],
    ['NOT AT_LEAST(1, ALARM, (a, b))', 'no'],
    ['NOT AT_LEAST(2, ALARM, (a, x))', 'unknown'],
    ['ALARM(a) AND OK(b)', 'yes'],
    ['ALARM(a) AND ALARM(b)', 'no'],
    ['ALARM(b) OR ALARM(a)', 'yes'],
    ['ALARM(b) OR ALARM(c)', 'no'],
    ['ALARM(x) AND ALARM(b)', 'no'],
    ['ALARM(x) AND ALARM(a)', 'unknown'],
    ['ALARM(x) OR ALARM(a)', 'yes'],
    ['ALARM(x) OR ALARM(b)', 'unknown'],
    ['ALARM(a) OR ALARM(a) AND ALARM(b)', 'yes'],
    ['(ALARM(a) OR ALARM(a)) AND ALARM(b)', 'no'],
    ['NOT ALARM(b) AND ALARM(a)', 'yes'],
    ['NOT (ALARM(b) OR ALARM(a))', 'no'],
    ['NOT(ALARM(b))', 'yes'],
    ['(((ALARM(a))))', 'yes'],
    ['ALARM(a)\n\tAND\nOK(b)', 'yes'],
    ['AT_LEAST(1, ALARM, (a, b, c))', 'yes'],
    ['AT_LEAST(2, ALARM, (a, b, c))', 'no'],
    ['AT_LEAST(2, NOT ALARM, (a, b, c))', 'yes'],
    ['AT_LEAST(3, NOT ALARM, (a, b, c))', 'no'],
    ['AT_LEAST(1,OK,("a","b"))', 'yes'],
    ['AT_LEAST(1, INSUFFICIENT_DATA, (a, b))', 'no'],
    ['AT_LEAST(2, ALARM, (a, x))', 'unknown'],
    ['AT_LEAST(1, ALARM, (a, x))', 'yes'],
    ['AT_LEAST(1, NOT ALARM, (a, x))', 'unknown'],
    ['AT_LEAST(2, ALARM, (b, x))', 'no'],
    ['AT_LEAST(33%, ALARM, (a, b, c))', 'yes'],
    ['AT_LEAST(34%, ALARM, (a, b, c))', 'no'],
    ['AT_LEAST(100%, ALARM, (a))', 'yes'],
    ['AT_LEAST(1, ALARM, (b)) OR ALARM(a)', 'yes'],
  ])('%s: %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test.each([
    '',
    'ALARM',
    'ALARM(',
    'ALARM()',
    'ALARM(a',
    'ALARM(a))',
    'ALARM(a, b)',
    'ALARM(a) ALARM(b)',
    'ALARM(a) AND',
    'ALARM(a) or ALARM(b)',
    'alarm(a)',
    'ALARMED(a)',
    'TRUEST',
    'FALSEHOOD',
    'NOTALARM(a)',
    'ALARM(a) ANDALARM(a)',
    'ALARM(a) ORALARM(a)',
    'AND ALARM(a)',
    'NOT',
    '(ALARM(a)',
    '()',
    'ALARM("a)',
    'AT_LEAST',
    'AT_LEAST(1, ALARM, (a)',
    'AT_LEAST(1, ALARM, a)',
    'AT_LEAST(1, ALARM, ())',
    'AT_LEAST(1 ALARM, (a))',
    'AT_LEAST(1, ALARM (a))',
    'AT_LEAST(1, RED, (a))',
    'AT_LEAST(1, , (a))',
    'AT_LEAST(1, ALARM)',
    'AT_LEAST(1)',
    'AT_LEAST(x, ALARM, (a))',
    'AT_LEAST 1, ALARM, (a))',
    'AT_LEASTWISE(1, ALARM, (a))',
  ])('not a rule: %s', (text) => {
    expect(readAlarmRule(text)).toBe(undefined);
  });

  test.each([
    ['ALARM("with \\"quotes\\"")', ['with "quotes"']],
    ['ALARM("back\\\\slash")', ['back\\slash']],
    ['ALARM("a) OR ALARM(b")', ['a) OR ALARM(b']],
    ['ALARM(two words)', ['two words']],
    ['ALARM(cpu-high_1.x/y)', ['cpu-high_1.x/y']],
    ['ALARM(OK)', ['OK']],
    ['ALARM(arn:aws:cloudwatch:us-east-1:1:alarm:a b)', ['arn:aws:cloudwatch:us-east-1:1:alarm:a b']],
    ['ALARM(a) AND NOT OK("b") OR AT_LEAST(1, ALARM, (c, "d"))', ['a', 'b', 'c', 'd']],
  ])('whom it names: %s', (text, names) => {
    expect([...(readAlarmRule(text)?.names ?? [])]).toEqual(names);
  });

  test('what is too long or too deep for CloudWatch is not read', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}TRUE${')'.repeat(depth)}`;
    expect([64, 65].map((depth) => holds(nested(depth)))).toEqual(['yes', undefined]);
    const side = `${nested(64)} AND ${nested(64)}`;
    expect(holds(side)).toBe('yes');
    expect(holds(`${nested(32)} AND ${nested(33)}`)).toBe('yes');
    const long = (length: number) => `TRUE${' '.repeat(length - 4)}`;
    expect([10_240, 10_241].map((length) => holds(long(length)))).toEqual(['yes', undefined]);
  });
});

import { describe, expect, test } from 'vitest';
import { allowed, holding, variable } from './asking.ts';

const name = 'aws:Key';
const arn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main';

describe('one value against one', () => {
  test.each<[string, string, unknown, string]>([
    ['StringEquals', 'a', 'a', 'yes'],
    ['StringEquals', 'a', 'A', 'no'],
    ['StringEquals', 'ab', 'a*', 'no'],
    ['stringequals', 'a', 'a', 'yes'],
    ['StringNotEquals', 'a', 'a', 'no'],
    ['StringNotEquals', 'b', 'a', 'yes'],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', 'yes'],
    ['StringEqualsIgnoreCase', 'a', 'b', 'no'],
    ['StringNotEqualsIgnoreCase', 'a', 'A', 'no'],
    ['StringNotEqualsIgnoreCase', 'a', 'B', 'yes'],
    ['StringLike', 'abc', 'a*', 'yes'],
    ['StringLike', 'abc', 'a?c', 'yes'],
    ['StringLike', 'abc', 'A*', 'no'],
    ['StringNotLike', 'abc', 'a*', 'no'],
    ['StringNotLike', 'abc', 'b*', 'yes'],
    ['Bool', 'true', true, 'yes'],
    ['Bool', 'true', 'True', 'yes'],
    ['Bool', 'True', 'true', 'yes'],
    ['Bool', 'true', false, 'no'],
    ['NumericEquals', '10', 10, 'yes'],
    ['NumericEquals', '10', '10.0', 'yes'],
    ['NumericEquals', '10', '11', 'no'],
    ['NumericEquals', '+10', '10', 'yes'],
    ['NumericNotEquals', '10', '11', 'yes'],
    ['NumericNotEquals', '10', '10', 'no'],
    ['NumericLessThan', '9', '10', 'yes'],
    ['NumericLessThan', '10', '10', 'no'],
    ['NumericLessThan', '-10', '9', 'yes'],
    ['NumericLessThanEquals', '10', '10', 'yes'],
    ['NumericLessThanEquals', '11', '10', 'no'],
    ['NumericGreaterThan', '11', '10', 'yes'],
    ['NumericGreaterThan', '10', '10', 'no'],
    ['NumericGreaterThanEquals', '10', '10', 'yes'],
    ['NumericGreaterThanEquals', '9', '10', 'no'],
    ['DateEquals', '2026-11-20T09:00:00Z', '2026-11-20T10:00:00+01:00', 'yes'],
    ['DateEquals', '2026-11-20T09:00:00Z', '2026-11-20T08:30:00-00:30', 'yes'],
    ['DateEquals', '2026-11-20T09:00Z', '2026-11-20T09:00:00.000Z', 'yes'],
    ['DateEquals', '2026-11-20', '2026-11-20T00:00:00Z', 'yes'],
    ['DateEquals', '0', '1970-01-01T00:00:00Z', 'yes'],
    ['DateEquals', '60', '1970-01-01T00:01:00Z', 'yes'],
    ['DateNotEquals', '2026-11-20', '2026-11-21', 'yes'],
    ['DateNotEquals', '2026-11-20', '2026-11-20', 'no'],
    ['DateLessThan', '2026-11-19', '2026-11-20', 'yes'],
    ['DateLessThan', '2026-11-20', '2026-11-20', 'no'],
    ['DateLessThanEquals', '2026-11-20', '2026-11-20', 'yes'],
    ['DateGreaterThan', '2026-11-21', '2026-11-20', 'yes'],
    ['DateGreaterThan', '2026-11-20', '2026-11-20', 'no'],
    ['DateGreaterThanEquals', '2026-11-20', '2026-11-20', 'yes'],
    ['IpAddress', '10.1.2.3', '10.0.0.0/8', 'yes'],
    ['IpAddress', '11.1.2.3', '10.0.0.0/8', 'no'],
    ['IpAddress', '10.1.2.3', '10.1.2.3', 'yes'],
    ['IpAddress', '10.1.2.4', '10.1.2.3', 'no'],
    ['IpAddress', '2001:db8::1', '2001:db8::/32', 'yes'],
    ['IpAddress', '2001:db8::1', '2001:db8::1', 'yes'],
    ['IpAddress', '2001:db8::2', '2001:db8::1', 'no'],
    ['IpAddress', '2001:db8::1', '10.0.0.0/8', 'no'],
    ['NotIpAddress', '10.1.2.3', '10.0.0.0/8', 'no'],
    ['NotIpAddress', '11.1.2.3', '10.0.0.0/8', 'yes'],
    ['ArnEquals', arn, arn, 'yes'],
    ['ArnEquals', arn, 'arn:aws:cloudtrail:*:111122223333:trail/*', 'yes'],
    ['ArnLike', arn, 'arn:*:cloudtrail:us-????-1:111122223333:trail/main', 'yes'],
    ['ArnLike', arn, 'arn:aws:cloudtrail:*:trail/main:x', 'no'],
    ['ArnLike', arn, 'arn:aws:*:*:*:*', 'yes'],
    ['ArnLike', arn, 'arn:aws:*:*:*:trail/other', 'no'],
    ['ArnLike', arn, 'arn:aws:s3:*:*:*', 'no'],
    ['ArnLike', `${arn}:a:b`, 'arn:aws:cloudtrail:*:*:trail/main:a:b', 'yes'],
    ['ArnLike', `${arn}:a:b`, 'arn:aws:cloudtrail:*:*:trail/main:a', 'no'],
    ['ArnLike', 'main', 'arn:aws:cloudtrail:*:*:trail/*', 'no'],
    ['ArnLike', 'arn', 'arn:*:*:*:*:*', 'no'],
    ['ArnLike', 'arn:aws:s3:::logs', '*:*:*:*:*:*', 'yes'],
    ['ArnNotLike', 'arn', 'arn:*:*:*:*:*', 'yes'],
    ['ArnNotEquals', arn, arn, 'no'],
    ['ArnNotLike', arn, 'arn:aws:cloudtrail:*:999988887777:trail/*', 'yes'],
  ])('%s: %s against %j: %s', (operator, given, wanted, expected) => {
    expect(holding(operator, wanted, { [name]: given })).toBe(expected);
  });

  test.each<[string, string, unknown]>([
    ['StringResembles', 'a', 'a'],
    ['BinaryEquals', 'YQ==', 'YQ=='],
    ['', 'a', 'a'],
    ['ForSomeValues:StringEquals', 'a', 'a'],
    ['ArnLike', arn, '*'],
    ['ArnNotLike', arn, 'arn:aws:cloudtrail:*'],
    ['NumericLessThan', '1', 'many'],
    ['NumericLessThan', '', '1'],
    ['NumericNotEquals', '1', ''],
    ['NumericLessThan', '1', ' 2'],
    ['NumericLessThan', '1', '2 '],
    ['NumericLessThan', '1', '1e9'],
    ['XForAllValues:StringEquals', 'a', 'a'],
    ['ForAllValues:', 'a', 'a'],
    ['DateLessThan', 'yesterday', '2026-11-20'],
    ['DateLessThan', '2026-11-20', ' 2027-11-20'],
    ['DateLessThan', '2026-11-20', '2027-13-40'],
    // In which zone that is, AWS does not say: this machine's must not decide.
    ['DateEquals', '2026-11-20T09:00:00', '2026-11-20T09:00:00'],
    ['DateLessThan', '2026-11-20T09:00:00Z extra', '2027-11-20'],
    ['IpAddress', '10.1.2.3', '10.0.0.0/99'],
    ['NotIpAddress', 'nowhere', '10.0.0.0/8'],
  ])('%s: %s against %j is not known', (operator, given, wanted) => {
    expect(holding(operator, wanted, { [name]: given })).toBe('unknown');
  });
});

describe('several values', () => {
  test.each<[string, string | readonly string[], readonly string[], string]>([
    ['StringEquals', 'b', ['a', 'b'], 'yes'],
    ['StringEquals', 'c', ['a', 'b'], 'no'],
    ['StringNotEquals', 'b', ['a', 'b'], 'no'],
    ['StringNotEquals', 'c', ['a', 'b'], 'yes'],
    ['StringEquals', ['a', 'x'], ['a'], 'yes'],
    ['StringNotEquals', ['a', 'x'], ['a'], 'no'],
    ['ForAnyValue:StringEquals', ['a', 'x'], ['a', 'b'], 'yes'],
    ['ForAnyValue:StringEquals', ['x', 'y'], ['a', 'b'], 'no'],
    ['ForAnyValue:StringNotEquals', ['a', 'x'], ['a', 'b'], 'yes'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], 'no'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c'], 'yes'],
    ['ForAllValues:StringEquals', ['a', 'x'], ['a', 'b'], 'no'],
    ['ForAllValues:StringNotEquals', ['x', 'y'], ['a', 'b'], 'yes'],
    ['ForAllValues:StringNotEquals', ['a', 'x'], ['a', 'b'], 'no'],
    ['forallvalues:stringlike', ['ab', 'ac'], ['a*'], 'yes'],
    ['StringEquals', 'a', [], 'no'],
    ['StringNotEquals', 'a', [], 'yes'],
    // One value that is understood is enough where one has to match, and is not where none may.
    ['NumericEquals', '1', ['many', '1'], 'yes'],
    ['NumericEquals', '1', ['many', '2'], 'unknown'],
    ['NumericNotEquals', '1', ['many', '1'], 'no'],
    ['NumericNotEquals', '1', ['many', '2'], 'unknown'],
    ['ForAllValues:NumericEquals', ['1', '2'], ['many', '1'], 'unknown'],
    ['ForAnyValue:NumericEquals', ['1', '2'], ['many', '1'], 'yes'],
  ])('%s: %j against %j: %s', (operator, given, wanted, expected) => {
    expect(holding(operator, wanted, { [name]: given })).toBe(expected);
  });
});

describe('a key that the request does not carry (aws-semantics §4.3)', () => {
  test.each([
    ['StringEquals', 'no'],
    ['StringLike', 'no'],
    ['Bool', 'no'],
    ['NumericLessThan', 'no'],
    ['ArnLike', 'no'],
    ['IpAddress', 'no'],
    ['StringNotEquals', 'yes'],
    ['StringNotLike', 'yes'],
    ['ArnNotLike', 'yes'],
    ['NotIpAddress', 'yes'],
    ['StringEqualsIfExists', 'yes'],
    ['StringNotEqualsIfExists', 'yes'],
    ['BoolIfExists', 'yes'],
    ['ForAllValues:StringEquals', 'yes'],
    ['ForAllValues:StringNotEquals', 'yes'],
    ['ForAnyValue:StringEquals', 'no'],
    ['ForAnyValue:StringNotEquals', 'no'],
    ['ForAnyValue:StringEqualsIfExists', 'yes'],
    ['StringResembles', 'unknown'],
    ['StringResemblesIfExists', 'unknown'],
  ])('%s: %s', (operator, expected) => {
    expect(holding(operator, '10.0.0.0', { [name]: undefined })).toBe(expected);
  });

  test('IfExists compares what is there', () => {
    expect(['a', 'b'].map((given) => holding('StringEqualsIfExists', 'a', { [name]: given }))).toEqual(['yes', 'no']);
  });

  test.each<[unknown, string | undefined, string]>([
    ['true', undefined, 'yes'],
    ['true', 'a', 'no'],
    ['false', undefined, 'no'],
    [false, 'a', 'yes'],
    ['TRUE', undefined, 'yes'],
    [['true', 'false'], 'a', 'yes'],
  ])('Null %j of %s: %s', (wanted, given, expected) => {
    expect(holding('Null', wanted, { [name]: given })).toBe(expected);
  });
});

describe('a key of which nobody knows', () => {
  test.each(['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'Null', 'Bool'])(
    '%s',
    (operator) => {
      expect(holding(operator, 'true', {})).toBe('unknown');
    },
  );

  test('one condition that does not hold decides all the same', () => {
    const both = (value: string) => ({ StringEquals: { 'aws:New': 'a', 'aws:SourceAccount': value } });
    const keys = { 'aws:SourceAccount': '1' };
    expect([both('1'), both('2')].map((Condition) => allowed({ Condition }, { keys }))).toEqual(['unknown', 'no']);
  });

  test('names of keys in any case, their beginnings too', () => {
    const condition = (key: string) => ({ Condition: { Null: { [key]: 'true' } } });
    expect(allowed(condition('AWS:PrincipalTag/Team'))).toBe('yes');
    expect(allowed(condition('aws:principaltags'))).toBe('unknown');
    expect(allowed(condition('AWS:SOURCEVPCE'))).toBe('yes');
    expect(allowed(condition('aws:sourcevpce2'))).toBe('unknown');
    expect(allowed(condition('AWS:SourceArn'), { keys: { 'aws:sourcearn': 'a' } })).toBe('no');
  });
});

describe('variables', () => {
  const keys = { 'aws:SourceAccount': '111', 'aws:Team': undefined, 'aws:Many': ['a', 'b'], 'aws:Star': 'a*' };
  const matching = (operator: string, wanted: string, given: string) =>
    holding(operator, wanted, { ...keys, [name]: given });

  test.each([
    ['StringEquals', `x-${variable('aws:SourceAccount')}-y`, 'x-111-y', 'yes'],
    ['StringEquals', variable('AWS:sourceaccount'), '111', 'yes'],
    ['StringEquals', `${variable('aws:SourceAccount')}${variable('aws:SourceAccount')}`, '111111', 'yes'],
    ['StringLike', `*${variable('aws:SourceAccount')}`, 'x-111', 'yes'],
    ['StringEqualsIgnoreCase', `X${variable('aws:SourceAccount')}`, 'x111', 'yes'],
    [
      'ArnLike',
      `arn:aws:cloudtrail:*:${variable('aws:SourceAccount')}:trail/*`,
      'arn:aws:cloudtrail:a:111:trail/b',
      'yes',
    ],
    ['StringEquals', variable("aws:Team, 'none'"), 'none', 'yes'],
    ['StringEquals', variable("aws:Team,''"), '', 'yes'],
    ['StringEquals', variable("aws:Team, 'a, b'"), 'a, b', 'yes'],
    ['StringEquals', variable("aws:SourceAccount, 'none'"), '111', 'yes'],
    ['StringEquals', variable('aws:Team'), '', 'unknown'],
    ['StringEquals', variable('aws:New'), 'a', 'unknown'],
    ['StringEquals', variable("aws:New, 'a'"), 'a', 'unknown'],
    ['StringEquals', variable('aws:Many'), 'a', 'unknown'],
    ['StringLike', variable('aws:New'), 'a', 'unknown'],
    ['ArnLike', `arn:aws:a:b:c:${variable('aws:New')}`, 'arn:aws:a:b:c:d', 'unknown'],
    ['StringEquals', 'a\u0024{aws:SourceAccount', 'a111', 'unknown'],
    ['StringEquals', variable(''), '', 'unknown'],
    ['StringEquals', variable(' aws:SourceAccount'), '111', 'unknown'],
    ['StringEquals', variable("aws:Team, 'a' b"), 'a', 'unknown'],
    ['StringEquals', variable('aws:Team, a'), 'a', 'unknown'],
    ['StringEquals', '\u0024111', '\u0024111', 'yes'],
    // A wildcard that is written as a variable, or that a value holds, stands for itself.
    ['StringLike', `a${variable('*')}`, 'a*', 'yes'],
    ['StringLike', `a${variable('*')}`, 'abc', 'no'],
    ['StringLike', `a${variable('?')}`, 'a?', 'yes'],
    ['StringLike', `a${variable('?')}`, 'ab', 'no'],
    ['StringLike', variable('aws:Star'), 'a*', 'yes'],
    ['StringLike', variable('aws:Star'), 'abc', 'no'],
    ['StringLike', 'a?', 'a*', 'yes'],
    ['ArnLike', `arn:aws:a:b:c:${variable('*')}`, 'arn:aws:a:b:c:d', 'no'],
    ['ArnLike', 'arn:aws:a:b:c:?', 'arn:aws:a:b:c:*', 'yes'],
    ['StringEquals', `a${variable('$')}${variable('*')}`, 'a\u0024*', 'yes'],
  ])('%s %s of %s: %s', (operator, wanted, given, expected) => {
    expect(matching(operator, wanted, given)).toBe(expected);
  });

  test.each([undefined, '2008-10-17'])('version %s has none', (version) => {
    const wanted = variable('aws:SourceAccount');
    expect(holding('StringEquals', wanted, { ...keys, [name]: '111' }, { version })).toBe('no');
    expect(holding('StringEquals', wanted, { ...keys, [name]: wanted }, { version })).toBe('yes');
  });
});

import { describe, expect, test } from 'vitest';
import { matches, matchesText } from './ask.ts';

type Case = readonly [record: unknown, pattern: string, expected: 'yes' | 'no' | 'unknown'];

describe('the vectors of the reference (aws-semantics §6.4)', () => {
  const login = (MFAUsed?: string) => ({
    eventName: 'ConsoleLogin',
    additionalEventData: { LoginTo: 'https://console', ...(MFAUsed && { MFAUsed }) },
  });
  const noMfa = '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }';
  const denied = '{ ($.errorCode = "AccessDenied") && ($.userIdentity.invokedBy != "cloudfront.amazonaws.com") }';
  const unauthorized = '{ ($.errorCode = *UnauthorizedOperation) || ($.errorCode = AccessDenied*) }';
  const update = { eventType: 'UpdateTrail', sourceIPAddress: '111.111.111.111' };
  const list = { arrayKey: ['value', 'another value'], objectList: [{ id: 1 }, { id: 2 }] };
  test.each<Case>([
    [update, '{ $.eventType = "UpdateTrail" }', 'yes'],
    [update, '{ $.sourceIPAddress != 123.123.* }', 'yes'],
    [{ sourceIPAddress: '123.123.1.1' }, '{ $.sourceIPAddress != 123.123.* }', 'no'],
    [list, '{ $.arrayKey[0] = "value" }', 'yes'],
    [list, '{ $.arrayKey[1] = "value" }', 'no'],
    [list, '{ $.arrayKey[*] = %val.{2}% }', 'yes'],
    [list, '{ $.objectList[1].id = 2 }', 'yes'],
    [list, '{ $.objectList[0].id = 2 }', 'no'],
    [update, '{ $.eventType = %Trail% }', 'yes'],
    [update, '{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }', 'yes'],
    [update, '{ $.eventType = "*" && $.sourceIPAddress != 123.123.* }', 'yes'],
    [{ 'cluster.name': 'c' }, `{ $.['cluster.name'] = "c" }`, 'yes'],
    [{ cluster: { name: 'c' } }, `{ $.['cluster.name'] = "c" }`, 'no'],
    [{ SomeObject: null }, '{ $.SomeObject IS NULL }', 'yes'],
    [{}, '{ $.SomeObject IS NULL }', 'no'],
    [{}, '{ $.x NOT EXISTS }', 'yes'],
    [{ users: [1, 2, 3] }, '{ $.users = 1 }', 'no'],
    [{ users: [1, 2, 3] }, '{ $.users != 1 }', 'no'],
    [{ errorCode: 'AccessDenied', userIdentity: { accountId: '1' } }, denied, 'no'],
    [{ errorCode: 'AccessDenied', userIdentity: { invokedBy: 'x' } }, denied, 'yes'],
    [{ errorCode: 'AccessDenied', userIdentity: { invokedBy: 'cloudfront.amazonaws.com' } }, denied, 'no'],
    [{ errorCode: 'Client.UnauthorizedOperation' }, unauthorized, 'yes'],
    [{ errorCode: 'AccessDeniedException' }, unauthorized, 'yes'],
    [{ errorCode: 'Throttling' }, unauthorized, 'no'],
    [login(), noMfa, 'no'],
    [login('No'), noMfa, 'yes'],
    [login('Yes'), noMfa, 'no'],
    [{ a: 'EvXent' }, '{$.a = Ev*ent}', 'no'],
    [{ a: 'Ev*ent' }, '{$.a = Ev*ent}', 'yes'],
    [{ n: 1000 }, '{ $.n = 1e+3 }', 'yes'],
    [{ eventName: 'CreateRouteTable' }, '{($.eventName=CreateRoute)}', 'no'],
  ])('%j %s: %s', (event, pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  const [e, a, b] = ['$.user.email IS TRUE', '$.user.a IS TRUE', '$.user.b IS TRUE'];
  test.each([
    [`${e} || ${a} && ${b}`, 'yes'],
    [`(${e} || ${a}) && ${b}`, 'no'],
    [`${a} && ${b} || ${e}`, 'yes'],
    [`${a} && (${b} || ${e})`, 'no'],
    [`${e} && ${e}`, 'yes'],
    [`${a} || ${b}`, 'no'],
  ])('email alone is true: %s: %s', (expression, expected) => {
    expect(matches(`{ ${expression} }`, { user: { email: true, a: false, b: false } })).toBe(expected);
  });
});

describe('one operator on one node (aws-semantics §6.4)', () => {
  const nodes = {
    text: 'ab',
    empty: '',
    digits: '1000',
    number: 1000,
    fraction: 0.001,
    yes: true,
    no: false,
    nothing: null,
    object: { a: 1 },
    list: ['ab', 1000],
    missing: undefined,
  };
  type Node = keyof typeof nodes;
  const holding = (node: Node) => (node === 'missing' ? {} : { x: nodes[node] });

  test.each<[test: string, passes: readonly Node[]]>([
    ['NOT EXISTS', ['missing']],
    ['IS NULL', ['nothing']],
    ['IS TRUE', ['yes']],
    ['IS FALSE', ['no']],
    ['= ab', ['text']],
    ['= "ab"', ['text']],
    ['= AB', []],
    ['= a', []],
    ['= ""', ['empty']],
    ['= *b', ['text']],
    ['= *a', []],
    ['= a*', ['text']],
    ['= b*', []],
    ['= ab*', ['text']],
    ['= *ab', ['text']],
    ['= *a*', ['text', 'no']],
    ['= *', ['text', 'empty', 'digits', 'number', 'fraction', 'yes', 'no']],
    ['!= *', []],
    ['!= ab', ['empty', 'digits', 'number', 'fraction', 'yes', 'no']],
    ['!= a*', ['empty', 'digits', 'number', 'fraction', 'yes', 'no']],
    ['!= *b', ['empty', 'digits', 'number', 'fraction', 'yes', 'no']],
    ['!= *a*', ['empty', 'digits', 'number', 'fraction', 'yes']],
    ['!= ""', ['text', 'digits', 'number', 'fraction', 'yes', 'no']],
    ['= 1000', ['digits', 'number']],
    ['= "1000"', ['digits', 'number']],
    ['= 1e3', ['number']],
    ['= 1000.0', ['number']],
    ['= +1000', ['number']],
    ['= 1e-3', ['fraction']],
    ['= 10*', ['digits', 'number']],
    ['!= 1000', ['text', 'empty', 'fraction', 'yes', 'no']],
    ['!= 1e3', ['text', 'empty', 'digits', 'fraction', 'yes', 'no']],
    ['< 1000', ['fraction']],
    ['< 0.5', ['fraction']],
    ['<= 0.5', ['fraction']],
    ['> 0.5', ['number']],
    ['>= 0.5', ['number']],
    ['> 5000', []],
    ['< 0', []],
    ['<= 1000', ['number', 'fraction']],
    ['> 0.001', ['number']],
    ['>= 0.001', ['number', 'fraction']],
    ['> 1000', []],
    ['>= 1e3', ['number']],
    ['= true', ['yes']],
    ['= "false"', ['no']],
    ['!= true', ['text', 'empty', 'digits', 'number', 'fraction', 'no']],
    ['= %b%', ['text']],
    ['= %^b%', []],
    ['= %0{3}%', ['digits', 'number']],
    ['!= %b%', ['empty', 'digits', 'number', 'fraction', 'yes', 'no']],
    ['= %x*%', ['text', 'empty', 'digits', 'number', 'fraction', 'yes', 'no']],
  ])('%s passes %j', (written, passes) => {
    const passing = Object.keys(nodes).filter((node) => matches(`{ $.x ${written} }`, holding(node as Node)) === 'yes');
    expect(passing).toEqual(passes);
  });
});

describe('where a selector leads', () => {
  const deep = { a: { b: [{ c: 1 }, { c: 2 }, 'c'], d: { e: 3, f: 'x' } }, 0: 'zero' };
  test.each<Case>([
    [deep, '{ $.a.b[0].c = 1 }', 'yes'],
    [deep, '{ $.a.b[2] = "c" }', 'yes'],
    [deep, '{ $.a.b[3] NOT EXISTS }', 'yes'],
    [deep, '{ $.a.b[2].c NOT EXISTS }', 'yes'],
    [deep, '{ $.a.b.c = 1 }', 'no'],
    [deep, '{ $.a.b.c NOT EXISTS }', 'yes'],
    [deep, "{ $.a.b['0'] NOT EXISTS }", 'yes'],
    [deep, '{ $.a[0] NOT EXISTS }', 'yes'],
    [deep, '{ $[0] NOT EXISTS }', 'yes'],
    [deep, "{ $['0'] = zero }", 'yes'],
    [deep, '{ $.a.b.length NOT EXISTS }', 'yes'],
    [deep, '{ $.a.d.f.length NOT EXISTS }', 'yes'],
    [deep, '{ $.a.toString NOT EXISTS }', 'yes'],
    [JSON.parse('{"__proto__": 1}'), '{ $.toString NOT EXISTS }', 'yes'],
    [JSON.parse('{"__proto__": 1}'), '{ $.__proto__ = 1 }', 'yes'],
    [deep, '{ $.a.b[*].c = 2 }', 'yes'],
    [deep, '{ $.a.b[*].c = 3 }', 'no'],
    [deep, '{ $.a.b[*].c != 1 }', 'yes'],
    [deep, '{ $.a.b[*].x NOT EXISTS }', 'yes'],
    [deep, '{ $.a.b[*] NOT EXISTS }', 'no'],
    [{ a: { b: [] } }, '{ $.a.b[*] NOT EXISTS }', 'yes'],
    [deep, '{ $.a.d[*] = 3 }', 'no'],
    [deep, '{ $.a.d[*] NOT EXISTS }', 'yes'],
    [deep, '{ $.a.b.* NOT EXISTS }', 'yes'],
    [deep, '{ $.a.d.* = 3 }', 'yes'],
    [deep, '{ $.a.d.* = x }', 'yes'],
    [deep, '{ $.a.d.* = y }', 'no'],
    [deep, '{ $.a.b.* = c }', 'no'],
    [deep, '{ $.* = zero }', 'yes'],
    [deep, '{ $.*.d.e = 3 }', 'yes'],
    [null, '{ $.a NOT EXISTS }', 'yes'],
    ['a', '{ $.a NOT EXISTS }', 'yes'],
    [[{ a: 1 }], '{ $[0].a = 1 }', 'yes'],
  ])('%j %s: %s', (event, pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});

describe('patterns of words in the text of a record', () => {
  const record = {
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    errorMessage: 'not allowed: 401',
  };
  test.each<[string, Case[2]]>([
    ['', 'yes'],
    [' ', 'yes'],
    ['" "', 'yes'],
    ['StopLogging', 'yes'],
    ['"StopLogging"', 'yes'],
    ['StartLogging', 'no'],
    ['stopLogging', 'no'],
    ['Stop', 'unknown'],
    ['Logging', 'unknown'],
    ['topLoggin', 'unknown'],
    ['"not allowed"', 'yes'],
    ['"not  allowed"', 'no'],
    ['"ot allowed"', 'unknown'],
    ['"not allow"', 'unknown'],
    ['not allowed', 'yes'],
    ['allowed not', 'yes'],
    ['StopLogging absent', 'no'],
    ['StopLogging Stop', 'unknown'],
    ['Stop absent', 'no'],
    ['?StartLogging ?StopLogging', 'yes'],
    ['?StartLogging ?absent', 'no'],
    ['?StartLogging ?Stop', 'unknown'],
    ['?Stop ?StopLogging', 'yes'],
    ['StopLogging ?absent', 'yes'],
    ['absent ?StopLogging', 'no'],
    ['StopLogging -absent', 'yes'],
    ['StopLogging -eventName', 'no'],
    ['StopLogging -Stop', 'unknown'],
    ['absent -Stop', 'no'],
    ['?absent -Stop', 'no'],
    ['-absent', 'yes'],
    ['-absent -StopLogging', 'no'],
    ['-"not allowed"', 'no'],
    ['?"not allowed" ?absent', 'yes'],
    ['%Stop[A-Z]%', 'yes'],
    ['%40[2-9]%', 'no'],
    ['?%40[2-9]% ?%40[0-1]%', 'yes'],
    ['-%40[0-1]%', 'no'],
    ['StopLogging -%40[2-9]%', 'yes'],
    ['StopLogging ""', 'unknown'],
    ['StopLogging -" "', 'unknown'],
    ['absent ""', 'no'],
    ['[a, b]', 'unknown'],
  ])('%s: %s', (pattern, expected) => {
    expect(matches(pattern, record)).toBe(expected);
  });

  test('a word that is found inside others is looked for further on', () => {
    expect(matchesText('ERROR', 'ERRORS and ERROR_ and ERROR')).toBe('yes');
    expect(matchesText('ERROR', 'ERRORS and MYERROR')).toBe('unknown');
    expect(matchesText('ERROR', '[ERROR 419]')).toBe('yes');
    expect(matchesText('aa', 'aaa')).toBe('unknown');
  });
});

describe('a line that is no record', () => {
  test.each<[string, Case[2]]>([
    ['', 'yes'],
    ['""', 'yes'],
    ['{ $.message = "hello" }', 'no'],
    ['{ $.message NOT EXISTS }', 'no'],
    ['hello', 'yes'],
    ['goodbye', 'no'],
    ['[a, b]', 'unknown'],
    ['"" hello', 'unknown'],
    ['" " hello', 'unknown'],
  ])('%s: %s', (pattern, expected) => {
    expect(matchesText(pattern, 'hello world - - -')).toBe(expected);
  });
});

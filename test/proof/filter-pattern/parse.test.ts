import { describe, expect, test } from 'vitest';
import { parseFilterPattern } from '../../../src/proof/filter-pattern/parse.ts';
import type { Expression, Step, Test } from '../../../src/proof/filter-pattern/pattern.ts';
import { expressionOf, patternOf } from './ask.ts';

const text = (written: string) => ({ kind: 'text', text: written, openStart: false, openEnd: false }) as const;
const eventName = [{ name: 'eventName' }] as const;
const is = (written: string): Expression => ({ selector: eventName, test: { is: 'equal', to: text(written) } });
const [a, b, c] = [is('A'), is('B'), is('C')];

/** What is wrong with a pattern, and where. */
function mistakeOf(written: string): string {
  const pattern = parseFilterPattern(written);
  return 'mistake' in pattern ? `${pattern.column}: ${pattern.mistake}` : 'none';
}

describe('which language a pattern is in (aws-semantics §6.3)', () => {
  test.each([
    ['', 'everything'],
    [' \n\t', 'everything'],
    ['""', 'everything'],
    ['" "', 'everything'],
    [' "  " "" ', 'everything'],
    ['{ $.eventName = A }', 'json'],
    ['  {$.eventName=A}  ', 'json'],
    ['[a, b]', 'columns'],
    ['\n [ip, ..., status = 4*] ', 'columns'],
    ['ERROR', 'terms'],
    ['"{ $.eventName = A }"', 'terms'],
    ['?""', 'terms'],
    ['-" "', 'terms'],
    ['"" ERROR', 'terms'],
    ['%%x%', '2: a regular expression is empty'],
  ])('%j is %s', (written, expected) => {
    const pattern = parseFilterPattern(written);
    expect('is' in pattern ? pattern.is : `${pattern.column}: ${pattern.mistake}`).toBe(expected);
  });

  test('columns are kept as they are written', () => {
    expect(patternOf(' [ip, status = 4*]\n')).toEqual({ is: 'columns', text: '[ip, status = 4*]' });
  });
});

describe('expressions', () => {
  const [nameA, nameB, nameC] = ['$.eventName = A', '$.eventName = B', '$.eventName = C'];
  test.each<[string, Expression]>([
    [nameA, a],
    [`${nameA} || ${nameB} || ${nameC}`, { or: [a, b, c] }],
    [`${nameA} && ${nameB} && ${nameC}`, { and: [a, b, c] }],
    [`${nameA} || ${nameB} && ${nameC}`, { or: [a, { and: [b, c] }] }],
    [`${nameA} && ${nameB} || ${nameC}`, { or: [{ and: [a, b] }, c] }],
    [`(${nameA} || ${nameB}) && ${nameC}`, { and: [{ or: [a, b] }, c] }],
    [`${nameA} && (${nameB} || ${nameC})`, { and: [a, { or: [b, c] }] }],
    [`((${nameA}))`, a],
    [`( ( ${nameA} ) && ( ${nameB} ) )`, { and: [a, b] }],
    ['($.eventName=A)||($.eventName=B)', { or: [a, b] }],
    ['\n($.eventName\n=\tA)\n&&\n$.eventName = B\n', { and: [a, b] }],
  ])('%j', (written, expected) => {
    expect(expressionOf(written)).toEqual(expected);
  });
});

describe('selectors', () => {
  test.each<[string, readonly Step[]]>([
    ['$.eventName', [{ name: 'eventName' }]],
    ['$.userIdentity.type', [{ name: 'userIdentity' }, { name: 'type' }]],
    ['$.detail-type_2', [{ name: 'detail-type_2' }]],
    ['$.resources[0].ARN', [{ name: 'resources' }, { index: 0 }, { name: 'ARN' }]],
    ['$.rows[10][2]', [{ name: 'rows' }, { index: 10 }, { index: 2 }]],
    ['$.resources[*].ARN', [{ name: 'resources' }, 'any element', { name: 'ARN' }]],
    ['$.*', ['any member']],
    ['$.requestParameters.*', [{ name: 'requestParameters' }, 'any member']],
    ["$.['cluster.name']", [{ name: 'cluster.name' }]],
    ['$.["cluster.name"].x', [{ name: 'cluster.name' }, { name: 'x' }]],
    ["$['a b']", [{ name: 'a b' }]],
    ['$["a]b"]', [{ name: 'a]b' }]],
    [`$[ "'a'" ]`, [{ name: "'a'" }]],
    [`$['"a"']`, [{ name: '"a"' }]],
    ["$.['']", [{ name: '' }]],
    [`$["a['b"]`, [{ name: "a['b" }]],
    [`$["a'] b"]`, [{ name: "a'] b" }]],
  ])('%s', (written, selector) => {
    expect(expressionOf(`${written} NOT EXISTS`)).toEqual({ selector, test: { is: 'missing' } });
  });
});

describe('comparisons', () => {
  const open = (written: string, where: 'start' | 'end' | 'both') => ({
    ...text(written),
    openStart: where !== 'end',
    openEnd: where !== 'start',
  });
  const equal = (to: Extract<Test, { to: unknown }>['to']): Test => ({ is: 'equal', to });
  const number = (value: number, written: string): Test => equal({ kind: 'number', value, written });
  test.each<[string, Test]>([
    ['= A', equal(text('A'))],
    ['=A', equal(text('A'))],
    ['!= A', { is: 'unequal', to: text('A') }],
    ['!=A', { is: 'unequal', to: text('A') }],
    ['= "A b"', equal(text('A b'))],
    ['= ""', equal(text(''))],
    ['= "say \\"no\\""', equal(text('say "no"'))],
    ['= "a\\\\b"', equal(text('a\\b'))],
    ['= "a\\nb"', equal(text('a\\nb'))],
    ['= "a\nb"', equal(text('a\nb'))],
    ['= "a\\ b\\\n"', equal(text('a\\ b\\\n'))],
    ['= "1"', equal(text('1'))],
    ['= "%a%"', equal(text('%a%'))],
    ['= "a) || (b"', equal(text('a) || (b'))],
    ['= s3.amazonaws.com', equal(text('s3.amazonaws.com'))],
    ['= arn:aws:iam::1:user/a-b@c_$d', equal(text('arn:aws:iam::1:user/a-b@c_$d'))],
    ['= x*', equal(open('x', 'end'))],
    ['= *x', equal(open('x', 'start'))],
    ['= *x*', equal(open('x', 'both'))],
    ['= "*x*"', equal(open('x', 'both'))],
    ['= *', equal(open('', 'both'))],
    ['= "*"', equal(open('', 'both'))],
    ['= **', equal(open('', 'both'))],
    ['= Ev*ent', equal(text('Ev*ent'))],
    ['= 123.123.*', equal(open('123.123.', 'end'))],
    ['= 4*', equal(open('4', 'end'))],
    ['= 5', number(5, '5')],
    ['= +5', number(5, '+5')],
    ['= -5.25', number(-5.25, '-5.25')],
    ['= 1e3', number(1000, '1e3')],
    ['= 1e10', number(1e10, '1e10')],
    ['= 1e-3', number(0.001, '1e-3')],
    ['= 1.5E+3', number(1500, '1.5E+3')],
    ['= 012345678901', number(12345678901, '012345678901')],
    ['= 1.2.3', equal(text('1.2.3'))],
    ['= 5x', equal(text('5x'))],
    ['= 1e', equal(text('1e'))],
    ['= 5.', equal(text('5.'))],
    ['= +', equal(text('+'))],
    ['< 5', { is: '<', than: 5 }],
    ['> -5', { is: '>', than: -5 }],
    ['<= 1e3', { is: '<=', than: 1000 }],
    ['>=1.5', { is: '>=', than: 1.5 }],
    ['IS NULL', { is: 'NULL' }],
    ['IS TRUE', { is: 'TRUE' }],
    ['IS FALSE', { is: 'FALSE' }],
    ['is  true', { is: 'TRUE' }],
    ['Is Null', { is: 'NULL' }],
    ['NOT EXISTS', { is: 'missing' }],
    ['not \t exists', { is: 'missing' }],
  ])('%s', (written, expected) => {
    expect(expressionOf(`$.x ${written}`)).toEqual({ selector: [{ name: 'x' }], test: expected });
    expect(expressionOf(`($.x ${written}) && $.eventName = A`)).toEqual({
      and: [{ selector: [{ name: 'x' }], test: expected }, a],
    });
  });

  test.each([')', '&&', '||', ' }'])('a number ends before %s', (after) => {
    const around = after === ')' ? ['($.x = 5', '}'] : ['$.x = 5', after === ' }' ? '' : ' $.x = 5 }'];
    const pattern = patternOf(`{ ${around[0]}${after}${around[1]}`);
    expect(JSON.stringify(pattern)).toContain('{"kind":"number","value":5,"written":"5"}');
  });

  test('a regular expression stands between percent signs', () => {
    const expression = expressionOf('$.x != %^a[0-9]{2}%');
    expect(expression).toMatchObject({ test: { is: 'unequal', to: { kind: 'regex', written: '^a[0-9]{2}' } } });
  });
});

describe('what is not valid, and where', () => {
  const selectors = (count: number, one: string) => `{ ${Array.from({ length: count }, () => one).join(' || ')} }`;
  test.each([
    ['{ $.eventName == ConsoleLogin }', '16: a value is wanted, not = ConsoleLog'],
    ['{ ($.eventName = A }', '20: &&, || or ) is wanted, not }'],
    ['{ $.eventName = A) }', '18: &&, || or } is wanted, not ) }'],
    ['{ $.errorMessage = Failed authentication }', '27: &&, || or } is wanted, not authenticati'],
    ['{ $.x = A & $.x = B }', '11: &&, || or } is wanted, not & $.x = B }'],
    ['{ &.eventType = A }', '3: a field such as $.eventName is wanted, not &.eventType '],
    ['{ eventType = A }', '3: a field such as $.eventName is wanted, not eventType = '],
    ['{ }', '3: a field such as $.eventName is wanted, not }'],
    ['{', '2: a field such as $.eventName is wanted where it ends'],
    ['{ $.a = 1 && }', '14: a field such as $.eventName is wanted, not }'],
    ['{ $ = A }', '4: the name of a field after $ is wanted, not  = A }'],
    ['{ $. = A }', '5: the name of a field is wanted'],
    ['{ $.a.[0] = A }', '7: the name of a field is wanted'],
    ['{ $.a[x] = A }', '7: the name of a field is wanted'],
    ['{ $.a[*].b[*] = 1 }', '14: more than one wildcard in a selector'],
    ['{ $.a.*.* = 1 }', '10: more than one wildcard in a selector'],
    ['{ $.a = "x }', '9: a quote opens and never closes'],
    ['{ $.a = "x\\" }', '9: a quote opens and never closes'],
    ["{ $.a = 'x' }", "9: a value is wanted, not 'x' }"],
    ['{ $.a = `x` }', '9: a value is wanted, not `x` }'],
    ['{ $.a = }', '9: a value is wanted, not }'],
    ['{ $.a =', '8: a value is wanted where it ends'],
    ['{ $.a EXISTS }', '7: =, !=, <, >, IS or NOT EXISTS is wanted, not EXISTS }'],
    ['{ $.a NOT EXISTSx }', '7: =, !=, <, >, IS or NOT EXISTS is wanted, not NOT EXISTSx '],
    ['{ $.a IS NOT NULL }', '7: =, !=, <, >, IS or NOT EXISTS is wanted, not IS NOT NULL '],
    ['{ $.a ISNULL }', '7: =, !=, <, >, IS or NOT EXISTS is wanted, not ISNULL }'],
    ['{ $.a IS TRUEx }', '14: &&, || or } is wanted, not x }'],
    ['{ $.a > x }', '9: a number is wanted, not x }'],
    ['{ $.a > "5" }', '9: a number is wanted, not "5" }'],
    ['{ $.a >= 5* }', '10: a number is wanted, not 5* }'],
    ['{ $.a = %b }', '9: a regular expression opens and never closes'],
    ['{ $.a = %x(b)% }', '11: ( has no place in such a regular expression'],
    ['{ $.a > 1', '10: &&, || or } is wanted where it ends'],
    ['{ $.a = 1', '10: &&, || or } is wanted where it ends'],
    ['{ $.a = 1 } x', '13: nothing more is wanted, not x'],
    ['[a, b', '6: ] is wanted where it ends'],
    ['[a] b', '6: ] is wanted where it ends'],
    ['"a', '1: a quote opens and never closes'],
    ['a -', '4: a word or a phrase in quotes is wanted where it ends'],
    ['a ? b', '4: a word or a phrase in quotes is wanted, not  b'],
    ['a %b', '3: a regular expression opens and never closes'],
    [`{ ${'('.repeat(80)}`, '68: nested deeper than 64 levels'],
    ['x'.repeat(1025), '1025: longer than 1024 characters'],
    [selectors(4, '$.a[*] = 1'), '1: more than 3 selectors with a wildcard'],
    [selectors(4, '$.a.* = 1'), '1: more than 3 selectors with a wildcard'],
    [selectors(3, '$.a = %b%'), '1: more than 2 regular expressions'],
    ['{ ($.a = %b% && $.a = %b%) || $.a = %b% }', '1: more than 2 regular expressions'],
  ])('%s', (written, expected) => {
    expect(mistakeOf(written)).toBe(expected);
  });

  test.each([
    ['x'.repeat(1024)],
    [`{ ${'('.repeat(64)}$.a = 1${')'.repeat(64)} }`],
    [selectors(3, '$.a[*] = 1')],
    [selectors(2, '$.a = %b%')],
    [selectors(5, '$.a = "%b%"')],
    [selectors(5, '$.a[0] = 1')],
  ])('what is at the limit is valid: %#', (written) => {
    expect(mistakeOf(written)).toBe('none');
  });
});

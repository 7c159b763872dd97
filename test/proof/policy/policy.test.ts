import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../src/proof/policy/policy.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' };
const parse = (value: unknown) => parsePolicy(JSON.stringify(value));
const read = (more: object) => parse({ Statement: { ...statement, ...more } });
const mistake = (value: unknown) => {
  const policy = parse(value);
  return 'mistake' in policy ? policy.mistake : 'none';
};
const mistakeOf = (more: object) => mistake({ Statement: { ...statement, ...more } });

describe('what is read', () => {
  test('a statement, every element', () => {
    const written = {
      Version: '2012-10-17',
      Id: 'mine',
      Statement: [
        {
          Sid: 'Main',
          Effect: 'Deny',
          NotPrincipal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:root'], Service: 'sns.amazonaws.com' },
          NotAction: ['s3:GetObject', 's3:PutObject'],
          NotResource: 'arn:aws:s3:::a',
          Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:TlsVersion': [1.2, '1.3'] } },
        },
        statement,
      ],
    };
    expect(parse(written)).toEqual({
      variables: true,
      statements: [
        {
          name: 'statement 1 (Main)',
          effect: 'Deny',
          principals: {
            not: true,
            everyone: false,
            byKind: new Map([
              ['AWS', ['111122223333', 'arn:aws:iam::111122223333:root']],
              ['Service', ['sns.amazonaws.com']],
            ]),
          },
          actions: { not: true, values: ['s3:GetObject', 's3:PutObject'] },
          resources: { not: true, values: ['arn:aws:s3:::a'] },
          conditions: [
            { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
            { operator: 'NumericLessThan', key: 's3:TlsVersion', values: ['1.2', '1.3'] },
          ],
        },
        {
          name: 'statement 2',
          effect: 'Allow',
          principals: { not: false, everyone: true, byKind: new Map() },
          actions: { not: false, values: ['s3:*'] },
          resources: { not: false, values: ['*'] },
          conditions: [],
        },
      ],
    });
  });

  test.each([
    [undefined, false],
    ['2008-10-17', false],
    ['2012-10-17', true],
  ])('version %s', (Version, variables) => {
    expect(parse({ Version, Statement: [] })).toEqual({ variables, statements: [] });
  });

  test.each<[unknown, boolean]>([
    ['*', true],
    [{ AWS: '*' }, true],
    [{ AWS: ['111122223333', '*'], Service: 'sns.amazonaws.com' }, true],
    [{ Service: '*' }, false],
    [{ AWS: '111122223333' }, false],
  ])('whether principal %j is everyone', (Principal, everyone) => {
    const policy = read({ Principal });
    expect('statements' in policy && policy.statements[0]?.principals.everyone).toBe(everyone);
  });

  test('an empty or strange Sid is no name', () => {
    const named = (Sid: unknown) => {
      const policy = read({ Sid });
      return 'statements' in policy && policy.statements[0]?.name;
    };
    expect(['', 7, 'a'].map(named)).toEqual(['statement 1', 'statement 1', 'statement 1 (a)']);
  });
});

describe('what AWS would have refused is named, and neither crashes nor passes', () => {
  test.each<[unknown, string]>([
    [[], 'the policy is not a JSON object'],
    [null, 'the policy is not a JSON object'],
    ['text', 'the policy is not a JSON object'],
    [{}, 'the policy has no Statement'],
    [{ statement: [] }, 'the policy has an element that no policy has: statement'],
    [{ Version: '2030-01-01', Statement: [] }, 'the policy is of a version that is not known: "2030-01-01"'],
    [{ Version: null, Statement: [] }, 'the policy is of a version that is not known: null'],
    [{ Statement: null }, 'statement 1 of the policy is not an object'],
    [{ Statement: [statement, 'text'] }, 'statement 2 of the policy is not an object'],
    [{ Statement: [[statement]] }, 'statement 1 of the policy is not an object'],
  ])('%j', (value, expected) => {
    expect(mistake(value)).toBe(expected);
  });

  const unreadable = (what: string): string => `statement 1 of the policy lacks ${what} that can be read`;
  test.each<[object, string]>([
    [{ Effect: 'allow' }, 'statement 1 of the policy neither allows nor denies'],
    [{ Effect: undefined }, 'statement 1 of the policy neither allows nor denies'],
    [{ Conditions: {} }, 'statement 1 of the policy has an element that none has: Conditions'],
    [{ NotAction: 's3:*' }, 'statement 1 of the policy has both Action and NotAction'],
    [{ NotResource: '*' }, 'statement 1 of the policy has both Resource and NotResource'],
    [{ NotPrincipal: '*' }, 'statement 1 of the policy has both Principal and NotPrincipal'],
    [{ Action: undefined }, unreadable('an Action')],
    [{ Action: [{}] }, unreadable('an Action')],
    [{ Action: ['s3:*', null] }, unreadable('an Action')],
    [{ Resource: undefined }, unreadable('a Resource')],
    [{ Principal: undefined }, unreadable('a Principal')],
    [{ Principal: 'arn:aws:iam::111122223333:root' }, unreadable('a Principal')],
    [{ Principal: ['*'] }, unreadable('a Principal')],
    [{ Principal: { AWS: { a: 1 } } }, unreadable('a Principal')],
    [{ Principal: null }, unreadable('a Principal')],
    [{ Condition: [] }, 'the Condition of statement 1 of the policy cannot be read'],
    [{ Condition: { Bool: 'aws:SecureTransport' } }, 'the Condition of statement 1 of the policy cannot be read'],
    [
      { Condition: { Bool: { 'aws:SecureTransport': null } } },
      'the Condition of statement 1 of the policy cannot be read',
    ],
    [
      { Condition: { Bool: { 'aws:SecureTransport': {} } } },
      'the Condition of statement 1 of the policy cannot be read',
    ],
  ])('a statement with %j', (more, expected) => {
    expect(mistakeOf(more)).toBe(expected);
  });

  test.each([
    ['', 'the policy is not valid JSON at column 1: the file ends where a value should stand'],
    ['{"Statement": [}', 'the policy is not valid JSON at column 16: } where a value or ] should stand'],
    ['{"Statement":[],"Statement":[]}', 'the policy is ambiguous at column 17: duplicate key Statement'],
    [
      '{"Statement":{"Effect":"Deny","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
      'the policy is ambiguous at column 31: duplicate key Effect',
    ],
    ['{"__proto__":{},"Statement":[]}', 'the policy is ambiguous at column 2: __proto__ is never a property'],
  ])('%s', (text, expected) => {
    expect(parsePolicy(text)).toEqual({ mistake: expected });
  });

  test('nesting without end', () => {
    const text = `{"Statement":${'['.repeat(100_000)}`;
    expect(parsePolicy(text)).toEqual({
      mistake: 'the policy is not valid JSON at column 77: nested deeper than 64 levels',
    });
  });
});

describe('a policy of another kind', () => {
  const parseAs = (kind: 'identity' | 'trust', more: object) =>
    parsePolicy(JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', ...more } }), kind);
  const everybody = { not: false, everyone: true, byKind: new Map() };

  test('of a principal names none, and is about whoever it is attached to', () => {
    expect(parseAs('identity', { Resource: '*' })).toMatchObject({ statements: [{ principals: everybody }] });
    expect(parseAs('identity', {})).toEqual({ mistake: 'statement 1 of the policy lacks a Resource that can be read' });
  });

  test('of a role names no resource, and is about the role', () => {
    expect(parseAs('trust', { Principal: '*' })).toMatchObject({
      statements: [{ resources: { not: false, values: ['*'] } }],
    });
    expect(parseAs('trust', {})).toEqual({ mistake: 'statement 1 of the policy lacks a Principal that can be read' });
  });

  test.each([
    ['identity', { Resource: '*', Principal: '*' }, 'Principal'],
    ['identity', { Resource: '*', NotPrincipal: { AWS: '*' } }, 'Principal'],
    ['trust', { Principal: '*', Resource: '*' }, 'Resource'],
    ['trust', { Principal: '*', NotResource: '*' }, 'Resource'],
  ] as const)('%s: %j is a mistake', (kind, more, element) => {
    expect(parseAs(kind, more)).toEqual({
      mistake: `statement 1 of the policy has a ${element}, which none of its kind has`,
    });
  });
});

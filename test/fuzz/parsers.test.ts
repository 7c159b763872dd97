import { array, constantFrom, oneof, property, string } from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readAlarmRule } from '../../src/proof/alerting/alarm-rule.ts';
import { eventsOf as eventsOfPattern } from '../../src/proof/event-pattern/events-of.ts';
import { matchesEventPattern } from '../../src/proof/event-pattern/match.ts';
import { parseEventPattern } from '../../src/proof/event-pattern/parse.ts';
import { contains } from '../../src/proof/event-set.ts';
import { eventsOf as eventsOfFilter } from '../../src/proof/filter-pattern/events-of.ts';
import { matchesLine, matchesRecord } from '../../src/proof/filter-pattern/match.ts';
import { parseFilterPattern } from '../../src/proof/filter-pattern/parse.ts';
import { decide } from '../../src/proof/policy/decide.ts';
import { parsePolicy } from '../../src/proof/policy/policy.ts';
import { serviceContext } from '../../src/proof/policy/request.ts';
import { printFilterPattern } from '../proof/filter-pattern/print.ts';
import { reportFuzz, tryAll } from './fuzz.ts';

/** Texts of the tokens that a language is made of, in any order, with some that are in no language. */
const textOf = (...tokens: readonly string[]) =>
  array(oneof({ weight: 12, arbitrary: constantFrom(...tokens) }, { weight: 1, arbitrary: string() }), {
    maxLength: 40,
  }).map((parts) => parts.join(''));

const record = { eventName: 'StopLogging', userIdentity: { type: 'Root' }, n: 1, list: [{ a: 1 }], nothing: null };

describe('metric filters', () => {
  afterAll(() => reportFuzz('metric filters'));
  const filter = textOf(
    ...['{', '}', '(', ')', '[', ']', '$', '.', '$.eventName', '$.a[*]', "$.['a.b']", ' ', '=', '!=', '<', '>='],
    ...['&&', '||', '"a"', 'a*', '*', '%a+%', '%', '1', '1e3', ' IS NULL', ' NOT EXISTS', '?', '-', '\\', '\n'],
    ...['""', '" "', '{2,1}', '[a-', '\\x4', '\\d', '^', '$.resources.type', '$.requestParameters.x', 'IS TRUE'],
  );

  test('whatever is written is read or refused, and what is read matches or does not', () => {
    tryAll(
      property(filter, (text) => {
        const pattern = parseFilterPattern(text);
        if ('mistake' in pattern) {
          expect(pattern.column).toBeGreaterThanOrEqual(1);
          expect(pattern.column).toBeLessThanOrEqual(Math.max(text.length, 1024) + 1);
          return;
        }
        expect(['yes', 'no', 'unknown']).toContain(matchesRecord(pattern, record));
        expect(['yes', 'no', 'unknown']).toContain(matchesLine(pattern, 'aaa'));
        contains(eventsOfFilter(pattern), new Map([['eventName', 'StopLogging']]));
      }),
    );
  });

  test('what is printed is read as the same', () => {
    tryAll(
      property(filter, (text) => {
        const pattern = parseFilterPattern(`{ $.a = 1 && ${text} }`);
        const read = 'mistake' in pattern ? parseFilterPattern(text) : pattern;
        if ('mistake' in read) return;
        const printed = printFilterPattern(read);
        if (printed.length > 1024) return;
        const again = parseFilterPattern(printed);
        expect(printFilterPattern(again as typeof read)).toBe(printed);
        expect(matchesRecord(again as typeof read, record)).toBe(matchesRecord(read, record));
      }),
    );
  });
});

describe('event patterns', () => {
  afterAll(() => reportFuzz('event patterns'));
  const pattern = textOf(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"detail"',
      '"prefix"',
      '"numeric"',
      '"anything-but"',
      '"$or"',
      '"exists"',
    ],
    ...['true', 'null', '1', '1e400', '"<"', '"wildcard"', '"a*b"', '"cidr"', '"10.0.0.0/8"', '{"a":["b"]}', ' '],
  );

  test('whatever is written is read or refused, and what is read matches or does not', () => {
    tryAll(
      property(pattern, (text) => {
        const parsed = parseEventPattern(`{"detail":{"a":[${text}]}}`);
        const other = parseEventPattern(text);
        for (const one of [parsed, other]) {
          if ('mistake' in one) expect(one.mistake).not.toBe('');
          else {
            expect(typeof matchesEventPattern(one, { detail: record })).toBe('boolean');
            contains(eventsOfPattern(one), new Map([['a', 'b']]));
          }
        }
      }),
    );
  });
});

describe('policies', () => {
  afterAll(() => reportFuzz('policies'));
  const operator = constantFrom(
    'StringEquals',
    'StringNotLike',
    'ArnLike',
    'Bool',
    'Null',
    'IpAddress',
    'NumericLessThan',
    'ForAllValues:StringLikeIfExists',
    'Made:Up',
  );
  const key = constantFrom('aws:SourceArn', 'aws:SourceIp', 'aws:PrincipalOrgID', 'aws:SecureTransport', 'made:up');
  const value = constantFrom<unknown>('*', 'a', 'true', '10.0.0.0/8', 'arn:aws:s3:::b', ['a', 'b'], {}, null, 1);
  const statement = array(
    oneof(
      constantFrom<readonly [string, unknown]>(
        ['Effect', 'Allow'],
        ['Effect', 'Deny'],
        ['Principal', '*'],
        ['Principal', { Service: 'cloudtrail.amazonaws.com' }],
        ['NotPrincipal', { AWS: '111122223333' }],
        ['Action', 's3:*'],
        ['NotAction', ['s3:Put*']],
        ['Resource', '*'],
        ['Resource', 'arn:aws:s3:::b/*'],
      ),
      array(oneof(operator, key, value.map(String)), { minLength: 3, maxLength: 3 }).map(
        ([name = '', of = '', wanted]) => ['Condition', { [name]: { [of]: wanted } }] as const,
      ),
    ),
    { maxLength: 6 },
  ).map((entries) => Object.fromEntries(entries) as Readonly<Record<string, unknown>>);
  const request = {
    caller: { kind: 'service', name: 'cloudtrail.amazonaws.com' },
    action: 's3:PutObject',
    resource: 'arn:aws:s3:::b/k',
    context: serviceContext('cloudtrail.amazonaws.com', { 'aws:SourceArn': 'arn:aws:s3:::b' }),
  } as const;
  const answer = (statements: readonly unknown[]) => {
    const policy = parsePolicy(JSON.stringify({ Statement: statements }));
    return 'mistake' in policy ? 'unknown' : decide(policy, request).allowed;
  };
  const rank = { no: 0, unknown: 1, yes: 2 } as const;
  const complete = statement.map((it) => {
    const { Principal, Action, ...rest } = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*', ...it };
    // An element and its negation in one statement are a mistake, which says nothing of the order.
    return { ...rest, ...('NotPrincipal' in it ? {} : { Principal }), ...('NotAction' in it ? {} : { Action }) };
  });

  test('whatever is written is read or refused', () => {
    tryAll(
      property(
        oneof(
          textOf('{', '}', '"Statement"', ':', '[', ']', '"a"', ','),
          array(statement).map((it) => JSON.stringify({ Statement: it })),
        ),
        (text) => {
          const policy = parsePolicy(text);
          if (!('mistake' in policy)) expect(['yes', 'no', 'unknown']).toContain(decide(policy, request).allowed);
        },
      ),
    );
  });

  test('a further denial never opens, a further permission never closes, and less knowledge decides nothing', () => {
    tryAll(
      property(array(complete, { maxLength: 4 }), complete, (statements, more) => {
        const before = answer(statements);
        expect(rank[answer([...statements, { ...more, Effect: 'Deny' }])]).toBeLessThanOrEqual(rank[before]);
        expect(rank[answer([...statements, { ...more, Effect: 'Allow' }])]).toBeGreaterThanOrEqual(rank[before]);
        const policy = parsePolicy(JSON.stringify({ Statement: statements }));
        if ('mistake' in policy) return;
        const { present, absent } = request.context;
        for (const unknown of present.keys()) {
          const fewer = { present: new Map([...present].filter(([name]) => name !== unknown)), absent };
          const { allowed } = decide(policy, { ...request, context: fewer });
          expect([before, 'unknown']).toContain(allowed);
        }
      }),
    );
  });
});

test('rules of composite alarms are read or not known', () => {
  const rule = textOf('ALARM', 'OK', '(', ')', '"a"', 'a', ' AND ', ' OR ', 'NOT ', 'TRUE', 'AT_LEAST', ',', '1');
  tryAll(
    property(rule, (text) => {
      const rule = readAlarmRule(text);
      if (rule) expect(['yes', 'no']).toContain(rule.holds((name) => (name === 'a' ? 'ALARM' : 'OK')));
    }),
  );
  reportFuzz('rules of composite alarms');
});

describe('what is long or deep is refused, and takes no time', () => {
  const long = 100_000;
  test.each([
    ['brackets', '['.repeat(long)],
    ['braces', '{"a":'.repeat(long / 5)],
    ['parentheses', `{ ${'('.repeat(long)}`],
    ['stars', `{ $.a = "${'*a'.repeat(long / 2)}" }`],
    ['one long text', `{"a":["${'a'.repeat(long)}"]}`],
  ])('%s', (_, text) => {
    expect('mistake' in parseFilterPattern(text)).toBe(true);
    expect('mistake' in parseEventPattern(text)).toBe(true);
    parsePolicy(text);
    expect(readAlarmRule(text)).toBe(undefined);
  });
});

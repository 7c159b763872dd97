import { describe, expect, test } from 'vitest';
import { fillerOf, inWords, isAnythingElse } from '../../src/proof/anything-else.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import type { EventSet, FieldTest, FieldValue } from '../../src/proof/event-set.ts';
import { mayMeet } from '../../src/proof/may-meet.ts';
import { textsNamedIn, valuesOfTest, valuesToTry } from '../../src/proof/values-to-try.ts';

const testing = (more: Partial<FieldTest>): FieldTest => ({
  field: 'errorCode',
  has: () => 'yes',
  whole: [],
  beginnings: [],
  endings: [],
  ...more,
});
const wanted = (written: unknown, field = 'errorCode'): FieldTest => {
  const found = readEventClass({ [field]: written }).fields.get(field);
  if (!found) throw new Error('no field');
  return found;
};
const tried = (tests: readonly FieldTest[], written?: unknown, field = 'errorCode') =>
  valuesToTry(field, tests, written === undefined ? undefined : wanted(written, field));

describe('the values that stand for all there are (aws-semantics §2.7)', () => {
  test('of texts: those that are named, and one for every beginning and ending', () => {
    expect(tried([testing({ whole: ['w'], beginnings: ['a', 'ab'] }), testing({ endings: ['z'] })])).toEqual([
      'w',
      ...['…', '…z', 'a…', 'a…z', 'ab…', 'ab…z'],
      undefined,
    ]);
  });

  test('each once', () => {
    expect(tried([testing({ whole: ['w', 'w'], beginnings: ['', 'a', 'a'], endings: [''] })])).toEqual([
      'w',
      '…',
      'a…',
      undefined,
    ]);
  });

  test.each<[string, readonly FieldValue[]]>([
    ['eventCategory', ['Management', 'Data', 'NetworkActivity', 'Insight']],
    ['readOnly', [true, false]],
    ['managementEvent', [true, false]],
    [
      'eventType',
      [
        ...['AwsApiCall', 'AwsConsoleSignIn', 'AwsConsoleAction', 'AwsServiceEvent', 'AwsVpceEvents'],
        'AwsCloudTrailInsight',
      ],
    ],
    ['sessionCredentialFromConsole', ['true', undefined]],
    ['insightDetails.insightType', ['ApiCallRateInsight', 'ApiErrorRateInsight']],
  ])('of %s: what it can hold (aws-semantics §0.2)', (field, values) => {
    expect(tried([testing({ field, whole: ['other'], beginnings: ['a'] })], undefined, field)).toEqual(values);
  });

  test.each([
    'awsRegion',
    'eventID',
    'eventName',
    'eventSource',
    'eventTime',
    'eventVersion',
    'insightDetails.eventName',
    'insightDetails.eventSource',
    'recipientAccountId',
    'sourceIPAddress',
    'userAgent',
  ])('every record has %s', (field) => {
    expect(tried([], undefined, field)).toEqual(['…']);
  });

  test.each(['resources.ARN', 'resources.type'])('not every record has %s', (field) => {
    expect(tried([], undefined, field)).toEqual(['…', undefined]);
  });

  test.each(['userIdentity.type', 'userIdentity.arn', 'requestID', 'errorCode', 'vpcEndpointId'])(
    'a record may lack %s',
    (field) => {
      expect(tried([], undefined, field)).toEqual(['…', undefined]);
    },
  );

  test('what stands for the rest is in nothing that is named', () => {
    expect(tried([testing({ whole: ['x…'], beginnings: ['a'] })])).toEqual(['x…', '\ue000', 'a\ue000', undefined]);
    expect(tried([testing({ beginnings: ['…\ue000\ue001'] })])?.[0]).toBe('\ue002');
    expect(tried([testing({ endings: ['…'] })])?.[0]).toBe('\ue000');
    expect(tried([testing({ whole: [5, null] })])).toEqual([5, null, '…', undefined]);
  });

  test('too many are none', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
    expect(tried([testing({ beginnings: many(399), endings: many(499) })])).toHaveLength(200_001);
    expect(tried([testing({ beginnings: many(399), endings: many(500) })])).toBeUndefined();
    const every = Array.from({ length: 0xf8ff - 0xe000 + 1 }, (_, index) => String.fromCharCode(0xe000 + index));
    expect(tried([testing({ whole: ['…', ...every] })])).toBeUndefined();
    expect(tried([testing({ whole: ['…', ...every.slice(0, -1)] })])).toContain('\uf8ff');
  });
});

describe('those of them that a class lets pass', () => {
  test.each<[string, readonly FieldTest[], unknown, readonly FieldValue[]]>([
    ['a value', [testing({ whole: ['a', 'b'], beginnings: ['c'] })], 'a', ['a']],
    ['a value that nobody names', [testing({ whole: ['b'] })], 'a', ['a']],
    ['a list', [testing({ beginnings: ['a'] })], ['ab', 'c'], ['ab', 'c']],
    ['a beginning', [testing({ whole: ['b', 'az'], beginnings: ['b', 'ab'] })], { like: 'a*' }, ['az', 'ab…', 'a…']],
    ['a beginning, and endings', [testing({ endings: ['z'], beginnings: ['b'] })], { like: 'a*' }, ['a…', 'a…z']],
    ['an ending', [testing({ whole: ['b', 'bz'], beginnings: ['b'] })], { like: '*z' }, ['bz', '…z', 'b…z']],
    ['both, of any length', [testing({ whole: ['aba'] })], { like: 'ab*ba' }, ['ab…ba']],
    ['all but a value', [testing({ whole: ['a'] })], { not: 'a' }, ['…', undefined]],
    ['all but a beginning', [testing({ beginnings: ['b'] })], { not: { like: 'a*' } }, ['…', 'b…', undefined]],
    ['what is there', [testing({ whole: ['a', null] })], { exists: true }, ['a', '…']],
    ['what is not there', [testing({ whole: ['a', null] })], { exists: false }, [undefined]],
    ['a text that is empty', [], '', ['']],
    ['nothing', [testing({ whole: ['a'] })], [], []],
    ['a part of a beginning', [testing({ beginnings: ['a'] })], { like: 'ab*' }, ['ab…']],
    ['a pattern inside', [testing({ whole: ['axb', 'c'] })], { like: 'a?b' }, ['axb']],
    ['its own ellipsis', [testing({ whole: ['a…b'] })], { like: 'a…*' }, ['a…b', 'a…\ue000']],
    ['its own ellipsis, or the end of it', [testing({ endings: ['…'] })], { like: 'a*' }, ['a\ue000', 'a\ue000…']],
  ])('%s', (_, tests, written, expected) => {
    const values = tried(tests, written) ?? [];
    expect(new Set(values)).toEqual(new Set(expected));
    expect(values).toHaveLength(expected.length);
  });

  test('flags', () => {
    expect(tried([], false, 'readOnly')).toEqual([false]);
    expect(tried([testing({ field: 'readOnly', whole: ['a'] })], { not: false }, 'readOnly')).toEqual([true]);
    expect(tried([], true, 'sessionCredentialFromConsole')).toEqual(['true']);
    expect(tried([], 'AwsSomethingNew', 'eventType')).toEqual([]);
  });

  test('a class that takes little keeps what is tried small', () => {
    const beginnings = Array.from({ length: 1000 }, (_, index) => `b${index}/`);
    const endings = Array.from({ length: 1000 }, (_, index) => `.${index}`);
    expect(tried([testing({ beginnings, endings })], { like: 'b7/*' })).toHaveLength(1001);
    expect(tried([testing({ beginnings, endings })], { exists: true })).toBeUndefined();
  });
});

describe('whether a set may hold an event of a class at all', () => {
  const events = readEventClass({ eventName: { like: 'Put*' }, 'resources.ARN': { like: 'b/*/x' } });
  const name = (more: Partial<FieldTest>): FieldTest => testing({ field: 'eventName', ...more });
  const is = (value: string): FieldTest => name({ whole: [value], has: (given) => (given === value ? 'yes' : 'no') });
  const begins = (value: string): FieldTest =>
    name({ beginnings: [value], has: (given) => (String(given).startsWith(value) ? 'yes' : 'no') });
  const unsure = name({ has: () => 'unknown' });
  const never = name({ has: () => 'no' });

  test.each([
    ['a value in it', is('PutObject'), true],
    ['a value outside', is('GetObject'), false],
    ['a beginning in it', begins('PutB'), true],
    ['a beginning of it', begins('P'), true],
    ['a beginning outside', begins('Get'), false],
    ['who knows what', unsure, true],
    ['nothing', never, false],
    ['of a field that the class leaves open', { ...never, field: 'errorCode' }, true],
    ['both', { all: [is('PutObject'), begins('P')] }, true],
    ['both, one of them outside', { all: [is('PutObject'), begins('Get')] }, false],
    ['either', { any: [is('GetObject'), begins('P')] }, true],
    ['either, both outside', { any: [is('GetObject'), begins('Get')] }, false],
    ['anything else: nobody looks', { not: is('PutObject') }, true],
    ['everything', { all: [] }, true],
    ['nothing at all', { any: [] }, false],
    ['what is more than a beginning and an ending', { ...never, intricate: true as const }, true],
    ['a class that is', { ...never, field: 'resources.ARN' }, false],
  ])('%s: %s', (_, set, expected) => {
    expect(mayMeet(set, events)).toBe(expected);
  });

  test('of a class with a wildcard inside, nobody looks', () => {
    const inside = readEventClass({ eventName: { like: 'P*t*' } });
    expect(mayMeet(is('GetObject'), inside)).toBe(true);
  });

  test('of too many values, nobody looks', () => {
    const many = Array.from({ length: 600 }, (_, index) => `${index}`);
    expect(
      mayMeet(
        name({ beginnings: many, endings: many, has: () => 'no' }),
        readEventClass({ eventName: { exists: true } }),
      ),
    ).toBe(true);
  });
});

describe('a text that stands for anything else', () => {
  test('is read as an ellipsis', () => {
    expect(['…', 'a…', 'a\ue000', '\uf8ff', 'a'].map(inWords)).toEqual(['…', 'a…', 'a…', '…', 'a']);
    expect(inWords('\ue000/\ue000')).toBe('…/…');
  });

  test.each<[FieldValue, boolean]>([
    ['…', true],
    ['\ue123', true],
    ['a…', false],
    ['', false],
    [undefined, false],
    [null, false],
    [true, false],
  ])('%j: %s', (value, expected) => {
    expect(isAnythingElse(value)).toBe(expected);
  });

  test('is not of what nobody names', () => {
    expect(fillerOf([])).toBe('…');
  });
});

describe('the texts that a set takes in a field', () => {
  const [one, other] = [wanted('one'), wanted(['other', 'another'])];
  test.each<[string, EventSet, readonly string[] | undefined]>([
    ['a test that names some', other, ['other', 'another']],
    ['of another field', wanted('one', 'eventName'), undefined],
    ['one that takes what is absent as well', testing({ whole: ['one'] }), undefined],
    ['one that takes beginnings', wanted({ like: 'one*' }), undefined],
    ['all: what one of them refuses all refuse', { all: [wanted('x', 'eventName'), one] }, ['one']],
    ['all of which none names any', { all: [] }, undefined],
    ['any', { any: [one, { all: [other] }] }, ['one', 'other', 'another']],
    ['any, of which one takes all', { any: [one, { all: [] }] }, undefined],
    ['any of none', { any: [] }, []],
    ['what is not in a set', { not: one }, undefined],
  ])('%s', (_, set, texts) => {
    expect(textsNamedIn(set, 'errorCode')).toEqual(texts && new Set(texts));
  });
});

test('the values that pass a test by itself', () => {
  expect(valuesOfTest(wanted(['one', 'other']))).toEqual(['one', 'other']);
  expect(valuesOfTest(wanted({ not: 'one' }))).toEqual(['…', undefined]);
  expect(valuesOfTest(wanted({ not: false }, 'readOnly'))).toEqual([true]);
  expect(valuesOfTest(wanted({ like: 'a*' }))).toEqual(['a…']);
});

import { describe, expect, test } from 'vitest';
import type { EventSet, FieldTest } from '../../src/proof/event-set.ts';
import { recordedBy, type Selector } from '../../src/proof/selectors.ts';
import type { Source } from '../../src/proof/try-events.ts';
import { describeWitness } from '../../src/proof/witness-text.ts';
import { advanced, amount, covered, how, inBucket, management, object, working } from './asking-coverage.ts';

type Written = Readonly<Record<string, unknown>>;
const ofCategory = (category: string) => ({ eventCategory: { Equals: [category] } });

describe('what cannot be decided says why', () => {
  const writesOnly = advanced({ ...management, readOnly: { Equals: ['false'] } });

  test('a name alone does not always say whether it is a read', () => {
    const named = {
      eventCategory: 'Management',
      eventSource: 'athena.amazonaws.com',
      eventName: 'StartQueryExecution',
    };
    expect(how(writesOnly, named)).toMatchObject({
      every: 'unknown',
      some: 'unknown',
      why: 'whether the named calls are reads or writes decides it',
    });
    expect(amount(how(advanced(management), named))).toBe('all');
  });

  test.each([
    ['StopLogging', 'cloudtrail.amazonaws.com', 'all'],
    ['CreateTrail', 'cloudtrail.amazonaws.com', 'all'],
    ['DescribeTrails', 'cloudtrail.amazonaws.com', 'none'],
    ['AssumeRole', 'sts.amazonaws.com', 'none'],
    ['Decrypt', 'kms.amazonaws.com', 'none'],
    ['ConsoleLogin', 'signin.amazonaws.com', 'all'],
  ])('%s of %s, by a trail of writes: %s', (eventName, eventSource, expected) => {
    expect(amount(how(writesOnly, { eventSource, eventName }))).toBe(expected);
  });

  test('nor whether it is a management event', () => {
    const named = { eventSource: 'sqs.amazonaws.com', eventName: 'DeleteMessage' };
    expect(how(advanced(management), named)).toMatchObject({
      every: 'unknown',
      why: 'whether the named calls are management or data events decides it',
    });
    expect(amount(how(advanced(management), { eventSource: 's3.amazonaws.com', eventName: 'PutObject' }))).toBe('none');
    expect(amount(how(advanced(management), { eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy' }))).toBe(
      'all',
    );
  });

  test('a pattern that is more than a beginning and an ending', () => {
    const selectors = advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/'] } });
    expect(how(selectors, { ...inBucket, 'resources.ARN': { like: 'arn:*:b/*/x' } })).toMatchObject({
      every: 'unknown',
      why: 'the pattern of resources.ARN is more than a beginning and an ending',
    });
    expect(amount(how(advanced(object), { ...inBucket, 'resources.ARN': { like: 'arn:*:b/*/x' } }))).toBe('all');
  });

  test('too many combinations', () => {
    const many = (field: string) => ({
      [field]: { StartsWith: Array.from({ length: 100 }, (_, index) => `${field}${index}`) },
    });
    const selectors = advanced({
      ...management,
      ...many('eventName'),
      ...many('eventSource'),
      ...many('userIdentity.arn'),
    });
    // Of each field 100 beginnings and none, and of the last one besides that it is absent.
    expect(how(selectors, { eventCategory: 'Management' })).toEqual({
      every: 'unknown',
      some: 'unknown',
      enough: [],
      why: `${101 * 101 * 102} combinations are too many to compare`,
    });
  });

  test('a field that no selector can see does not narrow the class', () => {
    expect(amount(how(advanced(management), { eventCategory: 'Management', 'userIdentity.type': 'Root' }))).toBe('all');
  });

  test('values that nobody could even write down', () => {
    const many = (letter: string) => Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`);
    const selectors = advanced({ ...management, eventName: { StartsWith: many('a'), EndsWith: many('b') } });
    expect(how(selectors, { eventCategory: 'Management' })).toEqual({
      every: 'unknown',
      some: 'unknown',
      enough: [],
      why: 'the values of eventName are too many to compare',
    });
  });

  test('as many as can be compared are', () => {
    const one = advanced({
      ...management,
      eventName: { StartsWith: Array.from({ length: 399 }, (_, index) => `${index}/`) },
      eventSource: { EndsWith: Array.from({ length: 499 }, (_, index) => `/${index}`) },
    });
    expect(amount(how(one, { eventCategory: 'Management' }))).toBe('some');
    const more = advanced({ ...management, eventName: { StartsWith: ['a', 'b'] }, eventSource: { Equals: ['c'] } });
    expect(amount(covered([working(one), working(more)], { eventCategory: 'Management' }))).toBe('uncertain');
  });

  test('what cannot hold an event of the class is not compared', () => {
    const many = (letter: string) => Array.from({ length: 600 }, (_, index) => `${letter}${index}`);
    const elsewhere = advanced({
      ...object,
      'resources.ARN': { StartsWith: ['arn:aws:s3:::c/'] },
      eventName: { StartsWith: many('a') },
      'userIdentity.arn': { StartsWith: many('b') },
    });
    const here = advanced({ ...object, readOnly: { Equals: ['true'] } });
    expect(amount(covered([working(here), working(elsewhere)], { ...inBucket, readOnly: true }))).toBe('all');
    expect(amount(covered([working(here), working(elsewhere)], { ...inBucket }))).toBe('some');
  });

  test('a pattern that may be in the class', () => {
    const pattern = { 'resources.ARN': { like: 'arn:*:b/*/x' } };
    const elsewhere = advanced({ ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/'] } });
    expect(how(elsewhere, { ...inBucket, ...pattern })).toMatchObject({ every: 'no', some: 'unknown' });
    const nothing = advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::c/'] } });
    expect(how(nothing, { ...inBucket, ...pattern })).toMatchObject({ every: 'unknown', some: 'unknown' });
  });

  test('a wildcard inside what a source names', () => {
    const inside: FieldTest = {
      field: 'eventName',
      has: (value) => (/^A.*B.*C$/.test(String(value)) ? 'yes' : 'no'),
      whole: ['AxBxC'],
      beginnings: ['A'],
      endings: ['C'],
      intricate: true,
    };
    const asked = { eventCategory: 'Management' };
    const of = (events: EventSet) => covered([{ works: 'yes', events }], asked);
    expect(of(inside)).toMatchObject({ every: 'no', some: 'yes' });
    // Whatever else it matches, nobody tried.
    expect(of({ any: [inside, { not: inside }] })).toEqual({
      every: 'unknown',
      some: 'yes',
      enough: [],
      why: 'the pattern of eventName is more than a beginning and an ending',
    });
    expect(of({ all: [inside, { not: inside }] })).toMatchObject({ every: 'no', some: 'unknown' });
    const known = covered([{ works: 'yes', events: inside }], { ...asked, eventName: { like: 'A*' } });
    expect(known).toMatchObject({ every: 'no', some: 'yes' });
    // Of a class that lists its values all of them are tried.
    const listed = { ...asked, readOnly: true, eventType: 'AwsApiCall' };
    const among = (...eventName: readonly string[]) =>
      amount(covered([{ works: 'yes', events: inside }], { ...listed, eventName }));
    expect([among('AxBxC'), among('AxBxC', 'ABC'), among('AxBxC', 'x'), among('x', 'y')]).toEqual([
      'all',
      'all',
      'some',
      'none',
    ]);
    const either = { ...inside, field: 'eventType', has: () => 'yes' as const };
    expect(amount(of(either))).toBe('all');
  });

  test.each<[string, Written]>([
    ['none of a flag', { readOnly: [] }],
    ['none of its calls', { eventName: [] }],
    ['none of a field that no selector asks about', { 'userIdentity.type': [] }],
    ['one that takes back what it gives', { 'userIdentity.type': { in: ['Root'], not: 'Root' } }],
    ['a flag that records hold only where it is true', { sessionCredentialFromConsole: false }],
    ['a type of record that nobody knows', { eventType: 'AwsSomethingNew' }],
    ['a call against its nature', { eventName: 'Decrypt', eventType: 'AwsApiCall', readOnly: false }],
    [
      'a service that does not have the resource',
      { eventCategory: 'NetworkActivity', eventSource: 'a', 'resources.type': 'AWS::S3::Object' },
    ],
    ['a flag of another category', { managementEvent: false }],
    ['a type of record of another category', { eventCategory: 'NetworkActivity', eventType: 'AwsApiCall' }],
    [
      'rates of reads',
      { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiCallRateInsight', readOnly: true },
    ],
  ])('a class that no event is in: %s', (_, written) => {
    const everything = working(advanced(...['Management', 'NetworkActivity', 'Insight'].map(ofCategory)));
    expect(covered([everything], { eventCategory: 'Management', ...written })).toEqual({
      every: 'unknown',
      some: 'unknown',
      enough: [],
      why: 'no event is known to be of this class',
    });
  });

  test('no calls, and nothing else said', () => {
    expect(amount(how(advanced(), { eventName: [] }))).toBe('uncertain');
  });

  test('high-volume reads left out do not take the writes with them (E12)', () => {
    const selectors = advanced({ ...management, eventName: { NotEquals: ['Decrypt', 'Encrypt', 'GenerateDataKey'] } });
    expect(amount(how(selectors, { eventCategory: 'Management', readOnly: false }))).toBe('all');
    expect(amount(how(selectors, { eventCategory: 'Management' }))).toBe('some');
  });

  test('reads left out by their verb do not either', () => {
    const but = (conditions: object) => advanced({ ...management, eventName: conditions });
    const [some, beginning] = [but({ NotEquals: ['DescribeInstances'] }), but({ NotStartsWith: ['List'] })];
    for (const selectors of [some, beginning]) {
      expect(amount(how(selectors, { eventCategory: 'Management', readOnly: false }))).toBe('all');
      expect(amount(how(selectors, { eventCategory: 'Management', readOnly: true }))).toBe('some');
    }
  });
});

test('a class that names a hundred calls is no more than each of them', () => {
  const names = Array.from({ length: 100 }, (_, index) => `Call${index}`);
  const but = advanced({ ...management, eventName: { NotEquals: ['Call99'] } });
  expect(amount(how(but, { eventCategory: 'Management', eventName: names.slice(0, -1) }))).toBe('all');
  const { every, missed } = how(but, { eventCategory: 'Management', eventName: names });
  expect([every, describeWitness(missed ?? new Map())]).toEqual(['no', 'Call99']);
});

describe('what nobody knows of the sources is not laid to the calls', () => {
  const named = { eventSource: 'athena.amazonaws.com', eventCategory: 'Management', eventName: 'StartQueryExecution' };
  const maybe = (selectors: readonly Selector[]): Source => ({ works: 'unknown', events: recordedBy(selectors) });

  test('whatever they are, they may be recorded', () => {
    const { every, some, why, open } = covered([maybe(advanced(management))], named);
    expect([every, some, why, describeWitness(open ?? new Map())]).toEqual([
      'unknown',
      'unknown',
      undefined,
      'athena:StartQueryExecution',
    ]);
  });

  test('one of the two is missed', () => {
    const reads = advanced({ ...management, readOnly: { Equals: ['true'] } });
    const { every, some, why, open, missed } = covered([maybe(reads)], named);
    expect([every, some, why]).toEqual([
      'unknown',
      'unknown',
      'whether the named calls are reads or writes decides it',
    ]);
    expect([open?.get('readOnly'), missed]).toEqual([false, undefined]);
  });

  test('one is recorded, of the other nobody knows', () => {
    const writes = advanced({ ...management, readOnly: { Equals: ['false'] } });
    const { every, why, open } = covered([working(writes), maybe(advanced(management))], named);
    expect([every, why]).toEqual(['unknown', 'whether the named calls are reads or writes decides it']);
    expect(open?.get('readOnly')).toBe(true);
  });

  test.each([
    ['reads, and of writes nobody knows', true, false],
    ['writes, and of reads nobody knows', false, true],
  ])('recorded are %s', (_, recorded, shown) => {
    const known = advanced({ ...management, readOnly: { Equals: [`${recorded}`] } });
    expect(covered([working(known), maybe(advanced(management))], named).open?.get('readOnly')).toBe(shown);
    // What one source may record, and no source records of the other.
    expect(covered([maybe(known)], named).open?.get('readOnly')).toBe(shown);
  });

  test('of several kinds of calls that is told which is not known', () => {
    const kms = (...eventName: readonly string[]) => ({ eventSource: 'kms.amazonaws.com', eventName });
    const writes = advanced({ ...management, readOnly: { Equals: ['false'] } });
    const why = 'whether the named calls are reads or writes decides it';
    expect(how(writes, kms('CreateKey', 'Sign'))).toMatchObject({ every: 'unknown', some: 'yes', why });
    expect(how(writes, kms('CreateKey', 'Sign')).open?.get('eventName')).toBe('Sign');
    const { every, why: none, missed } = how(writes, kms('CreateKey', 'Sign', 'DescribeKey'));
    expect([every, none, missed?.get('eventName')]).toEqual(['no', undefined, 'DescribeKey']);
  });

  test('neither is all recorded, one is in part', () => {
    const reads = advanced({
      ...management,
      readOnly: { Equals: ['true'] },
      'userIdentity.arn': { Equals: ['a'] },
    });
    expect(how(reads, named)).toMatchObject({ every: 'no', some: 'unknown' });
    expect(how(reads, named).missed?.get('eventName')).toBe('StartQueryExecution');
  });
});

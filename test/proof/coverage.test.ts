import { array, assert, constantFrom, option, property, record, subarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverage, describeWitness, selects } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { readSelectors, type Selector } from '../../src/proof/selectors.ts';

const advanced = (...selectors: readonly Readonly<Record<string, object>>[]): readonly Selector[] =>
  readSelectors(
    undefined,
    selectors.map((fields) => ({
      FieldSelectors: Object.entries(fields).map(([Field, conditions]) => ({ Field, ...conditions })),
    })),
  );
const how = (selectors: readonly Selector[], written: Readonly<Record<string, unknown>>) =>
  coverage(selectors, readEventClass(written));
const management = { eventCategory: { Equals: ['Management'] } };
const object = { eventCategory: { Equals: ['Data'] }, 'resources.type': { Equals: ['AWS::S3::Object'] } };
const inBucket = {
  eventCategory: 'Data',
  'resources.type': 'AWS::S3::Object',
  'resources.ARN': { like: 'arn:aws:s3:::b/*' },
};
const writes = { ...inBucket, readOnly: false };

describe('the worked examples (aws-semantics §2.8)', () => {
  const kms = 'kms.amazonaws.com';
  test.each<[string, readonly Selector[], Readonly<Record<string, unknown>>, string, string?]>([
    [
      'S1',
      readSelectors(undefined, undefined),
      { eventCategory: 'Management', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
      'all',
    ],
    ['S2', readSelectors(undefined, undefined), inBucket, 'none'],
    [
      'S3, a write',
      readSelectors([{ ReadWriteType: 'WriteOnly' }], undefined),
      { eventCategory: 'Management', eventSource: kms, eventName: 'DisableKey', readOnly: false },
      'all',
    ],
    [
      'S3, a read',
      readSelectors([{ ReadWriteType: 'WriteOnly' }], undefined),
      { eventCategory: 'Management', eventSource: kms, eventName: 'Decrypt', readOnly: true },
      'none',
    ],
    [
      'S4',
      readSelectors(
        [{ ReadWriteType: 'All', ExcludeManagementEventSources: [kms] }, { ReadWriteType: 'WriteOnly' }],
        undefined,
      ),
      { eventCategory: 'Management', eventSource: kms, readOnly: false },
      'all',
    ],
    [
      'S5',
      advanced({ ...management, eventSource: { NotEquals: [kms] } }),
      { eventCategory: 'Management', readOnly: false },
      'some',
      'Management events, writes, eventSource kms.amazonaws.com',
    ],
    [
      'S6',
      advanced({ ...management, eventSource: { NotEquals: [kms] } }, { ...management, eventSource: { Equals: [kms] } }),
      { eventCategory: 'Management', readOnly: false },
      'all',
    ],
    [
      'S7, one trail',
      advanced({ ...management, readOnly: { Equals: ['true'] } }),
      { eventCategory: 'Management' },
      'some',
      'Management events, writes',
    ],
    [
      'S7, both',
      advanced({ ...management, readOnly: { Equals: ['true'] } }, { ...management, readOnly: { Equals: ['false'] } }),
      { eventCategory: 'Management' },
      'all',
    ],
    [
      'S8',
      advanced({ ...management, readOnly: { Equals: ['false'] } }),
      { eventCategory: 'Management', readOnly: false },
      'all',
    ],
    ['S9', advanced({ ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::bb/'] } }), writes, 'all'],
    ['S10', advanced({ ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b'] } }), writes, 'none'],
    ['S11', advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b'] } }), writes, 'all'],
    [
      'S12',
      advanced(
        { ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/logs/'] } },
        { ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/logs/'] } },
      ),
      writes,
      'all',
    ],
    [
      'S13',
      advanced(
        { ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/tmp/'] } },
        { ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/tmp/'] } },
      ),
      writes,
      'some',
      'Data events, writes, resources.type AWS::S3::Object, resources.ARN arn:aws:s3:::b/tmp/…',
    ],
    [
      'S14',
      advanced({ ...object, eventName: { Equals: ['PutObject', 'DeleteObject'] } }),
      writes,
      'some',
      'Data events, writes, resources.type AWS::S3::Object, resources.ARN arn:aws:s3:::b/…',
    ],
    [
      'S15, writes',
      readSelectors(
        [{ ReadWriteType: 'WriteOnly', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] }] }],
        undefined,
      ),
      writes,
      'all',
    ],
    [
      'S15, reads',
      readSelectors(
        [{ ReadWriteType: 'WriteOnly', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] }] }],
        undefined,
      ),
      { ...inBucket, readOnly: true },
      'none',
    ],
    [
      'S16',
      advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/'], NotEndsWith: ['/tmp'] } }),
      writes,
      'some',
      'Data events, writes, resources.type AWS::S3::Object, resources.ARN arn:aws:s3:::b/…/tmp',
    ],
    [
      'S17',
      readSelectors(
        [{ DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda:us-west-2:1:function:hello'] }] }],
        undefined,
      ),
      {
        eventCategory: 'Data',
        'resources.type': 'AWS::Lambda::Function',
        'resources.ARN': 'arn:aws:lambda:us-west-2:1:function:hello2',
      },
      'none',
    ],
    [
      'S18, from the console',
      advanced({ ...management, sessionCredentialFromConsole: { NotEquals: ['true'] } }),
      { eventCategory: 'Management', sessionCredentialFromConsole: 'true' },
      'none',
    ],
    [
      'S18, from elsewhere',
      advanced({ ...management, sessionCredentialFromConsole: { NotEquals: ['true'] } }),
      { eventCategory: 'Management', sessionCredentialFromConsole: { exists: false } },
      'all',
    ],
    ['S19', advanced(object), { eventCategory: 'Management', eventSource: 'iam.amazonaws.com' }, 'none'],
    [
      'S20',
      readSelectors(
        [{ IncludeManagementEvents: false, DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
        undefined,
      ),
      { eventCategory: 'Management', eventSource: 'iam.amazonaws.com' },
      'none',
    ],
    ['S22', advanced(object), { eventCategory: 'Data', 'resources.type': 'AWS::S3::AccessPoint' }, 'none'],
    [
      'S23',
      advanced({ eventCategory: { Equals: ['NetworkActivity'] }, eventSource: { Equals: ['s3.amazonaws.com'] } }),
      { eventCategory: 'NetworkActivity', eventSource: kms },
      'none',
    ],
  ])('%s', (_, selectors, written, records, missed) => {
    const covered = how(selectors, written);
    expect([covered.records, missed && describeWitness(covered.missed ?? new Map())]).toEqual([records, missed]);
  });
});

describe('what cannot be decided says why', () => {
  test('a name alone does not say whether it is a read', () => {
    const named = { eventCategory: 'Management', eventName: 'StopLogging' };
    expect(how(advanced({ ...management, readOnly: { Equals: ['false'] } }), named)).toEqual({
      records: 'uncertain',
      why: 'whether the named calls are reads or writes decides it',
    });
    expect(how(advanced(management), named).records).toBe('all');
  });

  test('a pattern that is more than a beginning and an ending', () => {
    const selectors = advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/'] } });
    expect(how(selectors, { ...inBucket, 'resources.ARN': { like: 'arn:*:b/*/x' } })).toEqual({
      records: 'uncertain',
      why: 'the pattern of resources.ARN is more than a beginning and an ending',
    });
    expect(how(advanced(object), { ...inBucket, 'resources.ARN': { like: 'arn:*:b/*/x' } }).records).not.toBe('some');
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
    expect(how(selectors, { eventCategory: 'Management' }).why).toMatch(/^\d+ combinations are too many to compare$/);
  });

  test('a class that no event is in', () => {
    expect(how(advanced(management), { eventCategory: 'Management', readOnly: [] })).toEqual({
      records: 'none',
      missed: new Map(),
    });
  });

  test('a field that no selector can see does not narrow the class', () => {
    expect(how(advanced(management), { eventCategory: 'Management', 'userIdentity.type': 'Root' }).records).toBe('all');
  });
});

/** A small universe in which every event can be tried. */
const universe = {
  eventCategory: ['Management', 'Data'],
  readOnly: ['true', 'false'],
  eventName: ['a', 'ab', 'abc', 'b', 'bc', 'x'],
  'userIdentity.arn': ['a', 'ab', 'bc', 'x', undefined],
  errorCode: ['a', 'b', undefined],
} as const;
type Event = ReadonlyMap<string, string | undefined>;
const events: readonly Event[] = Object.entries(universe).reduce<readonly Event[]>(
  (before, [name, values]) => before.flatMap((event) => values.map((value) => new Map([...event, [name, value]]))),
  [new Map()],
);

const texts = subarray(['a', 'ab', 'abc', 'b', 'bc'], { minLength: 1, maxLength: 2 });
const conditions = record(
  { Equals: texts, NotEquals: texts, StartsWith: texts, NotStartsWith: texts, EndsWith: texts, NotEndsWith: texts },
  { requiredKeys: [] },
);
const operatorsOn = conditions.filter((it) => Object.keys(it).length > 0);
const selector = record(
  {
    eventCategory: constantFrom({ Equals: ['Management'] }, { Equals: ['Data'] }),
    readOnly: constantFrom({ Equals: ['true'] }, { Equals: ['false'] }),
    eventName: operatorsOn,
    'userIdentity.arn': operatorsOn,
    errorCode: operatorsOn,
  },
  { requiredKeys: ['eventCategory'] },
);
const values = constantFrom<unknown>(
  'a',
  ['a', 'bc'],
  { not: 'ab' },
  { like: 'a*' },
  { like: '*c' },
  { not: { like: 'a*' } },
  { like: 'a*', not: 'abc' },
);
const eventClass = record(
  {
    eventCategory: constantFrom<unknown>('Management', 'Data', ['Management', 'Data']),
    readOnly: constantFrom(true, false),
    eventName: values,
    'userIdentity.arn': option(values, { nil: { exists: false } }),
    errorCode: constantFrom<unknown>({ exists: false }, { exists: true }, 'a'),
  },
  { requiredKeys: ['eventCategory'] },
);

describe('coverage by trying every event', () => {
  test('agrees: all means all, none means none, some has one on either side', () => {
    let told = 0;
    assert(
      property(array(selector, { maxLength: 3 }), eventClass, (written, asked) => {
        const selectors =
          written.length === 0 ? [] : advanced(...(written as readonly Readonly<Record<string, object>>[]));
        const narrowed = readEventClass(asked as Readonly<Record<string, unknown>>);
        const meant = events.filter((event) => [...narrowed.fields].every(([name, set]) => set.has(event.get(name))));
        const met = meant.filter((event) => selectors.some((it) => selects(it, event)));
        const { records, missed } = coverage(selectors, narrowed);
        if (records === 'all') expect(met.length).toBe(meant.length);
        if (records === 'none') expect(met.length).toBe(0);
        if (met.length > 0 && met.length < meant.length) expect(['some', 'uncertain']).toContain(records);
        if (missed && missed.size > 0) {
          expect([...narrowed.fields].every(([name, set]) => !missed.has(name) || set.has(missed.get(name)))).toBe(
            true,
          );
          expect(selectors.some((it) => selects(it, missed))).toBe(false);
        }
        if (records !== 'uncertain') told += 1;
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(told).toBeGreaterThan(1000);
  });

  test('another selector never loses what is covered', () => {
    const rank = { none: 0, some: 1, all: 2 } as const;
    assert(
      property(array(selector, { minLength: 1, maxLength: 3 }), selector, eventClass, (written, more, asked) => {
        const narrowed = readEventClass(asked as Readonly<Record<string, unknown>>);
        const of = (list: readonly object[]) =>
          coverage(advanced(...(list as readonly Readonly<Record<string, object>>[])), narrowed).records;
        const [before, after] = [of(written), of([...written, more])];
        if (before !== 'uncertain' && after !== 'uncertain') expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });
});

test('an event in words', () => {
  expect(
    describeWitness(
      new Map([
        ['eventCategory', 'Data'],
        ['readOnly', 'true'],
        ['eventName', '…'],
        ['errorCode', undefined],
        ['eventSource', 'a'],
      ]),
    ),
  ).toBe('Data events, reads, without errorCode, eventSource a');
  expect(describeWitness(new Map())).toBe('events');
});

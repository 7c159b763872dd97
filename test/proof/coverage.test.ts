import { array, assert, constantFrom, option, property, record, subarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Coverage, coverage, type Source } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { contains, type FieldValue, nobodyKnowsWhich } from '../../src/proof/event-set.ts';
import { readSelectors, recordedBy, type Selector } from '../../src/proof/selectors.ts';
import { describeWitness } from '../../src/proof/witness-text.ts';

const advanced = (...selectors: readonly Readonly<Record<string, object>>[]): readonly Selector[] =>
  readSelectors(
    undefined,
    selectors.map((fields) => ({
      FieldSelectors: Object.entries(fields).map(([Field, conditions]) => ({ Field, ...conditions })),
    })),
  );
const how = (selectors: readonly Selector[], written: Readonly<Record<string, unknown>>) =>
  coverage([working(selectors)], readEventClass(written));
const working = (selectors: readonly Selector[]): Source => ({ works: 'yes', events: recordedBy(selectors) });
const amount = ({ every, some }: Coverage): string =>
  every === 'yes' ? 'all' : some === 'no' ? 'none' : every === 'no' && some === 'yes' ? 'some' : 'uncertain';
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
      'Management writes of kms.amazonaws.com',
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
      'Management writes',
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
      'Data writes on arn:aws:s3:::b/tmp/…',
    ],
    [
      'S14',
      advanced({ ...object, eventName: { Equals: ['PutObject', 'DeleteObject'] } }),
      writes,
      'some',
      'Data writes on arn:aws:s3:::b/…',
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
      'Data writes on arn:aws:s3:::b/…/tmp',
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
    expect([amount(covered), missed && describeWitness(covered.missed ?? new Map())]).toEqual([records, missed]);
  });
});

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
    const covered = how(selectors, { eventCategory: 'Management' });
    expect(covered.why).toMatch(/^\d+ combinations are too many to compare$/);
    expect([covered.every, covered.some]).toEqual(['unknown', 'unknown']);
  });

  test('a field that no selector can see does not narrow the class', () => {
    expect(amount(how(advanced(management), { eventCategory: 'Management', 'userIdentity.type': 'Root' }))).toBe('all');
  });

  test('a class that no event is in', () => {
    expect(how(advanced(management), { eventCategory: 'Management', readOnly: [] })).toEqual({
      every: 'unknown',
      some: 'unknown',
      enough: [],
      why: 'no event is known to be of this class',
    });
  });

  test('high-volume reads left out do not take the writes with them (E12)', () => {
    const selectors = advanced({ ...management, eventName: { NotEquals: ['Decrypt', 'Encrypt', 'GenerateDataKey'] } });
    expect(amount(how(selectors, { eventCategory: 'Management', readOnly: false }))).toBe('all');
    expect(amount(how(selectors, { eventCategory: 'Management' }))).toBe('some');
  });
});

describe('several sources together', () => {
  const kms = 'kms.amazonaws.com';
  const but: Source = working(advanced({ ...management, eventSource: { NotEquals: [kms] } }));
  const only: Source = working(advanced({ ...management, eventSource: { Equals: [kms] } }));
  const every: Source = working(advanced(management));
  const of = (...sources: readonly Source[]): Coverage =>
    coverage(sources, readEventClass({ eventCategory: 'Management' }));

  test('the fewest that are enough', () => {
    expect(of(but, only).enough).toEqual([0, 1]);
    expect(of(but, only, every).enough).toEqual([2]);
    expect(of(but, but, only).enough).toEqual([0, 2]);
  });

  test('one that may work may fill what is missing', () => {
    expect(of(but, { ...only, works: 'unknown' })).toMatchObject({ every: 'unknown', some: 'yes' });
    expect(of(but, { ...but, works: 'unknown' })).toMatchObject({ every: 'no', some: 'yes' });
    expect(of(but, { ...only, works: 'no' })).toMatchObject({ every: 'no', some: 'yes' });
    expect(of(but, { works: 'yes', events: nobodyKnowsWhich })).toMatchObject({ every: 'unknown', some: 'yes' });
    expect(of({ works: 'unknown', events: nobodyKnowsWhich })).toMatchObject({ every: 'unknown', some: 'unknown' });
  });
});

/** A small universe in which every event can be tried. */
const universe = {
  eventCategory: ['Management', 'Data'],
  readOnly: [true, false],
  eventName: ['a', 'ab', 'abc', 'b', 'bc', 'x'],
  'userIdentity.arn': ['a', 'ab', 'bc', 'x', undefined],
  errorCode: ['a', 'b', undefined],
} as const;
type Event = ReadonlyMap<string, FieldValue>;
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

type Written = readonly Readonly<Record<string, object>>[];
const source = record({
  works: constantFrom<Source['works']>('yes', 'yes', 'no', 'unknown'),
  selectors: option(array(selector, { maxLength: 3 }), { freq: 6 }),
});
const sourceOf = ({ works, selectors }: { works: Source['works']; selectors: readonly object[] | null }): Source => ({
  works,
  events: selectors ? recordedBy(selectors.length === 0 ? [] : advanced(...(selectors as Written))) : nobodyKnowsWhich,
});
const and = (a: Source['works'], b: Source['works']) => (a === 'no' || b === 'no' ? 'no' : a === 'yes' ? b : a);
const truthOf = (sources: readonly Source[], event: Event) => {
  const each = sources.map(({ works, events }) => and(works, contains(events, event)));
  return each.includes('yes') ? 'yes' : each.includes('unknown') ? 'unknown' : 'no';
};
const meantBy = (asked: unknown) => {
  const { fields } = readEventClass(asked as Readonly<Record<string, unknown>>);
  return events.filter((event) => [...fields].every(([name, test]) => test.has(event.get(name)) === 'yes'));
};
const askOf = (sources: readonly Source[], asked: unknown) =>
  coverage(sources, readEventClass(asked as Readonly<Record<string, unknown>>));

describe('coverage by trying every event', () => {
  test('agrees with what each of all events says, whatever is not known', () => {
    let told = 0;
    assert(
      property(array(source, { maxLength: 3 }), eventClass, (written, asked) => {
        const sources = written.map(sourceOf);
        const truths = meantBy(asked).map((event) => truthOf(sources, event));
        const { every, some, enough, missed, open } = askOf(sources, asked);
        if (every === 'yes') {
          expect(new Set(truths)).not.toContain('no');
          expect(new Set(truths)).not.toContain('unknown');
          const fewer = meantBy(asked).map((event) =>
            truthOf(
              enough.flatMap((index) => sources[index] ?? []),
              event,
            ),
          );
          expect(fewer).toEqual(truths);
        }
        if (some === 'no') expect(truths.every((truth) => truth === 'no')).toBe(true);
        if (truths.includes('no')) expect(every).not.toBe('yes');
        if (truths.includes('yes')) expect(some).not.toBe('no');
        if (truths.every((truth) => truth === 'unknown') && truths.length > 0) {
          expect(every).not.toBe('yes');
        }
        if (missed) expect(truthOf(sources, missed)).toBe('no');
        if (open) expect(truthOf(sources, open)).not.toBe('yes');
        if (every !== 'unknown') told += 1;
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(told).toBeGreaterThan(1000);
  });

  const rank = { no: 0, unknown: 1, yes: 2 } as const;
  test('another source, or selector, never loses what is covered; their order never matters', () => {
    assert(
      property(array(source, { minLength: 1, maxLength: 3 }), source, eventClass, (written, more, asked) => {
        const before = askOf(written.map(sourceOf), asked);
        const after = askOf([more, ...written].map(sourceOf), asked);
        expect(rank[after.every]).toBeGreaterThanOrEqual(rank[before.every]);
        expect(rank[after.some]).toBeGreaterThanOrEqual(rank[before.some]);
        const turned = askOf(written.toReversed().map(sourceOf), asked);
        expect([turned.every, turned.some]).toEqual([before.every, before.some]);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  test('not to know more never decides more', () => {
    assert(
      property(array(source, { minLength: 1, maxLength: 3 }), eventClass, (written, asked) => {
        const sources = written.map(sourceOf);
        const known = askOf(sources, asked);
        const lessKnown: readonly (readonly Source[])[] = sources.flatMap((one, index) => [
          sources.with(index, { ...one, events: nobodyKnowsWhich }),
          sources.with(index, { ...one, works: 'unknown' }),
        ]);
        for (const less of lessKnown) {
          const { every, some } = askOf(less, asked);
          expect([known.every, 'unknown']).toContain(every);
          expect([known.some, 'unknown']).toContain(some);
        }
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});

test('an event in words', () => {
  expect(
    describeWitness(
      new Map<string, FieldValue>([
        ['eventCategory', 'Data'],
        ['readOnly', true],
        ['eventName', '…'],
        ['errorCode', undefined],
        ['eventSource', 'a'],
      ]),
    ),
  ).toBe('Data reads of a, without errorCode');
  expect(describeWitness(new Map())).toBe('events');
});

import { describe, expect, test } from 'vitest';
import { type Coverage, coverage, type Source } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { type FieldValue, nobodyKnowsWhich } from '../../src/proof/event-set.ts';
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

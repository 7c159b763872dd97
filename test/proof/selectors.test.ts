import { describe, expect, test } from 'vitest';
import { contains, type Witness } from '../../src/proof/event-set.ts';
import { type FieldSelector, readSelectors, recordedBy, refusedBy } from '../../src/proof/selectors.ts';

const field = (conditions: Partial<FieldSelector>): FieldSelector => ({
  field: 'x',
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
  ...conditions,
});

const recorded = (basic: unknown, advanced: unknown, event: Readonly<Record<string, string>>): boolean => {
  const witness: Witness = new Map(Object.entries(event));
  return contains(recordedBy(readSelectors(basic, advanced)), witness) === 'yes';
};

describe('a field of a selector (aws-semantics §2.4)', () => {
  test.each<[string, Partial<FieldSelector>, readonly boolean[]]>([
    // Of: ab, abc, c, a record without the field.
    ['equals', { equals: ['ab'] }, [true, false, false, false]],
    ['starts with', { startsWith: ['ab'] }, [true, true, false, false]],
    ['ends with', { endsWith: ['c'] }, [false, true, true, false]],
    ['what selects adds up', { equals: ['c'], startsWith: ['abc'] }, [false, true, true, false]],
    ['not equals', { notEquals: ['ab'] }, [false, true, true, true]],
    ['not starts with', { notStartsWith: ['ab'] }, [false, false, true, true]],
    ['not ends with', { notEndsWith: ['c'] }, [true, false, false, true]],
    ['what deselects wins', { equals: ['ab', 'abc'], notEquals: ['ab'] }, [false, true, false, false]],
    ['nothing is asked', {}, [true, true, true, true]],
  ])('%s', (_, conditions, expected) => {
    expect(['ab', 'abc', 'c', undefined].map((value) => refusedBy(field(conditions), value) === undefined)).toEqual(
      expected,
    );
  });

  test.each([
    ['amzn-s3-demo-bucket/object1', true],
    ['amzn-s3-demo-bucket/object2', true],
    ['amzn-s3-demo-bucket1/object3', true],
    ['amzn-s3-demo-bucket/deselectObject4', false],
    ['amzn-s3-demo-bucket/object5', false],
    ['amzn-s3-demo-bucket/object6', false],
  ])("AWS's own table: %s", (object, expected) => {
    const arn = (name: string) => `arn:aws:s3:::${name}`;
    const selector = field({
      equals: [arn('amzn-s3-demo-bucket/object1')],
      startsWith: [arn('amzn-s3-demo-bucket/')],
      endsWith: ['object3'],
      notStartsWith: [arn('amzn-s3-demo-bucket/deselect')],
      notEndsWith: ['object5'],
      notEquals: [arn('amzn-s3-demo-bucket/object6')],
    });
    expect(refusedBy(selector, arn(object)) === undefined).toBe(expected);
  });
});

describe('the two forms', () => {
  const management = { eventCategory: 'Management', readOnly: 'false', eventSource: 'ec2.amazonaws.com' };
  const data = {
    eventCategory: 'Data',
    readOnly: 'false',
    'resources.type': 'AWS::S3::Object',
    'resources.ARN': 'arn:aws:s3:::b/k',
  };

  test('none at all: all management events, no data (S1, S2, T10)', () => {
    for (const nothing of [undefined, []]) {
      expect(recorded(nothing, nothing, management)).toBe(true);
      expect(recorded(nothing, nothing, data)).toBe(false);
    }
  });

  test('the advanced one wins', () => {
    const basic = [{ ReadWriteType: 'All' }];
    const advanced = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }];
    expect(recorded(basic, advanced, management)).toBe(false);
    expect(recorded(basic, [], management)).toBe(true);
  });

  test.each([
    ['without a category', [{ FieldSelectors: [{ Field: 'eventSource', Equals: ['ec2.amazonaws.com'] }] }]],
    [
      'with a field that has no operator',
      [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, { Field: 'readOnly' }] }],
    ],
    ['without fields', [{ Name: 'all' }]],
    ['that is not an object', ['Management']],
  ])('a selector %s selects nothing, and is not the default', (_, advanced) => {
    expect(
      recorded(
        undefined,
        [...advanced, { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }],
        management,
      ),
    ).toBe(false);
  });

  test('where each came from', () => {
    expect(readSelectors(undefined, undefined).map(({ path }) => path)).toEqual(['HasCustomEventSelectors']);
    expect(
      readSelectors([{}, { DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }], undefined).map(
        ({ path }) => path,
      ),
    ).toEqual(['EventSelectors[0]', 'EventSelectors[1]', 'EventSelectors[1]']);
    const advanced = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] };
    expect(readSelectors([{}], [advanced, advanced]).map(({ path }) => path)).toEqual([
      'AdvancedEventSelectors[0]',
      'AdvancedEventSelectors[1]',
    ]);
  });
});

describe('basic selectors (aws-semantics §2.2)', () => {
  const basic = (selector: object, event: Readonly<Record<string, string>>) => recorded([selector], undefined, event);
  const management = (readOnly: string, eventSource = 'ec2.amazonaws.com') => ({
    eventCategory: 'Management',
    readOnly,
    eventSource,
  });
  const data = (type: string, arn: string, readOnly = 'false') => ({
    eventCategory: 'Data',
    readOnly,
    'resources.type': type,
    'resources.ARN': arn,
  });

  test.each([
    ['All', true, true],
    ['ReadOnly', true, false],
    ['WriteOnly', false, true],
    [undefined, true, true],
  ])('%s: reads %s, writes %s', (ReadWriteType, reads, writes) => {
    expect([basic({ ReadWriteType }, management('true')), basic({ ReadWriteType }, management('false'))]).toEqual([
      reads,
      writes,
    ]);
  });

  test('a direction that nobody knows how to read decides nothing', () => {
    const witness = new Map(Object.entries(management('true')));
    const selectors = readSelectors([{ ReadWriteType: 'SomethingNew' }], undefined);
    expect(contains(recordedBy(selectors), witness)).toBe('unknown');
  });

  test('management events, unless it says false', () => {
    expect(basic({}, management('true'))).toBe(true);
    expect(basic({ IncludeManagementEvents: true }, management('true'))).toBe(true);
    expect(basic({ IncludeManagementEvents: false }, management('true'))).toBe(false);
  });

  test('excluded sources, undone by another selector (S4)', () => {
    const excluding = { ExcludeManagementEventSources: ['kms.amazonaws.com'] };
    expect(basic(excluding, management('false', 'kms.amazonaws.com'))).toBe(false);
    expect(basic(excluding, management('false'))).toBe(true);
    expect(
      recorded([excluding, { ReadWriteType: 'WriteOnly' }], undefined, management('false', 'kms.amazonaws.com')),
    ).toBe(true);
    expect(
      recorded([excluding, { ReadWriteType: 'WriteOnly' }], undefined, management('true', 'kms.amazonaws.com')),
    ).toBe(false);
  });

  const s3 = 'AWS::S3::Object';
  const lambda = 'AWS::Lambda::Function';
  const table = 'AWS::DynamoDB::Table';
  test.each([
    [s3, 'arn:aws:s3', 'arn:aws:s3:::b/k', true],
    [s3, 'arn:aws:s3:::', 'arn:aws:s3:::b/k', true],
    [s3, 'arn:aws-us-gov:s3', 'arn:aws-us-gov:s3:::b/k', true],
    [s3, 'arn:aws:s3:::b/', 'arn:aws:s3:::b/k', true],
    [s3, 'arn:aws:s3:::b/', 'arn:aws:s3:::bb/k', false],
    [s3, 'arn:aws:s3:::b/images', 'arn:aws:s3:::b/imagesX/a', true],
    [s3, 'arn:aws:s3:::b', 'arn:aws:s3:::b-other/k', true],
    [lambda, 'arn:aws:lambda', 'arn:aws:lambda:us-west-2:1:function:hello', true],
    [lambda, 'arn:aws:lambda:us-west-2:1:function:hello', 'arn:aws:lambda:us-west-2:1:function:hello', true],
    [lambda, 'arn:aws:lambda:us-west-2:1:function:hello', 'arn:aws:lambda:us-west-2:1:function:hello2', false],
    [table, 'arn:aws:dynamodb', 'arn:aws:dynamodb:us-west-2:1:table/t', true],
    [table, 'arn:aws:dynamodb:us-west-2:1:table/t', 'arn:aws:dynamodb:us-west-2:1:table/t2', false],
  ])('%s %s: %s is recorded: %s', (Type, value, arn, expected) => {
    expect(basic({ DataResources: [{ Type, Values: [value] }] }, data(Type, arn))).toBe(expected);
  });

  test('data of one type only, in the direction of the selector, and none without a value', () => {
    const all = { DataResources: [{ Type: s3, Values: ['arn:aws:s3'] }] };
    expect(basic(all, data(lambda, 'arn:aws:lambda:us-west-2:1:function:hello'))).toBe(false);
    expect(basic({ ...all, ReadWriteType: 'WriteOnly' }, data(s3, 'arn:aws:s3:::b/k', 'true'))).toBe(false);
    expect(basic({ DataResources: [{ Type: s3, Values: [] }] }, data(s3, 'arn:aws:s3:::b/k'))).toBe(false);
    expect(basic({ DataResources: [{ Type: s3 }] }, data(s3, 'arn:aws:s3:::b/k'))).toBe(false);
  });

  test('never network activity or Insights events', () => {
    const all = { DataResources: [{ Type: s3, Values: ['arn:aws:s3'] }] };
    expect(basic(all, { eventCategory: 'NetworkActivity' })).toBe(false);
    expect(basic(all, { eventCategory: 'Insight' })).toBe(false);
  });
});

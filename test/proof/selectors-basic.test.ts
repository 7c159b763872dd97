import { describe, expect, test } from 'vitest';
import type { Truth } from '../../src/proof/answer.ts';
import { contains, type Witness } from '../../src/proof/event-set.ts';
import { readSelectors, recordedBy } from '../../src/proof/selectors.ts';

type Event = Readonly<Record<string, string | boolean>>;
const truth = (basic: unknown, event: Event): Truth => {
  const witness: Witness = new Map(Object.entries(event));
  return contains(recordedBy(readSelectors(basic, undefined)), witness);
};
const recorded = (basic: unknown, event: Event): boolean => truth(basic, event) === 'yes';

describe('basic selectors (aws-semantics §2.2)', () => {
  const basic = (selector: object, event: Readonly<Record<string, string>>) => recorded([selector], event);
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
    const all = { DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] };
    const selectors = readSelectors([{ ReadWriteType: 'SomethingNew', ...all }], undefined);
    expect(contains(recordedBy(selectors), witness)).toBe('unknown');
    expect(contains(recordedBy(selectors), new Map(Object.entries(data('AWS::S3::Object', 'a'))))).toBe('unknown');
    expect(contains(recordedBy(selectors), new Map([['eventCategory', 'NetworkActivity']]))).toBe('no');
    expect(selectors.map(({ unclear }) => unclear)).toEqual(['readOnly', 'readOnly']);
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
    expect(recorded([excluding, { ReadWriteType: 'WriteOnly' }], management('false', 'kms.amazonaws.com'))).toBe(true);
    expect(recorded([excluding, { ReadWriteType: 'WriteOnly' }], management('true', 'kms.amazonaws.com'))).toBe(false);
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
    [s3, 'arn:aws:s3:::*/*', 'arn:aws:s3:::b/k', false],
    [s3, 'x-arn:aws:s3', 'arn:aws:s3:::b/k', false],
    [s3, 'arn:aws:s3:::::', 'arn:aws:s3:::b/k', false],
    [s3, 'arn:aws:lambda', 'arn:aws:s3:::b/k', false],
    [lambda, 'arn:aws:lambda', 'arn:aws:lambda:us-west-2:1:function:hello', true],
    [lambda, 'arn:aws-cn:lambda', 'arn:aws-cn:lambda:cn-north-1:1:function:hello', true],
    [lambda, 'arn:aws:dynamodb', 'arn:aws:lambda:us-west-2:1:function:hello', false],
    [lambda, 'x-arn:aws:lambda', 'arn:aws:lambda:us-west-2:1:function:hello', false],
    [lambda, 'arn:aws:lambda:us-west-2:1:function:hello', 'arn:aws:lambda:us-west-2:1:function:hello', true],
    [lambda, 'arn:aws:lambda:us-west-2:1:function:hello', 'arn:aws:lambda:us-west-2:1:function:hello2', false],
    [table, 'arn:aws:dynamodb', 'arn:aws:dynamodb:us-west-2:1:table/t', true],
    [table, 'arn:aws-us-gov:dynamodb', 'arn:aws-us-gov:dynamodb:us-gov-west-1:1:table/t', true],
    [table, 'arn:aws:lambda', 'arn:aws:dynamodb:us-west-2:1:table/t', false],
    [table, 'x-arn:aws:dynamodb', 'arn:aws:dynamodb:us-west-2:1:table/t', false],
    [table, 'arn:aws:dynamodb:us-west-2:1:table/t', 'arn:aws:dynamodb:us-west-2:1:table/t2', false],
    ['AWS::SomethingNew', 'arn:aws:new', 'arn:aws:new:us-west-2:1:thing', false],
    ['AWS::SomethingNew', 'arn:aws:new:us-west-2:1:thing', 'arn:aws:new:us-west-2:1:thing', true],
  ])('%s %s: %s is recorded: %s', (Type, value, arn, expected) => {
    expect(basic({ DataResources: [{ Type, Values: [value] }] }, data(Type, arn))).toBe(expected);
  });

  test('a bucket without the slash: its objects, and perhaps those of others whose name begins so (U5)', () => {
    const bare = { DataResources: [{ Type: s3, Values: ['arn:aws:s3:::b', 'arn:aws:s3:::c/'] }] };
    const of = (arn: string, more: object = {}) => truth([{ ...bare, ...more }], data(s3, arn));
    expect(of('arn:aws:s3:::b/k')).toBe('yes');
    expect(of('arn:aws:s3:::b-other/k')).toBe('unknown');
    expect(of('arn:aws:s3:::c/k')).toBe('yes');
    expect(of('arn:aws:s3:::c-other/k')).toBe('no');
    expect(of('arn:aws:s3:::b-other/k', { ReadWriteType: 'ReadOnly' })).toBe('no');
    expect(truth([bare], data(lambda, 'arn:aws:s3:::b-other/k'))).toBe('no');
    expect(readSelectors([bare], undefined).map(({ unclear }) => unclear)).toEqual([
      undefined,
      undefined,
      'resources.ARN',
    ]);
    // A whole key is documented, however it ends.
    expect(basic({ DataResources: [{ Type: s3, Values: ['arn:aws:s3:::b/k'] }] }, data(s3, 'arn:aws:s3:::b/k2'))).toBe(
      true,
    );
  });

  test('KMS and the Data API of RDS may be left out: their management events, both ways, and no data events', () => {
    const ExcludeManagementEventSources = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];
    const all = { ExcludeManagementEventSources, DataResources: [{ Type: s3, Values: ['arn:aws:s3'] }] };
    for (const source of ExcludeManagementEventSources) {
      expect([true, false].map((reads) => basic(all, management(`${reads}`, source)))).toEqual([false, false]);
    }
    expect(basic(all, management('false', 'rds.amazonaws.com'))).toBe(true);
    expect(basic(all, { ...data(s3, 'arn:aws:s3:::b/k'), eventSource: 'kms.amazonaws.com' })).toBe(true);
    expect(basic({ ExcludeManagementEventSources: [] }, management('true', 'kms.amazonaws.com'))).toBe(true);
  });

  test('data of one type only, in the direction of the selector, and none without a value', () => {
    const all = { DataResources: [{ Type: s3, Values: ['arn:aws:s3'] }] };
    expect(basic(all, data(lambda, 'arn:aws:lambda:us-west-2:1:function:hello'))).toBe(false);
    expect(basic({ ...all, ReadWriteType: 'WriteOnly' }, data(s3, 'arn:aws:s3:::b/k', 'true'))).toBe(false);
    expect(basic({ DataResources: [{ Type: s3, Values: [] }] }, data(s3, 'arn:aws:s3:::b/k'))).toBe(false);
    expect(basic({ DataResources: [{ Type: s3 }] }, data(s3, 'arn:aws:s3:::b/k'))).toBe(false);
    expect(basic({ DataResources: ['arn:aws:s3'] }, data(s3, 'arn:aws:s3:::b/k'))).toBe(false);
    expect(
      basic({ DataResources: [{ Type: s3, Values: [] }, all.DataResources[0]] }, data(s3, 'arn:aws:s3:::b/k')),
    ).toBe(true);
  });

  test('never network activity or Insights events', () => {
    const all = { DataResources: [{ Type: s3, Values: ['arn:aws:s3'] }] };
    expect(basic(all, { eventCategory: 'NetworkActivity' })).toBe(false);
    expect(basic(all, { eventCategory: 'Insight' })).toBe(false);
  });
});

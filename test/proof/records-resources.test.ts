import { describe, expect, test } from 'vitest';
import { readRecords, records } from '../../src/proof/records.ts';
import { bucket, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { type Asked, ask, everywhere, type Item, management, on, regions, truth } from './asking-records.ts';
import { brief, resourceOf } from './viewing.ts';

const data = { eventCategory: 'Data' };
const recording = (Type: string, ...Values: readonly string[]) => ({
  EventSelectors: [{ DataResources: [{ Type, Values }] }],
});

describe('a bucket, a function, a table: the data events of that one', () => {
  const functionArn = (name: string, region = 'us-east-1') => `arn:aws:lambda:${region}:${home}:function:${name}`;
  const tableArn = (name: string) => `arn:aws:dynamodb:us-east-1:${home}:table/${name}`;
  const functions: Asked = {
    of: 'AWS::Lambda::Function',
    others: { 'AWS::Lambda::Function': [{ FunctionArn: functionArn('hello'), FunctionName: 'hello' }] },
  };
  const tables: Asked = {
    of: 'AWS::DynamoDB::Table',
    others: { 'AWS::DynamoDB::Table': [{ TableArn: tableArn('t'), TableName: 't' }] },
  };

  test.each<[string, Asked, Item, string]>([
    ['every function', functions, recording('AWS::Lambda::Function', 'arn:aws:lambda'), 'yes'],
    ['that function', functions, recording('AWS::Lambda::Function', functionArn('hello')), 'yes'],
    ['one whose name begins so (S17)', functions, recording('AWS::Lambda::Function', functionArn('hello2')), 'no'],
    ['tables', functions, recording('AWS::DynamoDB::Table', 'arn:aws:dynamodb'), 'no'],
    ['every table', tables, recording('AWS::DynamoDB::Table', 'arn:aws:dynamodb'), 'yes'],
    ['that table', tables, recording('AWS::DynamoDB::Table', tableArn('t')), 'yes'],
    ['another table', tables, recording('AWS::DynamoDB::Table', tableArn('u')), 'no'],
    ['management events', tables, { EventSelectors: [{}] }, 'no'],
  ])('a trail of %s', (_, asked, item, expected) => {
    expect(truth(data, { ...asked, trails: [trail('x', { ...everywhere, ...item })] })).toBe(expected);
  });

  const buckets: Asked = { of: 'AWS::S3::Bucket', name: 'b', buckets: [bucket('b', { BucketRegion: 'us-east-1' })] };
  const dataAlone = (Type: string, value: string): Item => ({
    EventSelectors: [{ IncludeManagementEvents: false, DataResources: [{ Type, Values: [value] }] }],
  });
  const tableData = dataAlone('AWS::DynamoDB::Table', 'arn:aws:dynamodb');
  const objectData = dataAlone('AWS::S3::Object', 'arn:aws:s3');
  const managementAlone: Item = { EventSelectors: [{}] };

  test.each<[string, Asked, Item, string | readonly string[], string]>([
    ['a table is deleted by a management event', tables, tableData, 'DeleteTable', 'no'],
    ['which a trail of these records', tables, managementAlone, 'DeleteTable', 'yes'],
    ['items are put by a data event', tables, tableData, 'PutItem', 'yes'],
    ['which a trail of management events does not record', tables, managementAlone, 'PutItem', 'no'],
    ['both at once take both', tables, tableData, ['PutItem', 'DeleteTable'], 'no'],
    [
      'both at once have both',
      tables,
      recording('AWS::DynamoDB::Table', 'arn:aws:dynamodb'),
      ['PutItem', 'DeleteTable'],
      'yes',
    ],
    ['what begins like a data event is one', tables, tableData, 'TransactSomething', 'yes'],
    ['a policy is put on a bucket by a management event', buckets, objectData, 'PutBucketPolicy', 'no'],
    ['which is recorded', buckets, managementAlone, 'PutBucketPolicy', 'yes'],
    ['objects are put by a data event', buckets, objectData, 'PutObject', 'yes'],
  ])('%s', (_, asked, item, eventName, expected) => {
    expect(truth({ eventName }, { ...asked, trails: [trail('x', { ...everywhere, ...item })] })).toBe(expected);
  });

  test('some of several calls, of whichever kind', () => {
    const some = (eventName: readonly string[]) =>
      truth({ some: { eventName } }, { ...tables, trails: [trail('x', { ...everywhere, ...tableData })] });
    expect([some(['PutItem', 'DeleteTable']), some(['DeleteTable'])]).toEqual(['yes', 'no']);
  });

  test('where it is, no other region matters', () => {
    const item = recording('AWS::Lambda::Function', 'arn:aws:lambda');
    expect(truth(data, { ...functions, trails: [trail('x', { ...on, ...item })] })).toBe('yes');
    const abroad = {
      'AWS::Lambda::Function': [{ FunctionArn: functionArn('hello', 'eu-west-1'), FunctionName: 'hello' }],
    };
    expect(truth(data, { ...functions, others: abroad, trails: [trail('x', { ...on, ...item })] })).toBe('no');
  });

  test('whose region nobody knows', () => {
    const others = {
      'AWS::Lambda::Function': [{ FunctionArn: `arn:aws:lambda::${home}:function:hello`, FunctionName: 'hello' }],
    };
    expect(ask(data, { ...functions, others })).toEqual({
      truth: 'unknown',
      evidence: [
        {
          path: 'region',
          resource: `arn:aws:lambda::${home}:function:hello`,
          note: 'nothing says which region the function is in',
        },
      ],
      changes: [],
    });
  });

  test('in another partition (§14.12)', () => {
    const of = (value: string) =>
      truth(data, {
        of: 'AWS::S3::Bucket',
        name: 'b',
        buckets: [bucket('b', { BucketRegion: 'us-gov-west-1' })],
        trails: [
          {
            ...trail('x', { ...on, ...recording('AWS::S3::Object', value) }),
            TrailARN: `arn:aws-us-gov:cloudtrail:us-gov-west-1:${home}:trail/x`,
            HomeRegion: 'us-gov-west-1',
          },
        ],
        more: { account: { id: home, partition: 'aws-us-gov' }, regions: ['us-gov-west-1'] },
      });
    expect(
      [
        'arn:aws-us-gov:s3',
        'arn:aws-us-gov:s3:::',
        'arn:aws-us-gov:s3:::b/',
        'arn:aws:s3:::b/',
        'arn:aws-us-gov:s3:::bb/',
      ].map(of),
    ).toEqual(['yes', 'yes', 'yes', 'no', 'no']);
  });

  test('how the ARNs of all objects of the partition begin chooses none among them', () => {
    const of = (how: Readonly<Record<string, readonly string[]>>, partition = 'aws') => {
      const region = partition === 'aws' ? 'us-east-1' : 'us-gov-west-1';
      const FieldSelectors = [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        { Field: 'resources.ARN', ...how },
      ];
      const item = {
        ...trail('x', { ...everywhere, AdvancedEventSelectors: [{ FieldSelectors }] }),
        TrailARN: `arn:${partition}:cloudtrail:${region}:${home}:trail/x`,
        HomeRegion: region,
      };
      const more = { account: { id: home, partition }, regions: [region] };
      const objects = { ...data, 'resources.type': 'AWS::S3::Object' };
      return [truth(objects, { trails: [item], more }), truth({ some: data }, { trails: [item], more })];
    };
    for (const beginning of ['arn:aws:s3:::', 'arn:aws:s3', 'arn:']) {
      expect(of({ StartsWith: [beginning] })).toEqual(['yes', 'yes']);
      expect(of({ StartsWith: ['arn:aws:s3:::b/k', beginning] })).toEqual(['yes', 'yes']);
      expect(of({ NotStartsWith: ['arn:aws:s3:::b/k', beginning] })).toEqual(['no', 'no']);
    }
    expect(of({ StartsWith: ['arn:aws:s3:::'] }, 'aws-us-gov')[0]).toBe('no');
    expect(of({ NotStartsWith: ['arn:aws:s3:::'], NotEquals: ['arn:aws:s3:::b/k'] }, 'aws-us-gov')).toEqual([
      'yes',
      'yes',
    ]);
    expect(of({ NotEquals: ['arn:aws-us-gov:s3:::b/k'] }, 'aws-us-gov')).toEqual(['no', 'yes']);
    expect(of({ NotStartsWith: ['arn:aws-us-gov:s3:::b/'] }, 'aws-us-gov')).toEqual(['no', 'yes']);
    expect(of({ StartsWith: ['arn:aws-us-gov:s3:::'] }, 'aws-us-gov')).toEqual(['yes', 'yes']);
  });

  test('a bucket that is named without its slash is recorded; one whose name begins so perhaps (U5)', () => {
    const of = (name: string): Asked => ({
      of: 'AWS::S3::Bucket',
      name,
      buckets: [bucket(name)],
      trails: [trail('x', { ...everywhere, ...recording('AWS::S3::Object', 'arn:aws:s3:::b') })],
    });
    expect(truth(data, of('b'))).toBe('yes');
    expect(brief(ask(data, of('b-other')))).toEqual([
      'unknown',
      `trails[${trailArn('x')}].EventSelectors: it cannot be said what these selectors record: what selector 1 asks of resources.ARN is not documented`,
    ]);
    expect(truth(data, of('a'))).toBe('no');
  });
});

describe('a region', () => {
  test('has what its own trails and those of every region record there', () => {
    const abroad = { ...trail('eu', on), TrailARN: trailArn('eu', 'eu-west-1'), HomeRegion: 'eu-west-1' };
    const in_ = (name: string, trails: readonly Item[]) => truth(management, { of: 'AWS::Region', name, trails });
    expect(regions.map((name) => in_(name, [abroad]))).toEqual(['no', 'yes']);
    expect(regions.map((name) => in_(name, [trail('all', everywhere)]))).toEqual(['yes', 'yes']);
  });
});

describe('what stands in the evidence', () => {
  const snapshot = snapshotWith(
    { 'AWS::CloudTrail::Trail': [trail('a', { ...everywhere, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] })] },
    { regions },
  );
  const account = resourceOf(snapshot, 'AWS::Account');
  const asked = (written: unknown, thorough: 'yes' | 'no' = 'no') =>
    records(account, readRecords(written), 'account.', { now: undefined, thorough });

  test('the way from the judged resource to the trail, and how many there are', () => {
    expect(brief(asked(management))).toEqual([
      'no',
      `account.trails[${trailArn('a')}].EventSelectors: does not record Management writes: selector 1 refuses it (readOnly Equals)`,
      'account.trails: 1',
      'account.eventDataStores: 0',
    ]);
    expect(asked(management).evidence.at(-1)).toMatchObject({
      from: 'cloudtrail:ListEventDataStores',
      resource: `arn:aws:iam::${home}:root`,
    });
  });

  test('under none: what was looked for, all of it where it must not be', () => {
    expect(brief(asked({ none: management }))[0]).toBe('no');
    expect(brief(asked({ none: management })).filter((it) => it.endsWith('records some such events'))).toHaveLength(1);
    const two = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('a', everywhere), trail('b', everywhere)] });
    const none = readRecords({ none: management });
    const found = (thorough: 'yes' | 'no') =>
      brief(records(resourceOf(two, 'AWS::Account'), none, '', { now: undefined, thorough })).filter((it) =>
        it.endsWith('records some such events'),
      ).length;
    // A failure shows every reason, and none fails for each that records some.
    expect([found('no'), found('yes')]).toEqual([2, 1]);
  });

  test('each class that is not recorded, and of several regions each once', () => {
    const answer = asked([{ ...management, readOnly: true }, { ...management, readOnly: false }, data]);
    expect(brief(answer)).toEqual([
      'no',
      `account.trails[${trailArn('a')}].EventSelectors: records no such event`,
      'account.trails: 1',
      'account.eventDataStores: 0',
      `account.trails[${trailArn('a')}].EventSelectors: records no such event`,
      'account.trails: 1',
      'account.eventDataStores: 0',
    ]);
  });

  test('of regions that no trail lives in one speaks for all', () => {
    const local = { trails: [trail('us', on)], more: { regions: [...regions, 'ap-south-1', 'eu-north-1'] } };
    expect(brief(ask(management, local))).toEqual([
      'no',
      `trails[${trailArn('us')}].IsMultiRegionTrail: it records us-east-1 alone, not eu-west-1`,
      'trails: 1',
      'eventDataStores: 0',
    ]);
    expect(brief(ask({ some: management }, local))[0]).toBe('yes');
  });

  test('the region without a trail comes first', () => {
    const two = [
      trail('us', { ...on, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }),
      { ...trail('eu', on), TrailARN: trailArn('eu', 'eu-west-1'), HomeRegion: 'eu-west-1' },
    ];
    const answer = ask(management, { trails: two, more: { regions: [...regions, 'ap-south-1'] } });
    expect(brief(answer).slice(1, 3)).toEqual([
      `trails[${trailArn('us')}].IsMultiRegionTrail: it records us-east-1 alone, not ap-south-1`,
      `trails[${trailArn('us')}].EventSelectors: does not record Management writes: selector 1 refuses it (readOnly Equals)`,
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { readRecords, records } from '../../src/proof/records.ts';
import type { resourceTypes } from '../../src/resource-types/index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

type Item = Readonly<Record<string, unknown>>;
type TypeName = keyof typeof resourceTypes;

const on = { Status: { IsLogging: true } };
const everywhere = { IsMultiRegionTrail: true, ...on };
const management = { eventCategory: 'Management' };
const regions = ['us-east-1', 'eu-west-1'];
const storeArn = (region = 'us-east-1') => `arn:aws:cloudtrail:${region}:${home}:eventdatastore/1`;
const store = (more: object = {}) => ({
  EventDataStoreArn: storeArn(),
  Name: 'lake',
  Status: 'ENABLED',
  MultiRegionEnabled: true,
  ...more,
});
const advanced = (...fields: readonly object[]) => ({ AdvancedEventSelectors: [{ FieldSelectors: fields }] });
const category = (name: string) => ({ Field: 'eventCategory', Equals: [name] });

interface Asked {
  readonly of?: TypeName;
  readonly name?: string;
  readonly trails?: readonly Item[];
  readonly stores?: readonly Item[];
  readonly buckets?: readonly Item[];
  readonly more?: Partial<Snapshot>;
}

function ask(
  written: unknown,
  { of = 'AWS::Account', name, trails = [], stores = [], buckets = [], more = {} }: Asked,
) {
  const snapshot = snapshotWith(
    { 'AWS::CloudTrail::Trail': trails, 'AWS::CloudTrail::EventDataStore': stores, 'AWS::S3::Bucket': buckets },
    { regions, ...more },
  );
  return records(resourceOf(snapshot, of, name), readRecords(written), '', { now: undefined, thorough: 'no' });
}
const truth = (written: unknown, asked: Asked) => ask(written, asked).truth;

test.each([
  ['a class', { eventName: 'a' }, { how: 'every', classes: [{ eventName: 'a' }] }],
  [
    'several',
    [{ eventName: 'a' }, { eventName: 'b' }],
    { how: 'every', classes: [{ eventName: 'a' }, { eventName: 'b' }] },
  ],
  ['every', { every: { eventName: 'a' } }, { how: 'every', classes: [{ eventName: 'a' }] }],
  ['some', { some: [{ eventName: 'a' }] }, { how: 'some', classes: [{ eventName: 'a' }] }],
  ['none', { none: { eventName: 'a' } }, { how: 'none', classes: [{ eventName: 'a' }] }],
])('reads %s', (_, written, question) => {
  expect(readRecords(written)).toEqual(question);
});

describe('the worked examples of trails (aws-semantics §1.7)', () => {
  const iam = { ...management, eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
  const ec2 = { ...management, eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', regions: 'eu-west-1' };
  const inEurope = {
    TrailARN: trailArn('eu', 'eu-west-1'),
    Name: 'eu',
    HomeRegion: 'eu-west-1',
    IncludeGlobalServiceEvents: true,
    ...on,
  };

  test.each<[string, unknown, Asked, string]>([
    [
      'T1: listed twice it is one trail',
      { some: management },
      { trails: [trail('x', everywhere), trail('x', everywhere)] },
      'yes',
    ],
    ['T3: a trail of eu-west-1 alone does not get IAM', iam, { trails: [inEurope] }, 'no'],
    [
      'T4: one of us-east-1 alone with global events does',
      iam,
      { trails: [trail('us', { IncludeGlobalServiceEvents: true, ...on })] },
      'yes',
    ],
    [
      'T4: without them it does not',
      iam,
      { trails: [trail('us', { IncludeGlobalServiceEvents: false, ...on })] },
      'no',
    ],
    ['T4: nor what happens elsewhere', ec2, { trails: [trail('us', on)] }, 'no'],
    [
      'T5: stopped, it records nothing anywhere',
      management,
      { trails: [trail('x', { IsMultiRegionTrail: true, Status: { IsLogging: false } })] },
      'no',
    ],
    [
      'T6: it records though it does not deliver',
      management,
      {
        trails: [
          trail('x', { IsMultiRegionTrail: true, Status: { IsLogging: true, LatestDeliveryError: 'AccessDenied' } }),
        ],
      },
      'yes',
    ],
    [
      'T8: an organization trail that lives where the member is not',
      management,
      {
        trails: [
          {
            ...trail('org', everywhere),
            TrailARN: trailArn('org', 'ap-east-1', other),
            HomeRegion: 'ap-east-1',
            IsOrganizationTrail: true,
          },
        ],
      },
      'no',
    ],
    [
      'T8: one that lives where it is',
      management,
      {
        trails: [
          { ...trail('org', everywhere), TrailARN: trailArn('org', 'us-east-1', other), IsOrganizationTrail: true },
        ],
      },
      'yes',
    ],
    [
      'T9: one of two is enough',
      management,
      { trails: [trail('a', { IsMultiRegionTrail: true, Status: { IsLogging: false } }), trail('b', everywhere)] },
      'yes',
    ],
    [
      'T10: no selectors of its own are the default',
      management,
      { trails: [trail('x', { ...everywhere, HasCustomEventSelectors: false })] },
      'yes',
    ],
    [
      'T10: and the default has no data events',
      { eventCategory: 'Data' },
      { trails: [trail('x', { ...everywhere, HasCustomEventSelectors: false })] },
      'no',
    ],
    [
      'T11: sign-ins happen where people sign in',
      { ...management, eventSource: 'signin.amazonaws.com' },
      { trails: [trail('us', on)] },
      'no',
    ],
    ['T12: no trail at all', management, {}, 'no'],
  ])('%s', (_, written, asked, expected) => {
    expect(truth(written, asked)).toBe(expected);
  });
});

describe('the worked examples of selectors that are about regions (aws-semantics §2.8)', () => {
  const s3 = { EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }] };
  const inEurope = { TrailARN: trailArn('eu', 'eu-west-1'), Name: 'eu', HomeRegion: 'eu-west-1', ...on, ...s3 };
  const data = { eventCategory: 'Data' };
  const of = { of: 'AWS::S3::Bucket', name: 'b', buckets: [bucket('b')] } as const;

  test('S21: a trail of one region records the buckets of that region alone', () => {
    expect(truth(data, { ...of, trails: [inEurope] })).toBe('no');
    expect(truth(data, { ...of, buckets: [bucket('b', { BucketRegion: 'eu-west-1' })], trails: [inEurope] })).toBe(
      'yes',
    );
  });

  test('S24: a stopped trail everywhere, a logging one in one region', () => {
    const trails = [trail('a', { IsMultiRegionTrail: true, Status: { IsLogging: false } }), trail('b', on)];
    expect(truth({ ...management, regions: 'eu-west-1' }, { trails })).toBe('no');
    expect(truth({ ...management, regions: 'us-east-1' }, { trails })).toBe('yes');
    expect(truth(management, { of: 'AWS::Region', name: 'eu-west-1', trails })).toBe('no');
    expect(truth(management, { of: 'AWS::Region', name: 'us-east-1', trails })).toBe('yes');
  });

  test('S25: what the organization leaves out, a trail of the account records', () => {
    const organization = {
      ...trail('org', everywhere),
      TrailARN: trailArn('org', 'us-east-1', other),
      EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
    };
    const kms = { ...management, eventSource: 'kms.amazonaws.com', readOnly: false };
    expect(truth(kms, { trails: [organization] })).toBe('no');
    expect(truth(kms, { trails: [organization, trail('own', everywhere)] })).toBe('yes');
  });

  test('S26: a multi-Region trail records a bucket anywhere', () => {
    expect(
      truth(
        { ...data, readOnly: false },
        {
          ...of,
          buckets: [bucket('b', { BucketRegion: 'eu-west-1' })],
          trails: [trail('x', { ...everywhere, ...s3 })],
        },
      ),
    ).toBe('yes');
  });

  test.each<[string, readonly Item[], readonly Item[]]>([
    [
      'S6',
      [
        trail('a', {
          ...everywhere,
          ...advanced(category('Management'), { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }),
        }),
      ],
      [store(advanced(category('Management'), { Field: 'eventSource', Equals: ['kms.amazonaws.com'] }))],
    ],
    [
      'S7',
      [
        trail('a', { ...everywhere, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }),
        trail('b', { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }),
      ],
      [],
    ],
  ])('%s: several that only together record it all', (_, trails, stores) => {
    const answer = ask(management, { trails, stores });
    expect(answer.truth).toBe('yes');
    const names = [...trails, ...stores].map(({ Name }) => Name).join(' and ');
    const parts = answer.evidence.flatMap(({ note }) => note ?? []);
    expect(parts).toEqual(Array(2).fill(`records its part: ${names} together record every such event`));
    expect(truth({ some: management }, { trails, stores })).toBe('yes');
  });

  test('a region each is not "together": every region has one that records it all', () => {
    const trails = [trail('us', on), { ...inEurope, EventSelectors: [{}] }];
    expect(truth({ ...management, eventSource: 'ec2.amazonaws.com' }, { trails })).toBe('yes');
  });
});

describe('one recorder alone', () => {
  const alone = (written: unknown, item: Item, more: Partial<Snapshot> = {}) =>
    ask(written, { of: 'AWS::CloudTrail::Trail', name: 'main', trails: [trail('main', item)], more });

  test('says every reason why not: reach, logging, selectors', () => {
    const answer = alone(management, { Status: { IsLogging: false }, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] });
    expect(brief(answer)).toEqual([
      'no',
      'IsMultiRegionTrail: it records us-east-1 alone, not eu-west-1',
      'Status.IsLogging: false',
      'EventSelectors: does not record Management writes: selector 1 refuses it (readOnly Equals)',
    ]);
    expect(answer.changes).toEqual([
      [
        { resource: trailArn('main'), path: 'IsMultiRegionTrail', set: true },
        { resource: trailArn('main'), path: 'Status.IsLogging', set: true },
        {
          resource: trailArn('main'),
          path: 'AdvancedEventSelectors',
          set: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
        },
      ],
    ]);
  });

  test('what makes it record data events is not guessed', () => {
    expect(alone({ eventCategory: 'Data' }, everywhere).changes).toEqual([]);
  });

  test('an event that it does not record is shown', () => {
    expect(brief(alone(management, { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }))).toEqual([
      'no',
      'EventSelectors: does not record Management reads: selector 1 refuses it (readOnly Equals)',
    ]);
  });

  test('some and none', () => {
    const item = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(brief(alone({ some: management }, item)).at(-1)).toBe('EventSelectors: records some such events');
    expect(alone({ none: management }, item).truth).toBe('no');
    expect(alone({ none: { ...management, readOnly: true } }, item).truth).toBe('yes');
    expect(alone({ none: { ...management, regions: 'ap-east-1' } }, on).truth).toBe('yes');
  });

  test('several classes must each hold', () => {
    const item = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(alone([{ ...management, readOnly: false }, management], item).truth).toBe('no');
    expect(alone([{ ...management, readOnly: false }], item).truth).toBe('yes');
  });

  test.each<[string, string, string]>([
    ['its status', 'cloudtrail:GetTrailStatus', 'Status.IsLogging'],
    ['its selectors', 'cloudtrail:GetEventSelectors', 'EventSelectors'],
  ])('%s refused', (_, operation, path) => {
    const gaps = [{ operation, resource: trailArn('main'), error: 'AccessDenied' }];
    const item = operation.endsWith('Status') ? { IsMultiRegionTrail: true } : everywhere;
    expect(brief(alone(management, item, { gaps }))).toEqual(['unknown', `${path}: AccessDenied`]);
  });

  test('selectors refused of a trail that has none of its own', () => {
    const gaps = [{ operation: 'cloudtrail:GetEventSelectors', resource: trailArn('main'), error: 'AccessDenied' }];
    expect(alone(management, { ...everywhere, HasCustomEventSelectors: false }, { gaps }).truth).toBe('yes');
    expect(alone(management, { ...everywhere, HasCustomEventSelectors: true }, { gaps }).truth).toBe('unknown');
  });

  test('selectors that AWS says are there and does not list', () => {
    expect(brief(alone(management, { ...everywhere, HasCustomEventSelectors: true }))).toEqual([
      'unknown',
      'EventSelectors: AWS says that there are selectors, and lists none',
    ]);
  });

  test('whether it is multi-Region refused', () => {
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', resource: trailArn('main'), error: 'AccessDenied' }];
    expect(brief(alone(management, on, { gaps }))).toEqual([
      'unknown',
      'IsMultiRegionTrail: AccessDenied',
      'IncludeGlobalServiceEvents: AccessDenied',
    ]);
    const global = { ...management, eventSource: 'iam.amazonaws.com' };
    expect(brief(alone(global, on, { gaps }))).toEqual(['unknown', 'IncludeGlobalServiceEvents: AccessDenied']);
  });

  test('names of calls whose direction decides', () => {
    const item = { ...everywhere, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] };
    expect(brief(alone({ ...management, eventName: 'StartQueryExecution' }, item))).toEqual([
      'unknown',
      'EventSelectors: it cannot be said what these selectors record: whether the named calls are reads or writes decides it',
    ]);
  });
});

describe('an event data store', () => {
  const alone = (written: unknown, more: object, snapshot: Partial<Snapshot> = {}) =>
    ask(written, { of: 'AWS::CloudTrail::EventDataStore', name: 'lake', stores: [store(more)], more: snapshot });

  test('records all management events unless it says otherwise', () => {
    expect(alone(management, {}).truth).toBe('yes');
    expect(alone({ eventCategory: 'Data' }, {}).truth).toBe('no');
    expect(alone(management, advanced(category('Data'))).truth).toBe('no');
  });

  test.each(['CREATED', 'STARTING_INGESTION'])('%s: whether it records already is not documented', (Status) => {
    expect(brief(alone(management, { Status }))).toEqual(['unknown', 'Status: it is only starting to record']);
  });

  test.each(['STOPPING_INGESTION', 'STOPPED_INGESTION', 'PENDING_DELETION'])('%s: does not record', (Status) => {
    expect(brief(alone(management, { Status }))).toEqual(['no', `Status: "${Status}"`]);
  });

  test('of one region', () => {
    expect(alone(management, { MultiRegionEnabled: false }).truth).toBe('no');
    expect(alone({ ...management, regions: 'us-east-1' }, { MultiRegionEnabled: false }).truth).toBe('yes');
  });

  test('whose details were refused', () => {
    const gaps = [{ operation: 'cloudtrail:GetEventDataStore', resource: storeArn(), error: 'AccessDenied' }];
    expect(ask(management, { stores: [{ EventDataStoreArn: storeArn(), Name: 'lake' }], more: { gaps } }).truth).toBe(
      'unknown',
    );
    expect(
      ask(management, {
        stores: [{ EventDataStoreArn: storeArn(), Name: 'lake' }],
        trails: [trail('x', everywhere)],
        more: { gaps },
      }).truth,
    ).toBe('yes');
  });

  test('counts for the account', () => {
    expect(truth(management, { stores: [store()] })).toBe('yes');
  });
});

describe('an account', () => {
  test.each<[string, Partial<Snapshot>, string]>([
    ['all trails are known', {}, 'no'],
    [
      'trails of a region were refused',
      { gaps: [{ operation: 'cloudtrail:DescribeTrails', region: 'eu-west-1', error: 'AccessDenied' }] },
      'unknown',
    ],
    [
      'event data stores were refused',
      { gaps: [{ operation: 'cloudtrail:ListEventDataStores', error: 'AccessDenied' }] },
      'unknown',
    ],
    ['regions were refused', { gaps: [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }] }, 'no'],
    ['a region was not scanned', { regions: ['us-east-1'], resources: {} }, 'no'],
    ['nothing was asked', { operations: [] }, 'unknown'],
  ])('without a trail, and %s', (_, more, expected) => {
    expect(truth(management, { more })).toBe(expected);
  });

  test('with a trail everywhere, the regions that are known are all there are', () => {
    const gaps = [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }];
    expect(truth(management, { trails: [trail('x', everywhere)], more: { gaps } })).toBe('yes');
    const local = [
      trail('us', on),
      { ...trail('eu', on), TrailARN: trailArn('eu', 'eu-west-1'), HomeRegion: 'eu-west-1' },
    ];
    const ec2 = { ...management, eventSource: 'ec2.amazonaws.com' };
    expect(truth(ec2, { trails: local, more: { gaps } })).toBe('unknown');
    expect(truth({ ...ec2, regions }, { trails: local, more: { gaps } })).toBe('yes');
    expect(truth({ none: { ...ec2, readOnly: true } }, { more: { gaps } })).toBe('unknown');
  });

  test('global events in a partition whose leader nobody knows: wherever they are', () => {
    const more = { account: { id: home, partition: 'aws-iso' }, regions: ['us-iso-east-1'] };
    const secret = {
      TrailARN: `arn:aws-iso:cloudtrail:us-iso-east-1:${home}:trail/x`,
      Name: 'x',
      HomeRegion: 'us-iso-east-1',
      ...on,
    };
    expect(truth({ ...management, eventSource: 'iam.amazonaws.com' }, { trails: [secret], more })).toBe('yes');
  });

  test('global events outside the regions that are asked about happen nowhere that is asked about', () => {
    const iam = { ...management, eventSource: 'iam.amazonaws.com' };
    expect(truth({ ...iam, regions: 'us-east-1' }, { trails: [trail('us', on)] })).toBe('yes');
  });
});

describe('a bucket', () => {
  const objects = (value: string) => ({
    EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: [value] }] }],
  });
  const data = { eventCategory: 'Data' };
  const of = { of: 'AWS::S3::Bucket', name: 'b', buckets: [bucket('b')] } as const;
  test.each([
    ['arn:aws:s3:::b/', 'yes'],
    ['arn:aws:s3:::bb/', 'no'],
    ['arn:aws:s3:::b/tmp/', 'no'],
  ])('whose objects are %s: %s', (value, expected) => {
    expect(truth(data, { ...of, trails: [trail('x', { ...everywhere, ...objects(value) })] })).toBe(expected);
  });

  test('is asked about its data events, unless the class says otherwise', () => {
    const item = { ...everywhere, ...objects('arn:aws:s3:::b/') };
    expect(truth({ readOnly: false }, { ...of, trails: [trail('x', item)] })).toBe('yes');
    expect(truth({ readOnly: false }, { ...of, trails: [trail('x', everywhere)] })).toBe('no');
    expect(truth({ eventCategory: 'NetworkActivity' }, { ...of, trails: [trail('x', item)] })).toBe('no');
    expect(truth({ eventCategory: ['Data', 'NetworkActivity'] }, { ...of, trails: [trail('x', item)] })).toBe('no');
  });

  test('of which nobody knows where it is', () => {
    expect(brief(ask(data, { ...of, buckets: [{ Name: 'b' }] }))).toEqual([
      'unknown',
      'BucketRegion: nothing says which region the bucket is in',
    ]);
    const gaps = [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::b', error: 'AccessDenied' }];
    expect(
      brief(
        ask(data, { of: 'AWS::S3::Bucket', name: 'b', trails: [trail('x', { S3BucketName: 'b' })], more: { gaps } }),
      ),
    ).toEqual(['unknown', 'region: AccessDenied']);
  });
});

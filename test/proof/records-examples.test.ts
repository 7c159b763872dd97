import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { bucket, other, trail, trailArn } from '../rules/judging.ts';
import {
  type Asked,
  advanced,
  ask,
  category,
  everywhere,
  type Item,
  management,
  on,
  store,
  truth,
} from './asking-records.ts';
import { brief } from './viewing.ts';

describe('the worked examples of trails (aws-semantics §1.7)', () => {
  const iam = { ...management, eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
  const ec2 = { ...management, eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', regions: 'eu-west-1' };
  const signIns = { ...management, eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' };
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
    ['T11: sign-ins happen where people sign in', signIns, { trails: [trail('us', on)] }, 'no'],
    ['T11: a trail of every region has them', signIns, { trails: [trail('all', everywhere)] }, 'yes'],
    ['T12: an organization trail that the member does not see', management, {}, 'no'],
  ])('%s', (_, written, asked, expected) => {
    expect(truth(written, asked)).toBe(expected);
  });
});

test('T1: … and counted once', () => {
  const twice = [trail('x', everywhere), trail('x', everywhere)];
  expect(brief(ask({ eventCategory: 'Data' }, { trails: twice }))).toContain('trails: 1');
});

test('T2: an empty list that leaves shadow trails out says nothing: it is not what is asked', () => {
  expect(resourceTypes['AWS::CloudTrail::Trail'].list?.params).toEqual({ includeShadowTrails: true });
  const gaps = [{ operation: 'cloudtrail:DescribeTrails', error: 'NotRecorded' }];
  expect(brief(ask(management, { more: { gaps } }))).toEqual(['unknown', 'trails: NotRecorded']);
});

test('T12: the answer is about the member that does not see it', () => {
  const more = { account: { id: '444455556666', partition: 'aws' } };
  const answer = ask(management, { more });
  expect(answer.evidence.map(({ path, actual, resource }) => [path, actual, resource])).toEqual([
    ['trails', 0, 'arn:aws:iam::444455556666:root'],
    ['eventDataStores', 0, 'arn:aws:iam::444455556666:root'],
  ]);
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
      IsOrganizationTrail: true,
      EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
    };
    const kms = { ...management, eventSource: 'kms.amazonaws.com', readOnly: false };
    expect(truth(kms, { trails: [organization] })).toBe('no');
    expect(truth(kms, { trails: [organization, trail('own', everywhere)] })).toBe('yes');
    expect(brief(ask({ ...management, readOnly: false }, { trails: [organization] })).at(1)).toBe(
      `trails[${trailArn('org', 'us-east-1', other)}].EventSelectors: ` +
        'does not record Management writes of kms.amazonaws.com: selector 1 refuses it (eventSource NotEquals)',
    );
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

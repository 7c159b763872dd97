import { describe, expect, test } from 'vitest';
import { channelDelivers, recordsIam } from '../../src/proof/config-recorder.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const type = 'AWS::Config::ConfigurationRecorder';
const arnIn = (region: string, partition = 'aws'): string =>
  `arn:${partition}:config:${region}:${home}:configuration-recorder/default/aaaaaaaa`;
const recorder = (item: object, more: Partial<Snapshot> = {}, arn = arnIn('us-east-1')) =>
  resourceOf(snapshotWith({ [type]: [{ Arn: arn, Name: 'default', ...item }] }, more), type);

const four = ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy'];
const all = { AllSupported: true, IncludeGlobalResourceTypes: true };
const except = (ResourceTypes: readonly string[] | undefined, more: object = {}) => ({
  RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
  ...(ResourceTypes && { ExclusionByResourceTypes: { ResourceTypes } }),
  ...more,
});
const only = (ResourceTypes: readonly string[]) => ({
  RecordingStrategy: { UseOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
  ResourceTypes,
});

describe('whether a recorder records IAM (aws-semantics §9.1)', () => {
  const iam = 'RecordingGroup: it records users, groups, roles and policies of IAM';
  test.each<[string, object | undefined, readonly string[]]>([
    ['all types, and the global ones', all, ['yes', iam]],
    ['… by a strategy', { ...all, RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } }, ['yes', iam]],
    ['all types', { AllSupported: true }, ['no', 'RecordingGroup: IncludeGlobalResourceTypes is not on']],
    [
      'the flag beside a list',
      { AllSupported: false, IncludeGlobalResourceTypes: true },
      ['no', `RecordingGroup: its list lacks ${four.join(', ')}`],
    ],
    ['an exclusion of nothing', except(undefined), ['yes', iam]],
    [
      'an exclusion of something else, the flag off',
      except(['AWS::S3::Bucket'], { IncludeGlobalResourceTypes: false }),
      ['yes', iam],
    ],
    [
      'an exclusion of one of the four',
      except(['AWS::IAM::Role']),
      ['no', 'RecordingGroup: it excludes AWS::IAM::Role'],
    ],
    [
      'an exclusion goes before the flags',
      except(['AWS::IAM::User', 'AWS::IAM::Group'], all),
      ['no', 'RecordingGroup: it excludes AWS::IAM::User, AWS::IAM::Group'],
    ],
    ['a list of the four', only(four), ['yes', iam]],
    ['a list of three', only(four.slice(1)), ['no', 'RecordingGroup: its list lacks AWS::IAM::User']],
    [
      'a list goes before the flags',
      { ...only([]), ...all },
      ['no', `RecordingGroup: its list lacks ${four.join(', ')}`],
    ],
    ['nothing', undefined, ['no', `RecordingGroup: its list lacks ${four.join(', ')}`]],
  ])('%s', (_, RecordingGroup, expected) => {
    expect(brief(recordsIam(recorder({ RecordingGroup }), ''))).toEqual(expected);
  });

  const late = 'region: AWS Config came to this region too late to record IAM';
  test.each<[string, string, readonly string[]]>([
    ['eu-south-1', 'aws', ['yes', iam]],
    ['me-central-1', 'aws', ['no', late]],
    ['eu-central-2', 'aws', ['no', late]],
    ['cn-north-1', 'aws-cn', ['yes', iam]],
    ['us-gov-east-1', 'aws-us-gov', ['yes', iam]],
    ['us-iso-east-1', 'aws-iso', ['unknown', 'region: whether IAM can be recorded there is not documented']],
  ])('in %s of %s', (region, partition, expected) => {
    const more = { account: { id: home, partition }, regions: [region] };
    expect(brief(recordsIam(recorder({ RecordingGroup: all }, more, arnIn(region, partition)), ''))).toEqual(expected);
  });

  test('what it records nobody could read', () => {
    const more = {
      gaps: [
        { operation: 'config:DescribeConfigurationRecorders', resource: arnIn('us-east-1'), error: 'AccessDenied' },
      ],
    };
    expect(brief(recordsIam(recorder({}, more), 'x.'))).toEqual(['unknown', 'x.RecordingGroup: AccessDenied']);
  });
});

describe('whether what it records is delivered (aws-semantics §9.1)', () => {
  const channel = (history: unknown, snapshot?: unknown, stream?: unknown) => ({
    DeliveryChannelsStatus: [
      {
        ...(history !== undefined && { ConfigHistoryDeliveryInfo: { LastStatus: history } }),
        ...(snapshot !== undefined && { ConfigSnapshotDeliveryInfo: { LastStatus: snapshot } }),
        ...(stream !== undefined && { ConfigStreamDeliveryInfo: { LastStatus: stream } }),
      },
    ],
  });
  const at = (name: string) => `DeliveryChannelsStatus[0].Config${name}DeliveryInfo.LastStatus`;

  test.each<[string, object, readonly string[]]>([
    [
      'all three',
      channel('SUCCESS', 'Success', 'SUCCESS'),
      ['yes', `${at('History')}: "SUCCESS"`, `${at('Snapshot')}: "Success"`, `${at('Stream')}: "SUCCESS"`],
    ],
    [
      'history alone',
      channel('Success', undefined, 'Not_Applicable'),
      ['yes', `${at('History')}: "Success"`, `${at('Snapshot')}: undefined`, `${at('Stream')}: "Not_Applicable"`],
    ],
    ['history failed', channel('Failure', 'SUCCESS'), ['no', `${at('History')}: "Failure"`]],
    ['snapshots failed', channel('SUCCESS', 'FAILURE'), ['no', `${at('Snapshot')}: "FAILURE"`]],
    [
      'the stream failed, before anything was delivered',
      channel(undefined, undefined, 'FAILURE'),
      ['no', `${at('Stream')}: "FAILURE"`],
    ],
    ['nothing yet', channel(undefined), ['unknown', `${at('History')}: nothing has been delivered yet`]],
    [
      'history is not applicable',
      channel('NOT_APPLICABLE', 'SUCCESS'),
      ['unknown', `${at('History')}: nothing has been delivered yet`],
    ],
    [
      'a status that nobody knows',
      channel('SUCCESS', 'LATE'),
      ['unknown', `${at('Snapshot')}: a status that is not known`],
    ],
    [
      'no channel',
      { DeliveryChannelsStatus: [] },
      ['no', 'DeliveryChannelsStatus: the region has no delivery channel'],
    ],
    ['not said', {}, ['no', 'DeliveryChannelsStatus: the region has no delivery channel']],
  ])('%s', (_, item, expected) => {
    expect(brief(channelDelivers(recorder(item), ''))).toEqual(expected);
  });

  test('why it failed', () => {
    const failed = (info: object) =>
      brief(
        channelDelivers(
          recorder({ DeliveryChannelsStatus: [{ ConfigHistoryDeliveryInfo: { LastStatus: 'FAILURE', ...info } }] }),
          '',
        ),
      )[1];
    expect(failed({ LastErrorCode: 'NoSuchBucket' })).toBe(`${at('History')}: it failed with NoSuchBucket`);
    expect(failed({ LastErrorCode: 'AccessDenied', LastErrorMessage: 'no' })).toBe(
      `${at('History')}: it failed with AccessDenied: no`,
    );
  });

  test('the status nobody could read', () => {
    const more = {
      gaps: [
        { operation: 'config:DescribeDeliveryChannelStatus', resource: arnIn('us-east-1'), error: 'AccessDenied' },
      ],
    };
    expect(brief(channelDelivers(recorder({}, more), 'x.'))).toEqual([
      'unknown',
      'x.DeliveryChannelsStatus: AccessDenied',
    ]);
  });
});

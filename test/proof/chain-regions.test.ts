import { describe, expect, test } from 'vitest';
import { home, trailArn } from '../rules/judging.ts';
import { filter } from './alerting/asking.ts';
import { evidenceOf, lines, prove, type Setting, sound } from './proving.ts';

const main = `trails[${trailArn('main')}]`;
const many = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-south-1'];
const regional: Setting = { trails: [sound({ IsMultiRegionTrail: false })], more: { regions: many } };
const all = 'yes yes yes yes yes; -; yes';
const none = 'no no no no no; recorded by; no';

describe('regions that answer alike are one', () => {
  test('where a trail of one region does not reach', () => {
    expect(lines(regional)).toEqual([`us-east-1: ${all}`, `eu-west-1, eu-central-1, ap-south-1: ${none}`]);
    expect(evidenceOf(regional, 'recorded by', 1)).toEqual([
      `${main}.IsMultiRegionTrail: it records us-east-1 alone, not here`,
      'trails: 1',
      'eventDataStores: 0',
    ]);
    expect(evidenceOf(regional, 'noticed by', 1)[0]).toBe('alerts: nobody learns of cloudtrail:StopLogging here');
  });

  test('not where they give other reasons', () => {
    const europe = sound({
      TrailARN: trailArn('europe', 'eu-west-1'),
      Name: 'europe',
      HomeRegion: 'eu-west-1',
      IsMultiRegionTrail: false,
      Status: { IsLogging: false },
    });
    const setting = { trails: [...(regional.trails ?? []), europe], more: { regions: many } };
    expect(lines(setting)).toEqual([`us-east-1: ${all}`, `eu-west-1: ${none}`, `eu-central-1, ap-south-1: ${none}`]);
  });

  const refused = (...gaps: readonly object[]): Setting => ({
    filters: [],
    more: { regions: many, gaps: gaps.map((gap) => ({ error: 'AccessDenied', ...gap })) },
  });
  const noticing = 'yes yes yes yes unknown; noticed by; unknown';

  test('where the same was refused, each with its own refusal', () => {
    const setting = refused(
      { operation: 'events:ListRules', region: 'eu-west-1' },
      { operation: 'events:ListRules', region: 'ap-south-1' },
    );
    expect(lines(setting)).toEqual([
      'us-east-1, eu-central-1: yes yes yes yes no; noticed by; no',
      `eu-west-1, ap-south-1: ${noticing}`,
    ]);
    const noticed = prove(setting)[1]?.links.at(-1)?.answer.evidence;
    expect(noticed?.map(({ path, gap }) => [path, gap?.region, gap?.action])).toEqual([
      ['eventRules', 'eu-west-1', 'events:ListRules'],
      ['eventRules', 'ap-south-1', 'events:ListRules'],
    ]);
  });

  test.each([
    ['another operation', { region: 'ap-south-1' }],
    ['another error', { operation: 'events:ListRules', region: 'ap-south-1', error: 'ThrottlingException' }],
  ])('not where something else was refused: %s', (_, other) => {
    const setting = refused({ operation: 'events:ListRules', region: 'eu-west-1' }, other);
    expect(lines(setting).slice(-2)).toEqual([`eu-west-1: ${noticing}`, `ap-south-1: ${noticing}`]);
  });
});

describe('regions that something tells apart are asked one by one', () => {
  const noticed = (setting: Setting) => lines(setting).map((line) => line.replace(/yes yes yes yes (\w+);.*/, '$1'));
  const topic = `arn:aws:sns:eu-west-1:${home}:alerts`;
  test.each<[string, Setting]>([
    ['a filter', { filters: [filter('{ $.eventName = StopLogging && $.awsRegion = "eu-west-1" }')] }],
    [
      'a rule of EventBridge',
      {
        filters: [],
        rules: [
          {
            Arn: `arn:aws:events:eu-west-1:${home}:rule/stop`,
            Name: 'stop',
            State: 'ENABLED',
            EventBusName: 'default',
            EventPattern: '{"detail":{"eventName":["StopLogging"]}}',
            Targets: [{ Id: '1', Arn: topic }],
          },
        ],
        topics: [
          {
            TopicArn: topic,
            Policy:
              '{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}}',
            Subscriptions: [{ SubscriptionArn: `${topic}:1`, Protocol: 'email' }],
          },
        ],
      },
    ],
  ])('by %s', (_, setting) => {
    expect(noticed(setting)).toEqual(['us-east-1: no', 'eu-west-1: yes']);
  });

  test('by the events of global services, which happen in one of them', () => {
    const sources = ['iam.amazonaws.com', 'ec2.amazonaws.com'];
    const selector = [
      { Field: 'eventCategory', Equals: ['Management'] },
      { Field: 'eventSource', NotEquals: ['iam.amazonaws.com'] },
    ];
    const setting: Setting = {
      trails: [sound({ AdvancedEventSelectors: [{ FieldSelectors: selector }] })],
      events: { eventCategory: 'Management', eventSource: sources },
      asked: 'all but noticed by',
      more: { regions: many },
    };
    expect(lines(setting)).toEqual([
      'us-east-1: no no no no; recorded by; no',
      'eu-west-1, eu-central-1, ap-south-1: yes yes yes yes; -; yes',
    ]);
  });
});

describe('the regions that are asked about', () => {
  const stop = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' };
  const iam = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
  const regions = (setting: Setting): readonly (readonly string[])[] => prove(setting).map((chain) => chain.regions);
  test.each<[string, Setting, readonly (readonly string[])[]]>([
    ['all that are enabled', {}, [['us-east-1', 'eu-west-1']]],
    ['one', { events: { ...stop, regions: 'eu-west-1' } }, [['eu-west-1']]],
    ['all but one', { except: ['eu-west-1'] }, [['us-east-1']]],
    ['all but all', { except: ['us-east-1', 'eu-west-1'] }, []],
    ['one that is not enabled', { events: { ...stop, regions: ['mars-1', 'eu-west-1'] } }, [['eu-west-1']]],
    ['of a global service', { events: iam }, [['us-east-1']]],
    [
      'of a global service, where its region is not listed',
      { events: iam, more: { regions: ['eu-west-1'] } },
      [['us-east-1']],
    ],
    ['of a global service, elsewhere', { events: { ...iam, regions: ['eu-west-1'] } }, []],
    ['none that is known', { more: { regions: [] } }, []],
  ])('%s', (_, setting, expected) => {
    expect(regions(setting)).toEqual(expected);
  });

  test('a region that is not opted in is none', () => {
    const listed = [
      { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
      { RegionName: 'ap-east-1', OptInStatus: 'not-opted-in' },
    ];
    expect(regions({ regions: listed, more: { regions: ['us-east-1'] } })).toEqual([['us-east-1']]);
  });
});

describe('where nobody could list the regions', () => {
  const gaps = [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }];
  const open: Setting = { more: { regions: ['us-east-1'], gaps } };
  const others = 'unknown unknown unknown unknown unknown; recorded by; unknown';

  test('a multi-Region trail takes in the others', () => {
    expect(lines(open)).toEqual([`us-east-1, any other region: ${all}`]);
  });

  test('what does not reach them is not known', () => {
    const setting = { ...open, trails: regional.trails ?? [] };
    expect(lines(setting)).toEqual([`us-east-1: ${all}`, `any other region: ${others}`]);
    expect(evidenceOf(setting, 'recorded by', 1)).toEqual(['regions: AccessDenied']);
    expect(evidenceOf(setting, 'noticed by', 1)).toEqual(['regions: AccessDenied']);
  });

  test('one that is named may exist', () => {
    const events = { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', regions: ['eu-west-1'] };
    expect(lines({ ...open, events })).toEqual(['eu-west-1: yes yes yes yes unknown; noticed by; unknown']);
  });

  test('global services have no others, nor has who names regions', () => {
    const events = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
    expect(prove({ ...open, events }).map((chain) => chain.regions)).toEqual([['us-east-1']]);
    expect(prove({ ...open, events: { ...events, regions: ['us-east-1'] } })).toHaveLength(1);
  });
});

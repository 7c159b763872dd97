import { describe, expect, test } from 'vitest';
import { alertsIn } from '../../../src/proof/alerting/alerts.ts';
import { readEventClass } from '../../../src/proof/event-class.ts';
import { trailArn } from '../../rules/judging.ts';
import { resourceOf } from '../viewing.ts';
import {
  allow,
  filter,
  type Item,
  links,
  main,
  named,
  rule,
  type Setting,
  said,
  snapshotOf,
  stop,
  topic,
  topicArn,
  truth,
} from './asking.ts';

describe('regions', () => {
  const regions = ['us-east-1', 'eu-west-1', 'eu-west-2'];
  const everywhere = { more: { regions } };
  test.each<[string, string, string]>([
    ['all', stop, 'yes'],
    [
      'those that it names',
      '{ $.eventName = StopLogging && ($.awsRegion = us-east-1 || $.awsRegion = eu-west-1) }',
      'no',
    ],
    ['all that it names', '{ $.eventName = StopLogging && $.awsRegion = * }', 'yes'],
    ['those that begin so', '{ $.eventName = StopLogging && $.awsRegion = eu-* }', 'no'],
    ['all but one', '{ $.eventName = StopLogging && $.awsRegion != eu-west-2 }', 'no'],
  ])('a filter may be about some: %s', (_, pattern, expected) => {
    expect(truth({ filters: [filter(pattern)], ...everywhere })).toBe(expected);
  });

  const topicOf = (region: string) => topicArn.replace('us-east-1', region);
  const local = (...of: readonly string[]): Setting => ({
    topics: of.map((it) => topic({ TopicArn: topicOf(it), Policy: allow('events.amazonaws.com') })),
    rules: of.map((it) => rule(named('StopLogging'), { Targets: [{ Arn: topicOf(it) }] }, it)),
    ...everywhere,
  });

  test('where filters fall short, a rule of each region may do', () => {
    const filters = [filter('{ $.eventName = StopLogging && $.awsRegion = us-east-1 }')];
    const by = (...of: readonly string[]) => truth({ ...local(...of), filters });
    expect([by(), by('eu-west-1'), by(...regions), by('eu-west-1', 'eu-west-2')]).toEqual(['no', 'no', 'yes', 'no']);
    const alarmed = { topics: [...(local('eu-west-1', 'eu-west-2').topics ?? []), topic()] };
    expect(truth({ ...local('eu-west-1', 'eu-west-2'), filters, ...alarmed })).toBe('yes');
  });

  test('E2: each region needs a rule of its own, and the one without it is named', () => {
    const by = (via: Setting['via'], ...of: readonly string[]) =>
      said({ ...local(...of), filters: [], ...(via && { via }) });
    expect(by('eventbridge', ...regions)[0]).toBe('yes');
    expect(by('eventbridge', 'us-east-1', 'eu-west-2')).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in eu-west-1',
    ]);
    expect(by(undefined, 'us-east-1', 'eu-west-1')).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in eu-west-2',
    ]);
  });

  test('a gap of one region is about that region', () => {
    const gaps = [{ operation: 'events:ListRules', region: 'eu-west-2', error: 'AccessDenied' }];
    const by = (...of: readonly string[]) => truth({ ...local(...of), filters: [], more: { regions, gaps } });
    expect([by('us-east-1', 'eu-west-1'), by('us-east-1'), by(...regions)]).toEqual(['unknown', 'no', 'yes']);
    const inFirst = { regions: ['us-east-1', 'eu-west-2', 'eu-west-1'], gaps };
    expect(truth({ ...local('us-east-1'), filters: [], more: inFirst })).toBe('no');
  });

  test('trails of one region each', () => {
    const one = (region: string): Item => ({
      ...main({ IsMultiRegionTrail: false, HomeRegion: region }),
      TrailARN: trailArn(region, region),
      Name: region,
    });
    const by = (...of: readonly string[]) => truth({ trails: of.map(one), ...everywhere });
    expect([by(...regions), by('us-east-1', 'eu-west-2'), by('us-east-1')]).toEqual(['yes', 'no', 'no']);
    expect([by('us-east-1', 'eu-west-1'), by('eu-west-1', 'eu-west-2')]).toEqual(['no', 'no']);
    const inOne = (region: string) => truth({ of: 'AWS::Region', trails: [one(region)], ...everywhere });
    expect([inOne('us-east-1'), inOne('eu-west-1')]).toEqual(['yes', 'no']);
  });

  test.each<[string, Setting, readonly string[]]>([
    ['the leader, and one of the others', { filters: [] }, ['us-east-1', 'eu-west-1']],
    [
      'a trail of every region',
      { filters: [], trails: [main({ HomeRegion: 'eu-west-1' })] },
      ['us-east-1', 'eu-west-1'],
    ],
    [
      'filters, where rules do not count',
      { ...local('eu-west-2'), via: 'metric-filter', filters: [] },
      ['us-east-1', 'eu-west-1'],
    ],
    [
      'a filter on other events of one',
      { filters: [filter('{ $.eventName = Other && $.awsRegion = eu-west-2 }')] },
      ['us-east-1', 'eu-west-1'],
    ],
    [
      'a filter on another field',
      { filters: [filter('{ $.eventName = StopLogging && $.userAgent = eu-west-2 }')] },
      ['us-east-1', 'eu-west-1'],
    ],
    [
      'a filter on such events of one',
      { filters: [filter('{ $.eventName = StopLogging && $.awsRegion = eu-west-2 && $.userAgent = x }')] },
      ['us-east-1', 'eu-west-1', 'eu-west-2'],
    ],
    [
      'a rule on other events',
      { filters: [], rules: [rule(named('Other'), {}, 'eu-west-2')] },
      ['us-east-1', 'eu-west-1'],
    ],
    [
      'a rule on such events, that tells nobody',
      { filters: [], rules: [rule(named('StopLogging'), { Targets: [] }, 'eu-west-2')] },
      ['us-east-1', 'eu-west-1', 'eu-west-2'],
    ],
  ])('what nothing tells apart is asked once: %s', (_, setting, expected) => {
    const slips = said({ ...everywhere, ...setting }).filter((it) => it.startsWith('alerts: '));
    expect(slips.map((it) => it.split(' in ')[1])).toEqual(expected);
  });

  test('of events elsewhere a region says nothing', () => {
    const events = { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', regions: ['us-east-1'] };
    const asked = { of: 'AWS::Region', events } as const;
    expect(said({ ...asked, more: { regions: ['us-east-1'] } })[0]).toBe('yes');
    expect(said({ ...asked, more: { regions: ['eu-west-1'] } })).toEqual([
      'unknown',
      'alerts: such events happen in none of its regions',
    ]);
  });

  test('events of some regions, and of none', () => {
    const of = (events: Item, trails = [main({ IsMultiRegionTrail: false })]) =>
      truth({
        events: { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', ...events },
        trails,
        ...everywhere,
      });
    expect([of({}), of({ regions: ['us-east-1'] }), of({ regions: ['eu-west-1'] })]).toEqual(['no', 'yes', 'no']);
    expect([of({ awsRegion: 'us-east-1' }), of({ awsRegion: 'eu-west-2' })]).toEqual(['yes', 'no']);
    expect(of({ awsRegion: { like: 'eu-*' } }, [main()])).toBe('yes');
    expect(of({ awsRegion: 'ap-east-1' }, [main()])).toBe('unknown');
    const users = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', regions: ['eu-west-1'] };
    expect(said({ events: users, filters: [filter('')], ...everywhere })).toEqual([
      'unknown',
      'alerts: such events happen in none of its regions',
    ]);
  });

  test('global services are recorded in one region, and noticed there', () => {
    const events = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
    const filters = [filter('{ $.eventName = CreateUser && $.awsRegion = us-east-1 }')];
    expect(truth({ events, filters, ...everywhere })).toBe('yes');
    expect(truth({ events: { eventName: 'CreateUser' }, filters, ...everywhere })).toBe('no');
    const without = [filter('{ $.eventName = CreateUser && $.eventSource != iam.amazonaws.com }')];
    const more = { regions: ['eu-west-1', 'us-east-1'] };
    expect(truth({ events: { eventName: 'CreateUser' }, filters: without, more })).toBe('no');
    const trails = [main({ IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false })];
    expect(truth({ events, filters, trails, ...everywhere })).toBe('no');
  });

  test('of one region alone', () => {
    const { account } = resourceOf(
      snapshotOf({ filters: [filter('{ $.awsRegion = eu-west-1 }')], ...everywhere }),
      'AWS::Account',
    );
    const [owner] = account.byType.get('AWS::Account') ?? [];
    const stopping = readEventClass({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' });
    const in_ = (region: string) => owner && links(alertsIn(owner, region, stopping));
    expect(in_('eu-west-1')?.[0]).toBe('yes');
    expect(in_('eu-west-2')).toEqual(['no', 'alerts: nobody learns of cloudtrail:StopLogging in eu-west-2']);
    const users = readEventClass({ eventName: 'CreateUser', eventSource: ['iam.amazonaws.com', 'ec2.amazonaws.com'] });
    expect(owner && alertsIn(owner, 'eu-west-1', users).truth).toBe('yes');
  });
});

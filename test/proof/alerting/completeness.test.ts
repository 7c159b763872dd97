import { describe, expect, test } from 'vitest';
import { home, trailArn } from '../../rules/judging.ts';
import { alarm, ask, filter, group, listings, main, said, topic, topicArn } from './asking.ts';

const reads = [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }];
const inTrail = `trails[${trailArn('main')}].`;
const inFilter = `metricFilters[${group}:metric-filter:tampering].`;

describe('a verdict rests on there being no more than was listed', () => {
  test('nobody learns: of the trails, filters and rules', () => {
    expect(listings({ filters: [] })).toEqual([
      'trails: 1 by cloudtrail:DescribeTrails',
      'metricFilters: 0 by logs:DescribeMetricFilters',
      'eventRules: 0 by events:ListRules',
    ]);
  });

  test('by one way alone: of what goes that way', () => {
    const ways = (via: 'metric-filter' | 'eventbridge') => listings({ filters: [], via }).map((it) => it.split(':')[0]);
    expect(ways('metric-filter')).toEqual(['trails', 'metricFilters']);
    expect(ways('eventbridge')).toEqual(['trails', 'eventRules']);
  });

  test('no alarm tells: of the alarms', () => {
    expect(listings({ alarms: [alarm({ ActionsEnabled: false })] })).toContain(
      `${inFilter}alarms: 1 by cloudwatch:DescribeAlarms`,
    );
  });

  test('somebody learns everywhere: of the regions', () => {
    expect(listings({})).toEqual(['regions: 1 by ec2:DescribeRegions']);
  });

  test('of global services there is one region', () => {
    const created = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
    expect(listings({ events: created, filters: [filter('{ $.eventName = CreateUser }')] })).toEqual([]);
  });
});

describe('a verdict names', () => {
  test('each trail that does not record the event', () => {
    expect(said({ trails: [main({ EventSelectors: reads })] })).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in us-east-1',
      `${inTrail}EventSelectors: does not record cloudtrail:StopLogging in us-east-1`,
    ]);
  });

  test('that nothing mutes the alarm', () => {
    const { evidence } = ask({});
    expect(evidence.find(({ path }) => path.endsWith('MuteRules'))).toMatchObject({
      actual: 0,
      from: 'cloudwatch:ListAlarmMuteRules',
    });
  });

  test('which log group the trail writes to', () => {
    const { evidence } = ask({});
    expect(evidence.find(({ path }) => path.endsWith('LogGroupArn'))).toMatchObject({
      path: `${inTrail}CloudWatchLogsLogGroupArn`,
      from: 'cloudtrail:DescribeTrails',
    });
  });

  test('what points at a key that is of no use', () => {
    const Arn = `arn:aws:kms:us-east-1:${home}:key/k`;
    const keys = [{ Arn, KeyState: 'Disabled' }];
    const ofGroup = ask({ groups: [{ LogGroupArn: group, LogGroupName: 'trails', KmsKeyId: Arn }], keys });
    expect(ofGroup.evidence.slice(1, 3).map(({ path, actual }) => [path, actual])).toEqual([
      [`${inTrail}logGroup.KmsKeyId`, Arn],
      [`${inTrail}logGroup.key.KeyState`, 'Disabled'],
    ]);
    const ofTopic = ask({ topics: [topic({ KmsMasterKeyId: Arn })], keys });
    expect(ofTopic.evidence.find(({ path }) => path.endsWith('KmsMasterKeyId'))).toMatchObject({
      actual: Arn,
      resource: topicArn,
    });
  });
});

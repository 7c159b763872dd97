import { describe, expect, test } from 'vitest';
import { home, other } from '../../rules/judging.ts';
import { alarm, ask, filter, group, type Item, said, stop, truth } from './asking.ts';

const metric = { MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '1' };
const second = (transformation: Item, more: Item = {}): Item =>
  filter('{ $.eventName = CreateTrail }', {
    FilterName: 'second',
    MetricTransformations: [{ ...metric, ...transformation }],
    ...more,
  });
const elsewhere = (region: string, owner = home): Item => ({
  LogGroupName: 'app',
  LogGroupArn: `arn:aws:logs:${region}:${owner}:log-group:app`,
});
const above = (Threshold: number): Item => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold });
const percentile: Item = { Statistic: undefined, ExtendedStatistic: 'p99' };
const zero = { MetricValue: '0' };
const standing = { DefaultValue: 0 };

describe('what other filters write to the same metric (aws-semantics §6.7)', () => {
  test.each<[string, Item, Item, string]>([
    ['Average, and both count one', { Statistic: 'Average' }, second({}), 'yes'],
    ['Average, and a default of 0', { Statistic: 'Average' }, second(standing), 'no'],
    ['Average > 0, and a default of 0', { Statistic: 'Average', ...above(0) }, second(standing), 'yes'],
    ['Average, and other events count nothing', { Statistic: 'Average' }, second(zero), 'unknown'],
    ['Average > 0, and other events count nothing', { Statistic: 'Average', ...above(0) }, second(zero), 'yes'],
    ['Average, and other events count more', { Statistic: 'Average' }, second({ MetricValue: '2' }), 'yes'],
    ['Average, and fields of other events', { Statistic: 'Average' }, second({ MetricValue: '$.size' }), 'unknown'],
    ['Average > 0 at rest', { Statistic: 'Average', ...above(0) }, second({ DefaultValue: 1 }), 'no'],
    ['Minimum, and both count one', { Statistic: 'Minimum' }, second({}), 'yes'],
    ['Minimum, and a default of 0', { Statistic: 'Minimum' }, second(standing), 'no'],
    ['Minimum, and other events count nothing', { Statistic: 'Minimum' }, second(zero), 'unknown'],
    ['Maximum, and a default of 0', { Statistic: 'Maximum' }, second(standing), 'yes'],
    ['Maximum at rest', { Statistic: 'Maximum' }, second({ DefaultValue: 1 }), 'no'],
    ['Maximum, and fields of other events', { Statistic: 'Maximum' }, second({ MetricValue: '$.size' }), 'yes'],
    ['Sum, and a default of 0', {}, second(standing), 'yes'],
    ['Sum, and other events count nothing', {}, second(zero), 'yes'],
    ['Sum at rest', {}, second({ DefaultValue: 0.2 }), 'no'],
    ['Sum, and less by default', {}, second({ DefaultValue: -0.5 }), 'no'],
    ['Sum, and other events count less than nothing', {}, second({ MetricValue: '-1' }), 'unknown'],
    ['Sum, and fields of other events', {}, second({ MetricValue: '$.size' }), 'unknown'],
    ['SampleCount, and other events count nothing', { Statistic: 'SampleCount' }, second(zero), 'yes'],
    ['SampleCount at rest', { Statistic: 'SampleCount' }, second(standing), 'no'],
    ['SampleCount of two at rest', { Statistic: 'SampleCount', ...above(5) }, second(standing), 'no'],
    ['p99, and both count one', percentile, second({}), 'yes'],
    ['p99, and a default of 0', percentile, second(standing), 'unknown'],
    ['p99, and other events count nothing', percentile, second(zero), 'unknown'],
    ['p99 at rest', percentile, second({ DefaultValue: 1 }), 'no'],
    ['on another log group', { Statistic: 'Average' }, second(standing, elsewhere('us-east-1')), 'no'],
    ['in another region', { Statistic: 'Average' }, second(standing, elsewhere('eu-west-1')), 'yes'],
    ['of another account', { Statistic: 'Average' }, second(standing, elsewhere('us-east-1', other)), 'yes'],
    ['to another name', { Statistic: 'Average' }, second({ ...standing, MetricName: 'tampering' }), 'yes'],
    ['to another namespace', { Statistic: 'Average' }, second({ ...standing, MetricNamespace: 'audit' }), 'yes'],
    ['by dimensions', { Statistic: 'Average' }, second({ ...zero, Dimensions: { User: '$.user' } }), 'yes'],
    [
      'perhaps by the account of the event',
      { Statistic: 'Average' },
      second(standing, { EmitSystemFieldDimensions: ['@aws.account'] }),
      'unknown',
    ],
    [
      'with events, perhaps by the account of the event',
      { Statistic: 'Average' },
      second({}, { EmitSystemFieldDimensions: ['@aws.account'] }),
      'yes',
    ],
    ['in another unit, and the alarm names none', {}, second({ Unit: 'Count' }), 'unknown'],
    [
      'in another unit than the alarm',
      { Unit: 'None', Statistic: 'Average' },
      second({ ...zero, Unit: 'Count' }),
      'yes',
    ],
    ['in its unit', { Unit: 'None', Statistic: 'Average' }, second(standing), 'no'],
    ['missing data is breaching, and some is written', { TreatMissingData: 'breaching' }, second(standing), 'unknown'],
    ['missing data is ignored, and some is written', { TreatMissingData: 'ignore' }, second(standing), 'yes'],
    ['missing data is ignored, and events count nothing', { TreatMissingData: 'ignore' }, second(zero), 'no'],
  ])('%s', (_, more, beside, expected) => {
    expect(truth({ alarms: [alarm(more)], filters: [filter(stop), beside] })).toBe(expected);
  });

  test('its own default and that of another are both there at rest', () => {
    const own = filter(stop, { MetricTransformations: [{ ...metric, ...standing }] });
    const beside = second(standing);
    const rest = (Threshold: number): Item => ({ Statistic: 'SampleCount', ...above(Threshold) });
    expect(said({ alarms: [alarm(rest(9))], filters: [own, beside] })).toContainEqual(
      expect.stringContaining('it is in ALARM without any event'),
    );
    expect(said({ alarms: [alarm(rest(10))], filters: [own, beside] })).toContainEqual(
      expect.stringContaining('one event makes 1 beside what other filters write, and the threshold is 10'),
    );
  });

  const denied = { operation: 'logs:DescribeMetricFilters', error: 'AccessDenied' } as const;
  test.each<[string, string | undefined, Item, string]>([
    ['an average in this region', 'us-east-1', { Statistic: 'Average' }, 'unknown'],
    ['an average in all regions', undefined, { Statistic: 'Average' }, 'unknown'],
    ['an average in another region', 'eu-west-1', { Statistic: 'Average' }, 'yes'],
    ['an average above nothing', 'us-east-1', { Statistic: 'Average', ...above(0) }, 'yes'],
    ['a sum', 'us-east-1', {}, 'yes'],
  ])('filters that nobody could list, and %s', (_, region, more, expected) => {
    const gaps = [{ ...denied, ...(region && { region }) }];
    expect(truth({ alarms: [alarm(more)], more: { gaps } })).toBe(expected);
  });

  test('a filter of which nobody could read what it writes', () => {
    const hidden = second({});
    const id = `${group}:metric-filter:second`;
    const gaps = [{ ...denied, type: 'AWS::Logs::MetricFilter', resource: id, properties: ['MetricTransformations'] }];
    const { MetricTransformations: _, ...rest } = hidden;
    expect(
      ask({ alarms: [alarm({ Statistic: 'Average' })], filters: [filter(stop), rest], more: { gaps } }).truth,
    ).toBe('unknown');
  });
});

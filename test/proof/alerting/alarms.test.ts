import { describe, expect, test } from 'vitest';
import { other } from '../../rules/judging.ts';
import { alarm, alarmArn, ask, filter, type Item, said, stop, topic, topicArn, truth } from './asking.ts';

const metric = { MetricNamespace: 'Audit', MetricName: 'Tampering' };
const writing = (more: Item, of: Item = {}) => [
  filter(stop, { MetricTransformations: [{ ...metric, MetricValue: '1', ...more }], ...of }),
];
const withDefault = (DefaultValue: number, MetricValue = '1') => writing({ DefaultValue, MetricValue });
const query = (more: Item = {}, of: Item = {}): Item => ({
  Namespace: undefined,
  MetricName: undefined,
  Statistic: undefined,
  Period: undefined,
  Metrics: [
    {
      Id: 'm',
      MetricStat: { Stat: 'Sum', Period: 300, Metric: { Namespace: 'Audit', MetricName: 'Tampering' }, ...more },
      ...of,
    },
  ],
});
const above = (Threshold: number): Item => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold });
const from = (Threshold: number): Item => ({ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold });
const percentile = (ExtendedStatistic: string): Item => ({ Statistic: undefined, ExtendedStatistic });

type Row = [string, Item, readonly Item[] | undefined, string];
const settings = (rows: readonly Row[]): void => {
  test.each(rows)('%s', (_, more, filters, expected) => {
    expect(truth({ alarms: [alarm(more)], ...(filters && { filters }) })).toBe(expected);
  });
};

describe('would one event set it off (aws-semantics §6.7)', () => {
  settings([
    ['Sum >= 1', from(1), undefined, 'yes'],
    ['Sum > 0', above(0), undefined, 'yes'],
    ['Sum > 1 takes two events', above(1), undefined, 'no'],
    ['Sum >= 2 takes two events', from(2), undefined, 'no'],
    ['Sum >= 5 where an event counts for five', from(5), writing({ MetricValue: '5' }), 'yes'],
    ['Maximum >= 1', { Statistic: 'Maximum' }, undefined, 'yes'],
    ['Maximum > 0', { Statistic: 'Maximum', ...above(0) }, undefined, 'yes'],
    ['Maximum >= 1 with a default of 0', { Statistic: 'Maximum' }, withDefault(0), 'yes'],
    [
      'Maximum >= 0 where an event counts below that',
      { Statistic: 'Maximum', ...from(0) },
      withDefault(-2, '-1'),
      'no',
    ],
    [
      'Maximum >= -1 where the default is below that',
      { Statistic: 'Maximum', ...from(-1) },
      withDefault(-2, '-1'),
      'yes',
    ],
    ['SampleCount >= 1', { Statistic: 'SampleCount' }, undefined, 'yes'],
    ['SampleCount >= 1, whatever an event adds', { Statistic: 'SampleCount' }, writing({ MetricValue: '0' }), 'yes'],
    ['SampleCount >= 2', { Statistic: 'SampleCount', ...from(2) }, undefined, 'no'],
    ['SampleCount >= 1 with a default goes off always', { Statistic: 'SampleCount' }, withDefault(0), 'no'],
    ['SampleCount >= 2 with a default', { Statistic: 'SampleCount', ...from(2) }, withDefault(0), 'no'],
    ['Average >= 1', { Statistic: 'Average' }, undefined, 'yes'],
    ['Average >= 1 with a default of 0', { Statistic: 'Average' }, withDefault(0), 'no'],
    ['Average > 0 with a default of 0', { Statistic: 'Average', ...above(0) }, withDefault(0), 'yes'],
    ['Average > 1 with a default of 2 goes off always', { Statistic: 'Average', ...above(1) }, withDefault(2), 'no'],
    [
      'Average > 2 where an event counts below the default',
      { Statistic: 'Average', ...above(2) },
      withDefault(2),
      'no',
    ],
    ['Sum >= 0: without an event there is no data', from(0), undefined, 'yes'],
    ['Sum >= 0 with a default of 0 goes off always', from(0), withDefault(0), 'no'],
    ['SampleCount >= 0: without an event there is no data', { Statistic: 'SampleCount', ...from(0) }, undefined, 'yes'],
    ['Minimum >= 1', { Statistic: 'Minimum' }, undefined, 'yes'],
    ['Minimum > 0 with a default of 0', { Statistic: 'Minimum', ...above(0) }, withDefault(0), 'no'],
    ['a default that is no number', { Statistic: 'SampleCount' }, writing({ DefaultValue: null }), 'yes'],
    ['Minimum >= 1 with a default of 0', { Statistic: 'Minimum' }, withDefault(0), 'no'],
    ['p99', percentile('p99'), undefined, 'yes'],
    ['p99.9', percentile('p99.9'), undefined, 'yes'],
    ['p99.95', percentile('p99.95'), undefined, 'yes'],
    [
      'p99 of few samples, which it ignores',
      { ...percentile('p99'), EvaluateLowSampleCountPercentile: 'ignore' },
      undefined,
      'no',
    ],
    [
      'p99 of few samples, which it evaluates',
      { ...percentile('p99'), EvaluateLowSampleCountPercentile: 'evaluate' },
      undefined,
      'yes',
    ],
    ['p99 with a default', percentile('p99'), withDefault(0), 'unknown'],
    ['a trimmed mean', percentile('tm99'), undefined, 'unknown'],
    ['two percentiles', percentile('p90:p99'), undefined, 'unknown'],
    ['no statistic', { Statistic: undefined }, undefined, 'unknown'],
    ['two periods of two', { EvaluationPeriods: 2 }, undefined, 'no'],
    ['two periods of three', { EvaluationPeriods: 3, DatapointsToAlarm: 2 }, undefined, 'no'],
    ['one period of three', { EvaluationPeriods: 3, DatapointsToAlarm: 1 }, undefined, 'yes'],
    ['periods that nobody counts', { EvaluationPeriods: undefined }, undefined, 'unknown'],
    ['a period of a day', { Period: 86_400 }, undefined, 'yes'],
    ['missing data is missing', { TreatMissingData: 'missing' }, undefined, 'yes'],
    ['missing data does not breach', { TreatMissingData: 'notBreaching' }, undefined, 'yes'],
    ['missing data breaches: it is in ALARM always', { TreatMissingData: 'breaching' }, undefined, 'no'],
    ['missing data breaches, and there is a default', { TreatMissingData: 'breaching' }, withDefault(0), 'unknown'],
    ['missing data is ignored: it stays in ALARM', { TreatMissingData: 'ignore' }, undefined, 'no'],
    ['missing data is ignored, and there is a default', { TreatMissingData: 'ignore' }, withDefault(0), 'yes'],
    ['missing data is treated in a way that nobody knows', { TreatMissingData: 'guess' }, undefined, 'unknown'],
    ['less than', { ComparisonOperator: 'LessThanThreshold' }, undefined, 'no'],
    ['less than or equal', { ComparisonOperator: 'LessThanOrEqualToThreshold' }, undefined, 'no'],
    [
      'a band',
      { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold', Threshold: undefined },
      undefined,
      'unknown',
    ],
    ['a comparison that nobody knows', { ComparisonOperator: 'ResemblesThreshold' }, undefined, 'unknown'],
    ['no threshold', { Threshold: undefined }, undefined, 'unknown'],
    ['in ALARM already: it warns, and passes', { StateValue: 'ALARM' }, undefined, 'yes'],
    ['without data until now, as is normal', { StateValue: 'INSUFFICIENT_DATA' }, undefined, 'yes'],
  ]);
});

describe('a default is written in every minute without a match', () => {
  settings([
    ['which sums up to the threshold', from(3), withDefault(1, '5'), 'no'],
    ['which does not within one minute', { ...from(3), Period: 60 }, withDefault(1, '5'), 'yes'],
    ['which takes away what the event adds', from(1), withDefault(-1), 'no'],
    ['which takes nothing away in the minute of the event', { ...from(1), Period: 60 }, withDefault(-1), 'yes'],
    ['which takes more away in a minute and a half', { ...from(1), Period: 90 }, withDefault(-1), 'no'],
    ['within one second', { ...from(1), Period: 10 }, withDefault(-1), 'yes'],
    ['where the period is not said', { ...from(1), Period: undefined }, withDefault(-1), 'yes'],
  ]);
});

describe('which metric it watches', () => {
  const by = (Dimensions: Item) => writing({ Dimensions });
  const dimension = (Name: string) => ({ Name, Value: 'x' });
  settings([
    ['its name in other letters', { MetricName: 'tampering' }, undefined, 'no'],
    ['its namespace in other letters', { Namespace: 'AUDIT' }, undefined, 'no'],
    ['another unit', { Unit: 'Seconds' }, undefined, 'no'],
    ['the unit None, as written where no other is', { Unit: 'None' }, undefined, 'yes'],
    ['the unit that the filter writes', { Unit: 'Count' }, writing({ Unit: 'Count' }), 'yes'],
    ['any unit', {}, writing({ Unit: 'Count' }), 'yes'],
    ['the unit None, and the filter writes another', { Unit: 'None' }, writing({ Unit: 'Count' }), 'no'],
    ['a dimension of its own: another metric, and empty', { Dimensions: [dimension('a')] }, undefined, 'no'],
    ['no dimensions, as a list', { Dimensions: [] }, undefined, 'yes'],
    ['without dimensions what is written by them', {}, by({ a: '$.x' }), 'no'],
    ['no dimensions, as a map', {}, by({}), 'yes'],
    [
      'by the same dimension, of which an event says the value',
      { Dimensions: [dimension('a')] },
      by({ a: '$.x' }),
      'unknown',
    ],
    [
      'by the same two, in another order',
      { Dimensions: [dimension('b'), dimension('a')] },
      by({ a: '$.x', b: '$.y' }),
      'unknown',
    ],
    ['by another dimension', { Dimensions: [dimension('b')] }, by({ a: '$.x' }), 'no'],
    [
      'what is written by the account of the event',
      {},
      writing({}, { EmitSystemFieldDimensions: ['@aws.account'] }),
      'unknown',
    ],
    [
      'the account of the event alone',
      { Dimensions: [dimension('@aws.account')] },
      writing({}, { EmitSystemFieldDimensions: ['@aws.account'] }),
      'unknown',
    ],
    ['written by no field of the system', {}, writing({}, { EmitSystemFieldDimensions: [] }), 'yes'],
    ['an event that adds 0', {}, writing({ MetricValue: '0' }), 'no'],
    ['an event that adds what a field says', {}, writing({ MetricValue: '$.size' }), 'unknown'],
    ['an event that adds what nobody says', {}, writing({ MetricValue: ' ' }), 'unknown'],
    ['the metric alone, as a query', query(), undefined, 'yes'],
    ['a query of another statistic', query({ Stat: 'Minimum' }), withDefault(0), 'no'],
    ['a query of a percentile', query({ Stat: 'p99' }), undefined, 'yes'],
    ['a query in another unit', query({ Unit: 'Seconds' }), undefined, 'no'],
    [
      'a query by a dimension',
      query({ Metric: { Namespace: 'Audit', MetricName: 'Tampering', Dimensions: [dimension('a')] } }),
      undefined,
      'no',
    ],
    ['a query of another metric', query({ Metric: { Namespace: 'Audit', MetricName: 'Other' } }), undefined, 'no'],
    ['a query of another account', query({}, { AccountId: other }), undefined, 'no'],
    ['a query of this account', query({}, { AccountId: '111122223333' }), undefined, 'yes'],
    ['a query of five minutes', { ...query({ Period: 300 }), ...from(3) }, withDefault(1, '5'), 'no'],
    ['a query of a minute', { ...query({ Period: 60 }), ...from(3) }, withDefault(1, '5'), 'yes'],
    [
      'an expression of it',
      { ...query(), Metrics: [...(query().Metrics as readonly Item[]), { Id: 'e', Expression: 'm*2' }] },
      undefined,
      'unknown',
    ],
    [
      'an expression of others',
      {
        ...query(),
        Metrics: [
          { Id: 'e', Expression: 'SEARCH(…)' },
          { Id: 'f', Expression: 'e' },
        ],
      },
      undefined,
      'no',
    ],
    ['no query', { Metrics: [] }, undefined, 'yes'],
  ]);

  test('an alarm of another account or region is on a metric of its own', () => {
    expect(truth({ alarms: [alarm({ AlarmArn: alarmArn('tampering', 'eu-west-1') })] })).toBe('no');
    const TopicArn = topicArn.replace('us-east-1', 'eu-west-1');
    const there = alarm({ AlarmArn: alarmArn('tampering', 'eu-west-1'), AlarmActions: [TopicArn] });
    expect(truth({ alarms: [there], topics: [topic({ TopicArn })] })).toBe('no');
    expect(truth({ alarms: [alarm({ AlarmArn: alarmArn().replace('111122223333', other) })] })).toBe('no');
  });

  test('one filter that writes two metrics, and one that writes none', () => {
    const two = [
      { ...metric, MetricName: 'Other', MetricValue: '1' },
      { ...metric, MetricValue: '1' },
    ];
    expect(truth({ filters: [filter(stop, { MetricTransformations: two })] })).toBe('yes');
    expect(truth({ filters: [filter(stop, { MetricTransformations: undefined })] })).toBe('no');
  });

  test('of two alarms one is enough', () => {
    const second = alarm({ AlarmArn: alarmArn('second'), AlarmName: 'second' });
    expect(truth({ alarms: [alarm({ Threshold: 9 }), second] })).toBe('yes');
    expect(truth({ alarms: [alarm({ Threshold: 9 }), { ...second, Statistic: 'IQM' }] })).toBe('unknown');
  });
});

describe('why it does not', () => {
  const at = 'metricFilters[arn:aws:logs:us-east-1:111122223333:log-group:trails:metric-filter:tampering].';
  const slips = 'alerts: nobody learns of cloudtrail:StopLogging in us-east-1';
  const threshold = `${at}alarms[${alarmArn()}].Threshold`;
  test.each<[Item, readonly Item[] | undefined, string]>([
    [above(1), undefined, 'one event makes 1, and the threshold is 1'],
    [{ EvaluationPeriods: 3 }, undefined, 'it takes 3 periods, and one event fills one'],
    [
      { ComparisonOperator: 'LessThanThreshold' },
      undefined,
      'it goes off when there are few events, not when there is one',
    ],
    [
      { TreatMissingData: 'breaching' },
      undefined,
      'it takes missing data for breaching, and so never changes its state',
    ],
    [{ TreatMissingData: 'ignore' }, undefined, 'it ignores missing data: after one event it stays in ALARM'],
    [{ Statistic: 'SampleCount' }, withDefault(0), 'it is in ALARM without any event'],
    [{ Unit: 'Seconds' }, undefined, 'it watches Seconds, and the filter writes None'],
    [
      {},
      writing({ Dimensions: { a: '$.x' } }),
      'the filter writes the metric by dimensions, and it watches it without',
    ],
    [
      { ...percentile('p99'), EvaluateLowSampleCountPercentile: 'ignore' },
      undefined,
      'it ignores percentiles of few samples, and one event is one',
    ],
  ])('%j: %s %s', (more, filters, note) => {
    expect(said({ alarms: [alarm(more)], ...(filters && { filters }) })).toEqual([
      'no',
      slips,
      `${threshold}: ${note}`,
    ]);
  });

  test.each<[Item, readonly Item[] | undefined, string]>([
    [{ EvaluationPeriods: undefined }, undefined, 'how many periods it takes is not said'],
    [{ ComparisonOperator: 'ResemblesThreshold' }, undefined, 'ResemblesThreshold 1 is not worked out'],
    [{ Statistic: 'IQM' }, undefined, 'the statistic IQM is not worked out'],
    [{ Statistic: undefined }, undefined, 'the statistic is not set and is not worked out'],
    [{ TreatMissingData: 'guess' }, undefined, 'what it does where data is missing is not known: guess'],
    [
      { TreatMissingData: 'breaching' },
      withDefault(0),
      'it takes missing data for breaching: where no log event comes it is in ALARM already',
    ],
    [{}, writing({ MetricValue: '$.size' }), 'a field of the event says what is added to the metric'],
    [
      {},
      writing({}, { EmitSystemFieldDimensions: ['@aws.account'] }),
      'the filter writes the metric by the account or region of the event',
    ],
    [
      { Dimensions: [{ Name: 'a', Value: 'b' }] },
      writing({ Dimensions: { a: '$.x' } }),
      'fields of the event say which dimensions the filter writes the metric by',
    ],
    [
      { Metrics: [...(query().Metrics as readonly Item[]), { Id: 'e', Expression: 'm*2' }] },
      undefined,
      'what its expression makes of the metric is not worked out',
    ],
  ])('%j: %s %s', (more, filters, note) => {
    expect(said({ alarms: [alarm(more)], ...(filters && { filters }) })).toEqual(['unknown', `${threshold}: ${note}`]);
  });

  test('the threshold is shown, and where an alarm is in ALARM now, that it is', () => {
    const now = 'it is in ALARM now, and tells nobody of another event before it has left it';
    expect(said({})).toContain(`${threshold}: 1`);
    expect(said({ alarms: [alarm({ StateValue: 'ALARM' })] })).toContain(`${threshold}: ${now}`);
    expect(ask({}).evidence.find(({ path }) => path === threshold)).toEqual({
      path: threshold,
      actual: 1,
      from: 'cloudwatch:DescribeAlarms',
      resource: alarmArn(),
    });
  });

  test('no alarm at all', () => {
    expect(said({ alarms: [] })).toEqual(['no', slips, `${at}alarms: no alarm watches its metric`]);
  });
});

import { describe, expect, test } from 'vitest';
import { home, other } from '../../rules/judging.ts';
import { alarm, filter, type Item, stop, truth } from './asking.ts';

const stat = (Id: string, MetricName: string, more: Item = {}): Item => ({
  Id,
  ReturnData: false,
  MetricStat: { Stat: 'Sum', Period: 300, Metric: { Namespace: 'Audit', MetricName } },
  ...more,
});
const own = stat('m', 'Tampering');
const second = stat('n', 'Other');
const expression = (Expression: string, more: Item = {}): Item => ({ Id: 'e', Expression, ReturnData: true, ...more });
const comparing = (Metrics: readonly Item[], more: Item = {}, filters?: readonly Item[]) => {
  const on = { Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined, Metrics, ...more };
  return truth({ alarms: [alarm(on)], ...(filters && { filters }) });
};

describe('alarms on expressions (aws-semantics §6.7)', () => {
  test.each<[string, readonly Item[], string]>([
    ['the metric itself', [own, expression('m')], 'yes'],
    ['a query of Metrics Insights', [expression('SELECT SUM(Tampering) FROM Audit')], 'unknown'],
    ['with its schema, and quoted', [expression('select max("Tampering") from schema("Audit", User)')], 'unknown'],
    ['a query about another metric', [expression('SELECT SUM(Other) FROM Audit')], 'no'],
    ['a query about another namespace', [expression('SELECT SUM(Tampering) FROM "Audit/2"')], 'no'],
    ['with spaces', [own, expression(' m ')], 'yes'],
    ['filled with 0', [own, expression('FILL(m, 0)')], 'yes'],
    ['filled with a half', [own, expression('FILL(m,0.5)')], 'yes'],
    ['filled with what breaches', [own, expression('FILL(m, 1)')], 'no'],
    ['filled with more than breaches', [own, expression('FILL(m, 10)')], 'no'],
    ['filled with a quarter', [own, expression('FILL(m, 0.25)')], 'yes'],
    ['filled, by a longer name', [stat('metric', 'Tampering'), expression('FILL(metric, 0)')], 'yes'],
    [
      'summed up, by longer names',
      [stat('metric', 'Tampering'), stat('others', 'Other'), expression('SUM([metric, others])')],
      'yes',
    ],
    [
      'summed up filled with what breaches',
      [own, second, expression('FILL(m, 1)', { Id: 'f', ReturnData: false }), expression('SUM([f, n])')],
      'no',
    ],
    ['filled with what was there before', [own, expression('FILL(m, REPEAT)')], 'unknown'],
    ['summed up with others', [own, second, expression('SUM([m, n])')], 'yes'],
    ['summed up alone', [own, expression('SUM([m])')], 'yes'],
    ['summed up with itself', [own, expression('SUM([m, m])')], 'unknown'],
    [
      'summed up filled',
      [own, second, expression('FILL(m, 0)', { Id: 'f', ReturnData: false }), expression('SUM([f, n])')],
      'yes',
    ],
    [
      'summed up with what is filled',
      [own, second, expression('FILL(n, 0)', { Id: 'f', ReturnData: false }), expression('SUM([m, f])')],
      'yes',
    ],
    [
      'summed up with what is filled with more',
      [own, second, expression('FILL(n, 1)', { Id: 'f', ReturnData: false }), expression('SUM([m, f])')],
      'unknown',
    ],
    [
      'filled twice: nothing is missing the second time',
      [own, expression('FILL(m, 0)', { Id: 'f', ReturnData: false }), expression('FILL(f, 1)')],
      'yes',
    ],
    ['summed up with what is not there', [own, expression('SUM([m, x])')], 'unknown'],
    ['what is not there', [own, expression('x')], 'unknown'],
    ['filled, what is not there', [own, expression('FILL(x, 0)')], 'unknown'],
    ['twice as much', [own, expression('m*2')], 'unknown'],
    ['the sum over all time', [own, expression('SUM(m)')], 'unknown'],
    ['the rest of a sum', [own, second, expression('SUM([m,n])-1')], 'unknown'],
    ['the rest of what is filled', [own, expression('FILL(m,0)-1')], 'unknown'],
    ['less than what is filled', [own, expression('0-FILL(m,0)')], 'unknown'],
    ['less than a sum', [own, expression('0-SUM([m])')], 'unknown'],
    ['itself', [own, expression('e')], 'unknown'],
    ['another metric', [own, { ...second, ReturnData: true }], 'no'],
    ['another metric by its name', [own, second, expression('n')], 'no'],
    ['only others', [second, expression('n*2')], 'no'],
    ['the metric beside others', [second, { ...own, ReturnData: undefined }], 'yes'],
    [
      'two at once',
      [
        { ...own, ReturnData: true },
        { ...second, ReturnData: true },
      ],
      'unknown',
    ],
    ['none', [own], 'unknown'],
    ['the metric of another account', [{ ...own, AccountId: other }, expression('m')], 'no'],
    ['the metric of this account', [{ ...own, AccountId: home }, expression('m')], 'yes'],
  ])('%s', (_, metrics, expected) => {
    expect(comparing(metrics)).toBe(expected);
  });

  test('a chain of names is followed some way', () => {
    const chain = (length: number) => [
      own,
      ...Array.from({ length }, (_, index) =>
        expression(index === 0 ? 'm' : `e${index - 1}`, { Id: `e${index}`, ReturnData: index === length - 1 }),
      ),
    ];
    expect([comparing(chain(8)), comparing(chain(9))]).toEqual(['yes', 'unknown']);
  });

  test('where it is filled no data is missing', () => {
    const metrics = [own, expression('FILL(m, 0)')];
    const treated = ['breaching', 'ignore', 'guess'].map((TreatMissingData) => [
      comparing(metrics, { TreatMissingData }),
      comparing([own, expression('m')], { TreatMissingData }),
    ]);
    expect(treated).toEqual([
      ['yes', 'no'],
      ['yes', 'no'],
      ['yes', 'unknown'],
    ]);
  });

  test('a default counts as everywhere', () => {
    const transformation = { MetricNamespace: 'Audit', MetricName: 'Tampering', MetricValue: '1' };
    const filters = [filter(stop, { MetricTransformations: [{ ...transformation, DefaultValue: 1 }] })];
    expect(comparing([own, expression('FILL(m, 0)')], {}, filters)).toBe('no');
    expect(comparing([own, expression('FILL(m, 0)')], { Threshold: 9 })).toBe('no');
  });
});

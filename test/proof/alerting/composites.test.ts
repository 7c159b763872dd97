import { describe, expect, test } from 'vitest';
import { home } from '../../rules/judging.ts';
import { alarm, alarmArn, filter, type Item, said, stop, topicArn, truth } from './asking.ts';

/** The alarm on the metric tells nobody itself. */
const silent = alarm({ AlarmActions: [] });
const composite = (AlarmName: string, AlarmRule: string, more: Item = {}): Item => ({
  AlarmArn: alarmArn(AlarmName),
  AlarmName,
  AlarmRule,
  ActionsEnabled: true,
  AlarmActions: [topicArn],
  ...more,
});
const quiet = { AlarmActions: [] };
const above = (rule: string, ...others: readonly Item[]) =>
  truth({ alarms: [silent, composite('any', rule), ...others] });

describe('composite alarms (aws-semantics §6.7)', () => {
  test.each([
    ['A11: by its name', 'ALARM(tampering)', 'yes'],
    ['by its name in quotes', 'ALARM("tampering")', 'yes'],
    ['by its ARN', `ALARM("${alarmArn()}")`, 'yes'],
    ['by the ARN of another region', `ALARM("${alarmArn('tampering', 'eu-west-1')}")`, 'no'],
    ['one of several', 'ALARM(tampering) OR ALARM(other)', 'yes'],
    ['all of several', 'ALARM(tampering) AND ALARM(other)', 'no'],
    ['while another is OK', 'ALARM(tampering) AND OK(other)', 'yes'],
    ['unless another is in ALARM', 'ALARM(tampering) AND NOT ALARM(deployment)', 'yes'],
    ['at least one of several', 'AT_LEAST(1, ALARM, (tampering, other))', 'yes'],
    ['at least two of several', 'AT_LEAST(2, ALARM, (tampering, other))', 'no'],
    ['half of them', 'AT_LEAST(50%, ALARM, (tampering, other))', 'yes'],
    ['when it is OK', 'OK(tampering)', 'no'],
    ['when it is not in ALARM', 'NOT ALARM(tampering)', 'no'],
    ['when it has no data', 'INSUFFICIENT_DATA(tampering)', 'no'],
    ['another alarm', 'ALARM(other)', 'no'],
    ['one whose name is longer', 'ALARM(tampering-too)', 'no'],
    ['in ALARM always', 'TRUE', 'no'],
    ['in ALARM already, as another one is OK', 'ALARM(tampering) OR OK(other)', 'no'],
    ['in ALARM already, as another one is not in ALARM', 'ALARM(tampering) OR NOT ALARM(other)', 'no'],
    ['in ALARM already, if there is no data between the events', 'NOT OK(tampering)', 'unknown'],
    ['in ALARM already, or when there is no data', 'ALARM(tampering) OR INSUFFICIENT_DATA(tampering)', 'unknown'],
    ['never', 'ALARM(tampering) AND FALSE', 'no'],
    ['the same by its ARN', `NOT OK("${alarmArn()}")`, 'unknown'],
    ['a rule that cannot be read and names it', 'MOSTLY(tampering)', 'unknown'],
    ['a rule that cannot be read and does not', 'MOSTLY(other)', 'no'],
  ])('%s: %s', (_, rule, expected) => {
    expect(above(rule)).toBe(expected);
  });

  test('names with quotes and backslashes', () => {
    const called = (AlarmName: string, rule: string) =>
      truth({ alarms: [{ ...silent, AlarmName, AlarmArn: alarmArn('strange') }, composite('any', rule)] });
    expect(called('say "stop"', 'ALARM("say \\"stop\\"")')).toBe('yes');
    expect(called('a\\b', 'ALARM("a\\\\b")')).toBe('yes');
    expect(called('say "stop"', 'ALARM("say stop")')).toBe('no');
    expect(called('say "stop"', 'SOME("say \\"stop\\"")')).toBe('unknown');
    expect(called('a\\b', 'SOME("a\\\\b")')).toBe('unknown');
  });

  test('one that acts, one that does not, and one that may be held back', () => {
    expect(truth({ alarms: [silent, composite('any', 'ALARM(tampering)', quiet)] })).toBe('no');
    expect(truth({ alarms: [silent, composite('any', 'ALARM(tampering)', { ActionsEnabled: false })] })).toBe('no');
    const held = { ActionsSuppressor: 'maintenance' };
    expect(truth({ alarms: [silent, composite('any', 'ALARM(tampering)', held)] })).toBe('unknown');
    expect(truth({ alarms: [silent, composite('any', 'ALARM(tampering)', { ...held, ...quiet })] })).toBe('no');
    expect(truth({ alarms: [alarm({ ActionsEnabled: false }), composite('any', 'ALARM(tampering)')] })).toBe('yes');
  });

  test('one on another that acts', () => {
    const between = composite('between', 'ALARM(tampering)', quiet);
    expect(truth({ alarms: [silent, between, composite('top', 'ALARM(between)')] })).toBe('yes');
    expect(truth({ alarms: [composite('top', 'ALARM(between)'), between, silent] })).toBe('yes');
    expect(truth({ alarms: [silent, between, composite('top', 'ALARM(between) AND ALARM(tampering)')] })).toBe('yes');
    expect(truth({ alarms: [silent, between, composite('top', 'ALARM(between) AND ALARM(other)')] })).toBe('no');
    expect(truth({ alarms: [silent, between, composite('top', `ALARM("${alarmArn('between')}")`)] })).toBe('yes');
    const never = composite('between', 'ALARM(tampering) AND ALARM(other)', quiet);
    expect(truth({ alarms: [silent, never, composite('top', 'ALARM(between)')] })).toBe('no');
    const perhaps = composite('between', 'NOT OK(tampering)', quiet);
    expect(truth({ alarms: [silent, perhaps, composite('top', 'ALARM(between)')] })).toBe('unknown');
    expect(truth({ alarms: [silent, perhaps, composite('top', 'NOT ALARM(between)')] })).toBe('no');
    expect(truth({ alarms: [silent, perhaps, composite('top', 'ALARM(between) AND ALARM(tampering)')] })).toBe('yes');
    // Where there is no data between the events it is in ALARM already.
    expect(truth({ alarms: [silent, perhaps, composite('top', 'ALARM(between) OR ALARM(tampering)')] })).toBe(
      'unknown',
    );
  });

  test('a doubt that another alarm takes away', () => {
    const perhaps = composite('perhaps', 'NOT OK(tampering)', quiet);
    const sure = composite('sure', 'ALARM(tampering)', quiet);
    const top = (rule: string) => truth({ alarms: [silent, perhaps, composite('top', rule), sure] });
    expect(top('ALARM(sure) OR ALARM(perhaps) AND ALARM(tampering)')).toBe('yes');
    expect(top('ALARM(sure) OR ALARM(perhaps)')).toBe('unknown');
  });

  test('one beside others that are in ALARM without an event', () => {
    const beside = (base: string, rule: string) =>
      truth({ alarms: [silent, composite('top', rule), composite('base', base, quiet)] });
    expect(beside('TRUE', 'ALARM(tampering) OR ALARM(base)')).toBe('no');
    expect(beside('NOT ALARM(other)', 'ALARM(tampering) OR ALARM(base)')).toBe('no');
    expect(beside('NOT ALARM(other)', 'ALARM(tampering) AND NOT ALARM(base)')).toBe('no');
    expect(beside('NOT ALARM(other)', 'ALARM(tampering) AND ALARM(base)')).toBe('yes');
    expect(beside('FALSE', 'ALARM(tampering) OR ALARM(base)')).toBe('yes');
  });

  test('one beside another whose rule cannot be read', () => {
    const beside = (rule: string) =>
      truth({ alarms: [silent, composite('top', rule), composite('base', 'MOSTLY(other)', quiet)] });
    expect(beside('ALARM(tampering) AND OK(base)')).toBe('unknown');
    expect(beside('ALARM(tampering)')).toBe('yes');
  });

  test('one that goes off as another one comes down', () => {
    const fine = composite('fine', 'NOT ALARM(tampering)', quiet);
    expect(truth({ alarms: [silent, fine, composite('top', 'NOT ALARM(fine)')] })).toBe('yes');
    expect(truth({ alarms: [silent, fine, composite('top', 'ALARM(fine) AND ALARM(tampering)')] })).toBe('unknown');
  });

  test('more than can be tried in every order', () => {
    const of = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
    const top = (names: readonly string[]) =>
      truth({
        alarms: [
          silent,
          ...names.map((name) => composite(name, 'ALARM(tampering)', quiet)),
          composite('top', names.map((name) => `ALARM(${name})`).join(' AND ')),
        ],
      });
    expect([top(of(11)), top(of(12))]).toEqual(['yes', 'unknown']);
  });

  test('one that another one keeps down, in whatever order they stand', () => {
    const top = composite('top', 'ALARM(tampering) AND NOT ALARM(down)');
    const told = (...down: readonly Item[]) => [
      truth({ alarms: [silent, top, ...down] }),
      truth({ alarms: [...down.toReversed(), top, silent] }),
    ];
    expect(told(composite('down', 'ALARM(tampering)', quiet))).toEqual(['unknown', 'unknown']);
    expect(told(composite('down', 'ALARM(top)', quiet))).toEqual(['unknown', 'unknown']);
    const between = composite('between', 'ALARM(tampering)', quiet);
    expect(told(between, composite('down', 'ALARM(between)', quiet))).toEqual(['unknown', 'unknown']);
    expect(told(composite('down', 'ALARM(other)', quiet))).toEqual(['yes', 'yes']);
    expect(told(composite('down', 'NOT OK(tampering)', quiet))).toEqual(['unknown', 'unknown']);
  });

  test('alarms that watch each other come to an end', () => {
    const one = composite('one', 'ALARM(two) OR ALARM(tampering)', quiet);
    const two = composite('two', 'ALARM(one)', quiet);
    expect(truth({ alarms: [silent, one, two] })).toBe('no');
    expect(truth({ alarms: [silent, one, two, composite('top', 'ALARM(two)')] })).toBe('unknown');
    expect(truth({ alarms: [silent, one, two, composite('top', 'ALARM(tampering)')] })).toBe('yes');
    const flips = [
      composite('one', 'NOT ALARM(two)', quiet),
      composite('two', 'ALARM(one) OR ALARM(tampering)', quiet),
    ];
    expect(truth({ alarms: [silent, ...flips] })).toBe('no');
  });

  test('one of another region names another alarm of that name', () => {
    const elsewhere = composite('any', 'ALARM(tampering)', { AlarmArn: alarmArn('any', 'eu-west-1') });
    expect(truth({ alarms: [silent, elsewhere] })).toBe('no');
  });

  test('it does nothing where its alarm does not go off', () => {
    expect(truth({ alarms: [alarm({ Threshold: 9 }), composite('any', 'ALARM(tampering)')] })).toBe('no');
  });

  test('the link that holds, and the ones that do not', () => {
    const at = `metricFilters[arn:aws:logs:us-east-1:${home}:log-group:trails:metric-filter:tampering].alarms[${alarmArn()}].`;
    const parent = `${at}parents[${alarmArn('any')}].`;
    const alarms = [silent, composite('any', 'ALARM(tampering)')];
    expect(said({ alarms, filters: [filter(stop)] })).toEqual(
      expect.arrayContaining(['yes', `${at}Threshold: 1`, `${parent}AlarmRule: "ALARM(tampering)"`]),
    );
    expect(said({ alarms: [silent, composite('any', 'ALARM(tampering) AND ALARM(x)', quiet)] })).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in us-east-1',
      `${at}AlarmActions: it takes no action when it goes off`,
      `${parent}AlarmRule: "ALARM(tampering) AND ALARM(x)"`,
      `${parent}AlarmActions: it takes no action when it goes off`,
    ]);
    expect(said({ alarms: [silent, composite('any', 'ALARM(other)'), composite('always', 'TRUE')] })).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in us-east-1',
      `${at}AlarmActions: it takes no action when it goes off`,
    ]);
    expect(said({ alarms: [silent, composite('any', 'NOT OK(tampering)')] })).toEqual([
      'unknown',
      `${parent}AlarmRule: "NOT OK(tampering)"`,
    ]);
    expect(said({ alarms: [silent, composite('any', 'ALARM(tampering)', { ActionsSuppressor: 'm' })] })).toEqual([
      'unknown',
      `${parent}ActionsSuppressor: another alarm may hold its actions back`,
    ]);
  });
});

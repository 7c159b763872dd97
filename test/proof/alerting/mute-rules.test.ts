import { describe, expect, test } from 'vitest';
import { home } from '../../rules/judging.ts';
import { alarm, alarmArn, filter, said, stop, truth } from './asking.ts';

const ruleArn = (name: string) => `arn:aws:cloudwatch:us-east-1:${home}:alarm-mute-rule:${name}`;
const muting = (name: string, Status?: string) => ({ AlarmMuteRuleArn: ruleArn(name), ...(Status && { Status }) });
const asked = (MuteRules: readonly object[]) => ({ filters: [filter(stop)], alarms: [alarm({ MuteRules })] });

describe('mute rules (aws-semantics §6.7)', () => {
  test.each<[string, readonly object[], string]>([
    ['none', [], 'yes'],
    ['one that has expired', [muting('old', 'EXPIRED')], 'yes'],
    ['one that is active', [muting('nights', 'ACTIVE')], 'unknown'],
    ['one that is to come', [muting('holidays', 'SCHEDULED')], 'unknown'],
    ['one of a status nobody knows', [muting('new', 'PAUSED')], 'unknown'],
    ['one that does not say its status', [muting('quiet')], 'unknown'],
  ])('%s', (_, rules, expected) => {
    expect(truth(asked(rules))).toBe(expected);
  });

  test('the rule is named, with its status', () => {
    const path = `metricFilters[arn:aws:logs:us-east-1:${home}:log-group:trails:metric-filter:tampering].alarms[${alarmArn()}].MuteRules`;
    expect(said(asked([muting('nights', 'ACTIVE'), muting('quiet')]))).toEqual([
      'unknown',
      `${path}: the mute rule nights, which is ACTIVE, may hold its actions back`,
      `${path}: the mute rule quiet may hold its actions back`,
    ]);
  });

  test('which there are is not known: the action that would tell is named', () => {
    const gap = { operation: 'cloudwatch:ListAlarmMuteRules', resource: alarmArn(), error: 'AccessDenied' };
    const [is, ...evidence] = said({ filters: [filter(stop)], alarms: [alarm()], more: { gaps: [gap] } });
    expect(is).toBe('unknown');
    expect(evidence.join()).toContain('MuteRules: AccessDenied');
  });
});

import { describe, expect, test } from 'vitest';
import { type Status, statuses } from '../../src/evaluation/finding.ts';
import { exitCode, type GatePolicy, relevantCounts } from '../../src/evaluation/gate.ts';
import { tallyOf } from '../../src/evaluation/tally.ts';
import { type Severity, severities } from '../../src/rules/rule.ts';

const failOns: readonly GatePolicy['failOn'][] = [...severities, 'never'];
const unknowns: readonly GatePolicy['unknown'][] = ['fail', 'warn', 'ignore'];
const finding = (status: Status, severity: Severity) => ({ status, severity });

describe('one finding: every status, severity, --fail-on and --unknown', () => {
  test.each(failOns)('--fail-on %s', (failOn) => {
    for (const unknown of unknowns) {
      for (const severity of severities) {
        const counts = failOn === 'never' || severities.indexOf(severity) <= severities.indexOf(failOn);
        const code = (status: Status) => exitCode(tallyOf([finding(status, severity)]), { failOn, unknown }, false);
        expect([code('pass'), code('not-applicable')]).toEqual([0, 0]);
        expect(code('fail')).toBe(counts && failOn !== 'never' ? 1 : 0);
        expect(code('unknown')).toBe(counts && unknown === 'fail' ? 3 : 0);
      }
    }
  });
});

describe('several', () => {
  const all = statuses.map((status) => finding(status, 'high'));
  const policy: GatePolicy = { failOn: 'high', unknown: 'fail' };
  test.each<[string, readonly { status: Status; severity: Severity }[], GatePolicy, boolean, number]>([
    ['a violation beats not knowing', all, policy, false, 1],
    ['a crash beats a violation', all, policy, true, 2],
    ['a crash alone', [], policy, true, 2],
    ['nothing', [], policy, false, 0],
    ['violations do not count, unknowns do', all, { failOn: 'never', unknown: 'fail' }, false, 3],
    ['neither counts', all, { failOn: 'never', unknown: 'warn' }, false, 0],
    ['a violation below, an unknown above', [finding('fail', 'low'), finding('unknown', 'critical')], policy, false, 3],
    ['both below', [finding('fail', 'medium'), finding('unknown', 'info')], policy, false, 0],
  ])('%s', (_, findings, rules, crashed, code) => {
    expect(exitCode(tallyOf(findings), rules, crashed)).toBe(code);
  });

  test('how many count', () => {
    const findings = tallyOf([...all, finding('fail', 'low'), finding('unknown', 'low'), finding('fail', 'critical')]);
    expect(relevantCounts(findings, policy)).toEqual({ failed: 2, unknown: 1 });
    expect(relevantCounts(findings, { ...policy, failOn: 'info' })).toEqual({ failed: 3, unknown: 2 });
    expect(relevantCounts(findings, { ...policy, failOn: 'never' })).toEqual({ failed: 0, unknown: 2 });
  });
});

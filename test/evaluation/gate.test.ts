import { describe, expect, test } from 'vitest';
import { type Status, statuses } from '../../src/evaluation/finding.ts';
import type { FrameworkResult, RequirementStatus } from '../../src/evaluation/framework.ts';
import {
  exitCode,
  type GatePolicy,
  gatedRequirements,
  idleCount,
  type Judgement,
  relevantCounts,
} from '../../src/evaluation/gate.ts';
import { type Tally, tallyOf } from '../../src/evaluation/tally.ts';
import type { WaiverUse } from '../../src/evaluation/waivers.ts';
import { type Severity, severities } from '../../src/rules/rule.ts';

const failOns: readonly GatePolicy['failOn'][] = [...severities, 'never'];
const unknowns: readonly GatePolicy['unknown'][] = ['fail', 'warn', 'ignore'];
const finding = (status: Status, severity: Severity) => ({ status, severity });
const waiver = { state: 'active', reason: 'A reason.', owner: 'me', expires: '2026-12-31' } as const;
const baseline = { firstSeen: '2026-10-01' };

const judged = (tally: Tally, more: Partial<Judgement> = {}): Judgement => ({
  tally,
  frameworks: [],
  idle: 0,
  crashed: false,
  ...more,
});

describe('one finding: every status, severity, --fail-on and --unknown', () => {
  test.each(failOns)('--fail-on %s', (failOn) => {
    for (const unknown of unknowns) {
      for (const severity of severities) {
        const counts = failOn === 'never' || severities.indexOf(severity) <= severities.indexOf(failOn);
        const code = (status: Status) => exitCode(judged(tallyOf([finding(status, severity)])), { failOn, unknown });
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
  const crashed = true;
  test.each<[string, Parameters<typeof tallyOf>[0], GatePolicy, Partial<Judgement>, number]>([
    ['a violation beats not knowing', all, policy, {}, 1],
    ['a crash beats a violation', all, policy, { crashed }, 2],
    ['a crash alone', [], policy, { crashed }, 2],
    ['nothing', [], policy, {}, 0],
    ['violations do not count, unknowns do', all, { failOn: 'never', unknown: 'fail' }, {}, 3],
    ['neither counts', all, { failOn: 'never', unknown: 'warn' }, {}, 0],
    ['a violation below, an unknown above', [finding('fail', 'low'), finding('unknown', 'critical')], policy, {}, 3],
    ['both below', [finding('fail', 'medium'), finding('unknown', 'info')], policy, {}, 0],
    ['an accepted risk', [{ ...finding('fail', 'critical'), waiver }], policy, {}, 0],
    ['an unknown that is an accepted risk', [{ ...finding('unknown', 'critical'), waiver }], policy, {}, 0],
    [
      'a waiver that has ended',
      [{ ...finding('fail', 'high'), waiver: { ...waiver, state: 'expired' } }],
      policy,
      {},
      1,
    ],
    ['debt', [{ ...finding('fail', 'critical'), baseline }], policy, {}, 0],
    ['debt that is overdue', [{ ...finding('fail', 'high'), baseline: { ...baseline, overdue: true } }], policy, {}, 1],
    ['something idle', [], policy, { idle: 1 }, 0],
    ['something idle, strictly', [], { ...policy, strict: true }, { idle: 1 }, 4],
    ['nothing idle, strictly', [], { ...policy, strict: true }, {}, 0],
    ['not knowing beats what is idle', [finding('unknown', 'high')], { ...policy, strict: true }, { idle: 1 }, 3],
    [
      'what is idle counts where unknowns do not',
      all,
      { failOn: 'never', unknown: 'warn', strict: true },
      { idle: 1 },
      4,
    ],
    ['a violation beats what is idle', all, { ...policy, strict: true }, { idle: 1 }, 1],
    ['a crash beats what is idle', [], { ...policy, strict: true }, { idle: 1, crashed }, 2],
  ])('%s', (_, findings, rules, more, code) => {
    expect(exitCode(judged(tallyOf(findings), more), rules)).toBe(code);
  });

  test.each([255, 256, 257, 512])('%i violations are one exit code, which no shell takes for another', (count) => {
    const findings = Array.from({ length: count }, () => finding('fail', 'high'));
    expect(exitCode(judged(tallyOf(findings), { idle: count }), { ...policy, strict: true })).toBe(1);
  });

  test('how many count', () => {
    const findings = tallyOf([
      ...all,
      finding('fail', 'low'),
      finding('unknown', 'low'),
      finding('fail', 'critical'),
      { ...finding('fail', 'critical'), waiver },
      { ...finding('fail', 'critical'), baseline },
    ]);
    expect(relevantCounts(findings, policy)).toEqual({ failed: 2, unknown: 1 });
    expect(relevantCounts(findings, { ...policy, failOn: 'info' })).toEqual({ failed: 3, unknown: 2 });
    expect(relevantCounts(findings, { ...policy, failOn: 'never' })).toEqual({ failed: 0, unknown: 2 });
  });
});

describe('the requirements of a framework', () => {
  const framework = (name: string, ...statusesOf: readonly RequirementStatus[]): FrameworkResult => ({
    name,
    title: name,
    about: '',
    summary: { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, manual: 0, partial: 0 },
    requirements: statusesOf.map((status, index) => ({
      id: String(index),
      title: '',
      coverage: 'full',
      status,
      rules: [],
    })),
  });
  const policy: GatePolicy = { failOn: 'never', unknown: 'fail', frameworks: ['pci'] };

  test.each<[string, readonly FrameworkResult[], GatePolicy, number]>([
    ['one fails', [framework('pci', 'pass', 'fail', 'unknown')], policy, 1],
    ['one is unknown', [framework('pci', 'pass', 'unknown')], policy, 3],
    ['one is unknown, which does not count', [framework('pci', 'unknown')], { ...policy, unknown: 'ignore' }, 0],
    ['none fails', [framework('pci', 'pass', 'not-applicable', 'manual')], policy, 0],
    ['one of another fails', [framework('cis', 'fail'), framework('pci', 'pass')], policy, 0],
    ['nobody asked', [framework('pci', 'fail')], { failOn: 'never', unknown: 'fail' }, 0],
  ])('%s', (_, frameworks, rules, code) => {
    expect(exitCode(judged(tallyOf([]), { frameworks }), rules)).toBe(code);
  });

  test('are those of all that were named', () => {
    const frameworks = [framework('pci', 'pass'), framework('cis', 'fail', 'pass'), framework('iso', 'fail')];
    const ids = gatedRequirements(frameworks, { frameworks: ['iso', 'cis'] }).map(({ status }) => status);
    expect(ids).toEqual(['fail', 'pass', 'fail']);
  });
});

describe('what does no good any more', () => {
  const use = (part: Partial<WaiverUse>): WaiverUse => ({ ...waiver, rule: 'a', hides: 1, ...part });
  const entry = {
    fingerprint: '',
    rule: '',
    account: '',
    region: '',
    resource: '',
    firstSeen: '',
    because: 'gone',
  } as const;

  test.each<[Parameters<typeof idleCount>[0], number]>([
    [{}, 0],
    [{ waivers: [use({}), use({ state: 'expiring' })], baseline: { file: '', entries: 3, stale: [] } }, 0],
    [{ waivers: [use({ state: 'expired' }), use({ state: 'too-long' }), use({ state: 'forbidden' })] }, 3],
    [{ waivers: [use({ unused: true })], baseline: { file: '', entries: 3, stale: [entry, entry] } }, 3],
  ])('%#', (accepted, count) => {
    expect(idleCount(accepted)).toBe(count);
  });
});

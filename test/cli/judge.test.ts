import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/cli/inputs.ts';
import { type JudgeOptions, judge } from '../../src/cli/judge.ts';
import { registry } from '../../src/cli/rule-set.ts';
import { spool } from '../../src/cli/spool.ts';
import { compileRule, type Rule } from '../../src/rules/compile.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

const definition = {
  id: 'my-rule',
  title: 'My rule',
  severity: 'low',
  resource: 'AWS::Account',
  why: 'Because.',
  require: { id: { exists: true } },
} as const;
const { rule } = compileRule(definition, { registry });

const snapshot = (id: string, more: Partial<Snapshot> = {}): Snapshot => ({
  trailproof: 'snapshot/1',
  account: { id, partition: 'aws' },
  collectedAt: '2026-11-20T09:00:00Z',
  regions: ['us-east-1'],
  resources: {},
  ...more,
});

async function* accounts(...snapshots: readonly Snapshot[]): AsyncGenerator<Account> {
  for (const [index, one] of snapshots.entries())
    yield await Promise.resolve({ snapshot: one, place: `a.jsonl:${index + 1}` });
}

const options: Omit<JudgeOptions, 'findings' | 'gaps'> = {
  rules: [rule],
  critical: [],
  policy: { failOn: 'info', unknown: 'fail' },
  version: '1.2.3',
  inputs: ['a.jsonl'],
  allowEmpty: 'not-empty',
  progress: { step: () => Promise.resolve(), stop: () => undefined },
};

const judged = (given: AsyncIterable<Account>, more: Partial<JudgeOptions> = {}) =>
  judge(given, { ...options, findings: spool(), gaps: spool(), ...more });

describe('a run', () => {
  test('says what becomes of events where it is asked to, account by account', async () => {
    const without = await judged(accounts(snapshot('222222222222')));
    expect(without.report.coverage).toBeUndefined();
    const both = accounts(snapshot('222222222222'), snapshot('111111111111'));
    const { report } = await judged(both, { coverage: { days: 91 } });
    expect(report.coverage?.days).toBe(91);
    expect(report.coverage?.accounts.map(({ account }) => account)).toEqual(['222222222222', '111111111111']);
    expect(report.coverage?.accounts[0]?.classes[0]?.chains).toMatchObject([
      { regions: ['us-east-1'], part: 'no', broken: 'recorded by' },
    ]);
  });

  test('keeps the order of its accounts, and says what it rests on', async () => {
    const gaps = [{ operation: 's3control:GetPublicAccessBlock', error: 'AccessDenied' }];
    const second = snapshot('111111111111', { regions: ['eu-west-1'], collectedAt: '2026-11-19T09:00:00Z', gaps });
    const { report, crashes } = await judged(accounts(snapshot('222222222222'), second));
    expect(crashes).toEqual([]);
    expect(report.scope).toMatchObject({
      accounts: ['222222222222', '111111111111'],
      regions: ['eu-west-1', 'us-east-1'],
      inputs: ['a.jsonl'],
      collectedAt: '2026-11-19T09:00:00Z',
    });
    expect([...report.findings].map(({ resource }) => resource.account)).toEqual(['222222222222', '111111111111']);
    expect(report.summary).toEqual({ pass: 2, fail: 0, unknown: 0, 'not-applicable': 0, exitCode: 0 });
    expect([...report.gaps]).toEqual([
      { ...gaps[0], account: '111111111111', action: 's3:GetAccountPublicAccessBlock' },
    ]);
  });

  test('an account twice is an error that names both places', async () => {
    const twice = judged(accounts(snapshot('222222222222'), snapshot('222222222222')));
    await expect(twice).rejects.toMatchObject({
      code: 'input',
      details: ['a.jsonl:2:1 account 222222222222; it is in a.jsonl:1 already'],
    });
  });

  test('a rule that crashes gives unknown, and the run ends with 2', async () => {
    const broken = {
      ...rule,
      require: () => {
        throw new Error('division by cucumber');
      },
    };
    const { report, crashes } = await judged(accounts(snapshot('222222222222')), { rules: [broken] });
    expect([...report.findings].map(({ status }) => status)).toEqual(['unknown']);
    expect(report.summary.exitCode).toBe(2);
    expect(crashes.map(({ error }) => error.message)).toEqual(['division by cucumber']);
  });

  test('without a rule or an account there is nothing to conclude', async () => {
    await expect(judged(accounts(snapshot('222222222222')), { rules: [] })).rejects.toThrow('no rule is chosen');
    await expect(judged(accounts())).rejects.toThrow('no account was read');
    const { report } = await judged(accounts(), { allowEmpty: 'allow-empty' });
    expect(report.summary).toEqual({ pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, exitCode: 0 });
  });

  test('without a rule that judges anything there is none either', async () => {
    const { id } = rule.definition;
    const list = [
      { name: 'all', match: { regions: ['*'] }, rules: new Set([id]), skips: new Set([id]), severities: {} },
    ];
    const overrides = { list, variant: (one: Rule) => one };
    const waiting = Array.from({ length: 11 }, (_, index) => ({
      ...rule,
      definition: { ...rule.definition, id: `waits-${index}` },
      unset: ['days'],
    }));
    const given = () => accounts(snapshot('222222222222'));
    const run = judged(given(), { rules: [rule, ...waiting], overrides });
    await expect(run).rejects.toMatchObject({
      code: 'usage',
      message: 'no rule judged anything, so nothing can be concluded',
      details: [
        `  ${id} is skipped`,
        ...Array.from({ length: 9 }, (_, index) => `  waits-${index} needs the parameter days`),
        '  and 2 more',
      ],
    });
    const { report } = await judged(given(), { rules: waiting, allowEmpty: 'allow-empty' });
    expect(report.summary).toMatchObject({ 'not-applicable': 11, exitCode: 0 });
    // One that judges somewhere is enough.
    const elsewhere = list.map((one) => ({ ...one, match: { accounts: ['222222222222'] } }));
    const two = accounts(snapshot('222222222222'), snapshot('111111111111'));
    await judged(two, { overrides: { ...overrides, list: elsewhere } });
  });
});

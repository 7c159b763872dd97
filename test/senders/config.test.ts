import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { sendToConfig } from '../../src/senders/config.ts';
import { configLimits, evaluationsOf } from '../../src/senders/config-evaluations.ts';
import { findingOf, reportOf, trail } from '../reporters/shared-report.ts';
import { reaching } from './reaching.ts';
import { withLoopbackAws } from './with-loopback-aws.ts';

const rule = { account: trail.account, region: 'us-east-1', time: new Date('2026-11-20T09:00:00Z') };
const at = (part: Partial<Finding> = {}): Finding =>
  findingOf({ rule: 'trail-is-logging', status: 'fail', resource: trail, ...part });
const named = (name: string, part: Partial<Finding> = {}): Finding =>
  at({ ...part, resource: { ...trail, id: `${trail.id}-${name}` } });

const told = (...findings: readonly Finding[]) =>
  evaluationsOf(findings, rule).evaluations.map(({ ComplianceType, Annotation }) => `${ComplianceType}: ${Annotation}`);

describe('what AWS Config is told of a resource', () => {
  const pass = at({ rule: 'trail-has-tags', status: 'pass' });
  const unknown = at({ rule: 'trail-is-encrypted', status: 'unknown' });
  const other = at({ rule: 'trail-is-old', status: 'not-applicable' });

  test('is what all rules come to', () => {
    expect(told(at(), pass, unknown, at({ rule: 'b' }))).toEqual(['NON_COMPLIANT: Fails trail-is-logging, b.']);
    expect(told(pass, other)).toEqual(['COMPLIANT: Passes every rule that applies.']);
    expect(told(other)).toEqual(['NOT_APPLICABLE: No rule applies.']);
  });

  test('is nothing where something is unknown and nothing fails', () => {
    expect(evaluationsOf([pass, unknown], rule)).toEqual({ evaluations: [], unknown: 1, elsewhere: 0 });
  });

  test('is nothing of rules that judged nothing', () => {
    const skipped = { ...other, notJudged: 'skipped' } as const;
    expect(told(skipped)).toEqual([]);
    expect(told(skipped, pass)).toEqual(['COMPLIANT: Passes every rule that applies.']);
  });

  test('is not that it complies, because somebody accepts that it does not', () => {
    const waiver = { state: 'active', reason: 'a sandbox', owner: 'cloud', expires: '2027-01-31' } as const;
    expect(told(at({ waiver }))).toEqual(['NON_COMPLIANT: Fails trail-is-logging (waiver active, until 2027-01-31).']);
  });

  test('fits, however many rules it fails', () => {
    const many = Array.from({ length: 100 }, (_, index) => at({ rule: `a-rule-with-a-name-${index}` }));
    const [evaluation] = evaluationsOf(many, rule).evaluations;
    expect(evaluation?.Annotation).toHaveLength(configLimits.annotation);
    expect(evaluation?.Annotation.endsWith('…')).toBe(true);
  });

  test('is under the name that AWS Config has for it', () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/1234';
    const resources = [
      trail,
      { ...trail, type: 'AWS::S3::Bucket', id: 'arn:aws:s3:::logs', name: 'logs' },
      { ...trail, type: 'AWS::KMS::Key', id: key, name: 'alias/logs' },
      { ...trail, type: 'AWS::Account', id: 'arn:aws:iam::111122223333:root', region: 'global' },
      { ...trail, type: 'AWS::Region', id: '111122223333/eu-west-1', region: 'eu-west-1' },
    ];
    const { evaluations } = evaluationsOf(
      resources.map((resource) => at({ resource })),
      rule,
    );
    expect(evaluations.map((it) => [it.ComplianceResourceType, it.ComplianceResourceId])).toEqual([
      ['AWS::CloudTrail::Trail', trail.id],
      ['AWS::S3::Bucket', 'logs'],
      ['AWS::KMS::Key', '1234'],
      ['AWS::::Account', '111122223333'],
    ]);
  });

  test('is left to the rules of other accounts and regions', () => {
    const elsewhere = [
      at({ resource: { ...trail, region: 'eu-west-1' } }),
      at({ resource: { ...trail, account: '444455556666' } }),
    ];
    expect(evaluationsOf(elsewhere, rule)).toEqual({ evaluations: [], unknown: 0, elsewhere: 2 });
  });
});

describe('sent to AWS Config', () => {
  const aws = withLoopbackAws();

  const send = (findings: readonly Finding[], token = 'token', mode: 'live' | 'test' = 'live') =>
    sendToConfig(reportOf(findings), { to: 'config', mode, token }, reaching(aws().url));
  const many = Array.from({ length: 250 }, (_, index) => named(String(index)));
  const puts = () => aws().requests.filter((request) => request.startsWith('PutEvaluations'));

  test('a hundred at once, each resource once, and what is left out is said', async () => {
    const rest = [named('unknown', { status: 'unknown' }), at({ resource: { ...trail, region: 'eu-west-1' } })];
    expect(await send([...many, ...rest])).toEqual({
      to: 'config',
      done: [
        '250 evaluations sent',
        '1 resource not evaluated: too little is known',
        '1 finding left to rules of other accounts and regions',
      ],
      failed: [],
    });
    expect(puts()).toHaveLength(3);
    expect(new Set(aws().evaluations.map((it) => it.ComplianceResourceId)).size).toBe(250);
    expect(aws().evaluations[0]).toEqual({
      ComplianceResourceType: 'AWS::CloudTrail::Trail',
      ComplianceResourceId: `${trail.id}-0`,
      ComplianceType: 'NON_COMPLIANT',
      Annotation: 'Fails trail-is-logging.',
      OrderingTimestamp: Date.parse('2026-11-20T09:00:00Z') / 1000,
    });
  });

  test('again, what it did not take', async () => {
    aws().unevaluated.set(`${trail.id}-7`, 1);
    expect(await send(many.slice(0, 10))).toMatchObject({ done: ['10 evaluations sent'], failed: [] });
    expect(aws().evaluations).toHaveLength(10);
  });

  test('what it never takes is said', async () => {
    aws().unevaluated.set(`${trail.id}-7`, 99);
    expect(await send(many.slice(0, 10))).toMatchObject({
      done: ['9 evaluations sent'],
      failed: ['1 evaluation: AWS Config did not take them'],
    });
  });

  test.each(['reset', 'lost', { status: 400, code: 'ThrottlingException' }] as const)(
    'after a fault: %j',
    async (fault) => {
      aws().fail('PutEvaluations', fault);
      expect(await send(many.slice(0, 2))).toMatchObject({ done: ['2 evaluations sent'], failed: [] });
    },
  );

  test('with a token that is not the one, nothing; in a test any will do', async () => {
    expect(await send(many, 'old')).toMatchObject({
      done: ['0 evaluations sent'],
      failed: ['250 evaluations: InvalidResultTokenException: InvalidResultTokenException it is'],
    });
    expect(puts()).toHaveLength(1);
    expect(await send(many.slice(0, 1), 'test', 'test')).toEqual({
      to: 'config:test',
      done: ['1 evaluation sent in a test, which keeps nothing'],
      failed: [],
    });
  });
});

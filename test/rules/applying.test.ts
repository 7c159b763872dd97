import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRules } from '../../src/rules/load.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { ResourceView } from '../../src/snapshot/resource-view.ts';
import { bucket, ruleWith, snapshotWith, trail } from './judging.ts';

const account = viewAccount(
  snapshotWith({
    'AWS::CloudTrail::Trail': [trail('main', { S3KeyPrefix: 'a' }), trail('spare', { S3KeyPrefix: 'b' })],
    'AWS::S3::Bucket': [bucket('main')],
  }),
  { registry: resourceTypes },
);
const named = (type: string, name: string): ResourceView => {
  const view = account.byType.get(type)?.find((it) => it.name === name);
  if (!view) throw new Error(`no ${name}`);
  return view;
};
const main = named('AWS::CloudTrail::Trail', 'main');

/** What the rules that are compiled together say of whether they apply. */
function applying(...rules: readonly Partial<RuleDefinition>[]) {
  const definitions = rules.map((rule, index) => ruleWith({ id: `rule-${index}`, ...rule }));
  const { rules: compiled } = compileRules(definitions, { registry: resourceTypes });
  return (view: ResourceView, now?: string) => compiled.map((rule) => rule.when?.(view, now));
}

describe('whether rules apply that want the same', () => {
  const when = { S3KeyPrefix: 'a' };

  test('is asked of a resource once', () => {
    const [one, other] = applying({ when }, { when, require: { Name: 'x' } })(main);
    expect(one?.truth).toBe('yes');
    expect(other).toBe(one);
  });

  test('is asked of each resource', () => {
    const asked = applying({ when }, { when });
    expect(asked(main)[0]?.truth).toBe('yes');
    expect(asked(named('AWS::CloudTrail::Trail', 'spare')).map((answer) => answer?.truth)).toEqual(['no', 'no']);
  });

  test('says of its evidence that it is that', () => {
    const [answer] = applying({ when })(main);
    expect(answer?.evidence).toEqual([
      {
        path: 'S3KeyPrefix',
        expected: 'a',
        actual: 'a',
        from: 'cloudtrail:DescribeTrails',
        resource: main.id,
        when: true,
      },
    ]);
  });

  test('is asked anew at another time', () => {
    const lately = { Status: { LatestDeliveryTime: { within: '24h' } } };
    const asked = applying({ when: lately }, { when: lately });
    const late = viewAccount(
      snapshotWith({
        'AWS::CloudTrail::Trail': [trail('main', { Status: { LatestDeliveryTime: '2026-11-20T08:00:00Z' } })],
      }),
      { registry: resourceTypes },
    ).byType.get('AWS::CloudTrail::Trail')?.[0];
    if (!late) throw new Error('no trail');
    const truths = (now: string) => asked(late, now).map((answer) => answer?.truth);
    expect(truths('2026-11-20T09:00:00Z')).toEqual(['yes', 'yes']);
    expect(truths('2026-11-25T09:00:00Z')).toEqual(['unknown', 'unknown']);
    expect(truths('2026-11-20T09:00:00Z')).toEqual(['yes', 'yes']);
  });

  test('is a question of each rule where a parameter decides it', () => {
    const rule = (value: string): Partial<RuleDefinition> => ({
      parameters: { prefix: { type: 'string', default: value } },
      when: { S3KeyPrefix: '$prefix' },
    });
    expect(applying(rule('a'), rule('b'))(main).map((answer) => answer?.truth)).toEqual(['yes', 'no']);
  });

  test('is another question about another type of resource', () => {
    const ofName = { Name: 'main' };
    const asked = applying({ when: ofName }, { when: ofName, resource: 'AWS::S3::Bucket' });
    expect(asked(main)[0]?.evidence[0]?.from).toBe('cloudtrail:DescribeTrails');
    expect(asked(named('AWS::S3::Bucket', 'main'))[1]?.evidence[0]?.from).toBe('s3:ListBuckets');
  });
});

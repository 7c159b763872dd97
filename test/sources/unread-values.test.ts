import { describe, expect, test } from 'vitest';
import { valuesRead } from '../../src/cli/plan.ts';
import { everything } from '../../src/collectors/plan.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule, type Rule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { CriticalSelector } from '../../src/snapshot/resource-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { recordingSend } from '../../src/sources/record.ts';
import { readRecording } from '../../src/sources/recording.ts';
import { replaySource } from '../../src/sources/source.ts';
import { type ValuesRead, withoutUnread } from '../../src/sources/unread-values.ts';
import { collectFrom } from '../collectors/collect-in-memory.ts';
import { account, answers, inMemoryAccount } from '../collectors/in-memory-account.ts';
import { runnableRules } from '../evaluation/every-case.ts';

const registry = resourceTypes;
const plan = everything(registry);

/** What a run sees, and what the recording that it leaves gives. */
async function recorded(read: ValuesRead): Promise<{ live: Snapshot; replayed: Snapshot; text: string }> {
  const recorder = recordingSend(inMemoryAccount(answers).send, withoutUnread(registry, read));
  const live = await collectFrom(answers, { send: recorder.send, plan });
  const { id, partition } = account;
  const lines = recorder.lines({ collectedAt: live.collectedAt ?? '', account: id, partition, regions: live.regions });
  const replayed = await replaySource({ recording: readRecording(lines), registry, plan })();
  return { live, replayed, text: lines.join('\n') };
}

function rule(resource: string, require: RuleDefinition['require'], more: Partial<RuleDefinition> = {}): Rule {
  const definition = {
    id: 'my-rule',
    title: 'My rule',
    severity: 'low',
    resource,
    why: 'x',
    require,
    ...more,
  } as const;
  const { rule: compiled, problems } = compileRule(definition, { registry, criticalTags: true });
  expect(problems).toEqual([]);
  return compiled;
}

const judge = (
  snapshot: Snapshot,
  rules: readonly Rule[],
  critical: readonly CriticalSelector[] = [],
): readonly Finding[] => evaluate(rules, viewAccount(snapshot, { registry, critical }), snapshot.collectedAt).findings;

const trail = 'AWS::CloudTrail::Trail';
const bucket = 'AWS::S3::Bucket';
const topic = 'AWS::SNS::Topic';

describe('what a run reads', () => {
  test.each<readonly [string, Rule, readonly string[]]>([
    ['one tag', rule(trail, { tags: { owner: { like: 's*' } } }), [`${trail}.tags.owner`]],
    ['the tags as they are', rule(trail, { tags: { empty: false } }), [`${trail}.tags`]],
    ['a tag and whether there are any', rule(trail, { tags: { exists: true, owner: 'x' } }), [`${trail}.tags`]],
    [
      'a tag behind a relation',
      rule(trail, { bucket: { any: [{ tags: { a: 'b' } }, { not: { tags: { c: { in: ['d'] } } } }] } }),
      [`${bucket}.tags.a`, `${bucket}.tags.c`],
    ],
    [
      'a tag of which is asked',
      rule(trail, { id: { exists: true } }, { when: { tags: { owner: 'x' } } }),
      [`${trail}.tags.owner`],
    ],
    [
      'tags in a text',
      rule(trail, { id: { exists: true } }, { remediation: { text: 'It has {tags}.' } }),
      [`${trail}.tags`],
    ],
    ['a property', rule(topic, { Subscriptions: { some: { Protocol: 'email' } } }), [`${topic}.Subscriptions`]],
    ['nothing but a verb', rule('AWS::Account', { alerts: { events: { eventName: 'StopLogging' } } }), []],
  ])('%s', (_, { reads }, expected) => {
    expect([...reads]).toEqual(expected);
  });

  test('is also what makes a resource critical', () => {
    expect([...valuesRead([], ['a-bucket', { tag: { 'data-class': 'restricted' } }])]).toEqual([
      'AWS::S3::Bucket.tags.data-class',
      'AWS::Lambda::Function.tags.data-class',
      'AWS::DynamoDB::Table.tags.data-class',
    ]);
  });
});

describe('a recording', () => {
  test('of a run that reads none holds no value of a tag and nobody to tell, but their keys', async () => {
    const { text } = await recorded(new Set());
    for (const kept of ['"owner"', '"data-class"', '(redacted)', '"Protocol":"email"']) expect(text).toContain(kept);
    for (const gone of ['"security"', 'restricted', 'audit@example.com']) expect(text).not.toContain(gone);
  });

  test('keeps the values that are read, and those of no other type', async () => {
    const { replayed } = await recorded(new Set([`${trail}.tags.owner`, `${bucket}.tags.other`]));
    const tagsOf = (type: string) => replayed.resources[type]?.flatMap(({ tags }) => tags ?? []);
    expect(tagsOf(trail)).toEqual([{ owner: 'security' }, { owner: 'security' }]);
    expect(tagsOf(bucket)).toEqual([{ 'data-class': '(redacted)' }]);
    expect(tagsOf('AWS::DynamoDB::Table')).toEqual([{ 'data-class': '(redacted)' }]);
    expect(tagsOf('AWS::KMS::Key')).toEqual([{ owner: '(redacted)' }, { owner: '(redacted)' }]);
  });

  test.each<readonly [string, Rule, readonly CriticalSelector[]]>([
    ['a tag', rule(trail, { tags: { owner: 'security' } }), []],
    ['not a tag', rule(trail, { tags: { owner: { not: 'security' } } }), []],
    ['the tags', rule(trail, { tags: { empty: false } }), []],
    ['a tag behind a relation', rule(trail, { key: { tags: { owner: { like: 'sec*' } } } }), []],
    ['whether something is critical', rule(bucket, { critical: false }), [{ tag: { 'data-class': 'restricted' } }]],
    ['subscriptions', rule(topic, { Subscriptions: { every: { Endpoint: { like: '*@example.com' } } } }), []],
  ])('gives the report of its run: %s', async (_, one, critical) => {
    const { live, replayed } = await recorded(valuesRead([one], critical));
    expect(JSON.stringify(judge(replayed, [one], critical))).toBe(JSON.stringify(judge(live, [one], critical)));
    expect(judge(live, [one], critical).some(({ status }) => status !== 'unknown')).toBe(true);
  });

  test('gives the report of its run by all built-in rules', async () => {
    const rules = runnableRules.flatMap(({ cases }) => cases[0]?.rule ?? []);
    const { live, replayed } = await recorded(valuesRead(rules, []));
    expect(JSON.stringify(judge(replayed, rules))).toBe(JSON.stringify(judge(live, rules)));
  });
});

describe('a value that was left out', () => {
  test.each<readonly [string, Rule, readonly CriticalSelector[], readonly string[]]>([
    ['is not known', rule(bucket, { tags: { 'data-class': 'restricted' } }), [], ['unknown', 'fail', 'fail']],
    [
      'is not known under not',
      rule(bucket, { tags: { 'data-class': { not: 'public' } } }),
      [],
      ['unknown', 'pass', 'pass'],
    ],
    ['is there', rule(bucket, { tags: { 'data-class': { exists: true } } }), [], ['pass', 'fail', 'fail']],
    [
      'makes nothing critical, and nothing uncritical',
      rule(bucket, { critical: false }),
      [{ tag: { 'data-class': 'restricted' } }],
      ['unknown', 'pass', 'pass'],
    ],
    [
      'of others is no matter where a name decides',
      rule(bucket, { critical: true }),
      ['audit-*', { tag: { 'data-class': 'x' } }],
      ['pass', 'fail', 'fail'],
    ],
  ])('%s', async (_, one, critical, wanted) => {
    const { replayed } = await recorded(new Set());
    const named = ['audit-logs', 'access-logs', 'website'];
    const findings = judge(replayed, [one], critical).filter(({ resource }) => named.includes(resource.name));
    const byName = new Map(findings.map((finding) => [finding.resource.name, finding]));
    expect(named.map((name) => byName.get(name)?.status)).toEqual(wanted);
    const gaps = findings.flatMap(({ evidence }) => evidence).flatMap(({ gap }) => gap ?? []);
    expect(new Set(gaps.map(({ error }) => error))).toEqual(new Set(wanted.includes('unknown') ? ['Redacted'] : []));
  });
});

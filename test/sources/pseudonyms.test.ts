import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { everything } from '../../src/collectors/plan.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { publicIds } from '../../src/resource-types/aws-accounts.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { pseudonymsFor, redactIds, withPseudonyms } from '../../src/sources/pseudonyms.ts';
import { recordingSend } from '../../src/sources/record.ts';
import { readRecording } from '../../src/sources/recording.ts';
import { replaySource } from '../../src/sources/source.ts';
import { collectFrom } from '../collectors/collect-in-memory.ts';
import { account, answers, inMemoryAccount } from '../collectors/in-memory-account.ts';
import { recordedAnswers } from '../conformance/conformance-folder.ts';
import { joinRecordings } from '../conformance/joined-recording.ts';
import { runnableRules } from '../evaluation/every-case.ts';

const registry = resourceTypes;
const plan = everything(registry);
const root = fileURLToPath(new URL('../../', import.meta.url));
const rules = runnableRules.flatMap(({ cases }) => cases[0]?.rule ?? []);

/** As the patterns of the ids are documented, not as they are looked for. */
const idsIn = (text: string): readonly string[] =>
  [
    ...text.matchAll(/\b[0-9a-f]{64}\b/g),
    ...text.matchAll(/\bA(?:KIA|SIA|IDA|ROA)[A-Z0-9]{16}\b/g),
    ...text.matchAll(/(?<=["/:\\])(?:o|ou-[a-z0-9]+)-[a-z0-9]{8,32}(?=["/\\])/g),
    ...text.matchAll(/(?<!\d)\d{12}(?!\d)/g),
  ]
    .map(([id]) => id)
    .filter((id) => !publicIds.has(id));

const statuses = (snapshot: Snapshot): readonly string[] =>
  evaluate(rules, viewAccount(snapshot, { registry }), snapshot.collectedAt).findings.map(
    ({ rule, status, resource }) => `${rule} ${status} ${resource.type} ${resource.region}`,
  );

const replayed = (lines: readonly string[], collectedAt?: string): Promise<Snapshot> =>
  replaySource({ recording: readRecording(lines), registry, plan, ...(collectedAt && { collectedAt }) })();

async function inMemory(): Promise<readonly string[]> {
  const recorder = recordingSend(inMemoryAccount(answers).send, (_, answer) => answer);
  const { collectedAt = '', regions } = await collectFrom(answers, { send: recorder.send, plan });
  return recorder.lines({ collectedAt, account: account.id, partition: account.partition, regions });
}

const example = readFileSync(`${root}examples/recording.jsonl`, 'utf8').trimEnd().split('\n');
const header = (collectedAt: string, id: string) =>
  JSON.stringify({ trailproof: 'recording/1', collectedAt, account: id, partition: 'aws', regions: ['us-east-1'] });
const others = joinRecordings(recordedAnswers('c7n-recorded-cloudtrail')).map(({ name, lines, collectedAt }) => {
  const [id = '644160558196'] = /(?<=:)\d{12}(?=:)/.exec(lines.join('\n')) ?? [];
  return [name, [header(collectedAt, id), ...lines]] as const;
});

const recordings = [['the example', example], ['an account in memory', await inMemory()], ...others] as const;

describe('a recording with made-up ids', () => {
  test.each(recordings)('of %s has the same statuses in the same order', async (_, lines) => {
    const before = statuses(await replayed(lines));
    expect(statuses(await replayed(redactIds(lines)))).toEqual(before);
    expect(before.length).toBeGreaterThan(rules.length - 1);
  });

  test.each(recordings)('of %s holds no id that it held', (_, lines) => {
    const [before, after] = [lines.join('\n'), redactIds(lines).join('\n')];
    const ids = idsIn(before);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => after.includes(id))).toEqual([]);
  });

  test.each(recordings)('of %s is the same when it is redacted again, and sorted', (_, lines) => {
    const once = redactIds(lines);
    expect(redactIds(once)).toEqual(once);
    expect(redactIds([lines[0] ?? '', ...lines.slice(1).toReversed()])).toEqual(once);
  });
});

test.each(runnableRules.flatMap(({ title, cases }) => cases.map((one) => [`${title}: ${one.name}`, one] as const)))(
  '%s',
  (_, { snapshot, parameters, judge }) => {
    // Whoever judges what was redacted has to name the ids in parameters as it does.
    const pseudonyms = pseudonymsFor([snapshot, parameters]);
    const said = (it: Snapshot, set: typeof parameters) =>
      judge(it, set).map(({ status, resource }) => `${status} ${resource.type}`);
    expect(said(withPseudonyms(snapshot, pseudonyms), withPseudonyms(parameters, pseudonyms))).toEqual(
      said(snapshot, parameters),
    );
  },
);

test.each(['broken-account.yaml', 'healthy-account.yaml'])('the snapshot %s has the same statuses', (name) => {
  const snapshot = parse(readFileSync(`${root}examples/${name}`, 'utf8')) as Snapshot;
  expect(statuses(withPseudonyms(snapshot, pseudonymsFor([snapshot])))).toEqual(statuses(snapshot));
});

describe('a made-up id', () => {
  const told = (text: string, ...others: readonly string[]) => pseudonymsFor([text, ...others])(text);
  const canonical = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

  test.each([
    ['of an account', 'arn:aws:iam::444455556666:root', 'arn:aws:iam::100000000001:root'],
    ['in a name', 'audit-logs-444455556666-us-east-1', 'audit-logs-100000000001-us-east-1'],
    ['beside letters', 'logs444455556666prod', 'logs100000000001prod'],
    ['in a path', 'AWSLogs/444455556666/CloudTrail/*', 'AWSLogs/100000000001/CloudTrail/*'],
    [
      'in a policy that is text',
      '{\\"AWS\\":[\\"444455556666\\",\\"arn:aws:iam::111122223333:root\\"]}',
      '{\\"AWS\\":[\\"100000000002\\",\\"arn:aws:iam::100000000001:root\\"]}',
    ],
    ['that is a number', '{ $.recipientAccountId = 044455556666 }', '{ $.recipientAccountId = 100000000001 }'],
    ['of an organization', 'AWSLogs/o-exampleorgid/444455556666/', 'AWSLogs/o-0000000001/100000000001/'],
    [
      'of a unit in it',
      'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/*',
      'o-0000000001/r-0001/ou-0000-00000001/ou-0000-00000002/*',
    ],
    ['of a canonical user', `id="${canonical}"`, `id="${'1'.padStart(64, '0')}"`],
    ['of an access key', 'key AKIAIOSFODNN7EXAMPLE', 'key AKIA0000000000000001'],
    ['of a role, with its session', 'AROADBQP57FF2AEXAMPLE:jane', 'AROA00000000000000001:jane'],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test('of a root is also where it is named alone, once an organization says that it is one', () => {
    expect(told('r-ab12', 'o-a1b2c3d4e5/r-ab12/')).toBe('r-0001');
    expect(told('r-ab12')).toBe('r-ab12');
    expect(told('logs-r-ab12', 'o-a1b2c3d4e5/r-ab12/')).toBe('logs-r-ab12');
  });

  test.each([
    ['AWS has and everybody knows', 'arn:aws:iam::086441151436:root arn:aws:iam::127311923021:root'],
    ['is of nobody', 'arn:aws:cloudtrail:us-east-1:999999999999:trail/x 000000000000'],
    ['delivers logs', 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0'],
    ['is a service', 'cloudtrail.amazonaws.com'],
    ['is the organization of nobody', 'o-0000000000'],
    ['is too short or too long', '11112222333 1111222233334 1795392149155'],
    ['is no organization', 'o-short co-exampleorgid r-logs'],
    ['is a time', '2026-11-20T09:00:00.000Z'],
  ])('is not made of what %s', (_, text) => {
    expect(told(text)).toBe(text);
  });

  test('is the same in all texts, whichever of them it was met in first', () => {
    const [a, b] = ['arn:aws:iam::444455556666:root', 'bucket-444455556666 111122223333'];
    const [one, other] = [pseudonymsFor([a, b]), pseudonymsFor([{ [b]: [a] }])];
    expect([one(a), one(b)]).toEqual(['arn:aws:iam::100000000002:root', 'bucket-100000000002 100000000001']);
    expect([other(a), other(b)]).toEqual([one(a), one(b)]);
  });

  const id = fc.integer({ min: 0, max: 999 }).map((number) => `2222${String(number).padStart(8, '0')}`);
  const arn = fc.tuple(id, fc.constantFrom('a', 'b')).map(([own, name]) => `arn:aws:iam::${own}:role/${name}-${own}`);

  test('keeps what is sorted in its order, holds nothing of the ids, and is made of itself again', () => {
    fc.assert(
      fc.property(fc.array(arn, { minLength: 1, maxLength: 40 }), (arns) => {
        const made = arns.map(pseudonymsFor(arns));
        expect(made.toSorted()).toEqual(arns.toSorted().map(pseudonymsFor(arns)));
        expect(new Set(made).size).toBe(new Set(arns).size);
        expect(made.join()).not.toContain('2222');
        expect(made.map(pseudonymsFor(made))).toEqual(made);
      }),
      { seed: 20261120 },
    );
  });
});

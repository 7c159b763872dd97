import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { finders } from '../../src/resource-types/operations.ts';
import type { ResourceType } from '../../src/resource-types/resource-type.ts';
import { flag, object, tags, text, time } from '../../src/resource-types/shape.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';
import { compareReading } from './compare-reading.ts';
import { compareWithAnswer } from './compare-with-answer.ts';
import { describeCases, type RecordedAnswer, recordedAnswers, reportCases } from './conformance-folder.ts';
import { expectGolden } from './golden.ts';
import { readRecordedAnswer } from './read-recorded-answer.ts';

const validate = new Ajv({ strict: true, allErrors: true, discriminator: true }).compile(snapshotSchema(resourceTypes));
const answers = [...recordedAnswers('aws-cli-shapes'), ...recordedAnswers('c7n-recorded-cloudtrail')];

/** The tags of all that is CloudTrail's come from one operation; the answers are about trails. */
const arnsOf: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::EventDataStore': ':eventdatastore/',
  'AWS::CloudTrail::Channel': ':channel/',
};

const readings = answers.flatMap((answer) => typesThatRead(answer).map((type) => ({ answer, type })));
const undeclared = answers.filter((answer) => typesThatRead(answer).length === 0);

function typesThatRead({ operation, response }: RecordedAnswer): readonly ResourceType[] {
  const declaring = Object.values<ResourceType>(resourceTypes).filter(
    (type) => finders(type).includes(operation) || Object.hasOwn(type.reads, operation),
  );
  const text = JSON.stringify(response);
  return declaring.filter(({ name }) => text.includes(arnsOf[name] ?? ''));
}

async function compared({ answer, type }: (typeof readings)[number]) {
  const snapshot = await readRecordedAnswer(type, answer);
  return { snapshot, ...compareReading(type, answer, snapshot.resources[type.name] ?? []) };
}

describeCases('each answer is read by the own reader of its operation', () => {
  test.each(readings.map((reading) => [reading.answer.id, reading.type.name, reading] as const))(
    '%s as %s',
    async (_id, _name, reading) => {
      const { snapshot, agreed, wrong } = await compared(reading);
      expect(snapshot.gaps).toEqual([]);
      expect(wrong).toEqual([]);
      // Nothing agrees with nothing: where AWS says something, something must have come out.
      expect(agreed.length > 0).toBe(!isEmptyList(reading.answer));
      validate(snapshot);
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  test('every answer is either read or named as one that no type declares', () => {
    const read = new Set(readings.map(({ answer }) => answer));
    expect(read.size + undeclared.length).toBe(answers.length);
    expectGolden('undeclared-operations.txt', counted(undeclared.map(({ operation }) => operation)));
  });

  test('what AWS says beside the declared properties is named', async () => {
    const comparisons = await Promise.all(
      readings.map(async (reading) => {
        const { undeclared: members } = await compared(reading);
        return members.map((member) => `${reading.answer.operation} ${member}\n`);
      }),
    );
    expectGolden('undeclared-members.txt', [...new Set(comparisons.flat())].sort().join(''));
  });

  afterAll(() => {
    const operations = new Set(undeclared.map(({ operation }) => operation)).size;
    reportCases('shapes', {
      answers: answers.length,
      'read and agreed': answers.length - undeclared.length,
      [`of ${operations} operations that no type declares`]: undeclared.length,
    });
  });
});

const isEmptyList = ({ response }: RecordedAnswer): boolean =>
  Object.values(response).every((value) => Array.isArray(value) && value.length === 0);

/** `2 kms:ListKeys` a line. */
function counted(operations: readonly string[]): string {
  const byName = Map.groupBy(operations, (operation) => operation);
  const lines = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { length }]) => `${length} ${name}\n`);
  return lines.join('');
}

describe('the comparison itself', () => {
  const shape = object<Record<'Name' | 'On' | 'At' | 'tags' | 'Inner', unknown>>()({
    Name: text,
    On: flag,
    At: time,
    Inner: object<{ Deep: string }>()({ Deep: text }),
  });
  const compare = (answer: unknown, actual: unknown) =>
    compareWithAnswer({ node: shape.node, answer, actual, path: '' });

  test('spellings and times of AWS agree with ours', () => {
    const answer = { name: 'a', on: true, at: 1452193834.344, inner: { deep: 'x', other: 1 }, more: 2 };
    const actual = { Name: 'a', On: true, At: '2016-01-07T19:10:34.344Z', Inner: { Deep: 'x' } };
    expect(compare(answer, actual)).toEqual({
      agreed: ['Name', 'On', 'At', 'Inner.Deep'],
      undeclared: ['Inner.Other', 'More'],
      wrong: [],
    });
  });

  test.each([
    [{ Name: 'a' }, {}, 'Name is absent where AWS said "a"'],
    [{ Name: 'a' }, { Name: 'b' }, 'Name is "b" where AWS said "a"'],
    [{}, { Name: 'b' }, 'Name is "b" where AWS said nothing'],
    [{ Inner: { Deep: 'x' } }, {}, 'Inner.Deep is absent where AWS said "x"'],
    [{ On: false }, { On: 'false' }, 'On is "false" where AWS said false'],
    [
      { At: 1452193834 },
      { At: '2016-01-07T20:10:34+01:00' },
      'At is "2016-01-07T20:10:34+01:00" where AWS said 1452193834',
    ],
    [{ At: 1452193834 }, { At: '2016-01-07T19:10:35Z' }, 'At is "2016-01-07T19:10:35Z" where AWS said 1452193834'],
  ])('%j read as %j', (answer, actual, wrong) => {
    expect(compare(answer, actual).wrong).toEqual([wrong]);
  });

  test('tags of every service are one map', () => {
    const of = (answer: unknown) =>
      compareWithAnswer({ node: tags.node, answer, actual: { a: '1' }, path: 'tags' }).agreed;
    expect([of([{ Key: 'a', Value: '1' }]), of([{ TagKey: 'a', TagValue: '1' }]), of({ a: '1' }), of([])]).toEqual([
      ['tags'],
      ['tags'],
      ['tags'],
      [],
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { everything } from '../../src/collectors/plan.ts';
import { AppError } from '../../src/errors.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { AwsSession } from '../../src/sources/aws-session.ts';
import { readRecording } from '../../src/sources/recording.ts';
import { accountOfRole, liveSource, replaySource } from '../../src/sources/source.ts';
import { collectFrom } from '../collectors/collect-in-memory.ts';
import { answers, inMemoryAccount } from '../collectors/in-memory-account.ts';

const registry = resourceTypes;
const plan = everything(registry);
const collectedAt = '2026-11-20T09:00:00.000Z';
const session =
  (overrides: Partial<AwsSession> = {}) =>
  async (): Promise<AwsSession> => ({
    send: inMemoryAccount(answers).send,
    identify: async () => ({ account: '111122223333', partition: 'aws', arn: 'arn:aws:iam::111122223333:user/audit' }),
    assumeRole: async () => undefined,
    enter: () => {
      throw new Error('one account needs no other');
    },
    ...overrides,
  });
const environment = {};
/** All that a recording might leave out. */
const read = new Set([...Object.keys(registry).map((type) => `${type}.tags`), 'AWS::SNS::Topic.Subscriptions']);

describe('live', () => {
  test('reads the account that the credentials belong to', async () => {
    const snapshot = await liveSource({ registry, plan, read, collectedAt, session: { environment } }, session())();
    expect(JSON.stringify(snapshot)).toBe(JSON.stringify(await collectFrom(answers)));
  });

  test('records what it reads, and the recording gives the same bytes', async () => {
    const kept: string[] = [];
    const record = async (lines: readonly string[]) => void kept.push(...lines);
    const snapshot = await liveSource(
      { registry, plan, read, collectedAt, session: { environment }, record },
      session(),
    )();
    const replayed = await replaySource({ recording: readRecording(kept), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test('records calls that time ran out on', async () => {
    const kept: string[] = [];
    const record = async (lines: readonly string[]) => void kept.push(...lines);
    const options = {
      registry,
      plan,
      read,
      collectedAt,
      record,
      session: { environment, deadline: AbortSignal.abort() },
    };
    const snapshot = await liveSource(options, session())();
    const replayed = await replaySource({ recording: readRecording(kept), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
    expect(new Set(snapshot.gaps?.map(({ error }) => error))).toEqual(new Set(['TimedOut']));
  });

  test('a role that AWS refuses is an account of which nothing is known', async () => {
    const refused = session({
      assumeRole: async () => ({ code: 'AccessDenied', message: 'not authorized to perform: sts:AssumeRole' }),
    });
    const roleArn = 'arn:aws-us-gov:iam::444455556666:role/audit';
    const snapshot = await liveSource(
      { registry, plan, read, collectedAt, session: { environment, roleArn } },
      refused,
    )();
    expect(snapshot).toEqual({
      trailproof: 'snapshot/1',
      account: { id: '444455556666', partition: 'aws-us-gov' },
      collectedAt,
      regions: [],
      resources: {},
      operations: [],
      gaps: [
        {
          operation: 'sts:AssumeRole',
          error: 'AccessDenied',
          message: `${roleArn} could not be assumed: not authorized to perform: sts:AssumeRole`,
        },
      ],
      absent: [],
    });
  });

  test('its recording says so, without the external id, and gives the same bytes', async () => {
    const kept: string[] = [];
    const record = async (lines: readonly string[]) => void kept.push(...lines);
    const roleArn = 'arn:aws-us-gov:iam::444455556666:role/audit';
    const refused = session({ assumeRole: async () => ({ code: 'AccessDenied' }) });
    const role = { environment, roleArn, externalId: 'a-shared-secret' };
    const snapshot = await liveSource({ registry, plan, read, collectedAt, session: role, record }, refused)();
    expect(kept).toHaveLength(2);
    expect(kept.join()).not.toContain('a-shared-secret');
    const replayed = await replaySource({ recording: readRecording(kept), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test("goes by AWS's clock where this machine's is wrong and nobody said the time", async () => {
    const identity = { account: '111122223333', partition: 'aws', arn: 'arn:aws:iam::111122223333:user/audit' };
    const behind = session({ identify: async () => ({ ...identity, clockAhead: -3600 }) });
    const options = { registry, plan, read, collectedAt: '2026-11-20T09:00:00Z', session: { environment } };
    const kept: string[] = [];
    const record = async (lines: readonly string[]) => void kept.push(...lines);
    const snapshot = await liveSource({ ...options, clock: 'machine', record }, behind)();
    expect(snapshot.collectedAt).toBe('2026-11-20T10:00:00Z');
    expect(kept[0]).toContain('"collectedAt":"2026-11-20T10:00:00Z"');
    expect((await liveSource(options, behind)()).collectedAt).toBe('2026-11-20T09:00:00Z');
  });

  test('without credentials concludes nothing', async () => {
    const nobody = session({
      identify: async () => {
        throw new AppError('credentials', 'There are no usable AWS credentials');
      },
    });
    const source = liveSource({ registry, plan, read, collectedAt, session: { environment } }, nobody);
    await expect(source()).rejects.toMatchObject({ code: 'credentials' });
  });

  test('an ARN that is no role is a mistake of usage', () => {
    expect(() => accountOfRole('arn:aws:iam::111122223333:user/x')).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

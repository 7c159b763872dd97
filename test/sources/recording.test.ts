import { describe, expect, test } from 'vitest';
import type { Members } from '../../src/collectors/call.ts';
import { everything, type Plan } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { recordingSend } from '../../src/sources/record.ts';
import { accountOfRecording, readRecording, regionsOfRecording } from '../../src/sources/recording.ts';
import { replaySend } from '../../src/sources/replay.ts';
import { replaySource } from '../../src/sources/source.ts';
import { collectFrom } from '../collectors/collect-in-memory.ts';
import { type Answers, account, answers, awsError, ids, inMemoryAccount } from '../collectors/in-memory-account.ts';

const registry = resourceTypes;
const plan = everything(registry);

/** Nothing is taken out but what nobody may keep. */
const whole = (_: unknown, answer: Members): Members => answer;

async function recorded(table: Answers, wanted: Plan = plan, regions?: readonly string[]) {
  const recorder = recordingSend(inMemoryAccount(table).send, whole);
  const snapshot = await collectFrom(table, { send: recorder.send, plan: wanted, ...(regions && { regions }) });
  const header = {
    collectedAt: snapshot.collectedAt ?? '',
    account: account.id,
    partition: account.partition,
    regions: snapshot.regions,
  };
  return { snapshot, lines: recorder.lines(header) };
}

describe('a recording', () => {
  test('is lines of calls, sorted, with the header first', async () => {
    const { lines } = await recorded(answers);
    expect(lines[0]).toBe(
      '{"trailproof":"recording/1","collectedAt":"2026-11-20T09:00:00.000Z","account":"111122223333","partition":"aws","regions":["eu-west-1","us-east-1"]}',
    );
    expect(lines.find((line) => line.includes('"DescribeTrails"'))).toMatch(
      /^\{"service":"cloudtrail","operation":"DescribeTrails","region":"eu-west-1","params":\{"includeShadowTrails":true\},"response":\{"trailList":\[/,
    );
    const keys = lines.slice(1).map((line) => {
      const { service, operation, region, params } = JSON.parse(line);
      return JSON.stringify([service, operation, region, params]);
    });
    expect(keys).toEqual([...keys].sort());
    expect(keys).toHaveLength(new Set(keys).size);
    expect(lines).toContain(
      '{"service":"s3","operation":"GetBucketPolicy","region":"eu-west-1","params":{"Bucket":"website"},"error":{"code":"NoSuchBucketPolicy","message":"NoSuchBucketPolicy happened"}}',
    );
  });

  test('replays to the same bytes', async () => {
    const { snapshot, lines } = await recorded(answers);
    const replayed = await replaySource({ recording: readRecording(lines), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test('of a part of the regions replays to the same bytes', async () => {
    const { snapshot, lines } = await recorded(answers, plan, ['us-east-1']);
    const replayed = await replaySource({ recording: readRecording(lines), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test('of nothing but refusals replays to the same bytes', async () => {
    const { snapshot, lines } = await recorded({});
    const replayed = await replaySource({ recording: readRecording(lines), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test('joins pages into one call; where one failed, it holds both what was read and why it ended', async () => {
    const paged: Answers = {
      ...answers,
      's3:ListBuckets': ({ ContinuationToken }) => {
        if (ContinuationToken === 'b') throw awsError('SlowDown', 'Please reduce your request rate.');
        if (ContinuationToken === 'a')
          return { Buckets: [{ Name: 'website', BucketRegion: 'eu-west-1' }], ContinuationToken: 'b' };
        return { Buckets: [{ Name: 'audit-logs', BucketRegion: 'us-east-1' }], ContinuationToken: 'a' };
      },
    };
    const { snapshot, lines } = await recorded(paged);
    expect(lines.filter((line) => line.includes('ListBuckets'))).toEqual([
      '{"service":"s3","operation":"ListBuckets","region":"us-east-1","params":{},"response":{"Buckets":[{"Name":"audit-logs","BucketRegion":"us-east-1"},{"Name":"website","BucketRegion":"eu-west-1"}]},"error":{"code":"SlowDown","message":"Please reduce your request rate."}}',
    ]);
    const replayed = await replaySource({ recording: readRecording(lines), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test('of pages that come back to the same token replays to the same bytes', async () => {
    const endless: Answers = {
      ...answers,
      'cloudtrail:ListEventDataStores': () => ({ EventDataStores: [], NextToken: 'a' }),
    };
    const { snapshot, lines } = await recorded(endless);
    expect(snapshot.gaps?.map(({ error }) => error)).toContain('RepeatedToken');
    const replayed = await replaySource({ recording: readRecording(lines), registry, plan })();
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(snapshot));
  });

  test('holds no credentials, no names of people, no request ids', async () => {
    const recorder = recordingSend(
      async () => ({
        $metadata: { requestId: 'r-1' },
        Credentials: { AccessKeyId: 'AKIA', SecretAccessKey: 's', SessionToken: 't' },
        Owner: { ID: '75aa', DisplayName: 'Jane Roe', EmailAddress: 'jane@example.com' },
        tags: { DisplayName: 'a tag' },
      }),
      whole,
    );
    await recorder.send({ service: 's3', operation: 'GetBucketAcl', region: 'us-east-1', params: { Bucket: 'b' } });
    const header = { collectedAt: '2026-11-20T09:00:00Z', account: account.id, partition: 'aws', regions: [] };
    expect(recorder.lines(header).slice(1)).toEqual([
      '{"service":"s3","operation":"GetBucketAcl","region":"us-east-1","params":{"Bucket":"b"},"response":{"Owner":{"ID":"75aa"},"tags":{"DisplayName":"a tag"}}}',
    ]);
  });

  test('that lacks a call gives a gap, not an empty answer', async () => {
    const { lines } = await recorded(answers);
    const without = lines.filter((line) => !line.includes('"GetTrailStatus"') || line.includes(ids.local));
    const { gaps } = await replaySource({ recording: readRecording(without), registry, plan })();
    expect(gaps).toContainEqual({
      operation: 'cloudtrail:GetTrailStatus',
      resource: ids.main,
      region: 'us-east-1',
      error: 'NotRecorded',
      message: 'The recording has no such call of cloudtrail:GetTrailStatus in us-east-1.',
    });
  });
});

describe("somebody else's recording", () => {
  const call = (operation: string, params: unknown, response: unknown, region: string | null = null) =>
    JSON.stringify({ service: 'cloudtrail', operation, region, params, response });
  const ask = (lines: readonly string[], operation: string, params: Record<string, unknown>) =>
    replaySend(readRecording(lines), registry)({ service: 'cloudtrail', operation, region: 'eu-west-1', params });

  test('without regions answers for any', async () => {
    const lines = [call('DescribeTrails', null, { trailList: [] })];
    await expect(ask(lines, 'DescribeTrails', { includeShadowTrails: true })).resolves.toEqual({ trailList: [] });
  });

  test('of another region does not', async () => {
    const lines = [call('DescribeTrails', {}, { trailList: [] }, 'us-east-1')];
    await expect(ask(lines, 'DescribeTrails', { includeShadowTrails: true })).rejects.toMatchObject({
      name: 'NotRecorded',
    });
  });

  test('may name a trail instead of giving its ARN', async () => {
    const lines = [call('GetTrailStatus', { Name: 'main' }, { IsLogging: true })];
    await expect(ask(lines, 'GetTrailStatus', { Name: ids.main })).resolves.toEqual({ IsLogging: true });
    await expect(ask(lines, 'GetTrailStatus', { Name: `${ids.main}2` })).rejects.toMatchObject({ name: 'NotRecorded' });
  });

  test('may ask about several resources at once: each takes the entry about itself', async () => {
    const trailList = ['a', 'b', 'c'].map((name) => ({
      TrailARN: `arn:aws:cloudtrail:us-east-1:111122223333:trail/${name}`,
      HomeRegion: 'us-east-1',
    }));
    const [a, b, c] = trailList.map(({ TrailARN }) => TrailARN);
    const tagsOf = (ResourceId: unknown) => ({ ResourceId, TagsList: [{ Key: 'of', Value: ResourceId }] });
    const recording = readRecording([
      call('DescribeTrails', {}, { trailList }),
      call('ListTags', { ResourceIdList: [a, b, c] }, { ResourceTagList: [tagsOf(b), tagsOf(a)] }),
    ]);
    const snapshot = await replaySource({ recording, registry, plan, collectedAt: '2026-11-20T09:00:00Z' })();
    expect(snapshot.resources['AWS::CloudTrail::Trail']?.map(({ tags }) => tags)).toEqual([
      { of: a },
      { of: b },
      undefined,
    ]);
    expect(snapshot.gaps?.filter(({ operation }) => operation === 'cloudtrail:ListTags')).toEqual([
      {
        operation: 'cloudtrail:ListTags',
        resource: c,
        region: 'us-east-1',
        error: 'UnreadableAnswer',
        message: `No entry of the answer is about ${c}.`,
      },
    ]);
  });

  test('with a filter that we do not set is no answer to us', async () => {
    const lines = [
      call('DescribeTrails', { trailNameList: ['main'] }, { trailList: [] }),
      call('DescribeTrails', { includeShadowTrails: false }, { trailList: [] }),
    ];
    await expect(ask(lines, 'DescribeTrails', { includeShadowTrails: true })).rejects.toMatchObject({
      name: 'NotRecorded',
    });
  });

  test('may hold each page on a line of its own', async () => {
    const lines = [
      call('ListEventDataStores', {}, { EventDataStores: [{ Name: 'a' }], NextToken: 'x' }),
      call('ListEventDataStores', { NextToken: 'x' }, { EventDataStores: [{ Name: 'b' }] }),
    ];
    await expect(ask(lines, 'ListEventDataStores', {})).resolves.toEqual({
      EventDataStores: [{ Name: 'a' }, { Name: 'b' }],
    });
  });

  test('that ends before the last page is one with a page that failed', async () => {
    const page = (token: string, next: string) =>
      call('ListEventDataStores', { NextToken: token }, { EventDataStores: [{ Name: token }], NextToken: next });
    const lines = [call('ListEventDataStores', {}, { EventDataStores: [], NextToken: 'a' }), page('a', 'b')];
    const recording = readRecording(lines);
    expect(recording.calls).toEqual([
      {
        ...{ service: 'cloudtrail', operation: 'ListEventDataStores', region: null, params: {} },
        response: { EventDataStores: [{ Name: 'a' }] },
        error: { code: 'NotRecorded', message: 'The recording does not have all pages of the answer.' },
      },
    ]);
    expect(readRecording(lines.slice(0, 1)).calls).toEqual([
      { ...recording.calls[0], response: { EventDataStores: [] } },
    ]);
    const { gaps } = await replaySource({
      recording,
      registry,
      plan,
      collectedAt: '2026-11-20T09:00:00Z',
      account,
      regions: ['us-east-1'],
    })();
    expect(gaps).toContainEqual({
      operation: 'cloudtrail:ListEventDataStores',
      region: 'us-east-1',
      error: 'NotRecorded',
      message: 'The recording does not have all pages of the answer.',
    });
  });

  describe('may list log groups of which we ask for one by the beginning of its name', () => {
    const arnOf = (name: string) => `arn:aws:logs:us-east-1:${account.id}:log-group:${name}`;
    const trailList = [
      { TrailARN: ids.main, HomeRegion: 'us-east-1', CloudWatchLogsLogGroupArn: `${arnOf('trails')}:*` },
    ];
    const logGroups = [
      { logGroupName: 'other' },
      { logGroupName: 'trails-old' },
      { logGroupName: 'trails', retentionInDays: 30 },
    ];
    const list = (params: unknown, response: unknown, region: string | null = 'us-east-1') =>
      JSON.stringify({ service: 'logs', operation: 'DescribeLogGroups', region, params, ...(response as object) });
    const collected = async (...lines: readonly string[]) => {
      const recording = readRecording([call('DescribeTrails', {}, { trailList }, 'us-east-1'), ...lines]);
      const { resources, gaps, absent } = await replaySource({
        recording,
        registry,
        plan,
        collectedAt: '2026-11-20T09:00:00Z',
        account,
      })();
      return [
        resources['AWS::Logs::LogGroup']?.map(({ LogGroupName, RetentionInDays }) => [LogGroupName, RetentionInDays]),
        gaps
          ?.filter(({ operation }) => operation === 'logs:DescribeLogGroups')
          .map(({ resource, error }) => [resource, error]),
        absent?.map(({ resource }) => resource),
      ];
    };
    const found = [[['trails', 30]], [], []];
    const gone = [undefined, [], [arnOf('trails')]];
    const unknown = [undefined, [[arnOf('trails'), 'NotRecorded']], []];

    test.each<[string, readonly string[], readonly unknown[]]>([
      ['all of them', [list({}, { response: { logGroups } })], found],
      ['all of them, no more at a time', [list({ limit: 50 }, { response: { logGroups } })], found],
      ['those that begin as ours does', [list({ logGroupNamePrefix: 'tr' }, { response: { logGroups } })], found],
      ['all of them, wherever', [list(null, { response: { logGroups } }, null)], found],
      [
        'all of them on several pages',
        [
          list({}, { response: { logGroups: logGroups.slice(0, 2), nextToken: 'x' } }),
          list({ nextToken: 'x' }, { response: { logGroups: logGroups.slice(2) } }),
        ],
        found,
      ],
      ['all of them, and ours is not there', [list({}, { response: { logGroups: logGroups.slice(0, 2) } })], gone],
      [
        'some of them, and ours may be on the page that is missing',
        [list({}, { response: { logGroups: logGroups.slice(0, 2), nextToken: 'x' } })],
        unknown,
      ],
      ['some of them, and ours is there', [list({}, { response: { logGroups, nextToken: 'x' } })], found],
      ['all of nobody knows where, and ours is not there', [list({}, { response: { logGroups: [] } }, null)], unknown],
      ['all of another region', [list({}, { response: { logGroups } }, 'eu-west-1')], unknown],
      ['those of a class', [list({ logGroupClass: 'STANDARD' }, { response: { logGroups } })], unknown],
      ['those that begin otherwise', [list({ logGroupNamePrefix: 'trails-' }, { response: { logGroups } })], unknown],
      ['none, for it was refused', [list({}, { error: { code: 'AccessDenied' } })], unknown],
    ])('%s', async (_, lines, expected) => {
      expect(await collected(...lines)).toEqual(expected);
    });
  });

  test('may call a service by the prefix of its actions', () => {
    const lines = ['logs', 'config', 's3control', 'kms'].map((service) =>
      JSON.stringify({ service, operation: 'x', response: {} }),
    );
    expect(readRecording(lines).calls.map(({ service }) => service)).toEqual([
      'cloudwatch-logs',
      'config-service',
      's3-control',
      'kms',
    ]);
  });

  test('says its account and regions by what it holds', () => {
    const recording = readRecording([
      call('DescribeTrails', {}, { trailList: [{ TrailARN: ids.organization }] }, 'eu-west-1'),
      call('GetTrailStatus', {}, { a: ids.main, b: ids.local }, 'us-east-1'),
    ]);
    expect(accountOfRecording(recording)).toEqual({ id: '111122223333', partition: 'aws' });
    expect(regionsOfRecording(recording)).toEqual(['eu-west-1', 'us-east-1']);
    const nobody = readRecording([call('DescribeTrails', {}, { trailList: [] })]);
    expect(accountOfRecording(nobody)).toBeUndefined();
    expect(regionsOfRecording(nobody)).toBeUndefined();
  });

  test('that says neither account nor time needs to be told', async () => {
    const recording = readRecording([call('DescribeTrails', {}, { trailList: [] })]);
    await expect(replaySource({ recording, registry, plan })()).rejects.toMatchObject({
      code: 'input',
      hint: 'Give the account with --account.',
    });
    await expect(replaySource({ recording, registry, plan, account })()).rejects.toMatchObject({
      code: 'input',
      hint: 'Give the time with --now.',
    });
    const snapshot = await replaySource({ recording, registry, plan, account, collectedAt: '2026-11-20T09:00:00Z' })();
    expect(snapshot.regions).toEqual(['us-east-1']);
  });
});

describe('a file that is no recording', () => {
  test('has every mistake named', () => {
    const lines = [
      'not json',
      '[]',
      '',
      '{"service":"s3"}',
      '{"operation":"x"}',
      '{"service":"s3","operation":"x","region":1,"response":{}}',
      '{"service":"s3","operation":"x","params":[],"response":{}}',
      '{"service":"s3","operation":"x","response":[]}',
      '{"service":"s3","operation":"x","error":{}}',
      '{"trailproof":"snapshot/1"}',
      '{"trailproof":"recording/1","account":"111122223333","partition":"aws","collectedAt":"2026-11-20","regions":[1]}',
      '{"trailproof":"recording/1","account":"1","partition":"aws","collectedAt":"2026-11-20","regions":[]}',
      '{"trailproof":"recording/1","account":"111122223333","partition":"aws","collectedAt":"2026-13-45T00:00:00Z","regions":[]}',
      '{"trailproof":"recording/1","account":"111122223333","partition":"aws","collectedAt":"2026-11-20","regions":[]}',
      '{"trailproof":"recording/1","account":"444455556666","partition":"aws","collectedAt":"2026-11-20","regions":[]}',
    ];
    expect(() => readRecording(lines, 'calls.jsonl')).toThrow(
      expect.objectContaining({
        code: 'input',
        message: 'calls.jsonl is not a recording',
        details: [
          'calls.jsonl:1 is not a JSON object',
          'calls.jsonl:2 is not a JSON object',
          'calls.jsonl:4 has no operation',
          'calls.jsonl:5 has no service',
          'calls.jsonl:6 has a region that is no text',
          'calls.jsonl:7 has params that are no object',
          'calls.jsonl:8 has neither a response nor an error',
          'calls.jsonl:9 has an error without a code',
          'calls.jsonl:10 is a snapshot/1, not a recording/1',
          'calls.jsonl:11 is a header without regions',
          'calls.jsonl:12 is a header whose account has not 12 digits',
          'calls.jsonl:13 is a header whose collectedAt is no time',
          'calls.jsonl:15 begins another recording: keep each in a file of its own',
        ],
      }),
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { classOfRecord } from '../../src/cli/event-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-record-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'event.json');
function classOf(record: unknown): Promise<Readonly<Record<string, unknown>>> {
  writeFileSync(file, typeof record === 'string' ? record : JSON.stringify(record));
  return classOfRecord(file);
}

const call = { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' };
const lacking = {
  errorCode: { exists: false },
  errorMessage: { exists: false },
  sessionCredentialFromConsole: { exists: false },
  'userIdentity.arn': { exists: false },
  'userIdentity.invokedBy': { exists: false },
  'additionalEventData.MFAUsed': { exists: false },
  vpcEndpointId: { exists: false },
};

describe('a record as a class', () => {
  test.each<[string, object, object]>([
    ['what it says, and what it lacks', {}, {}],
    [
      'nothing of where and when',
      { awsRegion: 'eu-west-1', eventTime: 'x', eventID: 'x', requestID: 'x', recipientAccountId: '1' },
      { regions: 'eu-west-1' },
    ],
    [
      'flags and numbers as they are',
      { readOnly: false, requestParameters: { maxCount: 2 } },
      { readOnly: false, 'requestParameters.maxCount': 2 },
    ],
    ['nothing of nulls and lists', { requestParameters: null, errorCode: null, tags: ['a', { b: 1 }] }, {}],
    ['an error', { errorCode: 'AccessDenied' }, { errorCode: 'AccessDenied' }],
    [
      'names that are no paths',
      { requestParameters: { 'a.b': 1, x9: 1, 'list-type': 2, ok: 'y' } },
      { 'requestParameters.ok': 'y' },
    ],
    [
      'its category, where only a flag says it',
      { managementEvent: true },
      { managementEvent: true, eventCategory: 'Management' },
    ],
    [
      'its category, where both say it',
      { managementEvent: false, eventCategory: 'NetworkActivity' },
      { managementEvent: false, eventCategory: 'NetworkActivity' },
    ],
  ])('%s', async (_, more, expected) => {
    expect(await classOf({ ...call, ...more })).toEqual({ ...lacking, ...call, ...expected });
  });

  const bucket = { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::b' };
  test.each<[string, unknown, object]>([
    [
      'the object, not its bucket',
      [bucket, { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::b/k' }],
      { 'resources.type': 'AWS::S3::Object', 'resources.ARN': 'arn:aws:s3:::b/k' },
    ],
    [
      'the beginning of a list',
      [bucket, { type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::b/' }],
      { 'resources.type': 'AWS::S3::Object', 'resources.ARN': { like: 'arn:aws:s3:::b/*' } },
    ],
    [
      'the bucket, where there is nothing else',
      [null, bucket],
      { 'resources.type': 'AWS::S3::Bucket', 'resources.ARN': 'arn:aws:s3:::b' },
    ],
    ['a type alone', [{ type: 'AWS::X::Y', ARN: 5 }], { 'resources.type': 'AWS::X::Y' }],
    ['none', [], {}],
    ['no list', { type: 'x' }, { 'resources.type': 'x' }],
  ])('its resource: %s', async (_, resources, expected) => {
    expect(await classOf({ ...call, resources })).toEqual({ ...lacking, ...call, ...expected });
  });

  test.each<[string, unknown]>([
    ['in a log file', { Records: [call] }],
    ['in a list', [call]],
    ['as EventBridge delivers it', { 'detail-type': 'AWS API Call via CloudTrail', detail: call }],
  ])('%s', async (_, record) => {
    expect(await classOf(record)).toEqual({ ...lacking, ...call });
  });

  test('deep, and hostile', async () => {
    const deep = `${'{"a":'.repeat(30)}"x"${'}'.repeat(30)}`;
    const text = `{"eventName":"A","eventSource":"b","__proto__":{"polluted":"x"},"requestParameters":${deep}}`;
    expect(await classOf(text)).toEqual({ ...lacking, eventName: 'A', eventSource: 'b' });
  });
});

describe('a file that is refused', () => {
  test.each<[string, unknown, string]>([
    ['not JSON', '{', `${file} is not JSON`],
    ['nothing', '', `${file} is not JSON`],
    ['null', null, `${file} holds no CloudTrail record`],
    ['a word', '"x"', `${file} holds no CloudTrail record`],
    ['no source', { eventName: 'A' }, `${file} holds no CloudTrail record`],
    ['no name', { eventSource: 'a' }, `${file} holds no CloudTrail record`],
    ['an empty log file', { Records: [] }, `${file} holds no CloudTrail record`],
    ['records of something else', { Records: [5] }, `${file} holds no CloudTrail record`],
    ['several records', { Records: [call, call, call] }, `${file} holds 3 records, and one is asked about`],
  ])('%s', async (_, written, message) => {
    await expect(classOf(written)).rejects.toThrow(message);
  });
  test('is not there', async () => {
    await expect(classOfRecord(join(folder, 'other.json'))).rejects.toThrow('there is no such file');
  });
});

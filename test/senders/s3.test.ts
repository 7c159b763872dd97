import { describe, expect, test } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import type { Report } from '../../src/reporters/report.ts';
import { sendToS3 } from '../../src/senders/s3.ts';
import type { Upload } from '../../src/senders/upload.ts';
import { sharedReport } from '../reporters/shared-report.ts';
import { reaching } from './reaching.ts';
import { withLoopbackAws } from './with-loopback-aws.ts';

const aws = withLoopbackAws();

const asJson: Upload = { format: 'json', pieces: () => json(sharedReport) };
const asText: Upload = { format: 'text', pieces: () => ['Zürich\n', '東京\n'] };
/** Two parts, the second of them not full. */
const megabyte = 'ü'.repeat(2 ** 19);
const large: Upload = { format: 'csv', pieces: () => Array.from({ length: 9 }, () => megabyte) };

const send = (uploads: readonly Upload[], report: Report = sharedReport, prefix = 'reports') =>
  sendToS3(report, { to: 's3', bucket: 'audit', prefix }, reaching(aws().url), uploads);

describe('a report in a bucket', () => {
  test('is an object for each format, under a key that follows from the report', async () => {
    expect(await send([asJson, asText])).toEqual({
      to: 's3://audit/reports',
      done: [
        expect.stringMatching(/^reports\/2026\/11\/20\/20261120T090000Z-[0-9a-f]{16}\/report\.json written$/),
        expect.stringMatching(/report\.txt written$/),
      ],
      failed: [],
    });
    expect([...aws().objects.values()]).toEqual([
      { type: 'application/json', body: [...json(sharedReport)].join('') },
      { type: 'text/plain; charset=utf-8', body: 'Zürich\n東京\n' },
    ]);
  });

  test('is not written twice', async () => {
    const [first, second] = [await send([asJson]), await send([asJson])];
    expect([first, second].map(({ done }) => done[0]?.split(' ').slice(1).join(' '))).toEqual([
      'written',
      'there already',
    ]);
    expect(aws().objects.size).toBe(1);
    await send([asJson], { ...sharedReport, summary: { ...sharedReport.summary, exitCode: 0 } });
    expect(aws().objects.size).toBe(2);
  });

  test('is found where nobody says when, and without a prefix', async () => {
    const { collectedAt: _, ...scope } = sharedReport.scope;
    const { done } = await send([asJson], { ...sharedReport, scope }, '');
    expect(done).toEqual([expect.stringMatching(/^undated\/[0-9a-f]{16}\/report\.json written$/)]);
  });

  test.each(['reset', 'lost', { status: 503, code: 'SlowDown' }] as const)('after a fault: %j', async (fault) => {
    aws().fail('PutObject', fault);
    expect(await send([asJson])).toMatchObject({ done: [expect.any(String)], failed: [] });
    expect(aws().objects.size).toBe(1);
  });

  test('that is large is written in parts, and there wholly or not at all', async () => {
    aws().fail('UploadPart', 'reset');
    expect(await send([large])).toMatchObject({ done: [expect.stringMatching(/report\.csv written$/)], failed: [] });
    expect([...aws().objects.values()].map(({ body }) => body === megabyte.repeat(9))).toEqual([true]);
    expect(aws().requests.filter((request) => request.startsWith('UploadPart'))).toHaveLength(3);

    expect(await send([large])).toMatchObject({ done: [expect.stringMatching(/there already$/)] });
    expect(aws().uploads.size).toBe(0);
  });

  test('that fails in the middle leaves nothing behind, and the next one is tried', async () => {
    aws().fail('CompleteMultipartUpload', { status: 403, code: 'AccessDenied' });
    const { done, failed } = await send([large, asText]);
    expect(done).toEqual([expect.stringMatching(/report\.txt written$/)]);
    expect(failed).toEqual([expect.stringMatching(/report\.csv: AccessDenied/)]);
    expect([aws().uploads.size, aws().objects.size]).toEqual([0, 1]);
  });

  test('that nobody may write is said to be missing', async () => {
    aws().fail('PutObject', { status: 403, code: 'AccessDenied' });
    expect(await send([asJson])).toMatchObject({
      done: [],
      failed: [expect.stringMatching(/report\.json: AccessDenied/)],
    });
  });
});

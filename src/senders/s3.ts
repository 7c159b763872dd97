import { Buffer } from 'node:buffer';
import { callOf, type Members, valueAt } from '../collectors/call.ts';
import { refusalOf, refusalText } from '../collectors/refusal.ts';
import type { Report } from '../reporters/report.ts';
import { type Destination, nameOf } from './destination.ts';
import { digestOf } from './digest.ts';
import type { Reach, Sent } from './sent.ts';
import { mediaTypes, type Upload } from './upload.ts';

type ToS3 = Extract<Destination, { readonly to: 's3' }>;

/** An object is written in parts of this size if it is larger: S3 wants 5 MiB of all but the last, and 10,000 at most. */
const partSize = 8 * 1024 ** 2;

/**
 * Writes the report to a bucket, an object for each format. Their keys follow from the report alone, and one that is
 * there is not written again: it holds the same. An object is there wholly or not at all.
 */
export async function sendToS3(
  report: Report,
  destination: ToS3,
  reach: Reach,
  uploads: readonly Upload[],
): Promise<Sent> {
  const to = nameOf(destination);
  const { send, region } = await reach.aws();
  const folder = folderOf(report, destination.prefix);
  const done: string[] = [];
  const failed: string[] = [];
  for (const { format, pieces } of uploads) {
    const { file, type } = mediaTypes[format];
    const key = `${folder}/${file}`;
    try {
      const object = { Bucket: destination.bucket, Key: key, ContentType: type };
      done.push(
        `${key} ${await write(pieces(), object, (operation, params) => send(callOf(operation, region, params)))}`,
      );
    } catch (thrown) {
      failed.push(`${key}: ${refusalText(refusalOf(thrown))}`);
    }
  }
  return { to, done, failed };
}

/** `prefix/2026/11/20/20261120T090000Z-1f3a…`: by day, in order of time, and no two reports in one. */
function folderOf(report: Report, prefix: string): string {
  const { collectedAt } = report.scope;
  const digest = digestOf(report).slice(0, 16);
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)T/.exec(collectedAt ?? '') ?? [];
  const place = year === undefined ? ['undated', digest] : [year, month, day, `${compact(collectedAt)}-${digest}`];
  return [...(prefix === '' ? [] : [prefix]), ...place].join('/');
}

const compact = (time = ''): string => time.replace(/\.\d+/, '').replace(/[-:]/g, '');

type Ask = (operation: string, params: Members) => Promise<unknown>;

/** Only where nothing is there yet. */
const once = { IfNoneMatch: '*' } as const;

async function write(pieces: Iterable<string>, object: Members, ask: Ask): Promise<'written' | 'there already'> {
  const parts = partsOf(pieces);
  const { value: first = Buffer.alloc(0) } = parts.next();
  const second = parts.next();
  try {
    if (second.done) await ask('s3:PutObject', { ...object, ...once, Body: first });
    else await writeParts(chain([first, second.value], parts), object, ask);
    return 'written';
  } catch (thrown) {
    if (refusalOf(thrown).code === 'PreconditionFailed') return 'there already';
    throw thrown;
  }
}

/** Each part is checked and, if need be, sent again by itself; only the end makes an object of them. */
async function writeParts(parts: Iterable<Buffer>, { ContentType, ...object }: Members, ask: Ask): Promise<void> {
  const ChecksumAlgorithm = 'CRC32';
  const begun = await ask('s3:CreateMultipartUpload', { ...object, ContentType, ChecksumAlgorithm });
  const upload = { ...object, UploadId: valueAt(begun, 'UploadId') };
  try {
    const Parts: Members[] = [];
    for (const Body of parts) {
      const PartNumber = Parts.length + 1;
      const answer = await ask('s3:UploadPart', { ...upload, PartNumber, Body, ChecksumAlgorithm });
      Parts.push({ PartNumber, ETag: valueAt(answer, 'ETag'), ChecksumCRC32: valueAt(answer, 'ChecksumCRC32') });
    }
    await ask('s3:CompleteMultipartUpload', { ...upload, ...once, MultipartUpload: { Parts } });
  } catch (thrown) {
    // What was begun would be paid for for ever. Why it failed is told, not that this failed too.
    await ask('s3:AbortMultipartUpload', upload).catch(() => undefined);
    throw thrown;
  }
}

/** The pieces as bytes, in parts of one size; memory holds one of them. */
function* partsOf(pieces: Iterable<string>): Generator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    held.push(bytes);
    length += bytes.length;
    if (length < partSize) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}

function* chain(first: readonly Buffer[], rest: Iterable<Buffer>): Generator<Buffer> {
  yield* first;
  yield* rest;
}

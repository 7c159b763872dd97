import { readText, shownName } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { isObject } from '../snapshot/resource-view.ts';

type Written = Readonly<Record<string, unknown>>;

/** Fields that most records lack: where one lacks them, it lacks them. */
const oftenAbsent = [
  'errorCode',
  'errorMessage',
  'sessionCredentialFromConsole',
  'userIdentity.arn',
  'userIdentity.invokedBy',
  'additionalEventData.MFAUsed',
  'vpcEndpointId',
];

/** Where and when it happened is no part of what it is. */
const circumstances = ['awsRegion', 'recipientAccountId', 'eventTime', 'eventID', 'requestID'];

/** The class that a CloudTrail record in a file is alone in, as far as anything tells records apart. */
export async function classOfRecord(path: string): Promise<Written> {
  const record = await recordIn(path);
  const { awsRegion, managementEvent } = record;
  const fields = new Map<string, unknown>();
  // Records of before 2020 do not say their category in so many words.
  if (typeof managementEvent === 'boolean') fields.set('eventCategory', managementEvent ? 'Management' : 'Data');
  for (const [field, value] of scalarsOf(record, '')) fields.set(field, value);
  for (const [field, value] of resourceOf(record)) fields.set(field, value);
  for (const field of circumstances) fields.delete(field);
  for (const field of oftenAbsent) if (!fields.has(field)) fields.set(field, { exists: false });
  return { ...Object.fromEntries(fields), ...(typeof awsRegion === 'string' && { regions: awsRegion }) };
}

/** Of an object and its bucket the object: data event selectors choose by it. List calls name the beginning of its ARN. */
function resourceOf({ resources }: Written): readonly (readonly [string, unknown])[] {
  const named = Array.isArray(resources) ? resources.filter(isObject) : [];
  const { type, ARN, ARNPrefix } = named.find((it) => it.type !== 'AWS::S3::Bucket') ?? named[0] ?? {};
  return [
    ...(typeof type === 'string' ? [['resources.type', type] as const] : []),
    ...(typeof ARN === 'string' ? [['resources.ARN', ARN] as const] : []),
    ...(typeof ARNPrefix === 'string' ? [['resources.ARN', { like: `${ARNPrefix}*` }] as const] : []),
  ];
}

async function recordIn(path: string): Promise<Written> {
  let read: unknown;
  try {
    read = JSON.parse(await readText(path, { format: 'JSON' }));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('input', `${shownName(path)} is not JSON`, { hint: 'It holds one CloudTrail record.' });
  }
  const found = recordsIn(read);
  if (found.length > 1) {
    throw new AppError('input', `${shownName(path)} holds ${found.length} records, and one is asked about`, {
      hint: 'Write that one into a file of its own.',
    });
  }
  const [record] = found;
  if (isObject(record) && typeof record.eventName === 'string' && typeof record.eventSource === 'string') return record;
  throw new AppError('input', `${shownName(path)} holds no CloudTrail record`, {
    hint: 'A record has an eventName and an eventSource.',
  });
}

/** As they stand alone, in a log file, in a list, or in what EventBridge delivers. */
function recordsIn(read: unknown): readonly unknown[] {
  if (Array.isArray(read)) return read;
  if (!isObject(read)) return [];
  if (Array.isArray(read.Records)) return read.Records;
  return [isObject(read.detail) ? read.detail : read];
}

const maxDepth = 16;

/** What stands at the end of each path; a name that could not be a step of one is left out. */
function scalarsOf(value: unknown, path: string, depth = 0): readonly (readonly [string, unknown])[] {
  if (!isObject(value) || Array.isArray(value) || depth > maxDepth) {
    return ['string', 'number', 'boolean'].includes(typeof value) ? [[path, value]] : [];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    /^[A-Za-z]+$/.test(name) ? scalarsOf(inner, path === '' ? name : `${path}.${name}`, depth + 1) : [],
  );
}

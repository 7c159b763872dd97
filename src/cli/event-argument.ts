import { readText } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { isObject } from '../snapshot/resource-view.ts';

type Written = Readonly<Record<string, unknown>>;

/** Services whose events come under another name than the one that people use (aws-semantics §2.5). */
const sources: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  eventbridge: 'events',
  ses: 'email',
};

const sourceOf = (service: string): string =>
  service.includes('.') ? service : `${Object.hasOwn(sources, service) ? sources[service] : service}.amazonaws.com`;

/** The class of one call: `dynamodb:DeleteTable`, `s3:PutObject arn:aws:s3:::payments/*`. */
export function classOfCall(text: string): Written {
  const [, service, name, arn] = /^([a-z0-9.-]+):([A-Za-z0-9]+)(?:\s+(arn:\S+))?$/.exec(text.trim()) ?? [];
  if (!service || !name) {
    throw new AppError('usage', `${text}: not the name of an event`, {
      hint: "Write it like dynamodb:DeleteTable, or 's3:PutObject arn:aws:s3:::payments/*'.",
    });
  }
  return { eventSource: sourceOf(service), eventName: name, ...(arn && { 'resources.ARN': anyOf(arn) }) };
}

const anyOf = (value: string): unknown => (value.includes('*') ? { like: value } : value);

const shorthands: Readonly<Record<string, string>> = {
  category: 'eventCategory',
  source: 'eventSource',
  name: 'eventName',
  type: 'resources.type',
  arn: 'resources.ARN',
};

/** A class in words: `category=Data access=Write arn=arn:aws:s3:::payments/*`. */
export function classInWords(text: string): Written {
  const entries = text
    .trim()
    .split(/\s+/)
    .map((word): readonly [string, unknown] => {
      const equals = word.indexOf('=');
      const [key, value] = [word.slice(0, equals), word.slice(equals + 1)];
      if (equals < 1 || value === '' || !/^[a-z][A-Za-z]*(\.[A-Za-z]+)*$/.test(key)) throw notInWords(word);
      if (key === 'access') return ['readOnly', readOnly(word, value)];
      const values = value.split(',');
      const field = Object.hasOwn(shorthands, key) ? (shorthands[key] ?? key) : key;
      if (values.some((it) => it.includes('*'))) return [field, { like: values }];
      return [field, values.length > 1 ? values : field === 'eventSource' ? sourceOf(value) : value];
    });
  return Object.fromEntries(entries);
}

function readOnly(word: string, value: string): boolean {
  if (value === 'Read' || value === 'Write') return value === 'Read';
  throw notInWords(word);
}

const notInWords = (word: string): AppError =>
  new AppError('usage', `--class: ${word} says nothing about an event`, {
    hint: "Write it like --class 'category=Data access=Write type=AWS::S3::Object'; any field of a record may stand there.",
  });

/** Fields that most records lack: where one lacks them, it lacks them. */
const oftenAbsent = [
  'errorCode',
  'errorMessage',
  'userIdentity.invokedBy',
  'additionalEventData.MFAUsed',
  'vpcEndpointId',
];

/** The class that a CloudTrail record in a file is alone in, as far as anything tells records apart. */
export async function classOfRecord(path: string): Promise<Written> {
  const record = await recordIn(path);
  const fields = new Map<string, unknown>(oftenAbsent.map((field) => [field, { exists: false }]));
  for (const [field, value] of scalarsOf(record, '')) fields.set(field, value);
  const [resource] = Array.isArray(record.resources) ? record.resources.filter(isObject) : [];
  if (resource && typeof resource.type === 'string') fields.set('resources.type', resource.type);
  if (resource && typeof resource.ARN === 'string') fields.set('resources.ARN', resource.ARN);
  const { awsRegion } = record;
  // Where and when it happened is no part of what it is.
  for (const field of ['awsRegion', 'recipientAccountId', 'eventTime', 'eventID', 'requestID']) fields.delete(field);
  return { ...Object.fromEntries(fields), ...(typeof awsRegion === 'string' && { regions: awsRegion }) };
}

async function recordIn(path: string): Promise<Written> {
  let record: unknown;
  try {
    record = JSON.parse(await readText(path, { format: 'JSON' }));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('input', `${path} is not JSON`, { hint: 'It holds one CloudTrail record.' });
  }
  const [first] = isObject(record) && Array.isArray(record.Records) ? record.Records : [record];
  if (isObject(first) && typeof first.eventName === 'string') return first;
  throw new AppError('input', `${path} holds no CloudTrail record`, {
    hint: 'A record has an eventName and an eventSource.',
  });
}

const maxDepth = 16;

function scalarsOf(value: unknown, path: string, depth = 0): readonly (readonly [string, unknown])[] {
  if (!isObject(value) || Array.isArray(value) || depth > maxDepth) {
    const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
    return isScalar && /^[A-Za-z]+(\.[A-Za-z]+)*$/.test(path) ? [[path, String(value)]] : [];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    scalarsOf(inner, path === '' ? name : `${path}.${name}`, depth + 1),
  );
}

import { didYouMean, nearest } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { callsOf, dataEventTypes } from '../proof/event-catalogue.ts';
import { listedValues, otherNames, pipelineCallsOf, recordFields, services } from './known-words.ts';

type Written = Readonly<Record<string, unknown>>;

/** The event source of a service as people call it. One that is nearly a known one is a slip of the pen. */
function sourceOf(service: string): string {
  if (service.includes('.') || service.includes('*')) return service;
  const names = [...services, ...Object.keys(otherNames)];
  const near = names.includes(service) ? undefined : nearest(service, names, 1);
  if (near !== undefined) {
    throw new AppError('usage', `${service} is not a known service; did you mean ${near}?`, {
      hint: `If it is one, write its event source in full: ${service}.amazonaws.com.`,
    });
  }
  return `${Object.hasOwn(otherNames, service) ? otherNames[service] : service}.amazonaws.com`;
}

/** A call that is a known one but for a letter, or for capitals, is none: its record would never come. */
function assertCall(name: string, source: string): void {
  const known = [...callsOf(source), ...pipelineCallsOf(source.split('.')[0] ?? '')];
  const near = known.includes(name) ? undefined : nearest(name, known, 1);
  if (near === undefined) return;
  throw new AppError('usage', `${name} is not a known call of ${source}; did you mean ${near}?`, {
    hint: `If it is one, write it as --class 'source=${source} name=${name}'.`,
  });
}

/** The class of one call: `dynamodb:DeleteTable`, `s3:PutObject arn:aws:s3:::payments/*`. */
export function classOfCall(text: string): Written {
  const [, service, name, arn] = /^([a-z0-9.-]+):([A-Za-z0-9_]+)(?:\s+(arn:\S+))?$/.exec(text.trim()) ?? [];
  if (!service || !name) {
    throw new AppError('usage', `${text}: not the name of an event`, {
      hint: "Write it like dynamodb:DeleteTable, or 's3:PutObject arn:aws:s3:::payments/*'.",
    });
  }
  const eventSource = sourceOf(service);
  assertCall(name, eventSource);
  return { eventSource, eventName: name, ...(arn && { 'resources.ARN': anyOf(arn) }) };
}

const anyOf = (value: string): unknown => (value.includes('*') ? { like: value } : value);

const shorthands: Readonly<Record<string, string>> = {
  category: 'eventCategory',
  access: 'readOnly',
  source: 'eventSource',
  name: 'eventName',
  type: 'resources.type',
  arn: 'resources.ARN',
};

/** A class in words: `category=Data access=Write arn=arn:aws:s3:::payments/*`. */
export function classInWords(text: string): Written {
  const fields = new Map<string, unknown>();
  for (const word of text.trim().split(/\s+/)) {
    const [field, value] = readWord(word);
    if (fields.has(field)) throw notInWords(word, `${field} is said twice; list values with commas`);
    fields.set(field, value);
  }
  return Object.fromEntries(fields);
}

function readWord(word: string): readonly [string, unknown] {
  const equals = word.indexOf('=');
  const [key, value] = [word.slice(0, equals), word.slice(equals + 1)];
  const values = value.split(',');
  if (equals < 1 || values.includes('')) throw notInWords(word, 'it says nothing about an event');
  const field = Object.hasOwn(shorthands, key) ? (shorthands[key] ?? key) : fieldNamed(key, word);
  if (field === 'readOnly') return [field, readOnly(word, value)];
  const meant = field === 'eventSource' ? values.map(sourceOf) : values;
  for (const one of meant) assertValue(field, one, word);
  if (meant.some((it) => it.includes('*'))) return [field, { like: meant }];
  return [field, meant.length > 1 ? meant : meant[0]];
}

/** Below the fields of a record anything may stand; those themselves are known. */
function fieldNamed(key: string, word: string): string {
  const [top = ''] = key.split('.');
  const known = /^[a-z][A-Za-z]*(\.[A-Za-z]+)*$/.test(key) && [...recordFields, 'regions'].includes(top);
  if (known && key !== 'resources') return key;
  const names = [...Object.keys(shorthands), ...recordFields, 'regions'];
  throw notInWords(
    word,
    `${key} is not a field of a record; ${didYouMean(key, names) ?? `it may be ${names.join(', ')}`}`,
  );
}

function assertValue(field: string, value: string, word: string): void {
  if (field === 'regions' && value.includes('*')) throw notInWords(word, 'regions are named one by one');
  const isType = field === 'resources.type' && !value.includes('*');
  if (isType && !/^AWS::\w+::\w+$/.test(value)) throw notInWords(word, 'a type is written like AWS::S3::Object');
  const near = isType && !dataEventTypes.includes(value) ? nearest(value, dataEventTypes, 1) : undefined;
  if (near !== undefined) throw notInWords(word, `did you mean ${near}?`);
  const listed = Object.hasOwn(listedValues, field) ? (listedValues[field] ?? []) : [];
  if (listed.length === 0 || listed.includes(value)) return;
  throw notInWords(word, `${field} is one of ${listed.join(', ')}`);
}

function readOnly(word: string, value: string): boolean {
  if (['Read', 'true'].includes(value)) return true;
  if (['Write', 'false'].includes(value)) return false;
  throw notInWords(word, 'access is Read or Write');
}

const notInWords = (word: string, why: string): AppError =>
  new AppError('usage', `--class: ${word}: ${why}`, {
    hint: "Write it like --class 'category=Data access=Write type=AWS::S3::Object'; any field of a record may stand there.",
  });

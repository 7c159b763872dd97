import { surely } from './anything-else.ts';
import type { EventClass } from './event-class.ts';

/** How the ARN of a data event's resource begins, by its type (aws-semantics §2.9). */
const arnForms: readonly (readonly [RegExp, string])[] = [
  [/^arn:[\w-]+:s3:::/, 'AWS::S3::Object'],
  [/^arn:[\w-]+:s3:[\w-]+:\d{12}:accesspoint\//, 'AWS::S3::AccessPoint'],
  [/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:/, 'AWS::Lambda::Function'],
  [/^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[^/]+\/stream\//, 'AWS::DynamoDB::Stream'],
  [/^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[^/]+$/, 'AWS::DynamoDB::Table'],
];

const objectKey = /^arn:[\w-]+:s3:::[^/]+\//;

/** The ARNs that a class is about, or their beginnings; undefined: they may be any. */
function arnsOf({ fields }: EventClass): readonly string[] | undefined {
  const test = fields.get('resources.ARN');
  if (test?.has('\u0000any other') !== 'no' || test.has(undefined) !== 'no') return undefined;
  return [...test.whole.filter((value) => test.has(value) !== 'no').map(String), ...test.beginnings];
}

/** The resource type that all ARNs of a class are of, as their form says; undefined: they may be of several. */
export function typeOfArns(events: EventClass): string | undefined {
  const types = new Set(arnsOf(events)?.map((arn) => arnForms.find(([form]) => form.test(arn))?.[1]));
  return types.size === 1 ? [...types][0] : undefined;
}

/** Whether some ARN of a class is of what lies in a bucket: no management event is about that. */
export const isAboutObjects = (events: EventClass): boolean =>
  arnsOf(events)?.some((arn) => objectKey.test(arn)) ?? false;

const objectArn = /^arn:[\w-]+:s3:::[^/]+\/./s;
/** The parts of an object's ARN before its bucket; undefined: its partition. */
const partsOfObject: readonly (string | undefined)[] = ['arn', undefined, 's3', '', ''];

/** Whether a text to try may be the ARN of an object in a bucket. */
export function mayBeObject(arn: string): boolean {
  const { beginning, isWhole } = surely(arn);
  if (isWhole) return objectArn.test(beginning);
  const parts = beginning.split(':');
  return partsOfObject.every((form, index) => {
    const part = parts[index];
    if (form === undefined || part === undefined) return true;
    return index + 1 < parts.length ? part === form : form.startsWith(part);
  });
}

import { inWords, isAnythingElse } from './anything-else.ts';
import type { FieldValue, Witness } from './event-set.ts';

/** An event in words: `s3:PutObject on arn:aws:s3:::audit/tmp/…`, `Management writes of kms.amazonaws.com`. */
export function describeWitness(witness: Witness): string {
  const text = (field: string): string | undefined => {
    const value = witness.get(field);
    return value === undefined || isAnythingElse(value) ? undefined : inWords(String(value));
  };
  const resource = text('resources.ARN') ?? text('resources.type');
  // The root user has one ARN, and its type says that already.
  const isSaid = (field: string): boolean =>
    said.has(field) || (field === 'userIdentity.arn' && witness.get('userIdentity.type') === 'Root');
  const rest = [...witness].flatMap(([field, value]) => (isSaid(field) ? [] : other(field, value)));
  const more = rest.length - maxFields;
  const shown = more > 1 ? [...rest.slice(0, maxFields), `and ${more} fields more`] : rest;
  return [`${subject(text)}${resource ? ` on ${resource}` : ''}`, ...shown].join(', ');
}

/** A whole record is asked about at times: whoever asked knows it. */
const maxFields = 4;

/** The fields that are said in the sentence itself, or by where it stands. */
const said: ReadonlySet<string> = new Set([
  'awsRegion',
  'eventCategory',
  'eventName',
  'eventSource',
  'readOnly',
  'recipientAccountId',
  'resources.ARN',
  'resources.type',
]);

function subject(text: (field: string) => string | undefined): string {
  const [name, source, direction] = [text('eventName'), text('eventSource'), text('readOnly')];
  if (name) return source ? `${source.split('.')[0]}:${name}` : name;
  const events = direction === undefined ? 'events' : direction === 'true' ? 'reads' : 'writes';
  return `${text('eventCategory') ?? ''} ${events}${source ? ` of ${source}` : ''}`.trim();
}

function other(field: string, value: FieldValue): readonly string[] {
  if (isAnythingElse(value) || value === 'AwsApiCall' || value === 'AwsCloudTrailInsight') return [];
  return [value === undefined ? `without ${field}` : `${field} ${inWords(String(value))}`];
}

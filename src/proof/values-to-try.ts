import type { FieldTest, FieldValue } from './event-set.ts';

/** A text that stands in no selector and no pattern: what it stands for is "anything else". */
export const anythingElse = '…';

/** What these fields can hold, and nothing else (aws-semantics §0.2). */
const finite: ReadonlyMap<string, readonly FieldValue[]> = new Map<string, readonly FieldValue[]>([
  ['eventCategory', ['Management', 'Data', 'NetworkActivity', 'Insight']],
  ['readOnly', [true, false]],
  ['managementEvent', [true, false]],
  [
    'eventType',
    ['AwsApiCall', 'AwsConsoleSignIn', 'AwsConsoleAction', 'AwsServiceEvent', 'AwsVpceEvents', 'AwsCloudTrailInsight'],
  ],
  ['sessionCredentialFromConsole', ['true', undefined]],
  ['insightDetails.insightType', ['ApiCallRateInsight', 'ApiErrorRateInsight']],
]);

/** Whether a field can hold only some values, all of them known. */
export const hasFewValues = (field: string): boolean => finite.has(field);

/** Every record has these (aws-semantics §0.2); where a selector asks for a resource, its events have one. */
const always: ReadonlySet<string> = new Set([
  'awsRegion',
  'eventID',
  'eventName',
  'eventSource',
  'eventTime',
  'eventVersion',
  'insightDetails.eventName',
  'insightDetails.eventSource',
  'recipientAccountId',
  'requestID',
  'resources.ARN',
  'resources.type',
  'sourceIPAddress',
  'userAgent',
  'userIdentity.type',
]);

/**
 * Values of a field that stand for all there are, as far as these tests can tell them apart (aws-semantics §2.7):
 * each that is named, and for every beginning and ending a text that has them and is named nowhere.
 */
export function valuesToTry(field: string, tests: readonly FieldTest[]): readonly FieldValue[] {
  const known = finite.get(field);
  if (known) return known;
  const distinct = (pick: (test: FieldTest) => readonly string[]): ReadonlySet<string> =>
    new Set(['', ...tests.flatMap(pick)]);
  const endings = [...distinct((test) => test.endings)];
  const open = [...distinct((test) => test.beginnings)].flatMap((beginning) =>
    endings.map((ending) => `${beginning}${anythingElse}${ending}`),
  );
  const whole = tests.flatMap((test) => test.whole);
  return [...new Set<FieldValue>([...whole, ...open, ...(always.has(field) ? [] : [undefined])])];
}

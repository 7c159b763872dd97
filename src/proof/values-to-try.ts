import type { FieldTest, FieldValue } from './event-set.ts';
import { isListed, startingWith } from './text-index.ts';

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

/** Those of the values that stand for all there are which pass one more test of the field. */
export function valuesWithin(field: string, tests: readonly FieldTest[], wanted: FieldTest): readonly FieldValue[] {
  const endings = ['', ...wanted.endings, ...tests.flatMap((test) => test.endings)];
  const isOpen = wanted.intricate || endings.some((ending) => wanted.has(`${anythingElse}${ending}`) !== 'no');
  const near = isOpen || finite.has(field) ? tests : tests.map((test) => nearTo(wanted, test));
  return valuesToTry(field, [...near, wanted]).filter((value) => wanted.has(value) === 'yes');
}

/** What a test names that has a beginning, or is a value, which `wanted` names as well: it takes no other. */
const nearTo = (wanted: FieldTest, test: FieldTest): FieldTest => ({
  ...test,
  whole: [
    ...wanted.whole.filter((value) => isListed(test.whole, value)),
    ...wanted.beginnings.flatMap((beginning) => startingWith(test.whole, beginning)),
  ],
  beginnings: wanted.beginnings.flatMap((beginning) => startingWith(test.beginnings, beginning)),
});

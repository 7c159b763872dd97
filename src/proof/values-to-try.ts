import { remember } from '../snapshot/remember.ts';
import { fillerOf } from './anything-else.ts';
import type { FieldTest, FieldValue } from './event-set.ts';
import { isListed, startingWith } from './text-index.ts';

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

/** Whether all values of a field are tried, whatever asks for it. */
export const hasKnownValues = (field: string): boolean => finite.has(field);

/** Every record has these (aws-semantics §0.2). */
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
  'sourceIPAddress',
  'userAgent',
]);

/** More than can be compared in a moment. */
export const maxWitnesses = 200_000;

/**
 * Values of a field that stand for all there are, as far as these tests can tell them apart (aws-semantics §2.7):
 * each that is named, and for every beginning and ending a text that has them and is named nowhere. Of them those that
 * `wanted` lets pass. Undefined: they are too many to be tried.
 */
export function valuesToTry(
  field: string,
  tests: readonly FieldTest[],
  wanted?: FieldTest,
): readonly FieldValue[] | undefined {
  const named = wanted && isClosed(wanted) ? [...new Set(wanted.whole)] : undefined;
  const values = finite.get(field) ?? named ?? textsOf(field, tests, wanted);
  return wanted ? values?.filter((value) => wanted.has(value) === 'yes') : values;
}

const closed = new WeakMap<FieldTest, boolean>();

/** Whether a test takes what it names and nothing else: most classes name their calls. */
const isClosed = (test: FieldTest): boolean =>
  remember(closed, test, () => {
    const { whole, beginnings, endings, intricate, has } = test;
    if (whole.length === 0 || beginnings.length + endings.length > 0 || intricate === true) return false;
    const other = fillerOf([test]);
    return other !== undefined && has(other) === 'no' && has(undefined) === 'no';
  });

function textsOf(field: string, tests: readonly FieldTest[], wanted?: FieldTest): readonly FieldValue[] | undefined {
  const filler = fillerOf(wanted ? [...tests, wanted] : tests);
  if (filler === undefined) return undefined;
  const near = wanted ? [...testsNear(wanted, tests, filler), wanted] : tests;
  return textsToTry(near, filler, always.has(field) ? [] : [undefined]);
}

/** The texts themselves; `besides` is what else the field may hold. */
function textsToTry(
  tests: readonly FieldTest[],
  filler: string,
  besides: readonly FieldValue[],
): readonly FieldValue[] | undefined {
  const distinct = (pick: (test: FieldTest) => readonly string[]): readonly string[] => [
    ...new Set(['', ...tests.flatMap(pick)]),
  ];
  const beginnings = distinct((test) => test.beginnings);
  const endings = distinct((test) => test.endings);
  if (beginnings.length * endings.length > maxWitnesses) return undefined;
  const open = beginnings.flatMap((beginning) => endings.map((ending) => `${beginning}${filler}${ending}`));
  return [...new Set<FieldValue>([...tests.flatMap((test) => test.whole), ...open, ...besides])];
}

/** What of these tests matters to values that pass one more: all, where that lets texts pass that it does not name. */
function testsNear(wanted: FieldTest, tests: readonly FieldTest[], filler: string): readonly FieldTest[] {
  const isOpen = wanted.intricate || ['', ...wanted.endings].some((ending) => wanted.has(filler + ending) === 'yes');
  return isOpen ? tests : tests.map((test) => nearTo(wanted, test));
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

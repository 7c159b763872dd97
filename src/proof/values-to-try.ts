import { remember } from '../snapshot/remember.ts';
import { fillerOf } from './anything-else.ts';
import type { EventSet, FieldTest, FieldValue } from './event-set.ts';
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
  if (wanted && (finite.has(field) || isClosed(wanted))) return valuesOfTest(wanted);
  const [only, ...others] = tests;
  if (!only || others.length > 0 || (wanted && wanted !== only)) return listValues(field, tests, wanted);
  return remember(wanted ? ofClass : ofSource, only, () => ({ values: listValues(field, tests, wanted) })).values;
}

/** Values, or that they are too many. */
interface Listed {
  readonly values: readonly FieldValue[] | undefined;
}

/** Most fields only one test asks about: that of the class, or that of a source. */
const ofClass = new WeakMap<FieldTest, Listed>();
const ofSource = new WeakMap<FieldTest, Listed>();

function listValues(field: string, tests: readonly FieldTest[], wanted?: FieldTest): Listed['values'] {
  const values = finite.get(field) ?? textsOf(field, tests, wanted);
  return wanted ? values?.filter((value) => wanted.has(value) === 'yes') : values;
}

/** The values that stand for all that pass one test: where they can be listed, whatever else is asked. */
export const valuesOfTest = (test: FieldTest): readonly FieldValue[] | undefined =>
  remember(passing, test, () => {
    const { field, whole, has } = test;
    const isNamed = !finite.has(field) && isClosed(test);
    return { values: isNamed ? [...new Set(whole)].filter((it) => has(it) === 'yes') : listValues(field, [], test) };
  }).values;

const passing = new WeakMap<FieldTest, Listed>();

const closed = new WeakMap<FieldTest, boolean>();

/** Whether a test takes what it names and nothing else: most classes name their calls. */
const isClosed = (test: FieldTest): boolean =>
  remember(closed, test, () => {
    const { whole, beginnings, endings, intricate, has } = test;
    if (whole.length === 0 || beginnings.length + endings.length > 0 || intricate === true) return false;
    const other = fillerOf([test]);
    return other !== undefined && has(other) === 'no' && has(undefined) === 'no';
  });

/** The texts that a set takes in a field; undefined: it may take any. */
export function textsNamedIn(set: EventSet, field: string): ReadonlySet<FieldValue> | undefined {
  if ('field' in set) return set.field === field && isClosed(set) ? new Set(set.whole) : undefined;
  if ('not' in set) return undefined;
  const parts = ('any' in set ? set.any : set.all).map((part) => textsNamedIn(part, field));
  // What one part refuses all refuse.
  if ('all' in set) return parts.find((part) => part !== undefined);
  return parts.includes(undefined) ? undefined : new Set(parts.flatMap((part) => [...(part ?? [])]));
}

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

import { surely } from './anything-else.ts';
import { callNamed, callsOnBuckets, readsByName, sourceOfType } from './event-catalogue.ts';
import { type EventClass, narrow, valuesOf } from './event-class.ts';
import type { FieldTest, Witness } from './event-set.ts';
import { mayBeObject } from './resource-arn.ts';
import { valuesOfTest } from './values-to-try.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** What the root user of an account does has one ARN in every record (CloudTrail userIdentity element): the class with it. */
export function ofRoot(
  events: EventClass,
  { id, partition }: { readonly id: string; readonly partition: string },
): EventClass {
  const isRoot = valuesOf(events, 'userIdentity.type')?.join() === 'Root';
  if (!isRoot || events.fields.has('userIdentity.arn')) return events;
  return narrow(events, { 'userIdentity.arn': `arn:${partition}:iam::${id}:root` });
}

/** Insights and network activity have a type of record of their own, which no other category has. */
const ownTypes: ReadonlyMap<string, string> = new Map([
  ['NetworkActivity', 'AwsVpceEvents'],
  ['Insight', 'AwsCloudTrailInsight'],
]);

/** The types of record that only one category has, of those that a test of the category lets pass. */
export const typesOfCategories = (category: FieldTest): readonly string[] =>
  [...ownTypes].flatMap(([name, type]) => (category.has(name) === 'yes' ? [type] : []));

/** What some fields of one record cannot hold together. */
export interface Agreement {
  /** It looks at these and at no others. */
  readonly fields: readonly string[];
  readonly holds: (event: Witness, events: EventClass) => boolean;
}

/** What CloudTrail keeps to in every record: some names, services and resource types only come together. */
export const agreements: readonly Agreement[] = [
  { fields: ['resources.ARN', 'eventCategory'], holds: (event) => isAboutSome(event, 'resources.ARN') },
  { fields: ['resources.type', 'eventCategory'], holds: (event) => isAboutSome(event, 'resources.type') },
  { fields: ['insightDetails.insightType', 'eventCategory', 'readOnly'], holds: isRateOfWrites },
  { fields: ['managementEvent', 'eventCategory'], holds: isFlaggedAsManagement },
  { fields: ['eventType', 'eventCategory'], holds: isOfItsType },
  { fields: ['userIdentity.type', 'eventType'], holds: isCalledBySomebody },
  { fields: ['resources.type', 'eventSource', 'eventCategory'], holds: isOfItsService },
  { fields: ['eventName', 'eventSource', 'readOnly', 'eventCategory'], holds: isTrueToItsName },
  { fields: ['eventName'], holds: isAboutObjectsNamed },
  { fields: ['eventName', 'resources.type'], holds: isOnBucketOfS3 },
  { fields: ['resources.type', 'resources.ARN', 'eventName'], holds: isCalledAsItsType },
];

/** Data events are about some resource; of others many are about none. */
const isAboutSome = (event: Witness, field: string): boolean =>
  event.get('eventCategory') !== 'Data' || !event.has(field) || event.get(field) !== undefined;

/** Call rates are those of writes (aws-semantics §3). */
function isRateOfWrites(event: Witness): boolean {
  const isRate = event.get('insightDetails.insightType') === 'ApiCallRateInsight';
  return !(isRate && event.get('eventCategory') === 'Insight' && event.get('readOnly') === true);
}

function isFlaggedAsManagement(event: Witness): boolean {
  const [flag, category] = [event.get('managementEvent'), event.get('eventCategory')];
  return flag === undefined || !isText(category) || category === 'Insight' || flag === (category === 'Management');
}

function isOfItsType(event: Witness): boolean {
  const [type, category] = [event.get('eventType'), event.get('eventCategory')];
  if (!isText(type) || !isText(category)) return true;
  if (type === 'AwsConsoleSignIn') return category === 'Management';
  const own = ownTypes.get(category);
  return own === undefined ? ![...ownTypes.values()].includes(type) : type === own;
}

/** Only what a service does by itself has nobody who called it. */
function isCalledBySomebody(event: Witness): boolean {
  const isCalled = event.has('eventType') && event.get('eventType') !== 'AwsServiceEvent';
  return !(isCalled && event.has('userIdentity.type') && event.get('userIdentity.type') === undefined);
}

/** A management event may be about the same resource, whichever service it is of. */
function isOfItsService(event: Witness): boolean {
  const [source, type] = [event.get('eventSource'), event.get('resources.type')];
  const ofType = isText(type) ? sourceOfType.get(type) : undefined;
  return ofType === undefined || source === ofType || !isText(source) || event.get('eventCategory') === 'Management';
}

/** What a verb says is a convention: a class that names calls and their direction means what it says. */
function isTrueToItsName(event: Witness, { fields }: EventClass): boolean {
  const [name, source] = [event.get('eventName'), event.get('eventSource')];
  if (!isText(name)) return true;
  const known = callNamed(name, isText(source) ? source : undefined);
  const isSaid = fields.has('eventName') && fields.has('readOnly');
  const readOnly = known ? known.readOnly : isSaid ? undefined : readsByName(name);
  if (readOnly !== undefined && event.has('readOnly') && event.get('readOnly') !== readOnly) return false;
  // A call through a VPC endpoint is a network activity event besides.
  return !known || event.get('eventCategory') !== (known.eventCategory === 'Data' ? 'Management' : 'Data');
}

/** A class of single objects has calls on their bucket only where it says so: no such record has an object's ARN. */
function isAboutObjectsNamed(event: Witness, events: EventClass): boolean {
  if (!callsOnBuckets.includes(String(event.get('eventName'))) || events.fields.has('eventName')) return true;
  const arns = events.fields.get('resources.ARN');
  return (
    !arns || arns.intricate === true || valuesOfTest(arns)?.every((arn) => isText(arn) && surely(arn).isWhole) !== true
  );
}

/** What is called on a bucket is about its objects, or what they are reached through. */
function isOnBucketOfS3(event: Witness): boolean {
  const type = event.get('resources.type');
  return !isText(type) || type.startsWith('AWS::S3') || !callsOnBuckets.includes(String(event.get('eventName')));
}

/** An object is called as no bucket is, nor a resource of another type; a call on a bucket names where objects begin. */
function isCalledAsItsType(event: Witness): boolean {
  const arn = event.get('resources.ARN');
  if (event.get('resources.type') !== 'AWS::S3::Object' || !isText(arn)) return true;
  return callsOnBuckets.includes(String(event.get('eventName'))) || mayBeObject(arn);
}

/** Those that are about a field. */
export const agreementsOn = (field: string): readonly Agreement[] => byField.get(field) ?? none;

const none: readonly Agreement[] = [];
const byField: ReadonlyMap<string, readonly Agreement[]> = new Map(
  [...new Set(agreements.flatMap(({ fields }) => fields))].map((field) => [
    field,
    agreements.filter(({ fields }) => fields.includes(field)),
  ]),
);

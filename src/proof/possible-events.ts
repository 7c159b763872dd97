import { callNamed, readsByName, sourceOfType } from './event-catalogue.ts';
import type { EventClass } from './event-class.ts';
import type { FieldTest, Witness } from './event-set.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether CloudTrail could write such a record of a class: some names, services and resource types only come together. */
export const isPossible = (event: Witness, events: EventClass): boolean =>
  isOfItsCategory(event) && isOfItsType(event) && isOfItsService(event) && isTrueToItsName(event, events);

/** Insights and network activity have a type of record of their own, which no other category has. */
const ownTypes: ReadonlyMap<string, string> = new Map([
  ['NetworkActivity', 'AwsVpceEvents'],
  ['Insight', 'AwsCloudTrailInsight'],
]);

/** The types of record that only one category has, of those that a test of the category lets pass. */
export const typesOfCategories = (category: FieldTest): readonly string[] =>
  [...ownTypes].flatMap(([name, type]) => (category.has(name) === 'yes' ? [type] : []));

const ofResource = ['resources.ARN', 'resources.type'] as const;

function isOfItsCategory(event: Witness): boolean {
  const category = event.get('eventCategory');
  if (!isText(category)) return true;
  // Data events are about some resource; of others many are about none.
  if (category === 'Data' && ofResource.some((field) => event.has(field) && event.get(field) === undefined))
    return false;
  // Call rates are those of writes (aws-semantics §3).
  const isRate = event.get('insightDetails.insightType') === 'ApiCallRateInsight';
  if (isRate && category === 'Insight' && event.get('readOnly') === true) return false;
  const isManagement = event.get('managementEvent');
  if (isManagement !== undefined && category !== 'Insight' && isManagement !== (category === 'Management'))
    return false;
  const own = ownTypes.get(category);
  const type = event.get('eventType');
  if (!isText(type)) return true;
  return own === undefined ? ![...ownTypes.values()].includes(type) : type === own;
}

/** Only what a service does by itself has nobody who called it. */
function isOfItsType(event: Witness): boolean {
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

import type { EventClass } from './event-class.ts';
import { valuesOf } from './event-class.ts';
import type { FieldTest, Witness } from './event-set.ts';

/** What CloudTrail writes into the record of a call, whoever makes it. */
export interface Known {
  readonly eventSource: string;
  readonly eventCategory: 'Management' | 'Data';
  /** Undefined: not documented, and its name does not say. */
  readonly readOnly: boolean | undefined;
  readonly resourceType?: string;
  /** Where it is not an API call. */
  readonly eventType?: string;
}

const listed = (names: string): readonly string[] => names.split(' ');

/** Calls that only their own service has, by the resource type of their data events (aws-semantics §2.5). */
const dataEvents: readonly (Omit<Known, 'eventCategory'> & { readonly names: readonly string[] })[] = [
  {
    eventSource: 's3.amazonaws.com',
    resourceType: 'AWS::S3::Object',
    readOnly: true,
    names: listed(
      'GetObject HeadObject GetObjectAcl GetObjectAttributes GetObjectTagging GetObjectTorrent GetObjectRetention ' +
        'GetObjectLegalHold SelectObjectContent ListObjects ListObjectsV2 ListObjectVersions ListParts ' +
        'ListMultipartUploads HeadBucket',
    ),
  },
  {
    eventSource: 's3.amazonaws.com',
    resourceType: 'AWS::S3::Object',
    readOnly: false,
    names: listed(
      'PutObject DeleteObject DeleteObjects CopyObject CreateMultipartUpload UploadPart UploadPartCopy ' +
        'CompleteMultipartUpload AbortMultipartUpload PutObjectAcl PutObjectTagging DeleteObjectTagging ' +
        'RestoreObject PutObjectRetention PutObjectLegalHold',
    ),
  },
  {
    eventSource: 'lambda.amazonaws.com',
    resourceType: 'AWS::Lambda::Function',
    readOnly: false,
    names: ['Invoke', 'InvokeWithResponseStream'],
  },
  {
    eventSource: 'dynamodb.amazonaws.com',
    resourceType: 'AWS::DynamoDB::Table',
    readOnly: true,
    names: listed('GetItem BatchGetItem Query Scan TransactGetItems'),
  },
  {
    eventSource: 'dynamodb.amazonaws.com',
    resourceType: 'AWS::DynamoDB::Table',
    readOnly: false,
    names: listed('PutItem DeleteItem UpdateItem BatchWriteItem TransactWriteItems'),
  },
  {
    eventSource: 'dynamodb.amazonaws.com',
    resourceType: 'AWS::DynamoDB::Table',
    readOnly: undefined,
    names: listed('ExecuteStatement BatchExecuteStatement ExecuteTransaction'),
  },
  {
    eventSource: 'dynamodb.amazonaws.com',
    resourceType: 'AWS::DynamoDB::Stream',
    readOnly: true,
    names: listed('GetRecords GetShardIterator'),
  },
];

/** Management events whose names do not say whether they read (aws-semantics §2.5). */
const managementEvents: readonly (Omit<Known, 'eventCategory'> & { readonly names: readonly string[] })[] = [
  {
    eventSource: 'kms.amazonaws.com',
    readOnly: true,
    names: listed(
      'Encrypt Decrypt ReEncrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext ' +
        'GenerateDataKeyWithoutPlaintext',
    ),
  },
  { eventSource: 'kms.amazonaws.com', readOnly: false, names: ['ScheduleKeyDeletion', 'CancelKeyDeletion'] },
  {
    eventSource: 'sts.amazonaws.com',
    readOnly: true,
    names: listed('AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetSessionToken GetCallerIdentity'),
  },
  {
    eventSource: 'signin.amazonaws.com',
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    names: ['ConsoleLogin'],
  },
  { eventSource: 'kms.amazonaws.com', readOnly: undefined, eventType: 'AwsServiceEvent', names: ['RotateKey'] },
  { eventSource: 'cloudtrail.amazonaws.com', readOnly: false, names: ['StartLogging', 'StopLogging'] },
  {
    eventSource: 'config.amazonaws.com',
    readOnly: false,
    names: ['StartConfigurationRecorder', 'StopConfigurationRecorder'],
  },
];

const catalogue: ReadonlyMap<string, Known> = new Map([
  ...dataEvents.flatMap(({ names, ...known }) => named(names, { ...known, eventCategory: 'Data' })),
  ...managementEvents.flatMap(({ names, ...known }) => named(names, { ...known, eventCategory: 'Management' })),
]);

function named(names: readonly string[], known: Known): readonly (readonly [string, Known])[] {
  return names.map((name) => [name, known]);
}

/** Which service writes the data events of a resource type: of no other can they come. */
const sourceOfType: ReadonlyMap<string, string> = new Map(
  dataEvents.flatMap(({ resourceType, eventSource }) => (resourceType ? [[resourceType, eventSource]] : [])),
);

/** What is known of a call by its name, and its service where the class names it; undefined: nothing. */
export function lookUp(eventName: string, events: EventClass): Known | undefined {
  const known = catalogue.get(eventName);
  const source = events.fields.get('eventSource');
  return known && (!source || source.has(known.eventSource) === 'yes') ? known : undefined;
}

/** The calls of a service of which something is known. */
export const callsOf = (eventSource: string): readonly string[] =>
  [...catalogue].flatMap(([name, known]) => (known.eventSource === eventSource ? [name] : []));

/** Services all of whose data events are listed here, or that have none (aws-semantics §2.5, §2.9). */
const fullyListed: ReadonlySet<string> = new Set(
  listed(
    's3 lambda dynamodb kms sts signin cloudtrail config iam organizations ec2 logs events cloudfront route53 rds',
  ).map((service) => `${service}.amazonaws.com`),
);

/** The resource types whose data events are listed. */
export const dataEventTypes: readonly string[] = [...sourceOfType.keys()];

/** Whether a call that is not listed may be a data event all the same, as far as the class says whose call it is. */
export function hasOtherDataEvents(events: EventClass): boolean {
  const sources = valuesOf(events, 'eventSource');
  return sources === undefined || sources.length === 0 || !sources.every((source) => fullyListed.has(source));
}

const reads = /^(Get|List|Describe|Head|Lookup|BatchGet)(?=[A-Z])/;
const writes =
  /^(Create|Delete|Put|Update|Modify|Attach|Detach|Run|Terminate|Stop|Register|Deregister|Enable|Disable|Add|Remove|Set|Authorize|Revoke|Associate|Disassociate|Replace|Tag|Untag|Accept|Decline|Reject|Restore|Reboot|Invite|Move|Leave|Import)(?=[A-Z])/;

/** Whether a management call reads, as its verb says by AWS's own convention; undefined: the verb does not say. */
export const readsByName = (eventName: string): boolean | undefined =>
  reads.test(eventName) ? true : writes.test(eventName) ? false : undefined;

const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether CloudTrail could write such a record: some names, services and resource types only come together. */
export function isPossible(event: Witness): boolean {
  if (!isOfItsCategory(event)) return false;
  const source = event.get('eventSource');
  const type = event.get('resources.type');
  const ofType = isText(type) ? sourceOfType.get(type) : undefined;
  if (ofType && isText(source) && source !== ofType) return false;
  const name = event.get('eventName');
  const known = isText(name) ? catalogue.get(name) : undefined;
  // Another service may have a call of the same name.
  if (!known || (event.has('eventSource') && source !== known.eventSource)) return true;
  if (event.has('readOnly') && known.readOnly !== undefined && event.get('readOnly') !== known.readOnly) return false;
  // A call through a VPC endpoint is a network activity event besides.
  const other = known.eventCategory === 'Data' ? 'Management' : 'Data';
  return event.get('eventCategory') !== other;
}

/** Insights and network activity have a type of record of their own, which no other category has. */
function isOfItsCategory(event: Witness): boolean {
  // Call rates are those of writes (aws-semantics §3).
  const isRate = event.get('insightDetails.insightType') === 'ApiCallRateInsight';
  if (isRate && event.get('eventCategory') === 'Insight' && event.get('readOnly') === true) return false;
  const own = ownTypes.get(String(event.get('eventCategory')));
  const type = event.get('eventType');
  if (type === undefined || !event.has('eventCategory')) return true;
  return own === undefined ? ![...ownTypes.values()].includes(String(type)) : type === own;
}

const ownTypes: ReadonlyMap<string, string> = new Map([
  ['NetworkActivity', 'AwsVpceEvents'],
  ['Insight', 'AwsCloudTrailInsight'],
]);

/** The services that write the calls and the data events that these tests name: others could not. */
export const sourcesNamedBy = (tests: readonly FieldTest[]): readonly string[] => [
  ...new Set(
    tests.flatMap(({ field, whole }) =>
      whole.flatMap((value) => {
        if (field === 'resources.type') return sourceOfType.get(String(value)) ?? [];
        return field === 'eventName' ? (catalogue.get(String(value))?.eventSource ?? []) : [];
      }),
    ),
  ),
];

/** Services whose events are recorded in the partition's leader region alone (aws-semantics §1.4). */
export const globalServices: readonly string[] = [
  'iam.amazonaws.com',
  'cloudfront.amazonaws.com',
  'route53.amazonaws.com',
  'organizations.amazonaws.com',
];

/** Whether the events of a class come from global services: all of them, some or none. */
export function globalShare(events: EventClass): 'all' | 'some' | 'none' {
  const { fields } = events;
  if (fields.get('eventCategory')?.has('Management') === 'no') return 'none';
  const sources = fields.get('eventSource');
  if (!sources) return 'some';
  const ours = globalServices.filter((source) => sources.has(source) === 'yes');
  if (ours.length === 0) return 'none';
  return valuesOf(events, 'eventSource')?.every((source) => ours.includes(source)) ? 'all' : 'some';
}

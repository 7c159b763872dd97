import type { EventClass } from './event-class.ts';
import { valuesOf } from './event-class.ts';
import type { FieldTest } from './event-set.ts';
import { isAboutObjects } from './resource-arn.ts';

/** What CloudTrail writes into the record of a call, whoever makes it. */
export interface Known {
  readonly eventSource: string;
  readonly eventCategory: 'Management' | 'Data';
  /** Undefined: not documented, and its name does not say. */
  readonly readOnly: boolean | undefined;
  /** Of data events. */
  readonly resourceType?: string;
  /** Where it is not an API call. */
  readonly eventType?: string;
}

type Calls = Omit<Known, 'eventCategory'> & { readonly names: readonly string[] };

const listed = (names: string): readonly string[] => names.split(' ');

/** Data events that are about a bucket and no one object of it: their records have no ARN of one (aws-semantics §2.5). */
export const callsOnBuckets: readonly string[] = listed(
  'ListObjects ListObjectsV2 ListObjectVersions ListMultipartUploads HeadBucket',
);

/** Calls that are data events, by the resource type of these (aws-semantics §2.5). */
const dataEvents: readonly (Calls & { readonly resourceType: string })[] = [
  {
    eventSource: 's3.amazonaws.com',
    resourceType: 'AWS::S3::Object',
    readOnly: true,
    names: listed(
      'GetObject HeadObject GetObjectAcl GetObjectAttributes GetObjectTagging GetObjectTorrent GetObjectRetention ' +
        'GetObjectLegalHold SelectObjectContent ListParts',
    ),
  },
  { eventSource: 's3.amazonaws.com', resourceType: 'AWS::S3::Object', readOnly: true, names: callsOnBuckets },
  {
    eventSource: 's3.amazonaws.com',
    resourceType: 'AWS::S3::Object',
    readOnly: false,
    names: listed(
      'PutObject PostObject DeleteObject DeleteObjects CopyObject CreateMultipartUpload UploadPart UploadPartCopy ' +
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
const managementEvents: readonly Calls[] = [
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
    names: ['ConsoleLogin', 'SwitchRole'],
  },
  {
    eventSource: 'signin.amazonaws.com',
    readOnly: undefined,
    eventType: 'AwsConsoleSignIn',
    names: ['CheckMfa', 'ExitRole', 'RenewRole'],
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
export const sourceOfType: ReadonlyMap<string, string> = new Map(
  dataEvents.map(({ resourceType, eventSource }) => [resourceType, eventSource]),
);

/**
 * Calls of which several services have one of the same name, each with a meaning of its own: the RDS and Redshift data
 * APIs, Timestream, Kinesis and Glacier.
 */
const ofSeveralServices: ReadonlySet<string> = new Set(
  listed(
    'ExecuteStatement BatchExecuteStatement Query GetRecords GetShardIterator ListParts ListMultipartUploads ' +
      'CompleteMultipartUpload AbortMultipartUpload',
  ),
);

/** What is known of a call by its name, and of the service it is of, if somebody says that. */
export function callNamed(eventName: string, eventSource?: string): Known | undefined {
  const known = catalogue.get(eventName);
  const isItsOwn = eventSource === undefined ? !ofSeveralServices.has(eventName) : eventSource === known?.eventSource;
  return isItsOwn ? known : undefined;
}

/** What is known of a call in a class that may say whose call it is: of several, that which has it. */
export function lookUp(eventName: string, events: EventClass): Known | undefined {
  const [only, ...others] = valuesOf(events, 'eventSource') ?? [];
  const known = callNamed(eventName, others.length === 0 ? only : undefined);
  return known && events.fields.get('eventSource')?.has(known.eventSource) !== 'no' ? known : undefined;
}

/** The calls of a service of which something is known. */
export const callsOf = (eventSource: string): readonly string[] =>
  [...catalogue].flatMap(([name, known]) => (known.eventSource === eventSource ? [name] : []));

/** The resource types whose data events are listed. */
export const dataEventTypes: readonly string[] = [...sourceOfType.keys()];

/** Services all of whose data events are listed here, or that have none (aws-semantics §2.5, §2.9). */
const fullyListed: ReadonlySet<string> = new Set(
  listed(
    's3 lambda dynamodb kms sts signin cloudtrail config iam organizations ec2 logs events cloudfront route53 rds',
  ).map((service) => `${service}.amazonaws.com`),
);

/** How their data events are called, so that one of tomorrow is not taken for a management event. */
const namesOfDataEvents: ReadonlyMap<string, RegExp> = new Map([
  ['s3.amazonaws.com', /^(?!.*AccessPoint).*(?:Object(?!LockConfiguration)|Part|Upload|Session)/],
  ['lambda.amazonaws.com', /^Invoke/],
  ['dynamodb.amazonaws.com', /Item|Record|Statement|Transact|Query|Scan/],
]);

/** Whether a call that is not listed may be a data event all the same, as far as the class says whose call it is. */
export function mayBeDataEvent(eventName: string, events: EventClass): boolean {
  const sources = valuesOf(events, 'eventSource');
  if (isAboutObjects(events)) return true;
  return !sources?.every((source) => fullyListed.has(source) && !namesOfDataEvents.get(source)?.test(eventName));
}

// A beginning that a selector names stands for all its calls; of those with `Get` some do more than read.
const reads = /^((List|Describe|Head|Lookup|BatchGet)(?=[A-Z…])|Get(?=[A-Z]))/;
const writes =
  /^(Create|Delete|Put|Update|Modify|Attach|Detach|Run|Terminate|Stop|Register|Deregister|Enable|Disable|Add|Remove|Set|Authorize|Revoke|Associate|Disassociate|Replace|Tag|Untag|Accept|Decline|Reject|Restore|Reboot|Invite|Move|Leave|Import)(?=[A-Z…])/;

/** Whether a management call reads, as its verb says by AWS's own convention; undefined: the verb does not say. */
export const readsByName = (eventName: string): boolean | undefined =>
  reads.test(eventName) ? true : writes.test(eventName) ? false : undefined;

/** The services that write the calls and the data events that these tests name: others could not. */
export function sourcesNamedBy(tests: readonly FieldTest[]): readonly string[] {
  const named = new Set<string>();
  for (const { field, whole } of tests) {
    if (field !== 'resources.type' && field !== 'eventName') continue;
    for (const value of whole) {
      const name = String(value);
      const source = field === 'eventName' ? catalogue.get(name)?.eventSource : sourceOfType.get(name);
      if (source !== undefined) named.add(source);
    }
  }
  return [...named];
}

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

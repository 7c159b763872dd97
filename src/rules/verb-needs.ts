import { policyProperty } from '../proof/policy/of-resource.ts';
import { readRecords } from '../proof/records.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { isObject } from '../snapshot/resource-view.ts';
import type { Compiling, Scope } from './compile-context.ts';
import { needOf, needProperty, needType } from './needs.ts';
import type { Verb } from './vocabulary.ts';

/** Where a verb stands: on which resource type, and of which of its resources it is asked. */
export interface VerbPlace {
  readonly type: ResourceType;
  readonly scope: Scope;
}

/** What the verbs read (design §3: each verb declares it; a test gaps all the rest). */
export function needVerb(verb: Verb, written: unknown, place: VerbPlace, compiling: Compiling): void {
  switch (verb) {
    case 'records':
      needRecords(written, place, compiling);
      break;
    case 'keeps':
      needKeeps(written, place, compiling);
      break;
    case 'alerts':
      needAlerts(written, compiling);
      break;
    case 'denies':
      needDenies(place, compiling);
      break;
    case 'grants':
      needType(place.type, place.scope, compiling);
      for (const name of ['AWS::IAM::Group', 'AWS::IAM::ManagedPolicy']) needOf(name, [], compiling);
      break;
    default:
      needPolicy(written, place, compiling);
  }
}

/** What a resource's policy is made of, and whose a principal is that it names. */
function needPolicy(written: unknown, { type, scope }: VerbPlace, compiling: Compiling): void {
  if (type.name === 'AWS::Logs::LogGroup') needOf('AWS::Logs::ResourcePolicy', [], compiling);
  needProperty(type, policyProperty(type), scope, compiling);
  if (!isObject(written) || written.organization !== true) return;
  for (const name of ['AWS::Organizations::Organization', 'AWS::Organizations::Account']) needOf(name, [], compiling);
}

/** Every link of the ways that may count (aws-semantics §6–7). */
function needAlerts(written: unknown, compiling: Compiling): void {
  const { via = 'any', events } = isObject(written) ? written : {};
  if (mayBeInsights(events)) needOf('AWS::CloudTrail::Trail', ['InsightSelectors'], compiling);
  needOf('AWS::CloudTrail::Trail', ['Status', 'EventSelectors'], compiling);
  needOf('AWS::Region', [], compiling);
  if (via !== 'eventbridge') {
    for (const name of ['AWS::Logs::LogGroup', 'AWS::Logs::MetricFilter']) needOf(name, [], compiling);
    needOf('AWS::CloudWatch::Alarm', ['MuteRules'], compiling);
  }
  if (via !== 'metric-filter') needOf('AWS::Events::Rule', ['Targets'], compiling);
  needOf('AWS::SNS::Topic', ['Subscriptions'], compiling);
  needOf('AWS::SNS::Subscription', [], compiling);
  needOf('AWS::KMS::Key', ['Policy'], compiling);
  needOf('AWS::Lambda::Function', ['Policy'], compiling);
}

/** Where the account is in its organization, and what is attached on the way. */
function needDenies({ type, scope }: VerbPlace, compiling: Compiling): void {
  if (type.name !== 'AWS::Account') needType(type, scope, compiling);
  needOf('AWS::Organizations::Organization', ['Roots'], compiling);
  needOf('AWS::Organizations::Account', [], compiling);
  needOf('AWS::Organizations::Policy', ['Content', 'Targets'], compiling);
  needOf('AWS::Region', [], compiling);
}

const recording: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
  'AWS::CloudTrail::EventDataStore': ['Status'],
};

/** A trail or event data store alone, or all of them for what they record of something else. */
function needRecords(written: unknown, { type, scope }: VerbPlace, compiling: Compiling): void {
  if (mayBeInsights(written)) needOf('AWS::CloudTrail::Trail', ['InsightSelectors'], compiling);
  const alone = Object.hasOwn(recording, type.name);
  for (const name of alone ? [type.name] : Object.keys(recording)) needOf(name, recording[name] ?? [], compiling);
  if (type.name !== 'AWS::CloudTrail::Trail') needOf('AWS::KMS::Key', [], compiling);
  needOf('AWS::Region', [], compiling);
  if (readRecords(written).except) needOf('AWS::S3::Bucket', ['Logging', 'Replication'], compiling);
  if (!alone) needType(type, scope, compiling);
}

/** Whether some class may hold Insights events; one that names calls holds those of no other kind. */
const mayBeInsights = (written: unknown): boolean =>
  readRecords(written)
    .classes.filter(isObject)
    .some(
      ({ eventCategory, eventName }) => JSON.stringify(eventCategory)?.includes('Insight') ?? eventName === undefined,
    );

function needKeeps(written: unknown, { type, scope }: VerbPlace, compiling: Compiling): void {
  const own = (...names: readonly string[]): void => {
    for (const name of names) needProperty(type, name, scope, compiling);
  };
  switch (type.name) {
    case 'AWS::Account':
      for (const [name, properties] of Object.entries(recording)) needOf(name, properties, compiling);
      if (isObject(written) && mayBeInsights(written.events)) {
        needOf('AWS::CloudTrail::Trail', ['InsightSelectors'], compiling);
      }
      needOf('AWS::Region', [], compiling);
      needOf('AWS::CloudTrail::EventDataStore', ['RetentionPeriod'], compiling);
      // What does not arrive is not kept.
      needOf('AWS::S3::Bucket', ['Policy', 'RequestPayment', 'Encryption'], compiling);
      needOf('AWS::KMS::Key', ['Policy'], compiling);
      needDestinations(written, compiling);
      break;
    case 'AWS::CloudTrail::Trail':
      needFolders(compiling);
      needDestinations(written, compiling);
      break;
    case 'AWS::S3::Bucket':
      if (measureOf(written) === 'undeletable') needOf('AWS::CloudTrail::Trail', [], compiling);
      else needFolders(compiling);
      own(...bucketRetention(written, compiling));
      break;
    default:
      own(type.name === 'AWS::Logs::LogGroup' ? 'RetentionInDays' : 'RetentionPeriod');
  }
}

/** Where the files of trails are: which kinds they write, and the organization that is in their keys. */
function needFolders(compiling: Compiling): void {
  needOf('AWS::CloudTrail::Trail', ['EventSelectors'], compiling);
  needOf('AWS::Organizations::Organization', [], compiling);
}

function needDestinations(written: unknown, compiling: Compiling): void {
  needOf('AWS::S3::Bucket', retention(written), compiling);
  needOf('AWS::Logs::LogGroup', [], compiling);
  needOf('AWS::Organizations::Organization', [], compiling);
}

/** Which access logs a bucket holds matters only where no trail writes to it. */
const bucketRetention = (written: unknown, { namedBy }: Compiling): readonly string[] => [
  ...retention(written),
  ...(namedBy.includes('trails') ? [] : ['Logging']),
];

/** Lifecycle rules, and what stops them; locks only where a number asks for them (aws-semantics §4.6). */
function retention(written: unknown): readonly string[] {
  const measure = measureOf(written);
  return [
    ...(measure === 'undeletable' ? [] : ['LifecycleConfiguration', 'Versioning']),
    ...(measure === 'undeletable' || measure === 'permanent' ? ['ObjectLock'] : []),
  ];
}

const measureOf = (written: unknown): unknown => (isObject(written) ? (written.measure ?? 'current') : 'current');

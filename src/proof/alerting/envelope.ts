import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type EventSet, type FieldTest, type FieldValue, nobodyKnowsWhich } from '../event-set.ts';
import { is } from './is.ts';

/** What EventBridge calls the kinds of records (aws-semantics §7.1). */
export const detailTypes: ReadonlyMap<string, string> = new Map([
  ['AwsApiCall', 'AWS API Call via CloudTrail'],
  ['AwsConsoleSignIn', 'AWS Console Sign In via CloudTrail'],
  ['AwsConsoleAction', 'AWS Console Action via CloudTrail'],
  ['AwsServiceEvent', 'AWS Service Event via CloudTrail'],
  ['AwsCloudTrailInsight', 'AWS Insight via CloudTrail'],
  ['AwsVpceEvents', 'AWS Network Activity Event via CloudTrail'],
]);

/** Whose events are known to come under `aws.` and the service's own name (aws-semantics §7.2). */
const plainSources: ReadonlySet<string> = new Set(
  'cloudtrail config dynamodb ec2 iam kms lambda organizations rds s3 signin sns sqs ssm sts'
    .split(' ')
    .map((service) => `${service}.amazonaws.com`),
);

const domain = '.amazonaws.com';

/** The same set, with what it says of the envelope said of the record that is in it. */
export function aboutRecords(set: EventSet, rule: ResourceView): EventSet {
  if ('all' in set) return { all: set.all.map((part) => aboutRecords(part, rule)) };
  if ('any' in set) return { any: set.any.map((part) => aboutRecords(part, rule)) };
  if ('not' in set) return { not: aboutRecords(set.not, rule) };
  switch (set.field) {
    case 'envelope.source':
      return ofSource(set);
    case 'envelope.detail-type':
      return onTypes(set);
    case 'envelope.account':
      return always(set.has(rule.account.account.id));
    case 'envelope.region':
      return always(set.has(rule.region));
    case 'envelope.version':
      return always(set.has('0'));
    default:
      return set.field.startsWith('envelope.') ? always('unknown') : set;
  }
}

const isInsight = is('eventCategory', 'Insight');

/** The source is worked out of the service; Insights events are CloudTrail's own, and name the service elsewhere. */
function ofSource(test: FieldTest): EventSet {
  const own = test.has('aws.cloudtrail');
  return {
    any: [{ all: [{ not: isInsight }, ofService(test)] }, { all: [isInsight, always(own === 'no' ? 'unknown' : own)] }],
  };
}

/** Where a source may differ from its service, a rule that asks for another one is not known to fail. */
function ofService(test: FieldTest): FieldTest {
  const sourceOf = (service: FieldValue): FieldValue =>
    typeof service === 'string'
      ? `aws.${service.endsWith(domain) ? service.slice(0, -domain.length) : service}`
      : service;
  const isBlocking = test.whole.length + test.beginnings.length + test.endings.length > 0;
  return {
    field: 'eventSource',
    has: (service) => {
      const truth = test.has(sourceOf(service));
      return truth === 'no' && isBlocking && isService(service) && !plainSources.has(service) ? 'unknown' : truth;
    },
    whole: test.whole.flatMap((it) =>
      typeof it === 'string' && it.startsWith('aws.') ? `${it.slice(4)}${domain}` : [],
    ),
    beginnings: test.beginnings.flatMap((it) => (it.startsWith('aws.') ? it.slice(4) : [])),
    endings: test.endings.map((it) => `${it}${domain}`),
    ...(test.intricate && { intricate: true }),
  };
}

/** A service of which only that is known: that it is another one. */
const isService = (service: FieldValue): service is string => typeof service === 'string' && service.endsWith(domain);

const onTypes = (test: FieldTest): FieldTest => ({
  ...nobodyKnowsWhich,
  field: 'eventType',
  has: (type) => {
    const detailType = detailTypes.get(String(type));
    return detailType === undefined ? 'unknown' : test.has(detailType);
  },
});

const always = (truth: ReturnType<FieldTest['has']>): EventSet => ({ ...nobodyKnowsWhich, has: () => truth });

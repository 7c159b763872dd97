import { resolve, target } from '../../snapshot/links.ts';
import { objectsIn, type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import { type Answer, all, any, nothingSaid } from '../answer.ts';
import { keyIsEnabled } from '../key-qualities.ts';
import { decided, pointedAt, undecided, unknown } from '../leaf.ts';
import { keyAdmits, onlyForSns } from './key.ts';
import { byRole, type Notifier } from './notifier.ts';
import { permitted } from './permitted.ts';

/** What is asked of a topic; `prefix` leads to it. */
type AskTopic = (topic: ResourceView, prefix: string) => Answer;

/** Asks the topic that a notifier names. */
export function atTopic(arn: string, { view, prefix }: Notifier, ask: AskTopic): Answer {
  const path = `${prefix}topic`;
  const leads = resolve(view.account, 'AWS::SNS::Topic', arn);
  if (leads.is === 'unknown') return unknown(view, path, leads.gaps);
  if (leads.is === 'absent')
    return decided(false, { path, actual: arn, resource: view.id, note: 'the topic does not exist' });
  return ask(leads.view, `${path}[${leads.view.id}].`);
}

/** Whether a topic lets the notifier publish, can be decrypted, and reaches somebody (aws-semantics §6.8). */
export const topicTells = (arn: string, notifier: Notifier): Answer =>
  atTopic(arn, notifier, (topic, at) => all([mayPublishFor(topic, notifier, at), somebodyListens(topic, at)], 'no'));

/** Whether a topic takes what the notifier publishes, whoever listens. */
export const topicTakes = (arn: string, notifier: Notifier): Answer =>
  atTopic(arn, notifier, (topic, at) => mayPublishFor(topic, notifier, at));

/** Whether a notifier may publish to a topic: its kind and region, its policy, its key (aws-semantics §6.8). */
export const mayPublishFor = (topic: ResourceView, notifier: Notifier, prefix: string): Answer =>
  all(
    [
      ...takesAny(topic, notifier, prefix),
      notifier.role ? byRole(notifier) : mayPublish(topic, notifier, prefix),
      canEncrypt(topic, notifier, prefix),
    ],
    'no',
  );

/** What keeps a topic from being notified at all: the region it lives in, or that it is first in, first out. */
function takesAny(topic: ResourceView, { view, service }: Notifier, prefix: string): readonly Answer[] {
  const evidence = { path: `${prefix}TopicArn`, actual: topic.id, resource: topic.id };
  if (topic.region !== view.region) {
    return [decided(false, { ...evidence, note: `a topic of another region than ${view.region} is not notified` })];
  }
  const { from } = read(topic, 'FifoTopic');
  if (!topic.id.endsWith('.fifo') && topic.item.FifoTopic !== 'true') return [];
  return service === 'cloudwatch.amazonaws.com'
    ? [decided(false, { ...evidence, ...(from && { from }), note: 'alarms publish to no FIFO topic' })]
    : [undecided({ ...evidence, note: 'whether rules publish to a FIFO topic is not known' })];
}

function mayPublish(topic: ResourceView, { view, service }: Notifier, prefix: string): Answer {
  const byAlarm = service === 'cloudwatch.amazonaws.com';
  // Every topic is born with a policy that lets its own account's resources in, alarms among them.
  const { from } = read(topic, 'Policy');
  const note = byAlarm ? 'the policy that every topic begins with' : `no statement allows sns:Publish to ${service}`;
  return permitted(topic, prefix, {
    service,
    action: 'sns:Publish',
    keys: {
      'aws:SourceArn': view.id,
      'aws:SourceAccount': view.accountId,
      'aws:SourceOwner': byAlarm ? view.accountId : undefined,
    },
    without: decided(byAlarm, { path: `${prefix}Policy`, ...(from && { from }), resource: topic.id, note }),
  });
}

/** Whether an encrypted topic's key lets the notifier encrypt what it publishes (aws-semantics §6.8). */
export function canEncrypt(topic: ResourceView, { view, service, role }: Notifier, prefix: string): Answer {
  const path = `${prefix}KmsMasterKeyId`;
  const reading = read(topic, 'KmsMasterKeyId');
  if (reading.is === 'gap') return unknown(topic, path, reading.gaps, reading.from);
  if (reading.is === 'absent' || reading.value === '') return nothingSaid;
  const id = String(reading.value);
  const evidence = { path, actual: id, ...(reading.from && { from: reading.from }), resource: topic.id };
  if (/(^|:)alias\/aws\/sns$/.test(id)) return decided(false, { ...evidence, note: onlyForSns(service) });
  const leads = target(topic, 'key');
  if (leads.is === 'unknown') return unknown(topic, path, leads.gaps);
  if (leads.is !== 'found') return decided(false, { ...evidence, note: 'the key does not exist' });
  const at = `${prefix}key.`;
  const admits = keyAdmits(leads.view, at, { service, account: view.accountId });
  const usable = role ? keyIsEnabled(leads.view, at) : all([keyIsEnabled(leads.view, at), admits], 'no');
  return pointedAt(evidence, usable);
}

/** A subscription that somebody confirmed has an ARN of its own. */
export function somebodyListens(topic: ResourceView, prefix: string): Answer {
  const path = `${prefix}Subscriptions`;
  const reading = read(topic, 'Subscriptions');
  if (reading.is === 'gap') return asCounted(topic, prefix) ?? unknown(topic, path, reading.gaps, reading.from);
  const known = objectsIn(saidBy(reading));
  const live = known.map(({ SubscriptionArn }) => String(SubscriptionArn)).filter((arn) => arn.startsWith('arn:'));
  const evidence = {
    path,
    expected: 'a confirmed one',
    actual: live.length,
    ...(reading.from && { from: reading.from }),
    resource: topic.id,
  };
  if (live.length > 0) {
    const heard = any(
      live.map((arn) => letsThrough(topic, arn, prefix)),
      'no',
    );
    return all([decided(true, evidence), heard], 'no');
  }
  return decided(false, { ...evidence, ...(known.length > 0 && { note: 'nobody has confirmed a subscription' }) });
}

/** A topic counts those who have confirmed; what they let through is in none of its attributes. */
function asCounted(topic: ResourceView, prefix: string): Answer | undefined {
  const counted = read(topic, 'SubscriptionsConfirmed');
  const actual = saidBy(counted);
  if (Number(actual) !== 0) return undefined;
  const evidence = { path: `${prefix}SubscriptionsConfirmed`, actual, resource: topic.id };
  return decided(false, { ...evidence, ...(counted.from && { from: counted.from }) });
}

/** Alarms and rules publish without message attributes: a filter on these lets nothing of them through. */
function letsThrough(topic: ResourceView, arn: string, prefix: string): Answer {
  const path = `${prefix}Subscriptions[${arn}]`;
  const leads = resolve(topic.account, 'AWS::SNS::Subscription', arn);
  if (leads.is === 'unknown') return unknown(topic, path, leads.gaps);
  if (leads.is === 'absent') return nothingSaid;
  const subscription = leads.view;
  const at = `${path}.FilterPolicy`;
  const reading = read(subscription, 'FilterPolicy');
  if (reading.is === 'gap') return unknown(subscription, at, reading.gaps, reading.from);
  const policy = String(saidBy(reading) ?? '');
  const evidence = { path: at, ...(reading.from && { from: reading.from }), resource: arn, actual: policy };
  if (/^\s*(\{\s*\}\s*)?$/.test(policy)) return decided(true, { ...evidence, note: 'it lets everything through' });
  const { FilterPolicyScope: scope = 'MessageAttributes' } = subscription.item;
  return scope === 'MessageAttributes' && !policy.includes('"exists"')
    ? decided(false, { ...evidence, note: 'it lets messages through by attributes, and these have none' })
    : undecided({ ...evidence, note: 'whether it lets such messages through is not worked out' });
}

/** Whether what cannot be delivered to any who has confirmed goes into a dead-letter queue. */
export function deadLetters(topic: ResourceView, prefix: string): Answer {
  const path = `${prefix}Subscriptions`;
  const reading = read(topic, 'Subscriptions');
  if (reading.is === 'gap') return unknown(topic, path, reading.gaps, reading.from);
  const arns = objectsIn(saidBy(reading)).map(({ SubscriptionArn }) => String(SubscriptionArn));
  const live = arns.filter((arn) => arn.startsWith('arn:'));
  const evidence = { path, actual: live.length, ...(reading.from && { from: reading.from }), resource: topic.id };
  const each = live.map((arn) => hasQueue(topic, arn, path));
  return pointedAt(evidence, all([decided(live.length > 0, evidence), ...each], 'no'));
}

function hasQueue(topic: ResourceView, arn: string, path: string): Answer {
  const leads = resolve(topic.account, 'AWS::SNS::Subscription', arn);
  const at = `${path}[${arn}].RedrivePolicy`;
  if (leads.is === 'unknown') return unknown(topic, at, leads.gaps);
  if (leads.is === 'absent') return decided(false, { path: at, resource: arn, note: 'the subscription is gone' });
  const reading = read(leads.view, 'RedrivePolicy');
  if (reading.is === 'gap') return unknown(leads.view, at, reading.gaps, reading.from);
  const policy = String(saidBy(reading) ?? '');
  const evidence = { path: at, ...(reading.from && { from: reading.from }), resource: arn };
  return policy.includes('deadLetterTargetArn')
    ? decided(true, { ...evidence, actual: policy })
    : decided(false, { ...evidence, note: 'it has no dead-letter queue' });
}

import { resolve } from '../../snapshot/links.ts';
import { isObject, type ResourceView, read } from '../../snapshot/resource-view.ts';
import { type Answer, all } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { decide } from '../policy/decide.ts';
import { parsePolicy } from '../policy/policy.ts';
import { serviceContext } from '../policy/request.ts';

/** Who notifies: the alarm or rule, and the service that acts for it. */
export interface Notifier {
  readonly view: ResourceView;
  readonly service: 'cloudwatch.amazonaws.com' | 'events.amazonaws.com';
  readonly prefix: string;
}

const yes: Answer = { truth: 'yes', evidence: [], changes: [] };

/** Whether a topic lets the notifier publish, can be decrypted, and reaches somebody (aws-semantics §6.8). */
function topicTells(arn: string, notifier: Notifier): Answer {
  const { view, service, prefix } = notifier;
  const path = `${prefix}topic`;
  const leads = resolve(view.account, 'AWS::SNS::Topic', arn);
  if (leads.is === 'unknown') return unknown(view, path, leads.gaps);
  if (leads.is === 'absent')
    return decided(false, { path, actual: arn, resource: view.id, note: 'the topic does not exist' });
  const topic = leads.view;
  const at = `${path}[${topic.id}].`;
  if (service === 'cloudwatch.amazonaws.com' && topic.id.endsWith('.fifo')) {
    return decided(false, {
      path: `${at}TopicArn`,
      actual: topic.id,
      resource: topic.id,
      note: 'alarms publish to no FIFO topic',
    });
  }
  return all([mayPublish(topic, notifier, at), canEncrypt(topic, notifier, at), somebodyListens(topic, at)], 'no');
}

function mayPublish(topic: ResourceView, { view, service }: Notifier, prefix: string): Answer {
  const path = `${prefix}Policy`;
  const reading = read(topic, 'Policy');
  if (reading.is === 'gap') return unknown(topic, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: topic.id };
  const byAlarm = service === 'cloudwatch.amazonaws.com';
  if (reading.is === 'absent') {
    // Every topic is born with a policy that lets its own account's resources in, alarms among them.
    const note = byAlarm ? 'the policy that every topic begins with' : `no statement allows sns:Publish to ${service}`;
    return decided(byAlarm, { ...evidence, note });
  }
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  const context = serviceContext(service, {
    'aws:SourceArn': view.id,
    'aws:SourceAccount': view.accountId,
    'aws:SourceOwner': byAlarm ? view.accountId : undefined,
  });
  const request = {
    caller: { kind: 'service', name: service },
    action: 'sns:Publish',
    resource: topic.id,
    context,
  } as const;
  const { allowed, why } = decide(policy, request);
  return allowed === 'unknown'
    ? undecided({ ...evidence, note: why })
    : decided(allowed === 'yes', { ...evidence, note: why });
}

function canEncrypt(topic: ResourceView, { view, service }: Notifier, prefix: string): Answer {
  const path = `${prefix}KmsMasterKeyId`;
  const reading = read(topic, 'KmsMasterKeyId');
  if (reading.is === 'gap') return unknown(topic, path, reading.gaps, reading.from);
  if (reading.is === 'absent') return yes;
  const id = String(reading.value);
  const evidence = { path, actual: id, ...(reading.from && { from: reading.from }), resource: topic.id };
  if (/(^|:)alias\/aws\/sns$/.test(id))
    return decided(false, { ...evidence, note: `the key of SNS itself lets ${service} in nowhere` });
  const leads = resolve(view.account, 'AWS::KMS::Key', id);
  if (leads.is === 'unknown') return unknown(topic, path, leads.gaps);
  if (leads.is === 'absent') return decided(false, { ...evidence, note: 'the key does not exist' });
  const key = leads.view;
  const at = `${prefix}key.`;
  return all([keyWorks(key, at), keyAdmits(key, { service, account: view.accountId, prefix: at })], 'no');
}

function keyWorks(key: ResourceView, prefix: string): Answer {
  const path = `${prefix}KeyState`;
  const reading = read(key, 'KeyState');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const actual = reading.is === 'value' ? reading.value : undefined;
  const evidence = { path, expected: 'Enabled', actual, ...(reading.from && { from: reading.from }), resource: key.id };
  return decided(actual === undefined || actual === 'Enabled', evidence);
}

interface Admission {
  readonly service: string;
  readonly account: string;
  readonly prefix: string;
}

function keyAdmits(key: ResourceView, { service, account, prefix }: Admission): Answer {
  const path = `${prefix}Policy`;
  const reading = read(key, 'Policy');
  if (reading.is === 'gap') return unknown(key, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: key.id };
  if (reading.is === 'absent') return undecided({ ...evidence, note: 'every key has a policy, and none is here' });
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  const context = serviceContext(service, { 'aws:SourceAccount': account });
  const answers = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => {
    const request = { caller: { kind: 'service', name: service }, action, resource: key.id, context } as const;
    const { allowed, why } = decide(policy, request);
    return allowed === 'unknown'
      ? undecided({ ...evidence, note: why })
      : decided(allowed === 'yes', { ...evidence, note: why });
  });
  return all(answers, 'no');
}

/** A subscription that somebody confirmed has an ARN of its own. */
function somebodyListens(topic: ResourceView, prefix: string): Answer {
  const path = `${prefix}Subscriptions`;
  const reading = read(topic, 'Subscriptions');
  const confirmed = read(topic, 'SubscriptionsConfirmed');
  if (reading.is === 'gap') {
    if (confirmed.is !== 'value') return unknown(topic, path, reading.gaps, reading.from);
    const evidence = { path: `${prefix}SubscriptionsConfirmed`, actual: confirmed.value, resource: topic.id };
    return decided(Number(confirmed.value) > 0, { ...evidence, ...(confirmed.from && { from: confirmed.from }) });
  }
  const all = reading.is === 'value' && Array.isArray(reading.value) ? reading.value.filter(isObject) : [];
  const live = all.filter(({ SubscriptionArn }) => String(SubscriptionArn).startsWith('arn:'));
  const pending = all.length - live.length;
  const note = live.length === 0 && pending > 0 ? { note: 'nobody has confirmed a subscription' } : {};
  const evidence = {
    path,
    expected: 'a confirmed one',
    actual: live.length,
    ...(reading.from && { from: reading.from }),
  };
  return decided(live.length > 0, { ...evidence, resource: topic.id, ...note });
}

/** Whether a function may be invoked by the notifier: what it does then is its own affair. */
function functionTells(arn: string, { view, service, prefix }: Notifier): Answer {
  const path = `${prefix}function`;
  const leads = resolve(view.account, 'AWS::Lambda::Function', arn);
  if (leads.is === 'unknown') return unknown(view, path, leads.gaps);
  if (leads.is === 'absent')
    return decided(false, { path, actual: arn, resource: view.id, note: 'the function does not exist' });
  const target = leads.view;
  const reading = read(target, 'Policy');
  const at = `${path}[${target.id}].Policy`;
  if (reading.is === 'gap') return unknown(target, at, reading.gaps, reading.from);
  const evidence = { path: at, ...(reading.from && { from: reading.from }), resource: target.id };
  if (reading.is === 'absent')
    return decided(false, { ...evidence, note: 'without a policy no service may invoke it' });
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  const name = service === 'cloudwatch.amazonaws.com' ? 'lambda.alarms.cloudwatch.amazonaws.com' : service;
  const context = serviceContext(name, { 'aws:SourceArn': view.id, 'aws:SourceAccount': view.accountId });
  const caller = { kind: 'service', name } as const;
  const { allowed, why } = decide(policy, { caller, action: 'lambda:InvokeFunction', resource: target.id, context });
  return allowed === 'unknown'
    ? undecided({ ...evidence, note: why })
    : decided(allowed === 'yes', { ...evidence, note: why });
}

/** Services that bring what they get before people. */
const people = ['ssm', 'ssm-incidents', 'aiops'];
/** Where it is kept and nobody is told (aws-semantics §7.5). */
const stores = ['sqs', 'logs', 'firehose', 'kinesis', 's3'];

/** Whether an action or target brings it before somebody. */
export function tells(arn: string, notifier: Notifier): Answer {
  const service = arn.split(':')[2] ?? '';
  if (service === 'sns') return topicTells(arn, notifier);
  if (service === 'lambda') return functionTells(arn, notifier);
  const evidence = { path: `${notifier.prefix}action`, actual: arn, resource: notifier.view.id };
  if (people.includes(service)) return decided(true, evidence);
  if (stores.includes(service)) return decided(false, { ...evidence, note: 'it is kept there, and nobody is told' });
  if (service === 'events') return undecided({ ...evidence, note: 'what rules of another bus do is not followed' });
  if (notifier.service === 'cloudwatch.amazonaws.com')
    return decided(false, { ...evidence, note: 'it changes something, and tells nobody' });
  return undecided({ ...evidence, note: 'what is done there is not known' });
}

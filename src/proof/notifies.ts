import { resolve } from '../snapshot/links.ts';
import { type ResourceView, read, readPath, saidBy } from '../snapshot/resource-view.ts';
import { canEncrypt } from './alerting/topic.ts';
import { type Answer, all } from './answer.ts';
import { asCloudTrail, tellingOrganization } from './as-cloudtrail.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { answerOf, policyOf } from './policy/of-resource.ts';

/**
 * Whether a trail's topic learns of new files (aws-semantics §1.5, §4.3): SNS took the last message, the topic exists,
 * its policy lets CloudTrail publish for this trail, and its key, where it has one, lets CloudTrail encrypt. Who listens
 * to the topic is another question.
 */
export function notifies(trail: ResourceView, prefix: string, { thorough }: Context): Answer {
  const path = `${prefix}SnsTopicARN`;
  const named = read(trail, 'SnsTopicARN');
  if (named.is === 'gap') return unknown(trail, path, named.gaps, named.from);
  const arn = saidBy(named);
  const pointed = { path, ...(named.from && { from: named.from }), resource: trail.id };
  if (typeof arn !== 'string' || arn === '') return decided(false, { ...pointed, note: 'the trail has no topic' });
  return all([notifiedLast(trail, prefix), topicTakes(trail, arn, prefix)], thorough);
}

function notifiedLast(trail: ResourceView, prefix: string): Answer {
  const own = 'Status.LatestNotificationError';
  const reading = readPath(trail, own);
  const path = `${prefix}${own}`;
  if (reading.is === 'gap') return unknown(trail, path, reading.gaps, reading.from);
  const actual = saidBy(reading);
  const failed = actual !== undefined && actual !== '';
  const evidence = { path, ...(failed && { actual }), ...(reading.from && { from: reading.from }), resource: trail.id };
  return decided(!failed, evidence, [[{ resource: trail.id, path: own, set: null }]]);
}

function topicTakes(trail: ResourceView, arn: string, prefix: string): Answer {
  const path = `${prefix}topic`;
  const leads = resolve(trail.account, 'AWS::SNS::Topic', arn);
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps);
  if (leads.is === 'absent') {
    return decided(false, { path, actual: arn, resource: trail.id, note: 'the topic does not exist' });
  }
  const at = `${path}[${leads.view.id}].`;
  const publishes = tellingOrganization(mayPublish(trail, leads.view, at), trail, prefix);
  const encrypts = canEncrypt(leads.view, { view: trail, service: 'cloudtrail.amazonaws.com', prefix }, at);
  return all([publishes, encrypts], 'no');
}

/** The policy that a topic is born with is for who is known by aws:SourceOwner: CloudTrail needs a statement of its own. */
function mayPublish(trail: ResourceView, topic: ResourceView, prefix: string): Answer {
  const policy = policyOf(topic, prefix);
  if (policy.is === 'unreadable') return policy.answer;
  if (policy.is === 'absent')
    return undecided({ ...policy.evidence, note: 'every topic has a policy, and none is here' });
  const keys = { 'aws:SourceOwner': undefined };
  const asked = { ...asCloudTrail(trail, keys), action: 'sns:Publish', resource: topic.id };
  return answerOf(policy.simulate(asked), policy.evidence);
}

import { target } from '../snapshot/links.ts';
import { type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import { type Answer, all, distinct, flipTruth, type Truth } from './answer.ts';
import { asCloudTrail } from './as-cloudtrail.ts';
import { everythingOf, type Identity, identityOf, type OwnPolicy } from './identity-policies.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { applies, decide, readBy } from './policy/decide.ts';
import { answerOf } from './policy/of-resource.ts';
import { parsePolicy } from './policy/policy.ts';
import { contextFor, type Request } from './policy/request.ts';
import { allOf, anyOf } from './policy/truth.ts';

const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * Whether the role that CloudTrail takes on for a trail may write to its log group: to the stream of the trail's own
 * account, and of an organization trail to those of the organization, whose names begin with its id (CloudTrail User
 * Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring"; E34). Whom the role trusts are
 * other questions.
 */
export function logsRoleWrites(trail: ResourceView, prefix: string, { thorough }: Context): Answer {
  const path = `${prefix}logsRole`;
  const leads = target(trail, 'logsRole');
  const from = leads.pointer.from;
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps, from);
  const pointer = { path: `${prefix}CloudWatchLogsRoleArn`, ...(from && { from }), resource: trail.id };
  if (leads.is !== 'found') return decided(false, { ...pointer, note: 'there is no such role' });
  const streams = streamsOf(trail, prefix);
  if ('truth' in streams) return streams;
  const identity = identityOf(leads.view, `${path}.`);
  const answers = streams.flatMap((stream) =>
    actions.map((action) => mayDo(action, stream, { identity, role: leads.view })),
  );
  return distinct(all(answers, thorough));
}

/**
 * Whether the role that a trail names lets CloudTrail take it on for this trail: by its trust policy alone, which may
 * ask for the trail or its account (CloudTrail User Guide, as above).
 */
export function logsRoleTrusts(trail: ResourceView, prefix: string): Answer {
  const leads = target(trail, 'logsRole');
  const { from } = leads.pointer;
  if (leads.is === 'unknown') return unknown(trail, `${prefix}logsRole`, leads.gaps, from);
  if (leads.is !== 'found') {
    const pointer = { path: `${prefix}CloudWatchLogsRoleArn`, ...(from && { from }), resource: trail.id };
    return decided(false, { ...pointer, note: 'there is no such role' });
  }
  const role = leads.view;
  const path = `${prefix}logsRole.AssumeRolePolicyDocument`;
  const reading = read(role, 'AssumeRolePolicyDocument');
  if (reading.is === 'gap') return unknown(role, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: role.id };
  if (reading.is === 'absent') return undecided({ ...evidence, note: 'every role has one, and none is here' });
  const policy = parsePolicy(String(reading.value), 'trust');
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  const asking = asCloudTrail(trail, {});
  return answerOf(decide(policy, { ...asking, action: 'sts:AssumeRole', resource: role.id }), evidence);
}

/** The log streams that CloudTrail writes for a trail, as resources of a policy: of much it begins further ones, `…_2`. */
function streamsOf(trail: ResourceView, prefix: string): readonly string[] | Answer {
  const logGroup = read(trail, 'CloudWatchLogsLogGroupArn');
  const path = `${prefix}CloudWatchLogsLogGroupArn`;
  if (logGroup.is === 'gap') return unknown(trail, path, logGroup.gaps, logGroup.from);
  if (logGroup.is === 'absent') return decided(false, { path, resource: trail.id, note: 'it has no log group' });
  const group = String(logGroup.value).replace(/:\*$/, '');
  const own = `${group}:log-stream:${trail.accountId}_CloudTrail_${trail.region}*`;
  const organization = read(trail, 'IsOrganizationTrail');
  if (organization.is === 'gap') {
    return unknown(trail, `${prefix}IsOrganizationTrail`, organization.gaps, organization.from);
  }
  if (saidBy(organization) !== true) return [own];
  const id = trail.account.byType.get('AWS::Organizations::Organization')?.[0]?.item.Id;
  if (typeof id === 'string') return [own, `${group}:log-stream:${id}_*`];
  const note = 'which organization it is of is not known';
  return undecided({ path: 'AWS::Organizations::Organization', resource: trail.id, note });
}

interface Role {
  readonly identity: Identity;
  readonly role: ResourceView;
}

function mayDo(action: string, stream: string, { identity, role }: Role): Answer {
  const { account } = role.account;
  const caller = { kind: 'account', account: account.id, arn: role.id } as const;
  const request: Request = { caller, action, resource: stream, context: contextFor(caller, {}) };
  const unread = identity.open.flatMap(({ evidence }) => evidence);
  if (unread.length > 0) return { truth: 'unknown', evidence: unread, changes: [] };
  const { policies, boundary } = identity;
  const truth = allOf([lets(policies, request), ...(boundary ? [lets([boundary], request)] : [])]);
  const does = { yes: 'may', no: 'may not', unknown: 'may or may not' }[truth];
  const [first, ...others] = everythingOf(identity);
  const said = { ...(first ?? { path: 'logsRole', resource: role.id }), note: `it ${does} do ${action} on ${stream}` };
  return { truth, evidence: [said, ...others], changes: [] };
}

/** Some statement of the policies allows a request, and none denies it. */
function lets(policies: readonly OwnPolicy[], request: Request): Truth {
  const says = (wanted: string): Truth =>
    anyOf(
      policies.flatMap(({ policy }) =>
        policy.statements
          .filter(({ effect }) => effect === wanted)
          .map((statement) => applies(statement, readBy(policy, request))),
      ),
    );
  return allOf([says('Allow'), flipTruth(says('Deny'))]);
}

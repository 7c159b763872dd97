import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, any, distinct } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { decided, undecided } from '../leaf.ts';
import type { Decision } from './decide.ts';
import { answerOf, policyOf, type Simulate } from './of-resource.ts';
import type { Policy, Statement } from './policy.ts';
import { type Context, type Keys, type Request, serviceContext } from './request.ts';
import { fillIn, literal } from './variables.ts';

const cloudTrail = 'cloudtrail.amazonaws.com';

/** An account and an organization that nobody has. */
const stranger = { account: '000000000000', organization: 'o-0000000000' };

/**
 * Whether the policy of a bucket lets CloudTrail in for a trail of just any account: its owner could have CloudTrail
 * write there (aws-semantics §4.3, the confused deputy). The path is no protection: whoever makes a trail chooses the
 * prefix of its keys. Each of the requests that CloudTrail makes is asked, and of a statement that allows it for a
 * trail of some name or Region, a stranger's of that name.
 */
export function confusedDeputy(bucket: ResourceView, prefix: string): Answer {
  const found = policyOf(bucket, prefix);
  if (found.is === 'unreadable') return found.answer;
  const { evidence } = found;
  if (found.is === 'absent') return decided(false, { ...evidence, note: 'it has no policy, which lets nobody in' });
  const { policy, simulate } = found;
  const trails = trailsLike(policy, bucket.account.account.partition);
  const tried = trails
    .slice(0, mostTried)
    .flatMap((trail) => trialsOf(trail, policy, bucket))
    .map((request) => answerOf(decisionOn(request, simulate), evidence));
  const untried = undecided({ ...evidence, note: `it asks for more than ${mostTried} names of trails of any account` });
  return distinct(any(trails.length > mostTried ? [...tried, untried] : tried, 'no'));
}

/** The decision, said of a stranger's trail. */
function decisionOn(request: Request, simulate: Simulate): Decision {
  const { allowed, why } = simulate(request);
  const [trail] = request.context.present.get('aws:sourcearn') ?? [];
  return { allowed, why: `for ${trail}, a trail of any account: ${why}` };
}

/** Every request of a stranger's trail that a statement of the policy could be meant for. */
function trialsOf(trail: string, { statements }: Policy, { id }: ResourceView): readonly Request[] {
  const asking = asStranger(trail);
  const objects = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => objectsOf(statement, id, asking.context));
  return [
    { action: 's3:GetBucketAcl', resource: id, ...asking },
    ...[...new Set(objects)].map((resource) => ({ action: 's3:PutObject', resource, ...asking })),
  ];
}

function asStranger(trail: string): Pick<Request, 'caller' | 'context'> {
  const keys: Keys = {
    's3:x-amz-acl': 'bucket-owner-full-control',
    'aws:SourceArn': trail,
    'aws:SourceAccount': stranger.account,
    'aws:SourceOrgID': stranger.organization,
    'aws:SourceOrgPaths': [`${stranger.organization}/r-0000/`],
  };
  return { caller: { kind: 'service', name: cloudTrail }, context: serviceContext(cloudTrail, keys) };
}

/** The objects of a bucket that a statement is about, as it writes them. */
function objectsOf({ resources }: Statement, id: string, context: Context): readonly string[] {
  const whole = `${id}/*`;
  if (resources.not) return [whole];
  return resources.values.flatMap((value) => {
    const filled = fillIn(value, context) ?? value;
    if (matchesGlob(filled, literal(whole))) return [whole];
    return filled.startsWith(`${id}/`) || isWide(filled, id) ? [filled] : [];
  });
}

/** Whether a pattern is open before the name of the bucket ends. */
const isWide = (pattern: string, id: string): boolean => {
  const [beginning = ''] = pattern.split(/[*?]/);
  return beginning.length < pattern.length && id.startsWith(beginning);
};

/** How many trails are tried: a policy that names more was made to take time. */
const mostTried = 50;

/** A stranger's trails: one of some name, and one of each name and Region that the policy asks for of any account. */
function trailsLike({ statements }: Policy, partition: string): readonly string[] {
  const asked = statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .flatMap(({ values }) => values.filter(isOfAnybody).map((value) => trailOf(value, partition)));
  return [...new Set([trailOf('', partition), ...asked])];
}

/** Whether the account in an ARN is not said. */
const isOfAnybody = (arn: string): boolean => !/^\d{12}$/.test(arn.split(':')[4] ?? '');

function trailOf(pattern: string, partition: string): string {
  const [, , , region, , ...name] = pattern.split(':').map((part) => part.replaceAll(/[*?]/g, ''));
  return `arn:${partition}:cloudtrail:${region || 'us-east-1'}:${stranger.account}:${name.join(':') || 'trail/any'}`;
}

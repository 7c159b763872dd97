import type { ResourceView } from '../../snapshot/resource-view.ts';
import { type Answer, any, distinct } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { decided, undecided } from '../leaf.ts';
import type { Decision } from './decide.ts';
import { alwaysHavePolicy, answerOf, policyOf, type Simulate } from './of-resource.ts';
import type { Policy, Statement } from './policy.ts';
import { type Context, type Keys, type Request, serviceContext } from './request.ts';
import { accountIn, numberLike, sourceKeys } from './strangers.ts';
import { fillIn, literal } from './variables.ts';

const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * Whether the policy of a bucket or a key lets CloudTrail in for a trail of just any account: its owner could have
 * CloudTrail write there, or encrypt with the key (aws-semantics §4.3, the confused deputy; §8). The path is no
 * protection: whoever makes a trail chooses the prefix of its keys. Each of the requests that CloudTrail makes is
 * asked, and of a statement that allows it for a trail of some name or Region, or for accounts whose numbers begin so,
 * a stranger's of that name.
 */
export function confusedDeputy(view: ResourceView, prefix: string): Answer {
  const found = policyOf(view, prefix);
  if (found.is === 'unreadable') return found.answer;
  const { evidence } = found;
  if (found.is === 'absent') {
    return alwaysHavePolicy.includes(view.type.name)
      ? undecided({ ...evidence, note: 'it always has a policy, and none is here' })
      : decided(false, { ...evidence, note: 'it has no policy, which lets nobody in' });
  }
  const { policy, simulate } = found;
  const trails = trailsLike(policy, view.account.account.partition);
  const requestsFor = view.type.name === 'AWS::KMS::Key' ? encrypting : writing;
  const tried = trails
    .slice(0, mostTried)
    .flatMap((trail) => requestsFor(trail, policy, view))
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

/** What CloudTrail asks of a key for a stranger's trail. */
function encrypting(trail: string, _policy: Policy, { id }: ResourceView): readonly Request[] {
  const asking = asStranger(trail, {
    'kms:EncryptionContext:aws:cloudtrail:arn': trail,
    'kms:EncryptionContextKeys': ['aws:cloudtrail:arn'],
  });
  return [{ action: 'kms:GenerateDataKey', resource: id, ...asking }];
}

/** Every request for a stranger's trail that a statement of a bucket's policy could be meant for. */
function writing(trail: string, { statements }: Policy, { id }: ResourceView): readonly Request[] {
  const asking = asStranger(trail, { 's3:x-amz-acl': 'bucket-owner-full-control' });
  const objects = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => objectsOf(statement, id, asking.context));
  return [
    { action: 's3:GetBucketAcl', resource: id, ...asking },
    ...[...new Set(objects)].map((resource) => ({ action: 's3:PutObject', resource, ...asking })),
  ];
}

function asStranger(trail: string, more: Keys): Pick<Request, 'caller' | 'context'> {
  const keys: Keys = {
    ...more,
    ...sourceKeys(trail, accountIn(trail)),
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

/** Condition keys that ask for which trail it is, and for whose, as the ARN of a trail that they let in. */
const askingForTrail: ReadonlyMap<string, (value: string) => string> = new Map([
  ['aws:sourcearn', (arn) => arn],
  ['kms:encryptioncontext:aws:cloudtrail:arn', (arn) => arn],
  ['aws:sourceaccount', (account) => `::::${account}`],
]);

/** A stranger's trails: one of some name, and one of each name, Region and number that the policy leaves open. */
function trailsLike({ statements }: Policy, partition: string): readonly string[] {
  const asked = statements
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ key, values }) => values.map((value) => askingForTrail.get(key.toLowerCase())?.(value)))
    .filter((arn) => arn !== undefined)
    .filter((arn) => !/^\d{12}$/.test(accountIn(arn)));
  return [...new Set([trailOf('', partition), ...asked.map((arn) => trailOf(arn, partition))])];
}

function trailOf(pattern: string, partition: string): string {
  const [, , , region, , ...name] = pattern.split(':').map((part) => part.replaceAll(/[*?]/g, ''));
  const account = numberLike(accountIn(pattern));
  return `arn:${partition}:cloudtrail:${region || 'us-east-1'}:${account}:${name.join(':') || 'trail/any'}`;
}

import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { decided, undecided } from '../leaf.ts';
import { type Denial, denies } from './decide.ts';
import { policyOf } from './of-resource.ts';
import type { Policy } from './policy.ts';
import { withoutTls } from './request.ts';
import { type Asking, asking, toldApart } from './told-apart.ts';

/**
 * Whether the policy of a bucket denies every request that comes without TLS, to the bucket and to its objects
 * (aws-semantics §4.3). What it does not allow is no denial: a principal of the account needs no policy of the bucket.
 */
export function tlsOnly(bucket: ResourceView, prefix: string): Answer {
  const found = policyOf(bucket, prefix);
  if (found.is === 'unreadable') return found.answer;
  const { evidence } = found;
  if (found.is === 'absent') return decided(false, { ...evidence, note: 'it has no policy, so nothing denies it' });
  const { policy } = found;
  const ways = [...anyCaller(bucket), ...told(policy, bucket)].map(({ caller, context }) => ({
    caller,
    context: withoutTls(context),
  }));
  const asked = (action: string, resource: string): readonly Denial[] =>
    ways.map((way) => denies(policy, { ...way, action, resource }));
  const [whole, some] = [
    [bucket.id, `${bucket.id}/*`].flatMap((resource) => asked('s3:*', resource)),
    examplesOf(policy, bucket).flatMap(([action, resource]) => asked(action, resource)),
  ];
  const open = some.find(({ denied }) => denied === 'no');
  if (open) return decided(false, { ...evidence, note: `${open.why} without TLS` });
  const unsure = whole.find(({ denied }) => denied !== 'yes');
  if (unsure) return undecided({ ...evidence, note: `whether every request without TLS is denied: ${unsure.why}` });
  return decided(true, { ...evidence, note: [...new Set(whole.map(({ why }) => `${why} without TLS`))].join('; ') });
}

/** Anybody, and somebody of the account itself. */
const anyCaller = ({ accountId }: ResourceView): readonly Asking[] => [
  asking({ kind: 'anonymous' }),
  asking({ kind: 'stranger' }),
  asking({ kind: 'account', account: accountId }),
];

/** Whom a denial may spare, or mean alone, by what it says of them. No service of AWS comes without TLS. */
const told = (policy: Policy, { account }: ResourceView): readonly Asking[] =>
  toldApart(policy, account.account.partition)
    .flatMap(({ callers }) => callers)
    .filter(({ caller }) => caller.kind !== 'service');

const onBuckets = ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy', 's3:PutBucketPolicy'];
const onObjects = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion', 's3:DeleteObjectVersion'];

/** Requests that a denial of some actions or some objects may leave out, also those that a statement names to spare. */
function examplesOf({ statements }: Policy, { id }: ResourceView): readonly (readonly [string, string])[] {
  const spared = statements.flatMap(({ effect, actions }) => (effect === 'Deny' && actions.not ? actions.values : []));
  const named = spared.filter((action) => /^s3:[^*?]+$/i.test(action));
  const onObject = (action: string): readonly [string, string] => [action, `${id}/AWSLogs/file`];
  return [
    ...onBuckets.map((action) => [action, id] as const),
    ...[...onObjects, ...named.filter((action) => !/bucket/i.test(action))].map(onObject),
    ...named.filter((action) => !/^(?!.*bucket).*object/i.test(action)).map((action) => [action, id] as const),
    ['s3:GetObject', `${id}/file`],
  ];
}

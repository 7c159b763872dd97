import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { decided, undecided } from '../leaf.ts';
import { callersOf } from './callers.ts';
import { type Denial, denies } from './decide.ts';
import { policyOf } from './of-resource.ts';
import type { Policy } from './policy.ts';
import { type Caller, contextFor, type Request } from './request.ts';

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
  const callers = [...anyCaller(bucket), ...sparedBy(policy)];
  const asked = (action: string, resource: string): readonly Denial[] =>
    callers.map((caller) => denies(policy, plain(caller, action, resource)));
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

/** Anybody, and somebody of the account itself. No service of AWS comes without TLS. */
const anyCaller = ({ accountId }: ResourceView): readonly Caller[] => [
  { kind: 'anonymous' },
  { kind: 'stranger' },
  { kind: 'account', account: accountId },
];

const sayWho: readonly string[] = ['aws:principalaccount', 'aws:principalarn'];

/** Whom a denial names, to spare them or to mean them alone: accounts and their principals. */
const sparedBy = ({ statements }: Policy): readonly Caller[] =>
  statements
    .filter(({ effect }) => effect === 'Deny')
    .flatMap(({ principals, conditions }) => [
      ...(principals.not ? (principals.byKind.get('AWS') ?? []) : []),
      ...conditions.flatMap(({ key, values }) => (sayWho.includes(key.toLowerCase()) ? values : [])),
    ])
    .filter((name) => /^(?:arn:[^:]*:(?:iam|sts)::)?\d{12}(?::|$)/.test(name))
    .slice(0, mostNamed)
    .flatMap(callersOf);

/** How many are asked about: a policy that names more was made to take time. */
const mostNamed = 100;

const plain = (caller: Caller, action: string, resource: string): Request => ({
  caller,
  action,
  resource,
  context: contextFor(caller, { 'aws:SecureTransport': 'false' }),
});

const onBuckets = ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy', 's3:PutBucketPolicy'];
const onObjects = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion', 's3:DeleteObjectVersion'];

/** Requests that a denial of some actions or some objects may leave out, also those that a statement names to spare. */
function examplesOf({ statements }: Policy, { id }: ResourceView): readonly (readonly [string, string])[] {
  const spared = statements.flatMap(({ effect, actions }) => (effect === 'Deny' && actions.not ? actions.values : []));
  const named = spared.filter((action) => /^s3:[^*?]+$/i.test(action));
  const onObject = (action: string): readonly [string, string] => [action, `${id}/AWSLogs/file`];
  return [
    ...onBuckets.map((action) => [action, id] as const),
    ...[...onObjects, ...named].map(onObject),
    ...named.map((action) => [action, id] as const),
    ['s3:GetObject', `${id}/file`],
  ];
}

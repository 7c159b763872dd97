import type { ResourceView } from '../snapshot/resource-view.ts';
import type { Answer, Evidence } from './answer.ts';
import { asCloudTrail } from './as-cloudtrail.ts';
import { writing } from './bucket-accepts.ts';
import { organizationOf, rootOf } from './folders.ts';
import { decided, undecided } from './leaf.ts';
import { ofItsBucket } from './of-bucket.ts';
import { decide, denies } from './policy/decide.ts';
import { policyOf } from './policy/of-resource.ts';
import type { Condition, Policy, Statement } from './policy/policy.ts';
import type { Keys, Request } from './policy/request.ts';

const header = 's3:x-amz-server-side-encryption';

/**
 * Whether the bucket of a trail lets its digest files in as they are encrypted. Since 22 May 2025 they have the trail's
 * key, like its log files; of a trail without one they have SSE-S3, which a policy that wants `aws:kms` keeps out
 * (aws-semantics §0.1, §4.1). Whatever else of the policy keeps them out is not asked here.
 */
export const digestsPermitted = (trail: ResourceView, prefix: string): Answer =>
  ofItsBucket(trail, prefix, (bucket, at) => {
    const found = policyOf(bucket, at);
    if (found.is === 'unreadable') return found.answer;
    const { evidence } = found;
    return found.is === 'absent'
      ? decided(true, { ...evidence, note: 'without a policy nothing asks how they are encrypted' })
      : answerFor(digestOf(trail, bucket), found.policy, evidence);
  });

/** One digest file of the trail's own account: the path hardly ever matters to a statement about encryption. */
const digestOf =
  (trail: ResourceView, bucket: ResourceView) =>
  (keys: Keys): Request => {
    const organization = trail.item.IsOrganizationTrail === true ? `${organizationOf(trail) ?? 'o-0000000000'}/` : '';
    const folder = `${rootOf(trail)}${organization}${trail.accountId}/CloudTrail-Digest/${trail.region}`;
    return {
      ...asCloudTrail(trail, { ...writing(trail), ...keys }),
      action: 's3:PutObject',
      resource: `${bucket.id}/${folder}/2030/01/01/digest.json.gz`,
    };
  };

/** Without a key it is not documented whether CloudTrail names SSE-S3 or nothing: what holds of both is known. */
function answerFor(digest: (keys: Keys) => Request, policy: Policy, evidence: Evidence): Answer {
  const named = digest({}).context.present.has(header);
  const ways: readonly Keys[] = named ? [{}] : [{ [header]: 'AES256' }, { [header]: undefined }];
  const tried = ways.map((keys) => keptOut(policy, digest(keys)));
  const [first] = tried;
  const alike = tried.every(({ truth }) => truth === first?.truth);
  const telling = tried.find(({ truth }) => truth !== 'no') ?? first;
  const note = telling?.why ?? '';
  if (!alike || first?.truth === 'unknown') {
    const which = named || alike ? '' : 'whether CloudTrail names SSE-S3 is not documented; if it does, or does not: ';
    return undecided({ ...evidence, note: `${which}${note}` });
  }
  return decided(first?.truth === 'no', { ...evidence, note });
}

const isAboutEncryption = ({ key }: Condition): boolean => key.toLowerCase().startsWith(header);

/** Whether what a policy says of encryption keeps a request out: a statement that denies it, or none that allows it so. */
function keptOut(policy: Policy, request: Request): Pick<Answer, 'truth'> & { readonly why: string } {
  const asking = policy.statements.filter(({ conditions }) => conditions.some(isAboutEncryption));
  const { denied, why } = denies({ ...policy, statements: asking }, request);
  if (denied !== 'no') return { truth: denied, why };
  const encrypted = decide({ ...policy, statements: policy.statements.filter(allows) }, request);
  if (encrypted.allowed === 'yes') return { truth: 'no', why: encrypted.why };
  const otherwise = decide(
    { ...policy, statements: policy.statements.filter(allows).map(whateverItsEncryption) },
    request,
  );
  if (otherwise.allowed === encrypted.allowed) return { truth: 'no', why: `${why} for how it is encrypted` };
  return { truth: encrypted.allowed === 'no' ? 'yes' : 'unknown', why: encrypted.why };
}

const allows = ({ effect }: Statement): boolean => effect === 'Allow';

const whateverItsEncryption = (statement: Statement): Statement => ({
  ...statement,
  conditions: statement.conditions.filter((condition) => !isAboutEncryption(condition)),
});

import { endpointRegion } from '../resource-types/partition.ts';
import { target } from '../snapshot/links.ts';
import { type ResourceView, read } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { accountFolders, organizationOf, rootOf } from './folders.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { type Decision, decide } from './policy/decide.ts';
import { parsePolicy } from './policy/policy.ts';
import { type Request, serviceContext } from './policy/request.ts';

const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * Whether the bucket of a trail takes its files: it exists, its owner pays for requests, and its policy, simulated for
 * CloudTrail's principal, allows both requests that CloudTrail makes (aws-semantics §4.3).
 */
export function bucketAccepts(trail: ResourceView, prefix: string): Answer {
  const leads = target(trail, 'bucket');
  const path = `${prefix}bucket`;
  const { pointer } = leads;
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps, pointer.from);
  if (leads.is !== 'found') {
    const actual = pointer.is === 'value' ? pointer.value : undefined;
    const note = leads.is === 'none' ? 'the trail names no bucket' : 'the bucket does not exist';
    return decided(false, { path, actual, ...(pointer.from && { from: pointer.from }), resource: trail.id, note });
  }
  return all([payer(leads.view, `${path}.`), policyAllows(leads.view, trail, `${path}.`)], 'no');
}

/** CloudTrail delivers to no bucket whose requesters pay. */
function payer(bucket: ResourceView, prefix: string): Answer {
  const path = `${prefix}RequestPayment.Payer`;
  const reading = read(bucket, 'RequestPayment');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const said = reading.is === 'value' ? (reading.value as Readonly<Record<string, unknown>>).Payer : undefined;
  return decided(
    said !== 'Requester',
    {
      path,
      ...(said !== undefined && { actual: said }),
      ...(reading.from && { from: reading.from }),
      resource: bucket.id,
    },
    [[{ resource: bucket.id, path: 'RequestPayment.Payer', set: 'BucketOwner' }]],
  );
}

function policyAllows(bucket: ResourceView, trail: ResourceView, prefix: string): Answer {
  const path = `${prefix}Policy`;
  const reading = read(bucket, 'Policy');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: bucket.id };
  if (reading.is === 'absent') {
    return decided(false, { ...evidence, note: 'without a bucket policy CloudTrail may not write' });
  }
  const policy = parsePolicy(String(reading.value));
  if ('mistake' in policy) return undecided({ ...evidence, note: policy.mistake });
  const simulate = (organization: string | undefined): Answer =>
    all(
      requestsOf(trail, bucket, organization).map((request) => answerOf(decide(policy, request), evidence)),
      'no',
    );
  if (trail.item.IsOrganizationTrail !== true) return simulate(undefined);
  const known = organizationOf(trail);
  if (known) return simulate(known);
  // Whose id nobody knows may be any: if the policy lets any in, it lets this one in.
  const ofAny = simulate('o-0000000000');
  const named = /AWSLogs\/(o-[a-z0-9]+)/.exec(String(reading.value))?.[1];
  if (ofAny.truth === 'yes' || !named || simulate(named).truth === 'no') return ofAny;
  return undecided({ ...evidence, note: `it lets ${named} in: whether that is the trail's organization is not known` });
}

function answerOf({ allowed, why }: Decision, evidence: Parameters<typeof undecided>[0]): Answer {
  const said = { ...evidence, note: why };
  return allowed === 'unknown' ? undecided(said) : decided(allowed === 'yes', said);
}

/** The requests that CloudTrail makes: it reads the bucket's ACL, and puts a file into each of the trail's folders. */
function requestsOf(trail: ResourceView, bucket: ResourceView, organization: string | undefined): readonly Request[] {
  const { KmsKeyId } = trail.item;
  const caller = { kind: 'service', name: cloudTrail } as const;
  const source = { 'aws:SourceArn': trail.id, 'aws:SourceAccount': trail.accountId };
  const put = serviceContext(cloudTrail, {
    ...source,
    's3:x-amz-acl': 'bucket-owner-full-control',
    's3:x-amz-server-side-encryption-aws-kms-key-id': typeof KmsKeyId === 'string' ? KmsKeyId : undefined,
    // Whether CloudTrail names SSE-S3 or nothing where a trail has no key is not documented.
    ...(typeof KmsKeyId === 'string' && { 's3:x-amz-server-side-encryption': 'aws:kms' }),
  });
  const region = trail.region || endpointRegion(trail.account.account.partition);
  const folders = organization
    ? [`${rootOf(trail)}${organization}/${trail.accountId}/CloudTrail/`]
    : accountFolders(trail, `${rootOf(trail)}${trail.accountId}/`).map(({ prefix }) => prefix);
  return [
    { caller, action: 's3:GetBucketAcl', resource: bucket.id, context: serviceContext(cloudTrail, source) },
    ...folders.map(
      (folder): Request => ({
        caller,
        action: 's3:PutObject',
        resource: `${bucket.id}/${folder}${region}/2030/01/01/file.json.gz`,
        context: put,
      }),
    ),
  ];
}

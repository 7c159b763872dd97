import { endpointRegion } from '../resource-types/partition.ts';
import { target } from '../snapshot/links.ts';
import { isObject, type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { asCloudTrail } from './as-cloudtrail.ts';
import { accountFolders, organizationOf, rootOf } from './folders.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { type Decision, deciding } from './policy/decide.ts';
import { answerOf, policyOf, type Simulate } from './policy/of-resource.ts';
import type { Policy } from './policy/policy.ts';
import type { Keys } from './policy/request.ts';

/**
 * Whether the bucket of a trail takes its files: it exists, its owner pays for requests, and its policy, simulated for
 * CloudTrail's principal, allows both requests that CloudTrail makes (aws-semantics §4.3): today, where it is known which
 * day that is, and on some day to come.
 */
export function bucketAccepts(trail: ResourceView, prefix: string, now: string | undefined): Answer {
  const leads = target(trail, 'bucket');
  const path = `${prefix}bucket`;
  const { pointer } = leads;
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps, pointer.from);
  if (leads.is !== 'found') {
    const actual = pointer.is === 'value' ? pointer.value : undefined;
    const note = leads.is === 'none' ? 'the trail names no bucket' : 'the bucket does not exist';
    return decided(false, { path, actual, ...(pointer.from && { from: pointer.from }), resource: trail.id, note });
  }
  return all([payer(leads.view, `${path}.`), policyAllows(leads.view, trail, { prefix: `${path}.`, now })], 'no');
}

/** CloudTrail delivers to no bucket whose requesters pay. */
function payer(bucket: ResourceView, prefix: string): Answer {
  const path = `${prefix}RequestPayment.Payer`;
  const reading = read(bucket, 'RequestPayment');
  if (reading.is === 'gap') return unknown(bucket, path, reading.gaps, reading.from);
  const said = reading.is === 'value' && isObject(reading.value) ? reading.value.Payer : undefined;
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

interface Asked {
  readonly prefix: string;
  readonly now: string | undefined;
}

function policyAllows(bucket: ResourceView, trail: ResourceView, { prefix, now }: Asked): Answer {
  const policy = policyOf(bucket, prefix);
  if (policy.is === 'unreadable') return policy.answer;
  const { evidence } = policy;
  if (policy.is === 'absent') {
    return decided(false, { ...evidence, note: 'without a bucket policy CloudTrail may not write' });
  }
  const { simulate, text } = policy;
  const puts = putsOn({ trail, bucket, now }, policy.policy);
  const delivers = (organization: string | undefined): Answer =>
    all(
      [aclRead({ trail, bucket, now }, simulate), ...filesPut({ trail, bucket, now, organization }, puts)].map(
        (decision) => answerOf(decision, evidence),
      ),
      'no',
    );
  const known = organizationOf(trail);
  if (saidBy(read(trail, 'IsOrganizationTrail')) !== true) return delivers(undefined);
  if (known) return delivers(known);
  // Whose id nobody knows may be any, and one that the policy names: it is known where all fare alike.
  const ofAny = delivers('o-0000000000');
  const named = [...new Set(text.match(/\bo-[a-z0-9]+/g))];
  const other = named.find((id, index) => index === mostNamed || delivers(id).truth !== ofAny.truth);
  if (other === undefined) return ofAny;
  return undecided({ ...evidence, note: `it names ${other}: whether that is the trail's organization is not known` });
}

/** How many organizations are tried: a policy that names more was made to take time. */
const mostNamed = 20;

function aclRead({ trail, bucket, now }: Ends, simulate: Simulate): Decision {
  return simulate({
    ...asCloudTrail(trail, {
      ...timeOf(now),
      's3:x-amz-acl': undefined,
      's3:x-amz-server-side-encryption': undefined,
      's3:x-amz-server-side-encryption-aws-kms-key-id': undefined,
    }),
    action: 's3:GetBucketAcl',
    resource: bucket.id,
  });
}

/** What CloudTrail says of a file that it writes; with the key of the trail, if it has one (aws-semantics §4.1). */
export function writing({ item: { KmsKeyId } }: ResourceView): Keys {
  const hasKey = typeof KmsKeyId === 'string';
  return {
    's3:x-amz-acl': 'bucket-owner-full-control',
    's3:x-amz-server-side-encryption-aws-kms-key-id': hasKey ? KmsKeyId : undefined,
    // Whether CloudTrail names SSE-S3 or nothing where a trail has no key is not documented.
    ...(hasKey && { 's3:x-amz-server-side-encryption': 'aws:kms' }),
  };
}

interface Ends {
  readonly trail: ResourceView;
  readonly bucket: ResourceView;
  readonly now: string | undefined;
}

/** What a request says of when it is made. */
const timeOf = (now: string | undefined): Keys =>
  now === undefined ? {} : { 'aws:CurrentTime': now, 'aws:EpochTime': String(Math.floor(Date.parse(now) / 1000)) };

interface Delivery extends Ends {
  /** The id below which it writes. */
  readonly organization: string | undefined;
}

/** For each folder of each account that it writes for: whether it may put a file there, of any of its regions. */
function filesPut({ trail, bucket, organization }: Delivery, puts: readonly Put[]): readonly Decision[] {
  const root = rootOf(trail);
  const regions = regionsOf(trail);
  const putFor = (account: string, below: string): readonly Decision[] =>
    accountFolders(trail, `${root}${below}${account}/`).map(({ prefix }) =>
      weakest(
        puts.flatMap(({ day, decide }) =>
          regions.map((region) => decide(`${bucket.id}/${prefix}${region}/${day}/file.json.gz`)),
        ),
      ),
    );
  if (!organization) return putFor(trail.accountId, '');
  const viewer = trail.account.account.id;
  const own = [...new Set([trail.accountId, viewer])].flatMap((account) => putFor(account, `${organization}/`));
  if (viewer !== trail.accountId) return own;
  // Which accounts are members the owner's snapshot does not say: one that nobody has stands for all.
  return [...own, ...putFor('000000000000', `${organization}/`).map(ofMembers)];
}

const ofMembers = ({ allowed, why }: Decision): Decision =>
  allowed === 'no'
    ? { allowed: 'unknown', why: `a file of another account of the organization: ${why}` }
    : { allowed, why };

/** What is not allowed decides, then what is not known. */
const weakest = (decisions: readonly Decision[]): Decision =>
  decisions.find(({ allowed }) => allowed === 'no') ??
  decisions.find(({ allowed }) => allowed === 'unknown') ??
  (decisions[0] as Decision);

/** The regions of which it writes files. */
function regionsOf(trail: ResourceView): readonly string[] {
  const { IsMultiRegionTrail } = trail.item;
  const home = trail.region || endpointRegion(trail.account.account.partition);
  return [...new Set([home, ...(IsMultiRegionTrail === true ? trail.account.enabledRegions : [])])];
}

/** Whether the policy lets a trail put the files of a day. */
interface Put {
  readonly day: string;
  readonly decide: (file: string) => Decision;
}

/** The files of a day to come and of today. */
function putsOn({ trail, now }: Ends, policy: Policy): readonly Put[] {
  const putOn = (day: string, keys: Keys): Put => {
    const asking = asCloudTrail(trail, { ...writing(trail), ...keys });
    return { day, decide: deciding(policy, { ...asking, action: 's3:PutObject' }) };
  };
  const today = now?.slice(0, 10).replaceAll('-', '/');
  return [putOn('2030/01/01', {}), ...(today ? [putOn(today, timeOf(now))] : [])];
}

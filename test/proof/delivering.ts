import { type DeliveryLink, delivers, linksOf } from '../../src/proof/delivery.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

export type Statement = Readonly<Record<string, unknown>>;

export const service = { Service: 'cloudtrail.amazonaws.com' };
export const acl: Statement = {
  Effect: 'Allow',
  Principal: service,
  Action: 's3:GetBucketAcl',
  Resource: 'arn:aws:s3:::logs',
};
/** The second statement of the standard policy, or with some elements of its own. */
export const put = (more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: service,
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::logs/AWSLogs/${home}/*`,
  Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trailArn('main') } },
  ...more,
});
export const deny = (more: Statement): Statement => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
  ...more,
});

export const keyArn = `arn:aws:kms:us-east-1:${home}:key/k`;
/** The policy of a key that lets CloudTrail in, on some condition. */
export const keyPolicy = (
  more: Statement = {},
  actions: readonly string[] = ['kms:GenerateDataKey*', 'kms:DescribeKey'],
) => ({
  Policy: policyOf([
    { Effect: 'Allow', Principal: service, Action: actions[0], Resource: '*', ...more },
    { Effect: 'Allow', Principal: service, Action: actions.slice(1), Resource: '*' },
  ]),
});

export const policyOf = (statements: readonly Statement[] | Statement): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export interface Setting {
  readonly trail?: object;
  readonly bucket?: object;
  readonly policy?: readonly Statement[] | string | Statement;
  readonly key?: object;
  /** The organization that the account is in. */
  readonly organization?: string;
  readonly more?: Partial<Snapshot>;
}

/** A trail that is logging into a bucket with the standard policy, but for what is said. */
function trailIn({ trail: ofTrail = {}, bucket: ofBucket = {}, policy = [acl, put()], ...rest }: Setting) {
  const { key, organization, more = {} } = rest;
  const item = {
    S3BucketName: 'logs',
    Status: { IsLogging: true },
    ...(key && { KmsKeyId: keyArn }),
    ...ofTrail,
  };
  const Policy = typeof policy === 'string' ? policy : policyOf(policy);
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': [trail('main', item)],
      'AWS::S3::Bucket': [bucket('logs', { Policy, ...ofBucket })],
      'AWS::KMS::Key': key ? [{ Arn: keyArn, KeyId: 'k', KeyState: 'Enabled', ...key }] : [],
      'AWS::Organizations::Organization': organization ? [{ Arn: `arn:${organization}`, Id: organization }] : [],
    },
    more,
  );
  return resourceOf(snapshot, 'AWS::CloudTrail::Trail');
}

export const ask = (setting: Setting, now?: string) => delivers(trailIn(setting), '', { now, thorough: 'no' });
export const said = (setting: Setting, now?: string) => brief(ask(setting, now));
export const truth = (setting: Setting) => ask(setting).truth;

/** One link of the way into the bucket. */
export function link(name: DeliveryLink['name'], setting: Setting, now?: string) {
  const found = linksOf(trailIn(setting), '', now).find((it) => it.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.answer;
}

/** What an operation refused of a resource. */
export const unread = (operation: string, resource: string): Partial<Snapshot> => ({
  gaps: [{ operation, resource, error: 'AccessDenied' }],
});

import type { Item, SnapshotAccount } from '../src/snapshot/snapshot.ts';
import type { Random } from './random.ts';

/** Those that an account has enabled since its first day. */
export const regions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ap-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'sa-east-1',
] as const;

/** What the parts of an account have in common. */
export interface Owner extends SnapshotAccount {
  readonly random: Random;
}

export const publicAccessBlock = (blocked: boolean): Item => ({
  BlockPublicAcls: blocked,
  IgnorePublicAcls: blocked,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
});

export const organizationTrail = 'arn:aws:cloudtrail:us-east-1:999988887777:trail/organization';
export const organizationBucket = 'organization-audit-logs-999988887777';

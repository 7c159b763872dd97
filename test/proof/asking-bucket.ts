import type { Answer } from '../../src/proof/answer.ts';
import { keeps } from '../../src/proof/keeps.ts';
import type { KeepsQuestion } from '../../src/proof/retention.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, snapshotWith, trail } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

export const logs = 'arn:aws:s3:::logs';
export const days = (Days: number, more: object = {}) => ({ Status: 'Enabled', Expiration: { Days }, ...more });
export const under = (Prefix: string) => ({ Filter: { Prefix } });
export const versionsAfter = (NoncurrentDays: number) => ({ NoncurrentVersionExpiration: { NoncurrentDays } });
export const rules = (...Rules: readonly object[]) => ({ LifecycleConfiguration: { Rules } });
export const enabled = { Versioning: { Status: 'Enabled' } };
export const writing = (name: string, more: object = {}) => trail(name, { S3BucketName: 'logs', ...more });
export const refused = (operation: string, resource?: string) => ({
  more: { gaps: [{ operation, error: 'AccessDenied', ...(resource && { resource }) }] },
});

export interface Asked extends Partial<KeepsQuestion> {
  readonly trails?: readonly object[];
  readonly others?: readonly object[];
  readonly resources?: Snapshot['resources'];
  readonly more?: Partial<Snapshot>;
}

/** Whether the bucket `logs` keeps what one trail writes for 365 days, unless something else is asked; evidence begins with `b.`. */
export function askBucket(item: object, asked: Asked = {}): Answer {
  const { trails = [writing('main')], others = [], resources = {}, more = {}, ...question } = asked;
  const snapshot = snapshotWith(
    { 'AWS::CloudTrail::Trail': trails, 'AWS::S3::Bucket': [bucket('logs', item), ...others], ...resources },
    more,
  );
  const base = { atLeast: 365, measure: 'current', places: ['bucket'], events: [], ...question } as const;
  return keeps(resourceOf(snapshot, 'AWS::S3::Bucket', 'logs'), base, 'b.', { now: undefined, thorough: 'no' });
}

export const asks = 'at least 365 days are asked for';

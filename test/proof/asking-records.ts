import { readRecords, records } from '../../src/proof/records.ts';
import type { resourceTypes } from '../../src/resource-types/index.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, snapshotWith } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

export type Item = Readonly<Record<string, unknown>>;

export const on = { Status: { IsLogging: true } };
export const everywhere = { IsMultiRegionTrail: true, ...on };
export const management = { eventCategory: 'Management' };
export const regions = ['us-east-1', 'eu-west-1'];
export const storeArn = (region = 'us-east-1') => `arn:aws:cloudtrail:${region}:${home}:eventdatastore/1`;
export const store = (more: object = {}) => ({
  EventDataStoreArn: storeArn(),
  Name: 'lake',
  Status: 'ENABLED',
  MultiRegionEnabled: true,
  ...more,
});
export const advanced = (...fields: readonly object[]) => ({ AdvancedEventSelectors: [{ FieldSelectors: fields }] });
export const category = (name: string) => ({ Field: 'eventCategory', Equals: [name] });

export interface Asked {
  readonly of?: keyof typeof resourceTypes;
  readonly name?: string;
  readonly trails?: readonly Item[];
  readonly stores?: readonly Item[];
  readonly buckets?: readonly Item[];
  /** Whatever else there is, by type. */
  readonly others?: Readonly<Record<string, readonly Item[]>>;
  readonly more?: Partial<Snapshot>;
  readonly thorough?: 'yes' | 'no';
}

/** What `records` says of an account in two regions, or of one of its resources. */
export function ask(written: unknown, asked: Asked) {
  const { of = 'AWS::Account', name, trails = [], stores = [], buckets = [], others, more, thorough = 'no' } = asked;
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': trails,
      'AWS::CloudTrail::EventDataStore': stores,
      'AWS::S3::Bucket': buckets,
      ...others,
    },
    { regions, ...more },
  );
  return records(resourceOf(snapshot, of, name), readRecords(written), '', { now: undefined, thorough });
}
export const truth = (written: unknown, asked: Asked) => ask(written, asked).truth;

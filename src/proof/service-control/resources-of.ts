import { endpointRegion } from '../../resource-types/partition.ts';
import type { Home } from './spared.ts';

/** What an action may be done with: all of it as a glob, and one that no policy names. */
export interface Things {
  readonly all: string;
  readonly one: string;
}

/** What CloudTrail's own actions are about (Service Authorization Reference, "Actions defined by AWS CloudTrail"). */
const things: Readonly<Record<string, string>> = {
  DeleteTrail: 'trail',
  PutEventSelectors: 'trail',
  StartLogging: 'trail',
  StopLogging: 'trail',
  UpdateTrail: 'trail',
  DeleteEventDataStore: 'eventdatastore',
  StopEventDataStoreIngestion: 'eventdatastore',
  UpdateEventDataStore: 'eventdatastore',
};

/**
 * What an action may be done with in an account: a statement that is about all of that is about everything. Of an
 * action of which nobody here knows what it is about: anything at all.
 */
export function thingsOf(action: string, { id, partition }: Home, region = endpointRegion(partition)): Things {
  const [service = '', name = ''] = action.split(':');
  const kind = service === 'cloudtrail' && Object.hasOwn(things, name) ? things[name] : undefined;
  if (!kind) return { all: '*', one: '*' };
  return {
    all: `arn:${partition}:cloudtrail:*:${id}:${kind}/*`,
    one: `arn:${partition}:cloudtrail:${region}:${id}:${kind}/somebody-elses`,
  };
}

/** Actions on objects of a bucket whose names do not say so (Service Authorization Reference, "Actions defined by S3"). */
const onObjects: readonly string[] = [
  'abortmultipartupload',
  'bypassgovernanceretention',
  'initiatereplication',
  'listmultipartuploadparts',
  'objectowneroverridetobucketowner',
  'replicatedelete',
  'replicatetags',
];

/** Of a bucket its objects, where the action is on objects; both, where it has wildcards. */
export function thingOf(id: string, action: string): Things {
  const [, , service] = id.split(':');
  const [, name = ''] = action.toLowerCase().split(':');
  if (service !== 's3') return { all: id, one: id };
  if (/[*?]/.test(action)) return { all: `${id}*`, one: id };
  const isOfObjects = onObjects.includes(name) || /^(?!.*bucket).*object/.test(name);
  return isOfObjects ? { all: `${id}/*`, one: `${id}/somebody-elses` } : { all: id, one: id };
}

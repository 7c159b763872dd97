import { isObject, type Reading, type ResourceView, read } from '../../snapshot/resource-view.ts';
import { tellingOrganization } from '../as-cloudtrail.ts';
import { bucketAccepts } from '../bucket-accepts.ts';
import { channelDelivers } from '../config-recorder.ts';
import { delivers } from '../delivery.ts';
import { digestsPermitted } from '../digests-permitted.ts';
import { trailKeyFits } from '../key-usable.ts';
import { managementEventCopies } from '../management-event-copies.ts';
import { notifies } from '../notifies.ts';
import { ofItsBucket } from '../of-bucket.ts';
import { queryable } from '../queryable.ts';
import { ingests } from '../recorder.ts';
import { recordsItself } from '../records-itself.ts';
import { type Fact, known, texts } from './fact.ts';

const recorder = 'AWS::Config::ConfigurationRecorder';

/** What can be asked of trails, of event data stores and of where they apply (aws-semantics §1, §5). */
export const trailFacts: Readonly<Record<string, Fact>> = {
  delivering: {
    says: 'Whether what it records arrives. Of a trail: it is logging, the last delivery went well, the bucket lets CloudTrail in, the key is usable. Of a recorder: nothing that its delivery channel last sent failed.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail', recorder],
    answer: () => known(undefined),
    proof: (view, prefix, context) =>
      view.type.name === recorder ? channelDelivers(view, prefix) : delivers(view, prefix, context),
    needs: (typeName) =>
      typeName === recorder
        ? { [recorder]: ['DeliveryChannelsStatus'] }
        : {
            'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
            'AWS::S3::Bucket': ['Policy', 'RequestPayment', 'Encryption'],
            'AWS::KMS::Key': ['Policy'],
            'AWS::Organizations::Organization': [],
          },
  },
  notifying: {
    says: 'Whether its SNS topic learns of new files: the last message went well, and the topic and its key let CloudTrail in.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: notifies,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status'],
      'AWS::SNS::Topic': [],
      'AWS::KMS::Key': ['Policy'],
      'AWS::Organizations::Organization': [],
    }),
  },
  keyFits: {
    says: 'Whether its key, where it names one, is what CloudTrail can encrypt with: enabled, symmetric, of the customer, in the region of its bucket. What the policy of the key says is not asked.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: trailKeyFits,
    needs: () => ({ 'AWS::KMS::Key': [], 'AWS::S3::Bucket': [] }),
  },
  tagKeys: {
    says: 'The keys of its tags; those that begin with aws: AWS puts there itself.',
    node: texts,
    of: ['AWS::CloudTrail::Trail'],
    answer: tagKeys,
    needs: () => ({ 'AWS::CloudTrail::Trail': ['tags'] }),
  },
  ingesting: {
    says: 'Whether it takes events in: it is enabled, and so is its key, where it has one.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::EventDataStore'],
    answer: () => known(undefined),
    proof: (view, prefix) => ingests({ view, prefix }),
    needs: () => ({ 'AWS::CloudTrail::EventDataStore': ['Status'], 'AWS::KMS::Key': [] }),
  },
  recordsItself: {
    says: 'Whether it records what its own deliveries cause: writes to its bucket, to the copies and the access logs of that.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: recordsItself,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
      'AWS::S3::Bucket': ['Logging', 'Replication'],
      'AWS::Region': [],
    }),
  },
  managementEventCopies: {
    says: 'How many trails and event data stores record management events of it: each is a copy, of which AWS gives one.',
    node: { kind: 'number' },
    of: ['AWS::Region'],
    answer: () => known(undefined),
    counts: managementEventCopies,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status', 'EventSelectors'],
      'AWS::CloudTrail::EventDataStore': ['Status'],
      'AWS::KMS::Key': [],
    }),
  },
  bucketAccepts: {
    says: 'Whether the bucket that it names takes its files: it exists, its owner pays, and its policy lets CloudTrail write each kind.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: (trail, prefix, { now }) =>
      ofItsBucket(trail, prefix, () => tellingOrganization(bucketAccepts(trail, prefix, now), trail, prefix)),
    needs: () => ({
      'AWS::CloudTrail::Trail': ['EventSelectors'],
      'AWS::S3::Bucket': ['Policy', 'RequestPayment'],
      'AWS::Organizations::Organization': [],
    }),
  },
  digestsPermitted: {
    says: 'Whether what its bucket policy says of encryption lets its digest files in, which of a trail without a key have SSE-S3.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: digestsPermitted,
    needs: () => ({ 'AWS::S3::Bucket': ['Policy'], 'AWS::Organizations::Organization': [] }),
  },
  queryable: {
    says: 'Whether an Athena table is over all its log files, reads their format, and has partitions that reach till today.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: queryable,
    needs: () => ({
      'AWS::CloudTrail::Trail': [],
      'AWS::Glue::Database': ['Tables'],
      'AWS::S3::Bucket': [],
      'AWS::Region': [],
      'AWS::Organizations::Organization': [],
    }),
  },
};

function tagKeys(view: ResourceView): Reading {
  const tags = read(view, 'tags');
  return tags.is === 'value' ? { ...tags, value: isObject(tags.value) ? Object.keys(tags.value) : [] } : tags;
}

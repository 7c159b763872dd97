import { expect, test } from 'vitest';
import type { FieldValue } from '../../src/proof/event-set.ts';
import { describeWitness } from '../../src/proof/witness-text.ts';
import { advanced, covered, how, inBucket, management, object, working } from './asking-coverage.ts';

test.each<[string, Readonly<Record<string, FieldValue>>]>([
  ['events, userIdentity.type Root', { 'userIdentity.type': 'Root', 'userIdentity.arn': 'arn:aws:iam::1:root' }],
  ['events, userIdentity.arn arn:aws:iam::1:root', { 'userIdentity.arn': 'arn:aws:iam::1:root' }],
  ['events', {}],
  ['Management events', { eventCategory: 'Management' }],
  ['Management reads', { eventCategory: 'Management', readOnly: true }],
  [
    'Management writes of kms.amazonaws.com',
    { eventCategory: 'Management', readOnly: false, eventSource: 'kms.amazonaws.com' },
  ],
  ['Data events on AWS::S3::Object', { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object' }],
  [
    'Data writes on arn:aws:s3:::audit/tmp/…',
    {
      eventCategory: 'Data',
      readOnly: false,
      'resources.type': 'AWS::S3::Object',
      'resources.ARN': 'arn:aws:s3:::audit/tmp/…',
    },
  ],
  [
    's3:PutObject on arn:aws:s3:::audit/tmp/…',
    {
      eventCategory: 'Data',
      eventSource: 's3.amazonaws.com',
      eventName: 'PutObject',
      'resources.ARN': 'arn:aws:s3:::audit/tmp/\ue000',
    },
  ],
  ['StopLogging', { eventCategory: 'Management', eventName: 'StopLogging', readOnly: false, eventSource: '…' }],
  [
    'Data reads of a, without errorCode',
    { eventCategory: 'Data', readOnly: true, eventName: '…', errorCode: undefined, eventSource: 'a' },
  ],
  ['Management events, errorCode AccessDenied', { eventCategory: 'Management', errorCode: 'AccessDenied' }],
  ['events, errorCode Access…', { errorCode: 'Access\ue000' }],
  ['events', { errorCode: '…', awsRegion: 'us-east-1', recipientAccountId: '111122223333' }],
  ['events', { eventType: 'AwsApiCall' }],
  ['events', { eventType: 'AwsCloudTrailInsight' }],
  ['events, eventType AwsServiceEvent', { eventType: 'AwsServiceEvent' }],
  ['events, managementEvent false, errorCode null', { managementEvent: false, errorCode: null }],
  ['events', { eventName: undefined, 'resources.ARN': '…', 'resources.type': undefined }],
])('%s', (text, witness) => {
  expect(describeWitness(new Map(Object.entries(witness)))).toBe(text);
});

test('what one selector leaves out of a bucket is named as people name it', () => {
  const selectors = advanced({ ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/tmp/'] } });
  const put = { ...inBucket, eventSource: 's3.amazonaws.com', eventName: 'PutObject' };
  expect(describeWitness(how(selectors, put).missed ?? new Map())).toBe('s3:PutObject on arn:aws:s3:::b/tmp/…');
});

test('fields of the class that nobody asks about are named too, the event comes first', () => {
  const root = { eventCategory: 'Management', readOnly: false, 'userIdentity.type': ['Root', 'IAMUser'] };
  const { missed, open } = covered([{ ...working(advanced(management)), works: 'no' }], root);
  expect([describeWitness(missed ?? new Map()), open]).toEqual([
    'Management writes, userIdentity.type Root',
    undefined,
  ]);
  const maybe = covered([{ ...working(advanced(management)), works: 'unknown' }], root);
  expect([describeWitness(maybe.open ?? new Map()), maybe.missed]).toEqual([
    'Management writes, userIdentity.type Root',
    undefined,
  ]);
});

const call = [
  ['eventSource', 'ec2.amazonaws.com'],
  ['eventName', 'RunInstances'],
] as const;
const fields = (count: number) => Array.from({ length: count }, (_, index) => [`field${index + 1}`, 'x'] as const);

test.each([
  [0, 'ec2:RunInstances'],
  [4, 'ec2:RunInstances, field1 x, field2 x, field3 x, field4 x'],
  [5, 'ec2:RunInstances, field1 x, field2 x, field3 x, field4 x, field5 x'],
  [6, 'ec2:RunInstances, field1 x, field2 x, field3 x, field4 x, and 2 fields more'],
])('of a whole record the first fields are named: %i', (count, said) => {
  expect(describeWitness(new Map<string, string>([...call, ...fields(count)]))).toBe(said);
});

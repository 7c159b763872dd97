import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';

const schema = snapshotSchema(resourceTypes);
const validate = new Ajv({ strict: true, allErrors: true, verbose: true, discriminator: true }).compile(schema);
const snapshot = (members: Readonly<Record<string, unknown>>) => ({
  trailproof: 'snapshot/1',
  account: { id: '111122223333', partition: 'aws' },
  regions: ['us-east-1'],
  resources: {},
  ...members,
});
const wrong = (members: Readonly<Record<string, unknown>>) => {
  validate(snapshot(members));
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};

test('draft-07, with every resource type', () => {
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    properties: {
      resources: {
        properties: {
          'AWS::CloudTrail::Trail': {
            items: {
              title: 'AWS::CloudTrail::Trail',
              required: ['TrailARN'],
              properties: {
                IsMultiRegionTrail: { type: 'boolean' },
                Status: { title: 'AWS::CloudTrail::Trail.Status', properties: { IsLogging: { type: 'boolean' } } },
                EventSelectors: {
                  items: {
                    properties: { ReadWriteType: { type: 'string', examples: ['All', 'ReadOnly', 'WriteOnly'] } },
                  },
                },
              },
            },
          },
        },
      },
    },
  });
  const { properties } = schema as { readonly properties: { readonly resources: { readonly properties: object } } };
  expect(Object.keys(properties.resources.properties)).toEqual(Object.keys(resourceTypes));
});

describe('accepts', () => {
  test.each([
    [{}],
    [{ account: { id: '111122223333', partition: 'aws-cn', alias: 'prod' }, collectedAt: '2026-11-20T09:00:00.123Z' }],
    [{ operations: ['s3:ListBuckets', { operation: 's3control:GetPublicAccessBlock', resources: ['arn:x'] }] }],
    [{ gaps: [{ error: 'x' }, { operation: 'kms:DescribeKey', resource: 'a', region: 'b', error: 'c', message: '' }] }],
    [{ absent: [{ resource: 'a', operation: 's3:GetBucketAcl', error: 'NoSuchBucket' }] }],
    [{ resources: { 'AWS::KMS::Key': [{ Arn: 'a', KeyState: 'SomethingNew', tags: { constructor: 'x' } }] } }],
    [{ resources: { 'AWS::Account': [{}] } }],
  ])('%j', (members) => {
    expect(wrong(members)).toEqual([]);
  });
});

describe('refuses', () => {
  test.each([
    [{ trailproof: 'snapshot/2' }, ['/trailproof const']],
    [{ account: { id: '1234', partition: 'aws' } }, ['/account/id pattern']],
    [{ account: { id: '111122223333' } }, ['/account required']],
    [{ extra: 1 }, [' additionalProperties']],
    [{ collectedAt: '2026-13-20T09:00:00Z' }, ['/collectedAt pattern']],
    [{ collectedAt: '2026-11-20T09:00:00' }, ['/collectedAt pattern']],
    [{ operations: ['ListBuckets'] }, ['/operations/0 pattern', '/operations/0 if']],
    [{ operations: [{ operation: 's3:ListBuckets' }] }, ['/operations/0 required', '/operations/0 if']],
    [{ gaps: [{ region: 'x' }] }, ['/gaps/0 required']],
    [{ resources: { 'AWS::EC2::Instance': [] } }, ['/resources additionalProperties']],
    [{ resources: { 'AWS::S3::Bucket': {} } }, ['/resources/AWS::S3::Bucket type']],
    [{ resources: { 'AWS::S3::Bucket': [{}] } }, ['/resources/AWS::S3::Bucket/0 required']],
    [
      { resources: { 'AWS::S3::Bucket': [{ Name: 'a', tags: { a: 1 } }] } },
      ['/resources/AWS::S3::Bucket/0/tags/a type'],
    ],
    [{ resources: { 'AWS::S3::Bucket': [{ Name: 'a', Policy: {} }] } }, ['/resources/AWS::S3::Bucket/0/Policy type']],
    [
      { resources: { 'AWS::S3::Bucket': [{ Name: 'a', Versioning: { Stauts: 'Enabled' } }] } },
      ['/resources/AWS::S3::Bucket/0/Versioning additionalProperties'],
    ],
  ])('%j', (members, errors) => {
    expect(wrong(members)).toEqual(errors);
  });
});

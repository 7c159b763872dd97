import { describe, expect, test } from 'vitest';
import { readSelectors, type Selector } from '../../src/proof/selectors.ts';
import { describeWitness } from '../../src/proof/witness-text.ts';
import { advanced, amount, how, inBucket, management, object } from './asking-coverage.ts';

const writes = { ...inBucket, readOnly: false };

describe('the worked examples (aws-semantics §2.8)', () => {
  const kms = 'kms.amazonaws.com';
  test.each<[string, readonly Selector[], Readonly<Record<string, unknown>>, string, string?]>([
    [
      'S1',
      readSelectors(undefined, undefined),
      { eventCategory: 'Management', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
      'all',
    ],
    ['S2', readSelectors(undefined, undefined), inBucket, 'none'],
    [
      'S3, a write',
      readSelectors([{ ReadWriteType: 'WriteOnly' }], undefined),
      { eventCategory: 'Management', eventSource: kms, eventName: 'DisableKey', readOnly: false },
      'all',
    ],
    [
      'S3, a read',
      readSelectors([{ ReadWriteType: 'WriteOnly' }], undefined),
      { eventCategory: 'Management', eventSource: kms, eventName: 'Decrypt', readOnly: true },
      'none',
    ],
    [
      'S4',
      readSelectors(
        [{ ReadWriteType: 'All', ExcludeManagementEventSources: [kms] }, { ReadWriteType: 'WriteOnly' }],
        undefined,
      ),
      { eventCategory: 'Management', eventSource: kms, readOnly: false },
      'all',
    ],
    [
      'S5',
      advanced({ ...management, eventSource: { NotEquals: [kms] } }),
      { eventCategory: 'Management', readOnly: false },
      'some',
      'Management writes of kms.amazonaws.com',
    ],
    [
      'S6',
      advanced({ ...management, eventSource: { NotEquals: [kms] } }, { ...management, eventSource: { Equals: [kms] } }),
      { eventCategory: 'Management', readOnly: false },
      'all',
    ],
    [
      'S7, one trail',
      advanced({ ...management, readOnly: { Equals: ['true'] } }),
      { eventCategory: 'Management' },
      'some',
      'Management writes',
    ],
    [
      'S7, both',
      advanced({ ...management, readOnly: { Equals: ['true'] } }, { ...management, readOnly: { Equals: ['false'] } }),
      { eventCategory: 'Management' },
      'all',
    ],
    [
      'S8',
      advanced({ ...management, readOnly: { Equals: ['false'] } }),
      { eventCategory: 'Management', readOnly: false },
      'all',
    ],
    ['S9', advanced({ ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::bb/'] } }), writes, 'all'],
    ['S10', advanced({ ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b'] } }), writes, 'none'],
    ['S11', advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b'] } }), writes, 'all'],
    [
      'S12',
      advanced(
        { ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/logs/'] } },
        { ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/logs/'] } },
      ),
      writes,
      'all',
    ],
    [
      'S13',
      advanced(
        { ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/tmp/'] } },
        { ...object, 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/tmp/'] } },
      ),
      writes,
      'some',
      'Data writes on arn:aws:s3:::b/tmp/…',
    ],
    [
      'S14',
      advanced({ ...object, eventName: { Equals: ['PutObject', 'DeleteObject'] } }),
      writes,
      'some',
      'Data writes on arn:aws:s3:::b/…',
    ],
    [
      'S15, writes',
      readSelectors(
        [{ ReadWriteType: 'WriteOnly', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] }] }],
        undefined,
      ),
      writes,
      'all',
    ],
    [
      'S15, reads',
      readSelectors(
        [{ ReadWriteType: 'WriteOnly', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] }] }],
        undefined,
      ),
      { ...inBucket, readOnly: true },
      'none',
    ],
    [
      'S16',
      advanced({ ...object, 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/'], NotEndsWith: ['/tmp'] } }),
      writes,
      'some',
      'Data writes on arn:aws:s3:::b/…/tmp',
    ],
    [
      'S17',
      readSelectors(
        [{ DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda:us-west-2:1:function:hello'] }] }],
        undefined,
      ),
      {
        eventCategory: 'Data',
        'resources.type': 'AWS::Lambda::Function',
        'resources.ARN': 'arn:aws:lambda:us-west-2:1:function:hello2',
      },
      'none',
    ],
    [
      'S18, from the console',
      advanced({ ...management, sessionCredentialFromConsole: { NotEquals: ['true'] } }),
      { eventCategory: 'Management', sessionCredentialFromConsole: 'true' },
      'none',
    ],
    [
      'S18, from elsewhere',
      advanced({ ...management, sessionCredentialFromConsole: { NotEquals: ['true'] } }),
      { eventCategory: 'Management', sessionCredentialFromConsole: { exists: false } },
      'all',
    ],
    ['S19', advanced(object), { eventCategory: 'Management', eventSource: 'iam.amazonaws.com' }, 'none'],
    [
      'S20',
      readSelectors(
        [{ IncludeManagementEvents: false, DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
        undefined,
      ),
      { eventCategory: 'Management', eventSource: 'iam.amazonaws.com' },
      'none',
    ],
    ['S22', advanced(object), { eventCategory: 'Data', 'resources.type': 'AWS::S3::AccessPoint' }, 'none'],
    [
      'S23',
      advanced({ eventCategory: { Equals: ['NetworkActivity'] }, eventSource: { Equals: ['s3.amazonaws.com'] } }),
      { eventCategory: 'NetworkActivity', eventSource: kms },
      'none',
    ],
  ])('%s', (_, selectors, written, records, missed) => {
    const covered = how(selectors, written);
    expect([amount(covered), missed && describeWitness(covered.missed ?? new Map())]).toEqual([records, missed]);
  });
});

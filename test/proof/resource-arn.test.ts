import { describe, expect, test } from 'vitest';
import { readEventClass, valuesOf } from '../../src/proof/event-class.ts';
import { realities } from '../../src/proof/realities.ts';

/** What the fields of each kind are limited to, reading by reading. */
const readingsOf = (written: Readonly<Record<string, unknown>>, field: string) =>
  realities(readEventClass(written)).kinds.map((readings) => readings.map((it) => valuesOf(it, field)?.join()));

const s3 = { eventSource: 's3.amazonaws.com' };
const dynamo = { eventSource: 'dynamodb.amazonaws.com' };
const arn = (text: string) => ({ 'resources.ARN': text });

describe('the type of resource that a data event is about (aws-semantics §2.7 step 5, §2.9)', () => {
  test.each([
    ['by its name, of a table', { ...dynamo, eventName: 'PutItem' }, 'AWS::DynamoDB::Table'],
    ['by its name, of a stream', { ...dynamo, eventName: 'GetRecords' }, 'AWS::DynamoDB::Stream'],
    ['by its name, of a function', { eventName: 'Invoke' }, 'AWS::Lambda::Function'],
    ['by the ARN of an object', { eventCategory: 'Data', ...arn('arn:aws:s3:::b/k') }, 'AWS::S3::Object'],
    ['in GovCloud', { eventCategory: 'Data', ...arn('arn:aws-us-gov:s3:::b/k') }, 'AWS::S3::Object'],
    [
      'by the beginning of ARNs',
      { eventCategory: 'Data', 'resources.ARN': { like: 'arn:aws:s3:::b*' } },
      'AWS::S3::Object',
    ],
    [
      'by the ARN before the name: through an access point',
      { ...s3, eventName: 'GetObject', ...arn('arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/k') },
      'AWS::S3::AccessPoint',
    ],
    [
      'by the ARN of a function',
      { eventCategory: 'Data', ...arn('arn:aws:lambda:us-east-1:111122223333:function:f') },
      'AWS::Lambda::Function',
    ],
    [
      'by the ARN of a table',
      { eventCategory: 'Data', ...arn('arn:aws:dynamodb:us-east-1:111122223333:table/t') },
      'AWS::DynamoDB::Table',
    ],
    [
      'by the ARN of a stream',
      { eventCategory: 'Data', ...arn('arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/2026') },
      'AWS::DynamoDB::Stream',
    ],
    [
      'as the class says it',
      { ...s3, eventName: 'GetObject', 'resources.type': 'AWS::S3::AccessPoint' },
      'AWS::S3::AccessPoint',
    ],
    [
      'not where ARNs are of several',
      {
        eventCategory: 'Data',
        'resources.ARN': { like: ['arn:aws:s3:::b/*', 'arn:aws:lambda:us-east-1:111122223333:function:*'] },
      },
      undefined,
    ],
    ['not where it may be any ARN', { eventCategory: 'Data', 'resources.ARN': { not: 'arn:aws:s3:::b/k' } }, undefined],
    ['not where the ARN may be left out', { eventCategory: 'Data', 'resources.ARN': { exists: false } }, undefined],
    ['not where only the ending is said', { eventCategory: 'Data', 'resources.ARN': { like: '*.log' } }, undefined],
    [
      'not where the form is not known',
      { eventCategory: 'Data', ...arn('arn:aws:sns:us-east-1:111122223333:t') },
      undefined,
    ],
    ['not of management events', { ...s3, eventName: 'PutBucketPolicy', ...arn('arn:aws:s3:::b') }, undefined],
  ])('%s', (_, written, type) => {
    expect(readingsOf(written, 'resources.type')).toEqual([[type]]);
  });
});

describe('management or data event', () => {
  const both = ['Management', 'Data'];
  test.each([
    ['a listed call is what the list says', { ...s3, eventName: 'PutObject' }, ['Data']],
    ['a call on buckets', { ...s3, eventName: 'PutBucketPolicy' }, ['Management']],
    ['a lock is the bucket’s', { ...s3, eventName: 'PutObjectLockConfiguration' }, ['Management']],
    [
      'an access point is none of its objects',
      { ...s3, eventName: 'CreateAccessPointForObjectLambda' },
      ['Management'],
    ],
    ['a new call that is named like those on objects may be either', { ...s3, eventName: 'CreateSession' }, both],
    [
      'a new call on what lies in a bucket may be either',
      { ...s3, eventName: 'DoThis', ...arn('arn:aws:s3:::b/k') },
      both,
    ],
    ['a new call that invokes may be either', { eventSource: 'lambda.amazonaws.com', eventName: 'InvokeAsync' }, both],
    [
      'a function is made by a management event',
      { eventSource: 'lambda.amazonaws.com', eventName: 'CreateFunction20150331' },
      ['Management'],
    ],
    ['a new call on items may be either', { ...dynamo, eventName: 'GetItemHistory' }, both],
    ['a table is deleted by a management event', { ...dynamo, eventName: 'DeleteTable' }, ['Management']],
    [
      'a service that is not listed may have either',
      { eventSource: 'sqs.amazonaws.com', eventName: 'SendMessage' },
      both,
    ],
    ['a type makes it a data event', { eventName: 'DoThis', 'resources.type': 'AWS::SNS::Topic' }, ['Data']],
  ])('%s', (_, written, categories) => {
    const readings = readingsOf(written, 'eventCategory');
    expect(readings.map((kind) => [...new Set(kind)])).toEqual([categories]);
  });
});

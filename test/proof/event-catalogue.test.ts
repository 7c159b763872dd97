import { describe, expect, test } from 'vitest';
import {
  callNamed,
  globalServices,
  globalShare,
  lookUp,
  mayBeDataEvent,
  readsByName,
  sourceOfType,
  sourcesNamedBy,
} from '../../src/proof/event-catalogue.ts';
import { readEventClass } from '../../src/proof/event-class.ts';

const service = (name: string): string => `${name}.amazonaws.com`;

describe('what CloudTrail writes into the record of a call (aws-semantics §2.5)', () => {
  test.each<[string, string, boolean | undefined, string]>([
    [
      's3',
      'AWS::S3::Object',
      true,
      'GetObject HeadObject GetObjectAcl GetObjectAttributes GetObjectTagging GetObjectTorrent GetObjectRetention ' +
        'GetObjectLegalHold SelectObjectContent ListObjects ListObjectsV2 ListObjectVersions ListParts ' +
        'ListMultipartUploads HeadBucket',
    ],
    [
      's3',
      'AWS::S3::Object',
      false,
      'PutObject PostObject DeleteObject DeleteObjects CopyObject CreateMultipartUpload UploadPart UploadPartCopy ' +
        'CompleteMultipartUpload AbortMultipartUpload PutObjectAcl PutObjectTagging DeleteObjectTagging RestoreObject ' +
        'PutObjectRetention PutObjectLegalHold',
    ],
    ['lambda', 'AWS::Lambda::Function', false, 'Invoke InvokeWithResponseStream'],
    ['dynamodb', 'AWS::DynamoDB::Table', true, 'GetItem BatchGetItem Query Scan TransactGetItems'],
    ['dynamodb', 'AWS::DynamoDB::Table', false, 'PutItem DeleteItem UpdateItem BatchWriteItem TransactWriteItems'],
    ['dynamodb', 'AWS::DynamoDB::Table', undefined, 'ExecuteStatement BatchExecuteStatement ExecuteTransaction'],
    ['dynamodb', 'AWS::DynamoDB::Stream', true, 'GetRecords GetShardIterator'],
  ])('data events of %s on %s, readOnly %s: %s', (name, resourceType, readOnly, calls) => {
    const known = { eventSource: service(name), eventCategory: 'Data', resourceType, readOnly };
    for (const call of calls.split(' ')) expect([call, callNamed(call, service(name))]).toEqual([call, known]);
  });

  test.each<[string, boolean | undefined, string | undefined, string]>([
    [
      'kms',
      true,
      undefined,
      'Encrypt Decrypt ReEncrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext ' +
        'GenerateDataKeyWithoutPlaintext',
    ],
    ['kms', false, undefined, 'ScheduleKeyDeletion CancelKeyDeletion'],
    ['kms', undefined, 'AwsServiceEvent', 'RotateKey'],
    [
      'sts',
      true,
      undefined,
      'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetSessionToken GetCallerIdentity',
    ],
    ['signin', false, 'AwsConsoleSignIn', 'ConsoleLogin SwitchRole'],
    ['signin', undefined, 'AwsConsoleSignIn', 'CheckMfa ExitRole RenewRole'],
    ['cloudtrail', false, undefined, 'StartLogging StopLogging'],
    ['config', false, undefined, 'StartConfigurationRecorder StopConfigurationRecorder'],
  ])('management events of %s, readOnly %s, type %s: %s', (name, readOnly, eventType, calls) => {
    const known = {
      eventSource: service(name),
      eventCategory: 'Management',
      readOnly,
      ...(eventType && { eventType }),
    };
    for (const call of calls.split(' ')) expect([call, callNamed(call)]).toEqual([call, known]);
  });

  test.each([
    ['AWS::S3::Object', 's3'],
    ['AWS::Lambda::Function', 'lambda'],
    ['AWS::DynamoDB::Table', 'dynamodb'],
    ['AWS::DynamoDB::Stream', 'dynamodb'],
  ])('data events of %s come from %s', (type, name) => {
    expect(sourceOfType.get(type)).toBe(service(name));
  });

  test('of other types nobody knows whence: access points, S3 Express', () => {
    expect([...sourceOfType.keys()]).toHaveLength(4);
  });
});

describe('whose call it is', () => {
  const bySource = (eventName: string, eventSource?: unknown) =>
    lookUp(eventName, readEventClass({ eventName, ...(eventSource !== undefined && { eventSource }) }))?.eventSource;
  const [s3, sqs, dynamodb] = [service('s3'), service('sqs'), service('dynamodb')];

  test.each<[string, string, unknown, string | undefined]>([
    ['only S3 has it', 'PutObject', undefined, s3],
    ['nobody knows it', 'SendMessage', undefined, undefined],
    ['of S3', 'PutObject', s3, s3],
    ['of another service', 'PutObject', service('mediastore'), undefined],
    ['of S3 or another', 'PutObject', [s3, sqs], s3],
    ['of two others', 'PutObject', [service('mediastore'), sqs], undefined],
    ['of any but KMS', 'PutObject', { not: service('kms') }, s3],
    ['of any but S3', 'PutObject', { not: s3 }, undefined],
    ['of several services', 'ExecuteStatement', undefined, undefined],
    ['of several, here DynamoDB', 'ExecuteStatement', dynamodb, dynamodb],
    ['of several, here the RDS data API', 'ExecuteStatement', service('rdsdata'), undefined],
    ['of several, here both', 'ExecuteStatement', [dynamodb, service('rdsdata')], undefined],
    ['of several, all but KMS', 'ExecuteStatement', { not: service('kms') }, undefined],
  ])('%s: %s of %j', (_, eventName, eventSource, expected) => {
    expect(bySource(eventName, eventSource)).toBe(expected);
  });

  test.each([
    'ExecuteStatement',
    'BatchExecuteStatement',
    'Query',
    'GetRecords',
    'GetShardIterator',
    'ListParts',
    'ListMultipartUploads',
    'CompleteMultipartUpload',
    'AbortMultipartUpload',
  ])('%s alone does not say it', (eventName) => {
    expect(callNamed(eventName)).toBeUndefined();
  });

  test('names and resource types say from which service their events come', () => {
    const named = (field: string, ...whole: readonly (string | boolean)[]) => ({
      field,
      has: () => 'yes' as const,
      whole,
      beginnings: [],
      endings: [],
    });
    expect(
      sourcesNamedBy([
        named('eventName', 'PutObject', 'GetObject', 'SendMessage'),
        named('resources.type', 'AWS::Lambda::Function', 'AWS::SQS::Queue'),
        named('eventSource', 'PutObject', 'AWS::DynamoDB::Table'),
        named('readOnly', true),
      ]),
    ).toEqual([s3, service('lambda')]);
  });
});

describe('whether a call that is not listed may be a data event', () => {
  const may = (eventSource: unknown, eventName = 'CreateThing') =>
    mayBeDataEvent(eventName, readEventClass({ eventSource }));
  const listed =
    's3 lambda dynamodb kms sts signin cloudtrail config iam organizations ec2 logs events cloudfront route53 rds';

  test.each(listed.split(' '))('not of %s', (name) => {
    expect(may(service(name))).toBe(false);
  });

  test.each<[unknown, boolean]>([
    [service('sqs'), true],
    [service('sns'), true],
    [service('rdsdata'), true],
    [[service('s3'), service('sqs')], true],
    [[service('s3'), service('iam')], false],
    [{ not: service('s3') }, true],
    [{ like: 's3*' }, true],
  ])('%j: %s', (eventSource, expected) => {
    expect(may(eventSource)).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ['s3', 'RenameObject', true],
    ['s3', 'ObjectOfTomorrow', true],
    ['s3', 'CopyPart', true],
    ['s3', 'ResumeUpload', true],
    ['s3', 'PutBucketPolicy', false],
    ['s3', 'PutObjectLockConfiguration', false],
    ['lambda', 'InvokeAsync', true],
    ['lambda', 'GetFunctionInvokeConfig', false],
    ...['PutItems', 'GetRecord', 'RunStatement', 'TransactAll', 'QueryTable', 'ScanTable'].map(
      (it): [string, string, boolean] => ['dynamodb', it, true],
    ),
    ['dynamodb', 'DeleteTable', false],
    ['kms', 'GetObject', false],
  ])('%s %s, by its name: %s', (name, eventName, expected) => {
    expect(may(service(name), eventName)).toBe(expected);
    expect(may([service(name), service('iam')], eventName)).toBe(expected);
  });

  test('where nobody says whose call it is', () => {
    expect(mayBeDataEvent('CreateThing', readEventClass({ eventName: 'CreateThing' }))).toBe(true);
  });
});

describe('whether a call reads, by its verb', () => {
  test.each(['GetUser', 'ListUsers', 'DescribeTrails', 'HeadBucket', 'LookupEvents', 'BatchGetImage', 'Describe…'])(
    '%s reads',
    (name) => {
      expect(readsByName(name)).toBe(true);
    },
  );

  const verbs =
    'Create Delete Put Update Modify Attach Detach Run Terminate Stop Register Deregister Enable Disable Add Remove ' +
    'Set Authorize Revoke Associate Disassociate Replace Tag Untag Accept Decline Reject Restore Reboot Invite Move ' +
    'Leave Import';
  test.each(verbs.split(' '))('%s… writes', (verb) => {
    expect([readsByName(`${verb}Thing`), readsByName(`${verb}…`)]).toEqual([false, false]);
  });

  test.each(['StartQueryExecution', 'Getaway', 'Settle', 'UnGetUser', 'ReCreateUser', 'Get…', 'Encrypt', 'getUser'])(
    '%s does not say',
    (name) => {
      expect(readsByName(name)).toBeUndefined();
    },
  );
});

describe('events of global services (aws-semantics §1.4)', () => {
  test('are those of IAM, CloudFront, Route 53 and Organizations', () => {
    expect(globalServices).toEqual(['iam', 'cloudfront', 'route53', 'organizations'].map(service));
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['any source', {}, 'some'],
    ['management events', { eventCategory: 'Management' }, 'some'],
    ['data events have none', { eventCategory: 'Data', eventSource: service('iam') }, 'none'],
    ['iam', { eventSource: service('iam') }, 'all'],
    ['iam and organizations', { eventSource: [service('iam'), service('organizations')] }, 'all'],
    ['iam and kms', { eventSource: [service('iam'), service('kms')] }, 'some'],
    ['kms', { eventSource: service('kms') }, 'none'],
    ['all but kms', { eventSource: { not: service('kms') } }, 'some'],
    ['those with a beginning', { eventSource: { like: 'iam*' } }, 'some'],
    ['all but the global ones', { eventSource: { not: globalServices } }, 'none'],
  ])('%s', (_, written, expected) => {
    expect(globalShare(readEventClass(written))).toBe(expected);
  });
});

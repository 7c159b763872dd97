import { describe, expect, test } from 'vitest';
import { readEventClass, valuesOf } from '../../src/proof/event-class.ts';
import { realities } from '../../src/proof/realities.ts';

type Written = Readonly<Record<string, unknown>>;
const management = { eventCategory: 'Management' };
const s3 = { eventSource: 's3.amazonaws.com' };
const [sqs, kms] = [{ eventSource: 'sqs.amazonaws.com' }, { eventSource: 'kms.amazonaws.com' }];

/** Each kind of event in a class, and of each the readings of which one is real: `CreateUser: Management write AwsApiCall`. */
const read = (written: Written): readonly (readonly string[])[] =>
  realities(readEventClass(written)).kinds.map((readings) =>
    readings.map((reading) => {
      const said = (field: string): string => valuesOf(reading, field)?.join('/') ?? '?';
      const direction = { true: 'reads', false: 'writes' }[said('readOnly')] ?? '?';
      const type = reading.fields.has('resources.type') ? ` on ${said('resources.type')}` : '';
      return `${said('eventName')}: ${said('eventCategory')} ${direction} ${said('eventType')}${type}`;
    }),
  );
const why = (written: Written): string => realities(readEventClass(written)).why;

describe('what the calls that a class names are', () => {
  test.each<[string, Written, readonly (readonly string[])[]]>([
    ['no names: what is written', management, [['?: Management ? ?']]],
    ['no name at all', { eventName: [] }, [[': ? ? ?']]],
    [
      'all is said',
      { eventName: 'PutObject', ...management, readOnly: true, eventType: 'AwsApiCall' },
      [['PutObject: Management reads AwsApiCall on AWS::S3::Object', 'PutObject: Management reads AwsApiCall']],
    ],
    ['documented', { eventName: 'PutItem' }, [['PutItem: Data writes AwsApiCall on AWS::DynamoDB::Table']]],
    [
      'documented of a function',
      { eventName: 'Invoke' },
      [['Invoke: Data writes AwsApiCall on AWS::Lambda::Function']],
    ],
    ...[undefined, { not: 'arn:aws:s3:::b/a' }, { like: 'arn:*:b/*' }, []].map(
      (arn): [string, Written, readonly (readonly string[])[]] => [
        `of an object or an access point: ${JSON.stringify(arn)}`,
        { eventName: 'PutObject', ...(arn && { 'resources.ARN': arn }) },
        [['PutObject: Data writes AwsApiCall on AWS::S3::Object', 'PutObject: Data writes AwsApiCall']],
      ],
    ),
    ...['arn:aws:s3:::b/a', { like: 'arn:aws-cn:s3:::b/*' }, ['arn:aws:s3:::a/', 'arn:aws:s3:::b/']].map(
      (arn): [string, Written, readonly (readonly string[])[]] => [
        `of objects, by their ARN: ${JSON.stringify(arn)}`,
        { eventName: 'PutObject', 'resources.ARN': arn },
        [['PutObject: Data writes AwsApiCall on AWS::S3::Object']],
      ],
    ),
    ...[['arn:aws:s3:::b/', 'arn:aws:s3:us-east-1:1:a'], 'x:arn:aws:s3:::b'].map(
      (arn): [string, Written, readonly (readonly string[])[]] => [
        `not of objects alone, by their ARN: ${JSON.stringify(arn)}`,
        { eventName: 'PutObject', 'resources.ARN': arn },
        [['PutObject: Data writes AwsApiCall on AWS::S3::Object', 'PutObject: Data writes AwsApiCall']],
      ],
    ),
    [
      'a type of resource that is said',
      { eventName: 'PutObject', 'resources.type': 'AWS::S3::AccessPoint' },
      [['PutObject: Data writes AwsApiCall on AWS::S3::AccessPoint']],
    ],
    ['documented, signing in', { eventName: 'ConsoleLogin' }, [['ConsoleLogin: Management writes AwsConsoleSignIn']]],
    ['by their service and verb', { ...kms, eventName: 'DescribeKey' }, [['DescribeKey: Management reads AwsApiCall']]],
    [
      'alike: asked about together',
      { ...kms, eventName: ['CreateKey', 'DisableKey'] },
      [['CreateKey/DisableKey: Management writes AwsApiCall']],
    ],
    [
      'not alike: each kind',
      { ...kms, eventName: ['CreateKey', 'DescribeKey', 'DisableKey'] },
      [['CreateKey/DisableKey: Management writes AwsApiCall'], ['DescribeKey: Management reads AwsApiCall']],
    ],
    [
      'a direction that nobody knows: each call by itself',
      { ...kms, eventName: ['Sign', 'Verify'] },
      ['Sign', 'Verify'].map((name) => [
        `${name}: Management reads AwsApiCall`,
        `${name}: Management writes AwsApiCall`,
      ]),
    ],
    [
      'a category that nobody knows',
      { ...sqs, eventName: 'DeleteMessage' },
      [['DeleteMessage: Management writes AwsApiCall', 'DeleteMessage: Data writes AwsApiCall']],
    ],
    [
      'nothing is known but a direction that is said',
      { eventName: 'Frobnicate', readOnly: false },
      [['Frobnicate: Management writes AwsApiCall', 'Frobnicate: Data writes AwsApiCall']],
    ],
    [
      'of a type of resource',
      { ...sqs, eventName: 'GetIt', 'resources.type': 'AWS::SQS::Queue' },
      [['GetIt: Data reads AwsApiCall on AWS::SQS::Queue']],
    ],
    [
      'documented, whatever the type of resource',
      { ...kms, eventName: 'Decrypt', 'resources.type': 'AWS::KMS::Key' },
      [['Decrypt: Management reads AwsApiCall on AWS::KMS::Key']],
    ],
    [
      'of a service without data events, whatever the type of resource',
      { ...kms, eventName: 'DisableKey', 'resources.type': 'AWS::KMS::Key' },
      [['DisableKey: Management writes AwsApiCall on AWS::KMS::Key']],
    ],
    [
      'new, on what only data events are known of',
      { ...s3, eventName: 'PutSomethingNew', 'resources.type': ['AWS::S3::Object', 'x'] },
      [
        [
          'PutSomethingNew: Management writes AwsApiCall on AWS::S3::Object/x',
          'PutSomethingNew: Data writes AwsApiCall on AWS::S3::Object/x',
        ],
      ],
    ],
    [
      'a category that is said: it says nothing of the rest',
      { ...kms, ...management, eventName: 'DisableKey' },
      [['DisableKey: Management writes AwsApiCall']],
    ],
    ['data events: of any type', { ...sqs, eventCategory: 'Data', eventName: 'GetIt' }, [['GetIt: Data reads ?']]],
    [
      'a type that is said',
      { ...kms, eventName: 'DisableKey', eventType: 'AwsServiceEvent' },
      [['DisableKey: Management writes AwsServiceEvent']],
    ],
    [
      'network activity besides',
      { ...sqs, eventCategory: ['Management', 'NetworkActivity'], eventName: 'GetIt' },
      [['GetIt: Management/NetworkActivity reads AwsApiCall/AwsVpceEvents']],
    ],
    [
      'any category but data',
      { ...sqs, eventCategory: { not: 'Data' }, eventName: 'GetIt' },
      [['GetIt: ? reads AwsApiCall/AwsVpceEvents/AwsCloudTrailInsight']],
    ],
    [
      'new, and called as data events are',
      { ...s3, eventName: 'RenameObject', readOnly: false },
      [['RenameObject: Management writes AwsApiCall', 'RenameObject: Data writes AwsApiCall']],
    ],
    ['a beginning names no call', { eventName: { like: 'Put*' } }, [['?: ? ? ?']]],
  ])('%s', (_, written, expected) => {
    expect(read(written)).toEqual(expected);
  });

  test.each<[Written, string]>([
    [{ ...sqs, eventName: 'DeleteMessage' }, 'whether the named calls are management or data events decides it'],
    [{ ...kms, eventName: 'Sign' }, 'whether the named calls are reads or writes decides it'],
    [
      { ...sqs, eventName: ['DeleteMessage', 'Sign'] },
      'whether the named calls are management or data events, and reads or writes decides it',
    ],
    [{ eventName: 'PutObject' }, 'whether the named calls are of objects or access points decides it'],
    [management, ''],
  ])('%j: %s', (written, expected) => {
    expect(why(written)).toBe(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { readEventClass } from '../../src/proof/event-class.ts';
import type { FieldValue } from '../../src/proof/event-set.ts';
import { agreements, agreementsOn, ofRoot, typesOfCategories } from '../../src/proof/possible-events.ts';

const s3 = 's3.amazonaws.com';
const kms = 'kms.amazonaws.com';
type Event = Readonly<Record<string, FieldValue>>;
const possible = (event: Event, written: Event = {}): boolean =>
  agreements.every(({ holds }) => holds(new Map(Object.entries(event)), readEventClass(written)));

describe('what a record may hold together', () => {
  test.each<[string, boolean, Event]>([
    ['nothing at all', true, {}],
    ['a data event about no resource', false, { eventCategory: 'Data', 'resources.ARN': undefined }],
    ['a data event about none of any type', false, { eventCategory: 'Data', 'resources.type': undefined }],
    ['a data event about some', true, { eventCategory: 'Data', 'resources.ARN': 'a', 'resources.type': 't' }],
    ['a management event about none', true, { eventCategory: 'Management', 'resources.ARN': undefined }],
    // Names, by §2.5.
    ['PutObject of S3 writes', false, { eventName: 'PutObject', eventSource: s3, readOnly: true }],
    ['PutObject of S3 writes', true, { eventName: 'PutObject', eventSource: s3, readOnly: false }],
    ['… whosever it is, for S3 alone has it', false, { eventName: 'PutObject', readOnly: true }],
    [
      '… but for a service that has one too',
      true,
      { eventName: 'SelectObjectContent', eventSource: 'x', readOnly: false },
    ],
    ['PutObject is a data event', false, { eventName: 'PutObject', eventSource: s3, eventCategory: 'Management' }],
    ['PutObject is a data event', true, { eventName: 'PutObject', eventSource: s3, eventCategory: 'Data' }],
    [
      '… of another service perhaps not',
      true,
      { eventName: 'PutObject', eventSource: 'x', eventCategory: 'Management' },
    ],
    ['a call through an endpoint', true, { eventName: 'PutObject', eventSource: s3, eventCategory: 'NetworkActivity' }],
    ['Decrypt reads', false, { eventName: 'Decrypt', eventSource: kms, readOnly: false }],
    ['Decrypt is a management event', false, { eventName: 'Decrypt', eventSource: kms, eventCategory: 'Data' }],
    ['Decrypt is a management event', true, { eventName: 'Decrypt', eventSource: kms, eventCategory: 'Management' }],
    ['a direction that is not documented', true, { eventName: 'RotateKey', eventSource: kms, readOnly: true }],
    [
      'ExecuteStatement of DynamoDB',
      false,
      { eventName: 'ExecuteStatement', eventSource: 'dynamodb.amazonaws.com', eventCategory: 'Management' },
    ],
    ['ExecuteStatement of whom?', true, { eventName: 'ExecuteStatement', eventCategory: 'Management' }],
    ['a verb that reads', false, { eventName: 'DescribeInstances', readOnly: false }],
    ['a verb that reads', true, { eventName: 'DescribeInstances', readOnly: true }],
    ['a verb that writes', false, { eventName: 'CreateUser', readOnly: true }],
    ['a verb that says nothing', true, { eventName: 'StartQuery', readOnly: true }],
    ['no direction', true, { eventName: 'CreateUser' }],
    // Resource types.
    ['objects of S3', false, { 'resources.type': 'AWS::S3::Object', eventSource: kms }],
    ['objects of S3', true, { 'resources.type': 'AWS::S3::Object', eventSource: s3 }],
    [
      'a table that another service manages',
      true,
      { 'resources.type': 'AWS::DynamoDB::Table', eventSource: 'a', eventCategory: 'Management' },
    ],
    [
      'a table that another service reads',
      false,
      { 'resources.type': 'AWS::DynamoDB::Table', eventSource: 'a', eventCategory: 'Data' },
    ],
    ['objects of whom?', true, { 'resources.type': 'AWS::S3::Object' }],
    ['a type of which nobody knows', true, { 'resources.type': 'AWS::S3::AccessPoint', eventSource: kms }],
    // Categories.
    ['network activity is of its type', false, { eventCategory: 'NetworkActivity', eventType: 'AwsApiCall' }],
    ['network activity is of its type', true, { eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvents' }],
    ['Insights are of their type', false, { eventCategory: 'Insight', eventType: 'AwsApiCall' }],
    ['Insights are of their type', true, { eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' }],
    ['data events of neither', false, { eventCategory: 'Data', eventType: 'AwsVpceEvents' }],
    ['management events of neither', false, { eventCategory: 'Management', eventType: 'AwsCloudTrailInsight' }],
    ['management events of the others', true, { eventCategory: 'Management', eventType: 'AwsServiceEvent' }],
    ['no category', true, { eventType: 'AwsVpceEvents' }],
    ['a flag, and no category', true, { managementEvent: true }],
    ['rates, and no category', true, { 'insightDetails.insightType': 'ApiCallRateInsight', readOnly: true }],
    ['a category alone', true, { eventCategory: 'Insight' }],
    ['managementEvent of a management event', true, { eventCategory: 'Management', managementEvent: true }],
    ['managementEvent of a management event', false, { eventCategory: 'Management', managementEvent: false }],
    ['managementEvent of a data event', false, { eventCategory: 'Data', managementEvent: true }],
    ['managementEvent of a data event', true, { eventCategory: 'Data', managementEvent: false }],
    ['managementEvent of an Insight: not documented', true, { eventCategory: 'Insight', managementEvent: true }],
    // Call rates count writes (§3).
    [
      'a rate of reads',
      false,
      { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiCallRateInsight', readOnly: true },
    ],
    [
      'a rate of writes',
      true,
      { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiCallRateInsight', readOnly: false },
    ],
    [
      'errors of reads',
      true,
      { eventCategory: 'Insight', 'insightDetails.insightType': 'ApiErrorRateInsight', readOnly: true },
    ],
    [
      'what no Insight is',
      true,
      { eventCategory: 'Data', 'insightDetails.insightType': 'ApiCallRateInsight', readOnly: true },
    ],
    // ARNs.
    ...(
      [
        ['an object', true, 'arn:aws:s3:::b/k'],
        ['one of another partition', true, 'arn:aws-us-gov:s3:::b/k/'],
        ['whose key has every character', true, 'arn:aws:s3:::b/:\n'],
        ['any object', true, '…'],
        ['any that ends so', true, '…/k'],
        ['any of a bucket', true, 'arn:aws:s3:::b/…'],
        ['any of buckets whose names begin so', true, 'arn:aws:s3:::b…'],
        ['any of a partition', true, 'arn:aws-c…'],
        ['any of S3', true, 'arn:aws:s3:…/k'],
        ['as another character says it', true, 'arn:aws:s\ue000'],
        ['a bucket', false, 'arn:aws:s3:::b'],
        ['what is called as its objects begin', false, 'arn:aws:s3:::b/'],
        ['a name', false, 'b/k'],
        ['whatever begins with a name', false, 'b/…'],
        ['a table', false, 'arn:aws:dynamodb:us-east-1:111122223333:table/t'],
        ['some table', false, 'arn:aws:dynamodb:…'],
        ['any of a service called so', false, 'arn:aws:s33…'],
        ['no ARN at all', false, 'rn…'],
        ['the end of an ARN', true, '…:s3:::b/k'],
        ['an access point', false, 'arn:aws:s3:us-east-1:111122223333:accesspoint/a'],
        ['some access point', false, 'arn:aws:s3:us…'],
      ] as const
    ).map(([what, expected, arn]): [string, boolean, Event] => [
      `as an object: ${what}`,
      expected,
      { 'resources.type': 'AWS::S3::Object', 'resources.ARN': arn },
    ]),
    ['another type has other ARNs', true, { 'resources.type': 'AWS::SNS::Topic', 'resources.ARN': 'a' }],
    [
      'a call on a bucket is about all its objects',
      true,
      { 'resources.type': 'AWS::S3::Object', 'resources.ARN': 'arn:aws:s3:::b/', eventName: 'ListObjects' },
    ],
    ['signing in is no data event', false, { eventType: 'AwsConsoleSignIn', eventCategory: 'Data' }],
    ['signing in is a management event', true, { eventType: 'AwsConsoleSignIn', eventCategory: 'Management' }],
    ['a list of a topic', false, { 'resources.type': 'AWS::SNS::Topic', eventName: 'ListObjects' }],
    ['a list through an access point', true, { 'resources.type': 'AWS::S3::AccessPoint', eventName: 'ListObjects' }],
    ['a list of who knows what', true, { 'resources.type': undefined, eventName: 'ListObjects' }],
    // Only a service event has no caller.
    ['a call by nobody', false, { eventType: 'AwsApiCall', 'userIdentity.type': undefined }],
    ['a call by somebody', true, { eventType: 'AwsApiCall', 'userIdentity.type': 'Root' }],
    ['a call of which nobody asks who', true, { eventType: 'AwsApiCall' }],
    ['what a service does', true, { eventType: 'AwsServiceEvent', 'userIdentity.type': undefined }],
    ['who knows what type', true, { 'userIdentity.type': undefined }],
  ])('%s: %s %j', (_, expected, event) => {
    expect(possible(event)).toBe(expected);
  });
});

test('a class that names a call and its direction means what it says, against the verb, not against the documents', () => {
  const [token, decrypt] = [
    { eventName: 'GetSigninToken', readOnly: false },
    { eventName: 'Decrypt', readOnly: false },
  ];
  expect([
    possible(token),
    possible(token, { eventName: 'GetSigninToken' }),
    possible(token, { readOnly: false }),
  ]).toEqual([false, false, false]);
  expect([possible(token, token), possible(decrypt, decrypt)]).toEqual([true, false]);
});

test.each<[readonly string[], readonly string[]]>([
  [['Management', 'Data'], []],
  [['NetworkActivity'], ['AwsVpceEvents']],
  [['Management', 'Insight'], ['AwsCloudTrailInsight']],
])('types of record that only %j have: %j', (categories, types) => {
  const category = {
    field: 'eventCategory',
    has: (value: FieldValue) => (categories.includes(String(value)) ? ('yes' as const) : ('no' as const)),
    whole: categories,
    beginnings: [],
    endings: [],
  };
  expect(typesOfCategories(category)).toEqual(types);
});

test('an agreement looks at its own fields alone', () => {
  const values: Readonly<Record<string, readonly FieldValue[]>> = {
    eventCategory: ['Management', 'Data', 'NetworkActivity', 'Insight'],
    eventName: ['PutObject', 'CreateUser', 'ListObjects'],
    eventSource: [s3, kms],
    eventType: ['AwsApiCall', 'AwsServiceEvent', 'AwsVpceEvents'],
    'insightDetails.insightType': ['ApiCallRateInsight', 'ApiErrorRateInsight'],
    managementEvent: [true, false],
    readOnly: [true, false],
    'resources.ARN': ['arn:aws:s3:::b/k', undefined],
    'resources.type': ['AWS::S3::Object', undefined],
    'userIdentity.type': ['Root', undefined],
  };
  const events = readEventClass({});
  for (const { fields, holds } of agreements) {
    const own = fields.reduce<readonly Event[]>(
      (all, field) => all.flatMap((event) => (values[field] ?? []).map((value) => ({ ...event, [field]: value }))),
      [{}],
    );
    for (const event of own) {
      const others = Object.entries(values).filter(([field]) => !fields.includes(field));
      for (const at of [0, 1]) {
        const among = { ...Object.fromEntries(others.map(([field, all]) => [field, all[at]])), ...event };
        expect(holds(new Map(Object.entries(among)), events)).toBe(holds(new Map(Object.entries(event)), events));
      }
    }
  }
});

test('the agreements on a field', () => {
  expect(agreementsOn('managementEvent').map(({ fields }) => fields)).toEqual([['managementEvent', 'eventCategory']]);
  expect(agreementsOn('errorCode')).toEqual([]);
});

describe('the one ARN of the root user', () => {
  const arnIn = (written: Readonly<Record<string, unknown>>): unknown =>
    ofRoot(readEventClass(written), { id: '111122223333', partition: 'aws-cn' }).fields.get('userIdentity.arn')?.whole;
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[] | undefined]>([
    ['root', { 'userIdentity.type': 'Root' }, ['arn:aws-cn:iam::111122223333:root']],
    ['root or somebody else', { 'userIdentity.type': ['Root', 'IAMUser'] }, undefined],
    ['anybody but root', { 'userIdentity.type': { not: 'Root' } }, undefined],
    ['anybody', { eventName: 'StopLogging' }, undefined],
    ['root of whom the class says it', { 'userIdentity.type': 'Root', 'userIdentity.arn': 'a' }, ['a']],
  ])('%s', (_, written, expected) => {
    expect(arnIn(written)).toEqual(expected);
  });
});

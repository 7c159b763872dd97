import { describe, expect, test } from 'vitest';
import { classInWords, classOfCall } from '../../src/cli/event-argument.ts';
import { AppError } from '../../src/errors.ts';

function refused(read: () => unknown): readonly (string | undefined)[] {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError) return [error.message, error.hint];
    throw error;
  }
  return ['it was read'];
}

describe('a call', () => {
  test.each([
    ['dynamodb:DeleteTable', { eventSource: 'dynamodb.amazonaws.com', eventName: 'DeleteTable' }],
    [' ec2:RunInstances ', { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' }],
    ['cloudwatch:DeleteAlarms', { eventSource: 'monitoring.amazonaws.com', eventName: 'DeleteAlarms' }],
    ['lambda:CreateFunction20150331', { eventSource: 'lambda.amazonaws.com', eventName: 'CreateFunction20150331' }],
    ['cognito-idp:Login_GET', { eventSource: 'cognito-idp.amazonaws.com', eventName: 'Login_GET' }],
    // Nobody has heard of it, and nothing is like it: services come and go.
    ['quantumledger:Do', { eventSource: 'quantumledger.amazonaws.com', eventName: 'Do' }],
    // Like codeconnections, and a service all the same.
    ['codestar-connections:X', { eventSource: 'codestar-connections.amazonaws.com', eventName: 'X' }],
    ['dynamdb.amazonaws.com:X', { eventSource: 'dynamdb.amazonaws.com', eventName: 'X' }],
    // Like AssumeRole, and a call all the same.
    ['sts:AssumeRoot', { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRoot' }],
    ['s3:GetBucketAcl', { eventSource: 's3.amazonaws.com', eventName: 'GetBucketAcl' }],
    [
      's3:PutObject arn:aws:s3:::payments/*',
      { eventSource: 's3.amazonaws.com', eventName: 'PutObject', 'resources.ARN': { like: 'arn:aws:s3:::payments/*' } },
    ],
    [
      's3:PutObject arn:aws:s3:::payments/a',
      { eventSource: 's3.amazonaws.com', eventName: 'PutObject', 'resources.ARN': 'arn:aws:s3:::payments/a' },
    ],
  ])('%s', (text, events) => {
    expect(classOfCall(text)).toEqual(events);
  });

  test.each([
    ['s3:GetObejct', 'GetObejct is not a known call of s3.amazonaws.com; did you mean GetObject?'],
    ['s3:getObject', 'getObject is not a known call of s3.amazonaws.com; did you mean GetObject?'],
    [
      'cloudtrail:DeleteTrial',
      'DeleteTrial is not a known call of cloudtrail.amazonaws.com; did you mean DeleteTrail?',
    ],
    ['eventbridge:PutRules', 'PutRules is not a known call of events.amazonaws.com; did you mean PutRule?'],
    ['dynamdb:DeleteTable', 'dynamdb is not a known service; did you mean dynamodb?'],
    ['cloudwach:DeleteAlarms', 'cloudwach is not a known service; did you mean cloudwatch?'],
    ['', ': not the name of an event'],
    ['DeleteTable', 'DeleteTable: not the name of an event'],
    ['s3:', 's3:: not the name of an event'],
    ['s3:Get*', 's3:Get*: not the name of an event'],
    ['S3:GetObject', 'S3:GetObject: not the name of an event'],
    ['s3:GetObject bucket', 's3:GetObject bucket: not the name of an event'],
    ['snapshot.yaml', 'snapshot.yaml: not the name of an event'],
  ])('%j is refused', (text, message) => {
    const [said, hint] = refused(() => classOfCall(text));
    expect(said).toBe(message);
    expect(hint).toMatch(/^(Write it like|If it is one, write)/);
  });

  test('inherited names are no services', () => {
    expect(classOfCall('constructor:X')).toEqual({ eventSource: 'constructor.amazonaws.com', eventName: 'X' });
  });
});

describe('a class in words', () => {
  test.each([
    ['category=Data access=Write', { eventCategory: 'Data', readOnly: false }],
    ['readOnly=true', { readOnly: true }],
    ['access=Read', { readOnly: true }],
    ['  category=Management,Data ', { eventCategory: ['Management', 'Data'] }],
    ['source=s3,cloudwatch', { eventSource: ['s3.amazonaws.com', 'monitoring.amazonaws.com'] }],
    ['source=s3', { eventSource: 's3.amazonaws.com' }],
    ['source=s3*', { eventSource: { like: ['s3*'] } }],
    ['name=Delete*,Put*', { eventName: { like: ['Delete*', 'Put*'] } }],
    ['name=GetObejct', { eventName: 'GetObejct' }],
    ['type=AWS::S3::Object', { 'resources.type': 'AWS::S3::Object' }],
    ['type=AWS::S3Express::Object', { 'resources.type': 'AWS::S3Express::Object' }],
    ['type=AWS::S3::*', { 'resources.type': { like: ['AWS::S3::*'] } }],
    ['arn=arn:aws:s3:::a/*', { 'resources.ARN': { like: ['arn:aws:s3:::a/*'] } }],
    ['regions=eu-west-1,us-east-1', { regions: ['eu-west-1', 'us-east-1'] }],
    ['errorCode=AccessDenied userIdentity.type=Root', { errorCode: 'AccessDenied', 'userIdentity.type': 'Root' }],
    ['requestParameters.bucketName=x', { 'requestParameters.bucketName': 'x' }],
    ['userAgent=a=b', { userAgent: 'a=b' }],
  ])('%s', (text, events) => {
    expect(classInWords(text)).toEqual(events);
  });

  test.each([
    ['category=Dta', 'category=Dta: eventCategory is one of Management, Data, NetworkActivity, Insight'],
    ['category=data', 'category=data: eventCategory is one of Management, Data, NetworkActivity, Insight'],
    ['category=Da*', 'category=Da*: eventCategory is one of Management, Data, NetworkActivity, Insight'],
    ['catgory=Data', 'catgory=Data: catgory is not a field of a record; did you mean category?'],
    ['resources=x', /^resources=x: resources is not a field of a record; /],
    ['constructor=x', /^constructor=x: constructor is not a field of a record; it may be category, access, /],
    ['category=Data eventCategory=Data', 'eventCategory=Data: eventCategory is said twice; list values with commas'],
    ['access=Read readOnly=false', 'readOnly=false: readOnly is said twice; list values with commas'],
    ['access=Reading', 'access=Reading: access is Read or Write'],
    ['readOnly=yes', 'readOnly=yes: access is Read or Write'],
    ['source=s3,dynamdb', 'dynamdb is not a known service; did you mean dynamodb?'],
    ['regions=eu-*', 'regions=eu-*: regions are named one by one'],
    ['type=S3', 'type=S3: a type is written like AWS::S3::Object'],
    ['type=AWS::S3::Objct', 'type=AWS::S3::Objct: did you mean AWS::S3::Object?'],
    ['userIdentity.type=root', /^userIdentity\.type=root: userIdentity\.type is one of Root, IAMUser, /],
    ['eventType=ApiCall', /^eventType=ApiCall: eventType is one of AwsApiCall, /],
    ['', ': it says nothing about an event'],
    ['Data', 'Data: it says nothing about an event'],
    ['=Data', '=Data: it says nothing about an event'],
    ['category=', 'category=: it says nothing about an event'],
    ['name=A,,B', 'name=A,,B: it says nothing about an event'],
    ['a b=c', 'a: it says nothing about an event'],
  ])('%j is refused', (text, message) => {
    const [said = ''] = refused(() => classInWords(text));
    expect(said.replace('--class: ', '')).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });
});

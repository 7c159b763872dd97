import { describe, expect, test } from 'vitest';
import {
  fillParams,
  idOf,
  itemOfPointer,
  ownerOf,
  regionOfArn,
  regionToAsk,
  withDerived,
} from '../../src/collectors/identity.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { ids } from './in-memory-account.ts';

const where = { account: { id: '111122223333', partition: 'aws-cn' }, region: 'cn-north-1' };
const bucket = resourceTypes['AWS::S3::Bucket'];
const logGroup = resourceTypes['AWS::Logs::LogGroup'];
const trail = resourceTypes['AWS::CloudTrail::Trail'];

test('an id is a property, or a template of properties, account and partition', () => {
  expect(idOf(trail, { TrailARN: ids.main }, where)).toBe(ids.main);
  expect(idOf(bucket, { Name: 'logs' }, where)).toBe('arn:aws-cn:s3:::logs');
  expect(idOf(bucket, {}, where)).toBeUndefined();
});

test('a property that an older answer lacks is worked out', () => {
  const arn = 'arn:aws-cn:logs:cn-north-1:111122223333:log-group:a';
  expect(withDerived(logGroup, { LogGroupName: 'a' }, where)).toEqual({ LogGroupName: 'a', LogGroupArn: arn });
  expect(withDerived(logGroup, {}, where)).toEqual({});
});

describe('a pointer', () => {
  test('holds the name that its ARN ends in', () => {
    expect(itemOfPointer(logGroup, 'LogGroupArn', ids.logGroup)).toEqual({
      LogGroupArn: ids.logGroup,
      LogGroupName: 'trails',
    });
    expect(itemOfPointer(logGroup, 'LogGroupArn', 'odd')).toEqual({ LogGroupArn: 'odd' });
    expect(itemOfPointer(bucket, 'Name', 'logs')).toEqual({ Name: 'logs' });
  });

  test('names an account and a region, if it is an ARN that has them', () => {
    expect([ownerOf(ids.key), regionOfArn(ids.key)]).toEqual(['111122223333', 'us-east-1']);
    expect([ownerOf(ids.auditLogs), regionOfArn(ids.auditLogs)]).toEqual([undefined, undefined]);
    expect([ownerOf('alias/a:b:c:d:e'), regionOfArn('alias')]).toEqual([undefined, undefined]);
  });
});

test('a request is filled in, or not made', () => {
  expect(fillParams({ ResourceIdList: ['{TrailARN}'], Deep: true }, { TrailARN: 'x' }, where)).toEqual({
    ResourceIdList: ['x'],
    Deep: true,
  });
  expect(fillParams({ AccountId: '{account}' }, { account: 'mine' }, where)).toEqual({ AccountId: '111122223333' });
  expect(fillParams({ Name: '{Name}' }, {}, where)).toBeUndefined();
  expect(fillParams(undefined, {}, where)).toEqual({});
});

test('the region to ask: a property, the account, the ARN, where it was found', () => {
  const resource = { item: { HomeRegion: 'eu-west-1' }, id: ids.main };
  expect(regionToAsk('HomeRegion', resource, where)).toBe('eu-west-1');
  expect(regionToAsk('leader', resource, where)).toBe('cn-north-1');
  expect(regionToAsk('Missing', resource, where)).toBe('us-east-1');
  expect(regionToAsk(undefined, { item: {}, id: 'bare' }, where)).toBe('cn-north-1');
});

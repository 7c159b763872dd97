import { expect, test } from 'vitest';
import { planTable } from '../../src/cli/plan-table.ts';
import type { Plan } from '../../src/collectors/plan.ts';
import { planRows } from '../../src/collectors/plan-rows.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';

const plan: Plan = {
  operations: new Map([
    ['s3:GetBucketLifecycleConfiguration', 'referenced'],
    ['s3:HeadBucket', 'referenced'],
    ['s3control:GetPublicAccessBlock', 'all'],
    ['cloudtrail:ListTags', 'all'],
    ['cloudtrail:DescribeTrails', 'all'],
    ['cloudtrail:ListEventDataStores', 'all'],
  ]),
};

test('rows come in the order of a scan, each operation once, with the listing of regions that others need', () => {
  expect(planRows(plan, resourceTypes).map(({ operation, asked, types }) => [operation, asked, ...types])).toEqual([
    ['ec2:DescribeRegions', 'once', 'AWS::Region'],
    ['s3control:GetPublicAccessBlock', 'once', 'AWS::Account'],
    ['cloudtrail:DescribeTrails', 'region', 'AWS::CloudTrail::Trail'],
    ['cloudtrail:ListEventDataStores', 'region', 'AWS::CloudTrail::EventDataStore'],
    ['cloudtrail:ListTags', 'resource', 'AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore'],
    ['s3:GetBucketLifecycleConfiguration', 'named resource', 'AWS::S3::Bucket'],
    ['s3:HeadBucket', 'named resource', 'AWS::S3::Bucket'],
  ]);
});

test('what nothing in the plan finds is not asked about', () => {
  const tags: Plan = {
    operations: new Map([
      ['cloudtrail:ListTags', 'all'],
      ['cloudtrail:DescribeTrails', 'all'],
    ]),
  };
  expect(planRows(tags, resourceTypes).at(-1)).toEqual({
    operation: 'cloudtrail:ListTags',
    action: 'cloudtrail:ListTags',
    asked: 'resource',
    types: ['AWS::CloudTrail::Trail'],
  });
});

test('calls are counted where it is known which regions', () => {
  const rows = planRows(plan, resourceTypes);
  expect(planTable(rows, { regions: ['eu-west-1', 'us-east-1'] })).toContain(
    'At least 7 calls in 2 regions, and those for each resource that is found.',
  );
  expect(planTable(rows, {})).toContain('At least 3 calls for the account and 2 in each region, and those');
  expect(planTable(rows, {})).toContain(
    's3:GetBucketLifecycleConfiguration  s3:GetLifecycleConfiguration    of each AWS::S3::Bucket that another resource names\n',
  );
});

test('a region is counted once, and one that is left out is not', () => {
  const rows = planRows(plan, resourceTypes);
  const named = planTable(rows, { regions: ['us-east-1', 'eu-west-1', 'us-east-1'], excludeRegions: ['eu-west-1'] });
  expect(named).toContain('At least 5 calls in 1 region, and those');
  expect(named).toMatch(/cloudtrail:DescribeTrails .* in us-east-1\n/);
  expect(planTable(rows, { excludeRegions: ['eu-west-1', 'sa-east-1'] })).toMatch(
    /cloudtrail:DescribeTrails .* in each enabled region but eu-west-1, sa-east-1\n/,
  );
  const none = planTable(rows, { regions: ['us-east-1'], excludeRegions: ['us-east-1'] });
  expect(none).toContain('At least 3 calls in 0 regions, and those');
  expect(none).toMatch(/cloudtrail:DescribeTrails .* in no region\n/);
});

test('accounts are named, and their calls are counted with those that lead into them', () => {
  const rows = planRows(plan, resourceTypes);
  const accounts = { ids: ['111122223333', '444455556666', '777788889999'], entered: 2 };
  const table = planTable(rows, { regions: ['eu-west-1', 'us-east-1'] }, accounts);
  expect(table.split('\n').slice(0, 5)).toEqual(['in each of 3 accounts', ...accounts.ids, '']);
  // 3 × (2 for the account + 2 × 2 in regions), 2 roles, and whose the credentials are.
  expect(table).toContain(
    'At least 21 calls in 2 regions of 3 accounts, and those for each resource that is found. Nothing was asked but which accounts there are.',
  );
  expect(planTable(rows, {}, accounts)).toContain('At least 9 calls for 3 accounts and 6 in each region, and');
});

import { expect, test } from 'vitest';
import { collectFrom } from './collect-in-memory.ts';
import { answers, ids, inMemoryAccount, management } from './in-memory-account.ts';

test('a detector is listed by id alone, and says itself whether it is on', async () => {
  const { resources, gaps } = await collectFrom(answers);
  expect(resources['AWS::GuardDuty::Detector']).toEqual([
    {
      Arn: ids.detector,
      DetectorId: '12abc34d',
      Status: 'ENABLED',
      Features: [{ Name: 'CLOUD_TRAIL', Status: 'ENABLED' }],
    },
  ]);
  expect(gaps?.filter(({ operation }) => operation?.startsWith('guardduty:'))).toEqual([]);
});

test('a region that is not subscribed to Security Hub has no hub, which is no gap', async () => {
  const { resources, gaps } = await collectFrom(answers);
  expect(resources['AWS::SecurityHub::Hub']).toEqual([{ HubArn: ids.hub, SubscribedAt: '2025-01-01T00:00:00.000Z' }]);
  expect(gaps?.filter(({ operation }) => operation === 'securityhub:DescribeHub')).toEqual([]);
});

test('the flow logs of a VPC are asked for by its id; of a shared one its owner alone is told', async () => {
  const memory = inMemoryAccount(answers);
  const { resources } = await collectFrom(answers, { send: memory.send });
  expect(resources['AWS::EC2::VPC']).toEqual([
    {
      VpcId: 'vpc-1a2b',
      OwnerId: '111122223333',
      Region: 'us-east-1',
      FlowLogs: [{ FlowLogId: 'fl-1', FlowLogStatus: 'ACTIVE', TrafficType: 'ALL', DeliverLogsStatus: 'SUCCESS' }],
    },
    { VpcId: 'vpc-shared', OwnerId: management, Region: 'us-east-1' },
  ]);
  expect(memory.calls.filter(({ operation }) => operation === 'DescribeFlowLogs').map(({ params }) => params)).toEqual([
    { Filter: [{ Name: 'resource-id', Values: ['vpc-1a2b'] }] },
  ]);
});

test('principals and policies of IAM come of one operation, their policies as text', async () => {
  const { resources } = await collectFrom(answers);
  expect(resources['AWS::IAM::Role']).toEqual([
    {
      Arn: ids.logsRole,
      RoleName: 'logs',
      AssumeRolePolicyDocument:
        '{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      RolePolicyList: [{ PolicyName: 'logs', PolicyDocument: expect.stringContaining('"logs:PutLogEvents"') }],
    },
  ]);
  expect(resources['AWS::IAM::User']).toEqual([{ Arn: ids.user, UserName: 'auditor', GroupList: ['auditors'] }]);
  expect(resources['AWS::IAM::Group']).toHaveLength(1);
  expect(resources['AWS::IAM::ManagedPolicy']?.[0]?.PolicyVersionList).toEqual([
    {
      VersionId: 'v1',
      IsDefaultVersion: true,
      Document: '{"Statement":[{"Effect":"Allow","Action":"cloudtrail:Get*","Resource":"*"}]}',
    },
  ]);
});

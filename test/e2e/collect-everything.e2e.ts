// All that the resource types know to ask, asked through the SDK: what the emulator has comes out, by the right names.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import { target } from '../../src/snapshot/links.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { clientConfig } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { seedAccount } from '../emulator/seed.ts';
import { trailproof } from './run-cli.ts';

let emulator: Emulator;
let folder: string;
let snapshot: Snapshot;
let keyArn: string | undefined;

beforeAll(async () => {
  emulator = await startEmulator();
  await seedAccount(emulator.endpoint);
  const kms = new KMSClient(clientConfig(emulator.endpoint));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  keyArn = KeyMetadata?.Arn;
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/site', TargetKeyId: KeyMetadata?.KeyId }));
  await bucketEncryptedBy('site', 'alias/site');
  await bucketEncryptedBy('lost', 'alias/gone');
  folder = mkdtempSync(path.join(tmpdir(), 'trailproof-'));
  const args = ['collect', '--everything', '--region', 'us-east-1', '--output', 'snapshot.json'];
  const { code, stderr } = await trailproof(args, { environment: emulator.environment, folder });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  snapshot = JSON.parse(readFileSync(path.join(folder, 'snapshot.json'), 'utf8'));
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

async function bucketEncryptedBy(Bucket: string, KMSMasterKeyID: string): Promise<void> {
  const s3 = new S3Client({ ...clientConfig(emulator.endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] };
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
}

test('what cannot be read is what the emulator cannot answer', () => {
  const unread = snapshot.gaps?.filter(({ error }) => error !== 'NotScanned') ?? [];
  expect(unread.map(({ operation, error }) => `${operation} ${error}`)).toEqual([
    'cloudtrail:GetResourcePolicy NotEmulated',
    'cloudtrail:ListChannels NotEmulated',
    'events:ListEndpoints NotEmulated',
  ]);
});

test('buses, log groups and workgroups come with what further calls say', () => {
  const { resources } = snapshot;
  expect(resources['AWS::Events::EventBus']).toMatchObject([{ Name: 'default' }]);
  expect(resources['AWS::Logs::LogGroup']).toMatchObject([{ SubscriptionFilters: [], ResourcePolicies: [] }]);
  expect(resources['AWS::Athena::WorkGroup']).toMatchObject([
    { Name: 'primary', State: 'ENABLED', Configuration: { EnforceWorkGroupConfiguration: false } },
  ]);
});

test('an alias leads to its key, and one that is not there to none', () => {
  const account = viewAccount(snapshot, { registry: resourceTypes });
  const keyOf = (name: string) => {
    const bucket = account.byType.get('AWS::S3::Bucket')?.find((one) => one.name === name);
    return bucket && target(bucket, 'key');
  };
  expect(keyOf('site')).toMatchObject({ is: 'found', view: { id: keyArn } });
  expect(keyOf('lost')).toMatchObject({
    is: 'dangling',
    id: `arn:aws:kms:us-east-1:${emulator.accountId}:alias/gone`,
    from: 'kms:DescribeKey',
  });
});

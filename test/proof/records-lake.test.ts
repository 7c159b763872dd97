import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, trail } from '../rules/judging.ts';
import {
  advanced,
  ask,
  category,
  everywhere,
  type Item,
  management,
  store,
  storeArn,
  truth,
} from './asking-records.ts';
import { brief } from './viewing.ts';

describe('an event data store', () => {
  const alone = (written: unknown, more: object, snapshot: Partial<Snapshot> = {}) =>
    ask(written, { of: 'AWS::CloudTrail::EventDataStore', name: 'lake', stores: [store(more)], more: snapshot });

  test('records all management events unless it says otherwise', () => {
    expect(alone(management, {}).truth).toBe('yes');
    expect(alone({ eventCategory: 'Data' }, {}).truth).toBe('no');
    expect(alone(management, advanced(category('Data'))).truth).toBe('no');
  });

  test.each(['CREATED', 'STARTING_INGESTION', 'SOMETHING_NEW'])(
    '%s: whether it records already is not documented',
    (Status) => {
      expect(brief(alone(management, { Status }))).toEqual([
        'unknown',
        `Status: whether it records while it is ${Status} is not documented`,
      ]);
    },
  );

  test.each(['STOPPING_INGESTION', 'STOPPED_INGESTION', 'PENDING_DELETION'])('%s: does not record', (Status) => {
    const answer = alone(management, { Status });
    expect(brief(answer)).toEqual(['no', `Status: "${Status}"`]);
    expect(answer.changes).toEqual([[{ resource: storeArn(), path: 'Status', set: 'ENABLED' }]]);
  });

  test('without a status it does not record: AWS always says one', () => {
    expect(brief(alone(management, { Status: undefined }))).toEqual(['no', 'Status: undefined']);
  });

  test('of one region: also what global services do, if it is theirs', () => {
    const local = { MultiRegionEnabled: false };
    expect(brief(alone(management, local))).toEqual([
      'no',
      'MultiRegionEnabled: it records us-east-1 alone, not eu-west-1',
    ]);
    expect(alone({ ...management, regions: 'us-east-1' }, local).truth).toBe('yes');
    const iam = { ...management, eventSource: 'iam.amazonaws.com' };
    expect(alone(iam, { ...local, IncludeGlobalServiceEvents: false }).truth).toBe('yes');
    const abroad = { ...local, EventDataStoreArn: storeArn('eu-west-1') };
    expect(alone(iam, abroad).truth).toBe('no');
    expect(alone({ ...management, regions: 'eu-west-1' }, abroad).truth).toBe('yes');
  });

  test.each(['ConfigurationItem', 'Evidence', 'ActivityAuditLog'])('of %s: no API calls', (name) => {
    expect(alone(management, advanced(category(name))).truth).toBe('no');
    expect(alone({ some: { eventCategory: 'Data' } }, advanced(category(name))).truth).toBe('no');
  });

  test('basic selectors are of trails alone', () => {
    expect(alone(management, { EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }).truth).toBe('yes');
  });

  test('whose details were refused', () => {
    const gaps = [{ operation: 'cloudtrail:GetEventDataStore', resource: storeArn(), error: 'AccessDenied' }];
    expect(ask(management, { stores: [{ EventDataStoreArn: storeArn(), Name: 'lake' }], more: { gaps } }).truth).toBe(
      'unknown',
    );
    expect(
      ask(management, {
        stores: [{ EventDataStoreArn: storeArn(), Name: 'lake' }],
        trails: [trail('x', everywhere)],
        more: { gaps },
      }).truth,
    ).toBe('yes');
  });

  test('counts for the account', () => {
    expect(truth(management, { stores: [store()] })).toBe('yes');
  });

  describe('with a key of its own (aws-semantics §5.2)', () => {
    const arn = `arn:aws:kms:us-east-1:${home}:key/1`;
    const withKey = (key: Item, snapshot: Partial<Snapshot> = {}) =>
      ask(management, {
        of: 'AWS::CloudTrail::EventDataStore',
        stores: [store({ KmsKeyId: arn })],
        others: { 'AWS::KMS::Key': [{ Arn: arn, KeyId: '1', ...key }] },
        more: snapshot,
      });

    test('that works', () => {
      expect(brief(withKey({ KeyState: 'Enabled' }))).toEqual([
        'yes',
        'MultiRegionEnabled: true',
        'Status: "ENABLED"',
        'key.KeyState: "Enabled"',
        'AdvancedEventSelectors: records every such event',
      ]);
    });

    test.each(['Disabled', 'PendingDeletion', 'PendingReplicaDeletion', 'PendingImport', 'Unavailable'])(
      'that is %s: nothing gets in',
      (KeyState) => {
        const answer = withKey({ KeyState });
        expect(brief(answer)).toEqual(['no', `key.KeyState: "${KeyState}"`]);
        expect(answer.changes).toEqual([[{ resource: arn, path: 'KeyState', set: 'Enabled' }]]);
      },
    );

    test('that nobody could read, or that is gone', () => {
      const asked = { of: 'AWS::CloudTrail::EventDataStore', stores: [store({ KmsKeyId: arn })] } as const;
      const gaps = [{ operation: 'kms:DescribeKey', resource: arn, error: 'AccessDenied' }];
      expect(ask(management, { ...asked, more: { gaps } })).toMatchObject({
        truth: 'unknown',
        evidence: [{ path: 'key', gap: { error: 'AccessDenied', action: 'kms:DescribeKey' } }],
      });
      expect(brief(ask(management, asked))).toEqual(['no', 'key: the key does not exist']);
    });
  });
});

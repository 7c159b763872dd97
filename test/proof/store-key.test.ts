import { describe, expect, test } from 'vitest';
import { storeKeyUsable } from '../../src/proof/store-key.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith } from '../rules/judging.ts';
import type { Item } from './alerting/asking.ts';
import { keyArn, store } from './proving.ts';
import { brief, resourceOf } from './viewing.ts';

const statement = (more: Item = {}): Item => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
  Resource: '*',
  ...more,
});
const policy = (...statements: readonly Item[]): string => JSON.stringify({ Statement: statements });
const key = (more: Item = {}): Item => ({
  Arn: keyArn,
  KeyId: 'k',
  KeyState: 'Enabled',
  Policy: policy(statement()),
  ...more,
});

function ask(
  keys: readonly Item[],
  { store: more = { KmsKeyId: keyArn } as Item, ...rest }: Partial<Snapshot> & { store?: Item } = {},
) {
  const snapshot = snapshotWith({ 'AWS::CloudTrail::EventDataStore': [store(more)], 'AWS::KMS::Key': keys }, rest);
  return storeKeyUsable(resourceOf(snapshot, 'AWS::CloudTrail::EventDataStore'), 'it.');
}
const gap = (operation: string) => ({ gaps: [{ operation, error: 'AccessDenied' }] });

describe('the key of an event data store (aws-semantics §5.2, §8)', () => {
  test('none: AWS has one', () => {
    expect(ask([], { store: {} })).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: 'it.KmsKeyId',
          from: 'cloudtrail:GetEventDataStore',
          resource: store().EventDataStoreArn,
          note: 'a key that AWS owns',
        },
      ],
      changes: [],
    });
  });

  test('one that works: its state, and both things that CloudTrail does with it', () => {
    expect(ask([key()])).toEqual({
      truth: 'yes',
      evidence: [
        { path: 'it.key.KeyState', expected: 'Enabled', actual: 'Enabled', from: 'kms:DescribeKey', resource: keyArn },
        {
          path: 'it.key.Policy',
          from: 'kms:GetKeyPolicy',
          resource: keyArn,
          note: `statement 1 allows kms:GenerateDataKey on ${keyArn}`,
        },
        {
          path: 'it.key.Policy',
          from: 'kms:GetKeyPolicy',
          resource: keyArn,
          note: `statement 1 allows kms:Decrypt on ${keyArn}`,
        },
      ],
      changes: [],
    });
  });

  test.each(['Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable'])('one that is %s', (KeyState) => {
    const answer = ask([key({ KeyState })]);
    expect(brief(answer)).toEqual(['no', `it.key.KeyState: ${JSON.stringify(KeyState)}`]);
    expect(answer.changes).toEqual([[{ resource: keyArn, path: 'KeyState', set: 'Enabled' }]]);
  });

  test.each(['Creating', 'Updating', undefined])('one that is only %s', (KeyState) => {
    expect(brief(ask([key({ KeyState })]))).toEqual([
      'unknown',
      `it.key.KeyState: a key whose KeyState is ${KeyState ?? 'not said'} may not be usable`,
    ]);
  });

  const neither = [
    'no',
    ...['kms:GenerateDataKey', 'kms:Decrypt'].map((it) => `no statement allows ${it} on ${keyArn}`),
  ];
  const account = { 'aws:SourceAccount': home };
  const source = { 'aws:SourceArn': store().EventDataStoreArn };
  test.each<[string, Item | string | undefined, readonly string[]]>([
    [
      'lets it make data keys alone',
      policy(statement({ Action: 'kms:GenerateDataKey' })),
      ['no', `no statement allows kms:Decrypt on ${keyArn}`],
    ],
    [
      'lets it decrypt alone',
      policy(statement({ Action: 'kms:Decrypt' })),
      ['no', `no statement allows kms:GenerateDataKey on ${keyArn}`],
    ],
    ['lets somebody else', policy(statement({ Principal: { Service: 'logs.amazonaws.com' } })), neither],
    [
      'asks for the account, which Lake does not say',
      policy(statement({ Condition: { StringEquals: account } })),
      neither,
    ],
    ['asks for the store, which Lake does not say', policy(statement({ Condition: { ArnEquals: source } })), neither],
    [
      'asks for what nobody knows',
      policy(statement({ Condition: { StringEquals: { 'kms:ViaService': 'x' } } })),
      [
        'unknown',
        `whether statement 1 applies to kms:GenerateDataKey on ${keyArn} depends on stringequals kms:viaservice`,
        `whether statement 1 applies to kms:Decrypt on ${keyArn} depends on stringequals kms:viaservice`,
      ],
    ],
    [
      'is no policy',
      'nonsense',
      ['unknown', 'the policy is not valid JSON at column 1: nonsense where a value should stand'],
    ],
    ['is not there', undefined, ['unknown', 'every key has a policy, and none is here']],
  ])('whose policy %s', (_, Policy, [truth, ...notes]) => {
    const answer = ask([key({ Policy })]);
    expect(answer.truth).toBe(truth);
    expect(answer.evidence.map(({ path, note }) => [path, note?.toLowerCase()])).toEqual(
      notes.map((note) => ['it.key.Policy', note.toLowerCase()]),
    );
    expect(answer.evidence[0]).toMatchObject({ from: 'kms:GetKeyPolicy', resource: keyArn });
  });

  test('one that does not exist', () => {
    expect(ask([])).toEqual({
      truth: 'no',
      evidence: [
        {
          path: 'it.key',
          actual: keyArn,
          from: 'cloudtrail:GetEventDataStore',
          resource: store().EventDataStoreArn,
          note: 'the key does not exist',
        },
      ],
      changes: [],
    });
  });

  test.each([
    [
      'what the store says',
      [key()],
      { store: {}, ...gap('cloudtrail:GetEventDataStore') },
      'it.key',
      'cloudtrail:GetEventDataStore',
    ],
    [
      'its state',
      [key({ KeyState: undefined })],
      { gaps: [{ operation: 'kms:DescribeKey', resource: keyArn, error: 'AccessDenied' }] },
      'it.key.KeyState',
      'kms:DescribeKey',
    ],
    ['its policy', [key({ Policy: undefined })], gap('kms:GetKeyPolicy'), 'it.key.Policy', 'kms:GetKeyPolicy'],
  ])('%s was refused', (_, keys, setting, path, action) => {
    const answer = ask(keys, setting);
    expect(answer.truth).toBe('unknown');
    expect(answer.evidence.map((item) => [item.path, item.gap?.action])).toEqual([[path, action]]);
  });

  test('in an account that nobody read', () => {
    const elsewhere = `arn:aws:kms:us-east-1:${other}:key/k`;
    expect(brief(ask([], { store: { KmsKeyId: elsewhere } }))).toEqual(['unknown', 'it.key: OtherAccount']);
  });
});

import { describe, expect, test } from 'vitest';
import { resolve, target } from '../../src/snapshot/links.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { resourceOf, view } from '../proof/viewing.ts';
import { bucket, findingOf, home, other, snapshotWith } from '../rules/judging.ts';

const arn = (id: string, region = 'us-east-1') => `arn:aws:kms:${region}:${home}:key/${id}`;
const alias = (name: string, { region = 'us-east-1', account = home } = {}) =>
  `arn:aws:kms:${region}:${account}:alias/${name}`;
const key = (id: string, names: readonly string[] | undefined, region = 'us-east-1') => ({
  Arn: arn(id, region),
  KeyId: id,
  KeyState: 'Enabled',
  ...(names && {
    Aliases: names.map((name) => ({ AliasName: `alias/${name}`, AliasArn: alias(name, { region }) })),
  }),
});
const encryptedBy = (KMSMasterKeyID: string, more: object = {}) =>
  bucket('logs', {
    Encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }] },
    ...more,
  });

/** As `collect` writes it: what was asked is said. */
const collected: Partial<Snapshot> = {
  operations: ['kms:DescribeKey', 'kms:ListAliases', 's3:GetBucketEncryption', 's3:ListBuckets'],
};
const withKeys = (pointer: string, keys: readonly object[], more: Partial<Snapshot> = {}, source: object = {}) =>
  snapshotWith({ 'AWS::S3::Bucket': [encryptedBy(pointer, source)], 'AWS::KMS::Key': keys }, more);

function led(snapshot: Snapshot): readonly unknown[] {
  const leads = target(resourceOf(snapshot, 'AWS::S3::Bucket'), 'key');
  if (leads.is === 'found') return ['found', leads.view.id];
  if (leads.is === 'unknown') return ['unknown', ...leads.gaps.map(({ error, operation }) => `${operation} ${error}`)];
  return leads.is === 'dangling' ? ['dangling', leads.id, leads.from] : [leads.is];
}

describe('an alias leads to the key that has it', () => {
  const keys = [key('1', ['other']), key('2', ['logs', 'audit'])];

  test.each([
    ['by its name', 'alias/logs'],
    ['by its ARN', alias('logs')],
    ['one of several', 'alias/audit'],
  ])('%s', (_, pointer) => {
    expect(led(withKeys(pointer, keys, collected))).toEqual(['found', arn('2')]);
    expect(led(withKeys(pointer, keys))).toEqual(['found', arn('2')]);
  });

  test('which a file may name without its ARN', () => {
    const written = { Arn: arn('2'), KeyId: '2', Aliases: [{ AliasName: 'alias/logs' }] };
    expect(led(withKeys(alias('logs'), [written]))).toEqual(['found', arn('2')]);
  });

  test('in the region of what names it: elsewhere the same name is another', () => {
    const both = [key('here', ['logs']), key('there', ['logs'], 'eu-west-1')];
    expect(led(withKeys('alias/logs', both, collected))).toEqual(['found', arn('here')]);
    const there = { BucketRegion: 'eu-west-1' };
    expect(led(withKeys('alias/logs', both, collected, there))).toEqual(['found', arn('there', 'eu-west-1')]);
    expect(led(withKeys(alias('logs', { region: 'eu-west-1' }), both, collected))).toEqual([
      'found',
      arn('there', 'eu-west-1'),
    ]);
  });

  test('a rule reads the key through it, and the way back', () => {
    const snapshot = withKeys('alias/logs', keys, collected);
    const through = { resource: 'AWS::S3::Bucket', require: { key: { KeyState: 'Enabled' } } };
    expect(findingOf(through, snapshot, 'logs').status).toBe('pass');
    const back = { resource: 'AWS::KMS::Key', require: { buckets: { some: { Name: 'logs' } } } };
    expect(findingOf(back, snapshot, '2').status).toBe('pass');
    expect(findingOf(back, snapshot, '1').status).toBe('fail');
  });

  test('one of AWS, once something has made its key', () => {
    expect(led(withKeys('alias/aws/s3', [key('3', ['aws/s3'])], collected))).toEqual(['found', arn('3')]);
  });

  test('for what no relation names as well', () => {
    const account = view(withKeys('alias/logs', keys));
    expect(resolve(account, 'AWS::KMS::Key', alias('logs'))).toMatchObject({ is: 'found', view: { id: arn('2') } });
    expect(resolve(account, 'AWS::KMS::Key', alias('gone'))).toEqual({ is: 'absent' });
  });
});

describe('an alias that is not there', () => {
  const absent = [{ resource: alias('gone'), operation: 'kms:DescribeKey', error: 'NotFoundException' }];
  const keys = [key('1', ['other'])];

  test.each([
    ['as AWS says', 'alias/gone', { ...collected, absent }],
    ['as AWS says, by its ARN', alias('gone'), { ...collected, absent }],
    ['as a file shows that names aliases', 'alias/gone', {}],
  ])('dangles, %s', (_, pointer, more) => {
    expect(led(withKeys(pointer, keys, more))).toEqual(['dangling', alias('gone'), 'kms:DescribeKey']);
  });

  test('in one region may be there in another', () => {
    const there = { BucketRegion: 'eu-west-1' };
    expect(led(withKeys('alias/gone', keys, { ...collected, absent }, there))).toEqual([
      'unknown',
      'kms:DescribeKey AliasNotResolved',
    ]);
  });

  test('and is one of AWS comes to be with its first use: nobody knows its key yet', () => {
    expect(led(withKeys('alias/aws/s3', keys))).toEqual(['unknown', 'kms:DescribeKey AliasNotResolved']);
  });
});

describe('nobody knows which key an alias stands for', () => {
  const keys = [key('1', undefined)];
  const notResolved = ['unknown', 'kms:DescribeKey AliasNotResolved'];

  test.each<[string, Snapshot]>([
    ['where aliases were not asked for', withKeys('alias/logs', keys, { operations: ['kms:DescribeKey'] })],
    ['where a file names no alias of any key', withKeys('alias/logs', keys)],
    [
      'where the region of what names it is not known',
      withKeys('alias/logs', [key('1', ['logs'])], {}, { BucketRegion: undefined }),
    ],
  ])('%s', (_, snapshot) => {
    expect(led(snapshot)).toEqual(notResolved);
  });

  test('that another account has', () => {
    expect(led(withKeys(alias('logs', { account: other }), keys, collected))).toEqual([
      'unknown',
      'undefined OtherAccount',
    ]);
  });

  test.each<[string, Snapshot['gaps'], readonly string[]]>([
    [
      'that AWS may not describe',
      [{ operation: 'kms:DescribeKey', resource: alias('logs'), region: 'us-east-1', error: 'AccessDenied' }],
      ['kms:DescribeKey AccessDenied'],
    ],
    [
      'where the aliases of a key of that region are refused',
      [{ operation: 'kms:ListAliases', resource: arn('1'), region: 'us-east-1', error: 'AccessDenied' }],
      ['kms:DescribeKey AliasNotResolved'],
    ],
    [
      'whatever is refused in another region',
      [{ operation: 'kms:ListAliases', resource: arn('9', 'eu-west-1'), region: 'eu-west-1', error: 'AccessDenied' }],
      ['kms:DescribeKey AliasNotResolved'],
    ],
  ])('%s', (_, gaps, why) => {
    expect(led(withKeys('alias/logs', keys, { ...collected, ...(gaps && { gaps }) }))).toEqual(['unknown', ...why]);
  });
});

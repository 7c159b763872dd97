import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../src/collectors/collect.ts';
import { actions, everything } from '../../src/collectors/plan.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { actionOf } from '../../src/resource-types/operations.ts';
import type { Registry, ResourceType } from '../../src/resource-types/resource-type.ts';
import { compileRule } from '../../src/rules/compile.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { ruleSchema } from '../../src/rules/rule-schema.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';
import { normaliser } from '../../src/snapshot/spelling.ts';
import { account, awsError, inMemoryAccount } from '../collectors/in-memory-account.ts';
import { findingOf, findingsOf, ruleWith, snapshotWith } from '../rules/judging.ts';

const from = (path: string): string => new URL(`../../src/resource-types/${path}`, import.meta.url).href;

/** What somebody would write to teach a new type: one file, data alone. */
const file = `
import { resourceType } from '${from('resource-type.ts')}';
import { flag, object, oneOf, tags, text } from '${from('shape.ts')}';

export const table = resourceType({
  name: 'AWS::DAX::Table',
  id: 'TableArn',
  label: 'TableName',
  home: 'arn',
  item: object()({ TableArn: text, TableName: text, TableStatus: oneOf('ACTIVE', 'ARCHIVED') }),
  list: { operation: 'dax:ListTables', at: 'Tables' },
  reads: {
    'dax:DescribeContinuousBackups': {
      params: { TableName: '{TableName}' },
      at: 'ContinuousBackupsDescription',
      action: 'dax:DescribeBackups',
      notSet: ['TableNotFoundException'],
      gives: { ContinuousBackups: object()({ Enabled: flag, KmsKeyId: text }) },
    },
    'dax:ListTagsOfResource': { params: { ResourceArn: '{TableArn}' }, at: 'Tags', gives: { tags } },
  },
  relations: { key: { to: 'AWS::KMS::Key', by: 'ContinuousBackups.KmsKeyId', at: 'Arn', back: 'tables' } },
});
`;

const name = 'AWS::DAX::Table';
const arn = 'arn:aws:dax:us-east-1:111122223333:table/orders';
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1';
const folder = mkdtempSync(join(tmpdir(), 'trailproof-type-'));
afterAll(() => rmSync(folder, { recursive: true }));

let registry: Registry = resourceTypes;
beforeAll(async () => {
  const path = join(folder, 'dax-table.ts');
  writeFileSync(path, file);
  const { table } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { readonly table: ResourceType };
  registry = { ...resourceTypes, [name]: table };
});

const table = (more: object = {}) => ({ TableArn: arn, TableName: 'orders', TableStatus: 'ACTIVE', ...more });
const rule: Partial<RuleDefinition> = {
  resource: name,
  when: { TableStatus: 'ACTIVE' },
  require: { ContinuousBackups: { Enabled: true } },
};

describe('a resource type that nobody here knows, as one file', () => {
  test('snapshots may hold it, in either spelling, and nothing that it does not declare', () => {
    const validate = new Ajv({ strict: true }).compile(snapshotSchema(registry));
    const written = snapshotWith({
      [name]: [
        { tableArn: arn, TableName: 'orders', continuousBackups: { enabled: true }, Tags: [{ Key: 'a', Value: 'b' }] },
      ],
    });
    const read = normaliser(registry)(written);
    expect(read).toMatchObject({
      resources: { [name]: [{ TableArn: arn, ContinuousBackups: { Enabled: true }, tags: { a: 'b' } }] },
    });
    expect(validate(read)).toBe(true);
    expect(validate(snapshotWith({ [name]: [table({ Nothing: 1 })] }))).toBe(false);
    expect(validate(snapshotWith({ [name]: [{ TableName: 'no ARN' }] }))).toBe(false);
  });

  test('rules may name its properties, relations and ways back; editors complete them', () => {
    const schema = ruleSchema(registry) as {
      readonly definitions: Readonly<Record<string, { readonly properties?: object }>>;
    };
    const words = Object.keys(schema.definitions[`${name}:judged`]?.properties ?? {});
    expect(words).toEqual([
      'TableArn',
      'TableName',
      'TableStatus',
      'ContinuousBackups',
      'tags',
      'id',
      'name',
      'region',
      'accountId',
      'partition',
      'key',
      'account',
      'all',
      'any',
      'not',
    ]);
    expect(Object.keys(schema.definitions['AWS::KMS::Key:judged']?.properties ?? {})).toContain('tables');
    const validate = new Ajv({ strict: false, inlineRefs: false, discriminator: true }).compile(schema);
    expect(validate({ ...ruleWith(rule) })).toBe(true);
    expect(validate({ ...ruleWith({ ...rule, require: { ContinuousBackup: { Enabled: true } } }) })).toBe(false);
    expect(validate({ ...ruleWith({ ...rule, require: { TableStatus: 'ACTIV' } }) })).toBe(false);
  });

  test('a rule judges it, and knows what to ask', () => {
    const status = (more: object, snapshot = {}) =>
      findingOf(rule, snapshotWith({ [name]: [table(more)] }, snapshot), 'orders', { registry }).status;
    expect(status({ ContinuousBackups: { Enabled: true } })).toBe('pass');
    expect(status({})).toBe('fail');
    expect(status({ TableStatus: 'ARCHIVED' })).toBe('not-applicable');
    const gaps = [{ operation: 'dax:DescribeContinuousBackups', resource: arn, error: 'AccessDenied' }];
    expect(status({}, { gaps })).toBe('unknown');
    const [refused] = findingsOf(rule, snapshotWith({ [name]: [table()] }, { gaps }), { registry });
    expect(refused?.evidence.find(({ gap }) => gap)?.gap?.action).toBe('dax:DescribeBackups');
    expect(Object.fromEntries(compileRule(ruleWith(rule), { registry }).rule.operations)).toEqual({
      'dax:ListTables': 'all',
      'dax:DescribeContinuousBackups': 'all',
    });
  });

  test('its relation leads there and back', () => {
    const snapshot = snapshotWith({
      [name]: [table({ ContinuousBackups: { KmsKeyId: keyArn } })],
      'AWS::KMS::Key': [{ Arn: keyArn, KeyId: '1', KeyState: 'Enabled' }],
    });
    expect(
      findingOf({ resource: name, require: { key: { KeyState: 'Enabled' } } }, snapshot, 'orders', { registry }).status,
    ).toBe('pass');
    const back = { resource: 'AWS::KMS::Key', require: { tables: { some: { TableName: 'orders' } } } };
    expect(findingOf(back, snapshot, '1', { registry }).status).toBe('pass');
  });

  test('the collector asks for it', async () => {
    const { send, asked } = inMemoryAccount({
      'ec2:DescribeRegions': () => ({ Regions: [{ RegionName: 'us-east-1' }] }),
      'dax:ListTables': () => ({
        Tables: [
          { tableArn: arn, tableName: 'orders', tableStatus: 'ACTIVE', itemCount: 5 },
          { tableArn: `${arn}2`, tableName: 'none', tableStatus: 'ACTIVE' },
        ],
      }),
      'dax:DescribeContinuousBackups': ({ TableName }) => {
        if (TableName === 'none') throw awsError('TableNotFoundException');
        return { ContinuousBackupsDescription: { Enabled: true, KmsKeyId: keyArn } };
      },
    });
    const operations = new Map(
      ['dax:ListTables', 'dax:DescribeContinuousBackups', 'dax:ListTagsOfResource'].map((it) => [it, 'all'] as const),
    );
    const snapshot = await collect({
      registry,
      plan: { operations },
      send,
      account,
      concurrency: 1,
      collectedAt: '2026-11-20T09:00:00.000Z',
    });
    expect(snapshot.resources[name]).toEqual([
      { ...table(), ContinuousBackups: { Enabled: true, KmsKeyId: keyArn } },
      { ...table(), TableArn: `${arn}2`, TableName: 'none' },
    ]);
    expect(snapshot.gaps?.map(({ operation, resource }) => [operation, resource])).toEqual([
      ['dax:ListTagsOfResource', arn],
      ['dax:ListTagsOfResource', `${arn}2`],
    ]);
    expect(asked()).toEqual([
      'dax:DescribeContinuousBackups us-east-1',
      'dax:DescribeContinuousBackups us-east-1',
      'dax:ListTables us-east-1',
      'dax:ListTagsOfResource us-east-1',
      'dax:ListTagsOfResource us-east-1',
      'ec2:DescribeRegions us-east-1',
    ]);
    expect(findingsOf(rule, snapshot, { registry }).map(({ resource, status }) => [resource.name, status])).toEqual([
      ['orders', 'pass'],
      ['none', 'fail'],
    ]);
  });

  test('its IAM actions are in the policy', () => {
    expect(actions(everything(registry), registry)).toEqual(
      expect.arrayContaining(['dax:ListTables', 'dax:DescribeBackups', 'dax:ListTagsOfResource']),
    );
    expect(actionOf('dax:DescribeContinuousBackups', registry)).toBe('dax:DescribeBackups');
  });
});

import { describe, expect, test } from 'vitest';
import { queriesLogs } from '../../src/proof/log-tables.ts';
import { queryable } from '../../src/proof/queryable.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import type { Item } from './alerting/asking.ts';
import { brief, resourceOf } from './viewing.ts';

const databaseArn = (name: string, region = 'us-east-1') => `arn:aws:glue:${region}:${home}:database/${name}`;
const database = (Tables: readonly Item[] | undefined, name = 'audit', region = 'us-east-1'): Item => ({
  Arn: databaseArn(name, region),
  Name: name,
  ...(Tables && { Tables }),
});
const own = `s3://logs/AWSLogs/${home}/CloudTrail`;
const format = 'com.amazon.emr.cloudtrail.CloudTrailInputFormat';
const table = (Location: string | undefined, more: Item = {}, storage: Item = {}): Item => ({
  Name: 't',
  StorageDescriptor: {
    Location,
    InputFormat: format,
    SerdeInfo: { SerializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe' },
    ...storage,
  },
  ...more,
});
const on = { 'projection.enabled': 'true' };
const days = {
  'projection.day.type': 'date',
  'projection.day.format': 'yyyy/MM/dd',
  'projection.day.range': '2020/01/01,NOW',
};
/** Projected by account, region and day, or with some settings of its own. */
const projected = (more: Item = {}, template = `${own}/\${region}/\${day}`): Item =>
  table(own, {
    PartitionKeys: ['region', 'day'].map((Name) => ({ Name, Type: 'string' })),
    Parameters: {
      ...on,
      ...days,
      'projection.region.type': 'enum',
      'projection.region.values': 'us-east-1,eu-west-1',
      'storage.location.template': template,
      ...more,
    },
  });

const serde = (SerializationLibrary: string): Item => ({ SerdeInfo: { SerializationLibrary } });
/** Projected by region, year, month and day. */
const byStep = (more: Item = {}): Item => ({
  ...projected(
    {
      'projection.year.type': 'integer',
      'projection.year.range': '2020,2100',
      'projection.month.type': 'integer',
      'projection.month.range': '01,12',
      'projection.month.digits': '2',
      'projection.day.type': 'integer',
      'projection.day.range': '1,31',
      'projection.day.digits': '2',
      ...more,
    },
    `${own}/\${region}/\${year}/\${month}/\${day}`,
  ),
  PartitionKeys: ['region', 'year', 'month', 'day'].map((Name) => ({ Name })),
});
const upTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1).padStart(2, '0')).join(',');
const listedSteps = {
  'projection.month.type': 'enum',
  'projection.month.values': upTo(12),
  'projection.day.type': 'enum',
  'projection.day.values': upTo(31),
};

interface Setting {
  readonly tables?: readonly Item[] | undefined;
  readonly databases?: readonly Item[];
  readonly trail?: Item;
  readonly buckets?: readonly Item[];
  readonly organizations?: readonly Item[];
  readonly more?: Partial<Snapshot>;
}

function ask({ tables = [table(own)], databases = [database(tables)], trail: of = {}, ...rest }: Setting) {
  const { buckets = [bucket('logs')], organizations = [], more = {} } = rest;
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': [trail('main', { S3BucketName: 'logs', IsMultiRegionTrail: true, ...of })],
      'AWS::S3::Bucket': buckets,
      'AWS::Glue::Database': databases,
      'AWS::Organizations::Organization': organizations,
    },
    { regions: ['us-east-1', 'eu-west-1'], ...more },
  );
  return queryable(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), '', {
    now: '2026-11-20T09:00:00Z',
    thorough: 'no',
  });
}
const truth = (setting: Setting) => ask(setting).truth;
const said = (setting: Setting) => brief(ask(setting));
const at = (own_ = 'StorageDescriptor.Location', index = 0) =>
  `account.databases[${databaseArn('audit')}].Tables[${index}].${own_}`;

describe('whether Athena can query the log files of a trail (aws-semantics §12)', () => {
  test('a table over all of them is all that decides', () => {
    expect(ask({ tables: [table('s3://shop/'), table(own)] })).toEqual({
      truth: 'yes',
      evidence: [
        {
          path: `account.databases[${databaseArn('audit')}]`,
          actual: 'audit',
          from: 'glue:GetDatabases',
          resource: databaseArn('audit'),
        },
        { path: 'S3BucketName', actual: 'logs', from: 'cloudtrail:DescribeTrails', resource: trailArn('main') },
        { path: at(undefined, 1), actual: own, from: 'glue:GetTables', resource: databaseArn('audit') },
      ],
      changes: [],
    });
  });

  test('a table by region: all regions are needed', () => {
    const answer = ask({ tables: [projected()] });
    expect(answer.truth).toBe('yes');
    expect(answer.evidence.map(({ path, from }) => [path, from])).toEqual([
      [`account.databases[${databaseArn('audit')}]`, 'glue:GetDatabases'],
      ['S3BucketName', 'cloudtrail:DescribeTrails'],
      [at('Parameters'), 'glue:GetTables'],
      ['regions', 'ec2:DescribeRegions'],
    ]);
    const gaps = [{ operation: 'ec2:DescribeRegions', error: 'AccessDenied' }];
    expect(said({ tables: [projected()], more: { gaps } })).toEqual(['unknown', 'regions: AccessDenied']);
    expect(truth({ tables: [table(own)], more: { gaps } })).toBe('yes');
    expect(truth({ tables: [projected()], trail: { IsMultiRegionTrail: false }, more: { gaps } })).toBe('yes');
  });

  test('none: how many were looked at, and where', () => {
    const answer = ask({
      tables: [table('s3://shop/')],
      databases: [database([table('s3://shop/')]), database([], 'empty')],
    });
    expect(answer).toMatchObject({ truth: 'no', changes: [] });
    expect(ask({ databases: [] }).evidence).toEqual([
      { path: 'account.databases', actual: 0, from: 'glue:GetDatabases', resource: `arn:aws:iam::${home}:root` },
      { path: 'S3BucketName', actual: 'logs', from: 'cloudtrail:DescribeTrails', resource: trailArn('main') },
    ]);
  });

  const parquet = {
    InputFormat: 'x.MapredParquetInputFormat',
    SerdeInfo: { SerializationLibrary: 'x.ParquetHiveSerDe' },
  };
  test.each<[string, Item, string, Item?]>([
    ['another format', table(own, {}, parquet), 'table t does not read the format of log files'],
    [
      'no format at all',
      table(own, {}, { InputFormat: undefined, SerdeInfo: undefined }),
      'table t does not read the format of log files',
    ],
    ['another account', table(own.replace(home, other)), `table t leaves out ${home}`],
    ['another folder', table(`${own}-Digest`), 'table t is over CloudTrail-Digest, and the trail writes to CloudTrail'],
    [
      'another prefix',
      table(`s3://logs/x/AWSLogs/${home}/CloudTrail`),
      'table t is over x, and the trail writes to AWSLogs',
    ],
    ['one region', table(`${own}/us-east-1/`), 'table t leaves out eu-west-1'],
    ['one day', table(`${own}/us-east-1/2026`), 'table t is over some days alone: 2026', { IsMultiRegionTrail: false }],
    ['regions but one', projected({ 'projection.region.values': 'us-east-1' }), 'table t leaves out eu-west-1'],
    [
      'partitions that ended',
      projected({ 'projection.day.range': '2020/01/01, 2026/11/19' }),
      'partition day of table t ends with 2026/11/19',
    ],
    [
      'partitions without a template',
      projected({}, ''),
      'table t projects its partitions to folders that CloudTrail does not write',
    ],
    [
      'days in another spelling',
      projected({ 'projection.day.format': 'yyyy-MM-dd' }),
      'partition day of table t calls folders yyyy-MM-dd, and CloudTrail calls them yyyy',
    ],
    [
      'months without a zero',
      projected({ 'projection.day.format': 'yyyy/M/dd' }),
      'partition day of table t calls folders yyyy/M/dd, and CloudTrail calls them yyyy/MM/dd',
    ],
    [
      'one day a week',
      projected({ 'projection.day.interval': '7', 'projection.day.interval.unit': 'DAYS' }),
      'partition day of table t leaves out days: one comes every 7 DAYS',
    ],
    [
      'one day a month',
      projected({ 'projection.day.interval.unit': 'MONTHS' }),
      'partition day of table t leaves out days: one comes every 1 MONTHS',
    ],
    [
      'numbers without a zero',
      byStep({ 'projection.month.digits': undefined }),
      'partition month of table t calls folders 1, and CloudTrail calls them 01',
    ],
    [
      'numbers of some days',
      byStep({ 'projection.day.range': '1,30' }),
      'partition day of table t is over some days alone: 1,30',
    ],
    [
      'every other number',
      byStep({ 'projection.day.interval': '2' }),
      'partition day of table t takes one number in 2 alone',
    ],
    [
      'days that are not listed',
      byStep({ ...listedSteps, 'projection.day.values': upTo(29) }),
      'partition day of table t leaves out 30, 31',
    ],
    [
      'hours, of which CloudTrail has no folders',
      projected({ 'projection.hour.type': 'injected' }, `${own}/\${region}/\${day}/\${hour}`),
      `table t is over folders below those of days: \${hour}`,
    ],
    [
      'values with a space before them',
      projected({ 'projection.region.values': 'us-east-1, eu-west-1' }),
      'table t leaves out eu-west-1',
    ],
    [
      'records that are read as something else',
      table(own, {}, serde('org.apache.hadoop.hive.serde2.OpenCSVSerde')),
      'table t does not read the format of log files',
    ],
    [
      'one account of an organization',
      table(`s3://logs/AWSLogs/o-a/${home}/CloudTrail`),
      'table t leaves out other accounts of the organization',
      { IsOrganizationTrail: true },
    ],
    [
      'no organization',
      table(own),
      `table t is over ${home}, and the trail writes to o-a`,
      { IsOrganizationTrail: true },
    ],
  ])('a table that does not serve: %s', (_, item, note, of) => {
    const answer = ask({ tables: [item], trail: of ?? {}, organizations: [{ Arn: 'arn:o-a', Id: 'o-a' }] });
    expect(answer.truth).toBe('no');
    expect(answer.evidence[0]).toMatchObject({ resource: databaseArn('audit'), note });
  });

  test.each<[string, Item, Item?]>([
    [
      'with the SerDe of CloudTrail',
      table(
        own,
        {},
        { InputFormat: undefined, SerdeInfo: { SerializationLibrary: 'com.amazon.emr.hive.serde.CloudTrailSerde' } },
      ),
    ],
    ['with its format alone', table(own, {}, { SerdeInfo: undefined })],
    ['with its own prefix', table(`s3://logs/a/b/AWSLogs/${home}/CloudTrail/`), { S3KeyPrefix: 'a/b' }],
    ['of one region, over it', table(`${own}/us-east-1/`), { IsMultiRegionTrail: false }],
    ['regions that whoever asks names', projected({ 'projection.region.type': 'injected' })],
    ['partitions till tomorrow', projected({ 'projection.day.range': '2020/01/01,NOW+1DAYS' })],
    ['partitions that end today', projected({ 'projection.day.range': '2020/01/01,2026/11/20' })],
    [
      'partitions that end this month',
      projected({ 'projection.day.format': 'yyyy/MM', 'projection.day.range': '2020/01,2026/11' }),
    ],
    ['one partition a day', projected({ 'projection.day.interval': '1', 'projection.day.interval.unit': 'days' })],
    ['one partition an hour, of the same day', projected({ 'projection.day.interval.unit': 'HOURS' })],
    ['years of the other kind', projected({ 'projection.day.format': 'uuuu/MM/dd' })],
    ['days that whoever asks names', projected({ 'projection.day.type': 'injected' })],
    ['records that another reader of JSON reads', table(own, {}, serde('org.openx.data.jsonserde.JsonSerDe'))],
    ['a folder for each step', byStep()],
    ['a folder for each month and day that is listed', byStep(listedSteps)],
    [
      'years',
      table(own, {
        PartitionKeys: [{ Name: 'Year' }, { Name: 'month' }],
        Parameters: {
          ...on,
          'projection.Year.type': 'integer',
          'projection.Year.range': '2020,2026',
          'projection.month.type': 'integer',
          'projection.month.range': '1,12',
          'projection.month.digits': '2',
          'storage.location.template': `${own}/us-east-1/\${Year}/\${month}`,
        },
      }),
      { IsMultiRegionTrail: false },
    ],
    [
      'all accounts of an organization',
      table('s3://logs/', {
        PartitionKeys: [{ Name: 'account' }],
        Parameters: {
          ...on,
          'projection.account.type': 'injected',
          'storage.location.template': `s3://logs/AWSLogs/o-a/\${account}/CloudTrail`,
        },
      }),
      { IsOrganizationTrail: true },
    ],
  ])('a table that serves: %s', (_, item, of) => {
    expect(truth({ tables: [item], trail: of ?? {}, organizations: [{ Arn: 'arn:o-a', Id: 'o-a' }] })).toBe('yes');
  });

  test.each<[string, Setting, string]>([
    [
      'other files too',
      { tables: [table(`s3://logs/AWSLogs/${home}/`)] },
      `${at()}: table t is over other files too, which may not be read as logs`,
    ],
    [
      'partitions that are added',
      { tables: [table(own, { PartitionKeys: [{ Name: 'day' }] })] },
      `${at()}: which partitions table t has is not read`,
    ],
    [
      'an end that is not known',
      { tables: [projected({ 'projection.day.range': '2020/01/01,NOW-1YEARS' })] },
      `${at('Parameters')}: whether partition day of table t reaches till today is not known: 2020/01/01,NOW-1YEARS`,
    ],
    [
      'no range',
      { tables: [projected({ 'projection.day.range': undefined })] },
      `${at('Parameters')}: whether partition day of table t reaches till today is not known: `,
    ],
    [
      'regions by something else',
      { tables: [projected({ 'projection.region.type': 'date', 'projection.region.range': 'NOW' })] },
      `${at('Parameters')}: what the partitions of table t are is not known`,
    ],
    [
      'days that a format calls by other letters',
      { tables: [projected({ 'projection.day.format': 'YYYY/MM/dd' })] },
      `${at('Parameters')}: how partition day of table t calls its days is not known: YYYY/MM/dd`,
    ],
    [
      'days that come by the hour',
      { tables: [projected({ 'projection.day.interval': '24', 'projection.day.interval.unit': 'HOURS' })] },
      `${at('Parameters')}: whether partition day of table t leaves out days is not known: every 24 HOURS`,
    ],
    [
      'years that are listed',
      { tables: [byStep({ 'projection.year.type': 'enum', 'projection.year.values': '2026' })] },
      `${at('Parameters')}: whether partition year of table t reaches till today is not known`,
    ],
    [
      'days by something else',
      { tables: [projected({ 'projection.day.type': 'new' })] },
      `${at('Parameters')}: what the partitions of table t are is not known`,
    ],
    [
      'some accounts of an organization',
      {
        trail: { IsOrganizationTrail: true },
        organizations: [{ Arn: 'arn:o-a', Id: 'o-a' }],
        tables: [
          table('s3://logs/', {
            PartitionKeys: [{ Name: 'account' }],
            Parameters: {
              ...on,
              'projection.account.type': 'enum',
              'projection.account.values': `${home},${other}`,
              'storage.location.template': `s3://logs/AWSLogs/o-a/\${account}/CloudTrail`,
            },
          }),
        ],
      },
      `${at('Parameters')}: whether table t is over all accounts of the organization is not known`,
    ],
    [
      'which organization',
      { trail: { IsOrganizationTrail: true } },
      `${at()}: which organization the trail is of is not known`,
    ],
    [
      'databases',
      { databases: [], more: { gaps: [{ operation: 'glue:GetDatabases', error: 'AccessDenied' }] } },
      'account.databases: AccessDenied',
    ],
    [
      'tables',
      { databases: [database(undefined)], more: { gaps: [{ operation: 'glue:GetTables', error: 'AccessDenied' }] } },
      `account.databases[${databaseArn('audit')}].Tables: AccessDenied`,
    ],
    [
      'whose the bucket is',
      {
        tables: [],
        buckets: [],
        more: { gaps: [{ operation: 's3:HeadBucket', resource: 'arn:aws:s3:::logs', error: 'AccessDenied' }] },
      },
      'bucket: AccessDenied',
    ],
  ])('not known: %s', (_, setting, note) => {
    expect(said(setting)).toEqual(['unknown', note]);
  });

  test('tables over what is no place in a bucket serve for nothing', () => {
    expect(truth({ trail: { S3BucketName: undefined }, tables: [table('s3://logs/')] })).toBe('no');
    expect(truth({ tables: [table(undefined), table('hdfs://logs/x')] })).toBe('no');
  });
});

describe('whether a work group queries logs', () => {
  const groupOf = (databases: readonly Item[], more: Partial<Snapshot> = {}) => {
    const group = { Arn: `arn:aws:athena:us-east-1:${home}:workgroup/a`, Name: 'a', State: 'ENABLED' };
    const snapshot = snapshotWith(
      { 'AWS::Athena::WorkGroup': [group], 'AWS::Glue::Database': databases },
      { regions: ['us-east-1', 'eu-west-1'], ...more },
    );
    return queriesLogs(resourceOf(snapshot, 'AWS::Athena::WorkGroup'), '', { now: undefined, thorough: 'no' });
  };
  const plain = { InputFormat: 'x.TextInputFormat', SerdeInfo: { SerializationLibrary: 'x.JsonSerDe' } };
  test.each<[string, Item, string]>([
    ['a table in the format of log files', table('s3://any/'), 'yes'],
    [
      'a table with their SerDe',
      table(
        's3://any/',
        {},
        { InputFormat: undefined, SerdeInfo: { SerializationLibrary: 'com.amazon.emr.hive.serde.CloudTrailSerde' } },
      ),
      'yes',
    ],
    ['a table over their folder', table('s3://any/AWSLogs/1/CloudTrail/', {}, plain), 'yes'],
    [
      'a table whose partitions are there',
      {
        ...table('s3://any/', {}, plain),
        Parameters: { ...on, 'storage.location.template': `s3://any/AWSLogs/o-a/1/CloudTrail/\${region}` },
      },
      'yes',
    ],
    [
      'a template that does not count',
      {
        ...table('s3://any/', {}, plain),
        Parameters: { 'storage.location.template': 's3://any/AWSLogs/1/CloudTrail' },
      },
      'no',
    ],
    ['a table over other logs', table('s3://any/AWSLogs/1/Config/', {}, plain), 'no'],
    ['a table over a folder that is only called so', table('s3://any/CloudTrail/AWSLogs/', {}, plain), 'no'],
    ['a table without a word', { Name: 't' }, 'no'],
  ])('%s', (_, item, expected) => {
    expect(groupOf([database([item])]).truth).toBe(expected);
  });

  test('in its own region alone, where tables may be that nobody could list', () => {
    const far = database([table(own)], 'far', 'eu-west-1');
    expect(groupOf([far]).truth).toBe('no');
    const refused = (region: string) => ({ gaps: [{ operation: 'glue:GetDatabases', region, error: 'AccessDenied' }] });
    expect([groupOf([], refused('eu-west-1')).truth, groupOf([], refused('us-east-1')).truth]).toEqual([
      'no',
      'unknown',
    ]);
    expect(groupOf([database([table(own)])], refused('us-east-1')).truth).toBe('yes');
  });

  test('a no rests on every database of the region', () => {
    const answer = groupOf([database([{ Name: 't' }]), database([], 'empty')]);
    expect(answer.truth).toBe('no');
    expect(answer.evidence.map(({ path, actual }) => [path, actual])).toEqual([
      [`databases[${databaseArn('audit')}].Tables`, 1],
      [`databases[${databaseArn('empty')}].Tables`, 0],
      ['databases', 2],
    ]);
  });
});

import { finderOf, listingGaps } from '../snapshot/gaps.ts';
import { type AccountView, objectsIn, type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import { type Answer, all, any, type Evidence } from './answer.ts';
import { type Context, decided, unknown } from './leaf.ts';

type Members = Readonly<Record<string, unknown>>;

/** A table of the data catalogue, as far as it says what it is over. */
export interface LogTable {
  readonly name: string;
  /** `s3://bucket/prefix`; with projected partitions the template, which counts instead (`…/${region}/${date}`). */
  readonly location: string;
  readonly hasTemplate: boolean;
  readonly inputFormat: string;
  readonly serde: string;
  readonly partitionKeys: readonly string[];
  readonly parameters: Members;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

function readTable(written: Members): LogTable {
  const storage = membersOf(written.StorageDescriptor);
  const parameters = membersOf(written.Parameters);
  const template = isProjected(parameters) ? textOf(parameters['storage.location.template']) : '';
  return {
    name: textOf(written.Name),
    location: template || textOf(storage.Location),
    hasTemplate: template !== '',
    inputFormat: textOf(storage.InputFormat),
    serde: textOf(membersOf(storage.SerdeInfo).SerializationLibrary),
    partitionKeys: objectsIn(written.PartitionKeys).map(({ Name }) => textOf(Name)),
    parameters,
  };
}

/** Whether Athena works the partitions of a table out instead of looking them up. */
export const isProjected = (parameters: Members): boolean =>
  textOf(parameters['projection.enabled']).toLowerCase() === 'true';

const readers = ['org.apache.hive.hcatalog.data.JsonSerDe', 'com.amazon.emr.hive.serde.CloudTrailSerde'];

/** Those that read records as JSON once the files' own format has taken them apart; none is said: some default. */
const readersOfRecords = [...readers, 'org.openx.data.jsonserde.JsonSerDe', ''];

/** Whether Athena can read CloudTrail's files through it: by their own format, or as JSON (aws-semantics §12). */
export const readsLogFiles = ({ inputFormat, serde }: LogTable): boolean =>
  readers.includes(serde) ||
  (inputFormat === 'com.amazon.emr.cloudtrail.CloudTrailInputFormat' && readersOfRecords.includes(serde));

const ownSerde = 'com.amazon.emr.hive.serde.CloudTrailSerde';

/** Whether a table is over log files of some trail: their own format says so, or the path does. */
function isOverLogs({ inputFormat, serde, location }: LogTable): boolean {
  const steps = location.split('/');
  const logs = steps.indexOf('AWSLogs');
  return (
    inputFormat === 'com.amazon.emr.cloudtrail.CloudTrailInputFormat' ||
    serde === ownSerde ||
    (logs >= 0 && steps.indexOf('CloudTrail') > logs)
  );
}

/** Where tables are looked for: in an account, there in one region alone; evidence names them by the prefix. */
export interface Catalogue {
  readonly account: AccountView;
  readonly region?: string;
  readonly prefix: string;
}

/**
 * Asks each table of a data catalogue: some yes is enough. A database whose tables nobody could list, or databases that
 * nobody could list, may hold one that would do.
 */
export function someTable(
  catalogue: Catalogue,
  of: ResourceView,
  ask: (table: LogTable, at: Evidence) => Answer | undefined,
  { thorough }: Pick<Context, 'thorough'>,
): Answer {
  const { account, region, prefix } = catalogue;
  const type = account.registry['AWS::Glue::Database'];
  const gaps = type ? listingGaps(type, account.registry, account.gaps, region ? { region } : {}) : [];
  const databases = (account.byType.get('AWS::Glue::Database') ?? []).filter(
    (database) => region === undefined || database.region === region,
  );
  const path = `${prefix}databases`;
  const from = type?.list?.operation;
  const listing =
    gaps.length > 0
      ? unknown(of, path, gaps, from)
      : decided(false, { path, actual: databases.length, ...(from && { from }), resource: of.id });
  return any([...databases.flatMap((database) => inDatabase(database, path, ask)), listing], thorough);
}

function inDatabase(database: ResourceView, prefix: string, ask: Parameters<typeof someTable>[2]): readonly Answer[] {
  const path = `${prefix}[${database.id}].Tables`;
  const reading = read(database, 'Tables');
  if (reading.is === 'gap') return [unknown(database, path, reading.gaps, reading.from)];
  const tables = objectsIn(saidBy(reading)).map(readTable);
  const about = { ...(reading.from && { from: reading.from }), resource: database.id };
  const found = finderOf(database.type, database.account.gaps);
  const inside = decided(true, {
    path: `${prefix}[${database.id}]`,
    actual: database.name,
    ...(found && { from: found }),
    resource: database.id,
  });
  const asked = tables.flatMap((table, index) => {
    const own = table.hasTemplate ? 'Parameters' : 'StorageDescriptor.Location';
    const answer = ask(table, { path: `${path}[${index}].${own}`, ...about });
    return answer ? all([inside, answer], 'no') : [];
  });
  const rest = decided(false, { path, actual: tables.length, ...about });
  return asked.length === tables.length && asked.length > 0 ? asked : [...asked, rest];
}

/**
 * Whether somebody who works in a work group can query log files of a trail: a table of its region is over some
 * (aws-semantics §12).
 */
export function queriesLogs(workGroup: ResourceView, prefix: string, context: Context): Answer {
  const { account, region } = workGroup;
  const ask = (table: LogTable, at: Evidence): Answer | undefined =>
    isOverLogs(table) ? decided(true, { ...at, actual: table.location }) : undefined;
  return someTable({ account, region, prefix }, workGroup, ask, context);
}

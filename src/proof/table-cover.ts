import { daysCovered } from './day-folders.ts';
import type { LogTable } from './log-tables.ts';
import { fails, keyOf, open, projection, type Said, serves, worstOf } from './partitions.ts';

/** The path to a trail's log files: what must stand there, and in which accounts and regions it writes. */
export interface LogPath {
  /** `AWSLogs`, perhaps after the trail's own prefix, and the organization's id. */
  readonly root: readonly string[];
  /** Left out: those of all accounts of an organization. */
  readonly account?: string;
  readonly regions: readonly string[];
}

/** Whether a place is below what regions have in common. */
export const isByRegion = (steps: readonly string[], { root }: LogPath): boolean => steps.length > root.length + 2;

/** Whether a table over these folders, one after the other, holds all log files of a trail (aws-semantics §1.6, §12). */
export function stepsCovered(table: LogTable, steps: readonly string[], path: LogPath): Said {
  const looks = [
    ...path.root.map((name) => isNamed(table, name)),
    (step: string) => isAccount(table, step, path),
    isNamed(table, 'CloudTrail'),
    (step: string) => areRegions(table, step, path),
  ];
  const said = [
    ...looks.slice(0, steps.length).map((look, index) => look(steps[index] ?? '')),
    daysCovered(table, steps.slice(looks.length)),
  ];
  const isWhole = steps.length >= path.root.length + 2;
  return worstOf([
    ...said,
    isWhole ? serves : open(`table ${table.name} is over other files too, which may not be read as logs`),
  ]);
}

type Look = (step: string) => Said;

const isNamed =
  ({ name: table }: LogTable, name: string): Look =>
  (step) =>
    step === name ? serves : fails(`table ${table} is over ${step}, and the trail writes to ${name}`);

/** The values that are listed for a partition key; `any`: whoever asks says them. */
function valuesOf(table: LogTable, key: string): readonly string[] | 'any' | undefined {
  const type = projection(table, key, 'type')?.toLowerCase();
  if (type === 'injected') return 'any';
  if (type !== 'enum') return undefined;
  // White space is part of a value (Athena User Guide, "Supported types for partition projection").
  return (projection(table, key, 'values') ?? '').split(',');
}

function isAccount(table: LogTable, step: string, { account }: LogPath): Said {
  const key = keyOf(step);
  const values = key === undefined ? [step] : valuesOf(table, key);
  if (values === 'any') return serves;
  if (account === undefined && values !== undefined && values.length > 1) {
    return open(`whether table ${table.name} is over all accounts of the organization is not known`);
  }
  return includesAll(table, values, account === undefined ? ['other accounts of the organization'] : [account]);
}

const areRegions = (table: LogTable, step: string, { regions }: LogPath): Said => {
  const key = keyOf(step);
  const values = key === undefined ? [step] : valuesOf(table, key);
  return values === 'any' ? serves : includesAll(table, values, regions);
};

function includesAll({ name }: LogTable, values: readonly string[] | undefined, wanted: readonly string[]): Said {
  if (values === undefined) return open(`what the partitions of table ${name} are is not known`);
  const missing = wanted.filter((value) => !values.includes(value));
  return missing.length === 0 ? serves : fails(`table ${name} leaves out ${missing.join(', ')}`);
}

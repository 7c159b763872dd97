import type { LogTable } from './log-tables.ts';
import { fails, keyOf, open, projection, type Said, serves, worstOf } from './partitions.ts';

/** What CloudTrail calls its folders below a region, by the letters of a date's format (aws-semantics §1.6). */
const layout: readonly string[] = ['yyyy', 'MM', 'dd'];

/**
 * Whether the last steps of a template come to every folder of a day: by partitions that are called as CloudTrail calls
 * the folders, one for each (Athena User Guide, "Supported types for partition projection").
 */
export const daysCovered = (table: LogTable, steps: readonly string[]): Said => stepsFrom(table, steps, layout);

function stepsFrom(table: LogTable, [step, ...others]: readonly string[], folders: readonly string[]): Said {
  if (step === undefined) return serves;
  const key = keyOf(step);
  if (key === undefined) return fails(`table ${table.name} is over some days alone: ${step}`);
  if (folders.length === 0) return fails(`table ${table.name} is over folders below those of days: ${step}`);
  const { said, taken } = foldersOf(table, key, folders);
  return worstOf([said, stepsFrom(table, others, folders.slice(taken))]);
}

interface Taken {
  readonly said: Said;
  /** How many of the folders a partition key stands for. */
  readonly taken: number;
}

function foldersOf(table: LogTable, key: string, folders: readonly string[]): Taken {
  const [folder = ''] = folders;
  switch (projection(table, key, 'type')?.toLowerCase().trim()) {
    case 'date':
      return ofDates(table, key, folders);
    case 'integer':
      return { said: ofNumbers(table, key, folder), taken: 1 };
    case 'enum':
      return { said: ofValues(table, key, folder), taken: 1 };
    case 'injected':
      return { said: serves, taken: 1 };
    default:
      return { said: open(`what the partitions of table ${table.name} are is not known`), taken: 1 };
  }
}

/** Letters of which it is known what they write. */
const plain = /^[yMd/. _-]+$/;

function ofDates(table: LogTable, key: string, folders: readonly string[]): Taken {
  const format = (projection(table, key, 'format') ?? '').trim().replaceAll('u', 'y');
  const taken = format.split('/').length;
  const wanted = folders.slice(0, taken).join('/');
  if (!plain.test(format)) {
    return { said: open(`how partition ${key} of table ${table.name} calls its days is not known: ${format}`), taken };
  }
  return {
    said: format === wanted ? eachOne(table, key, folders[taken - 1] ?? '') : calls(table, key, format, wanted),
    taken,
  };
}

const calls = ({ name }: LogTable, key: string, what: string, wanted: string): Said =>
  fails(`partition ${key} of table ${name} calls folders ${what}, and CloudTrail calls them ${wanted}`);

/** Units from the longest, and the folder that each makes one of. */
const units = ['YEARS', 'MONTHS', 'WEEKS', 'DAYS', 'HOURS', 'MINUTES', 'SECONDS', 'MILLISECONDS'];
const unitOf: Readonly<Record<string, string>> = { yyyy: 'YEARS', MM: 'MONTHS', dd: 'DAYS' };

/** Whether dates come one after the other, as finely as the folders do. */
function eachOne(table: LogTable, key: string, folder: string): Said {
  const interval = (projection(table, key, 'interval') ?? '1').trim();
  const own = unitOf[folder] ?? '';
  const unit = (projection(table, key, 'interval.unit') ?? own).trim().toUpperCase();
  const isAsFine = units.indexOf(unit) >= units.indexOf(own);
  if (interval === '1' && isAsFine) return serves;
  return unit === own || !isAsFine
    ? fails(`partition ${key} of table ${table.name} leaves out days: one comes every ${interval} ${unit}`)
    : open(`whether partition ${key} of table ${table.name} leaves out days is not known: every ${interval} ${unit}`);
}

/** The first and the last of the folders whose names do not grow with the years. */
const ranges: Readonly<Record<string, readonly [number, number]>> = { MM: [1, 12], dd: [1, 31] };

function ofNumbers(table: LogTable, key: string, folder: string): Said {
  const interval = projection(table, key, 'interval')?.trim() ?? '1';
  if (interval !== '1') return fails(`partition ${key} of table ${table.name} takes one number in ${interval} alone`);
  const range = ranges[folder];
  if (!range) return serves;
  if (projection(table, key, 'digits')?.trim() !== '2') return calls(table, key, '1', '01');
  const [first, last] = (projection(table, key, 'range') ?? '').split(',').map(Number);
  const isWhole = first !== undefined && last !== undefined && first <= range[0] && last >= range[1];
  return isWhole ? serves : fails(`partition ${key} of table ${table.name} is over some days alone: ${first},${last}`);
}

function ofValues(table: LogTable, key: string, folder: string): Said {
  const range = ranges[folder];
  if (!range) return open(`whether partition ${key} of table ${table.name} reaches till today is not known`);
  const values = (projection(table, key, 'values') ?? '').split(',');
  const [first, last] = range;
  const wanted = Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(2, '0'));
  const missing = wanted.filter((value) => !values.includes(value));
  return missing.length === 0
    ? serves
    : fails(`partition ${key} of table ${table.name} leaves out ${missing.join(', ')}`);
}

import type { Truth } from './answer.ts';
import { isProjected, type LogTable } from './log-tables.ts';

/** What one look at a table says, and why it does not serve, or why nobody knows whether it does. */
export interface Said {
  readonly truth: Truth;
  readonly why: string;
}

export const serves: Said = { truth: 'yes', why: '' };
export const fails = (why: string): Said => ({ truth: 'no', why });
export const open = (why: string): Said => ({ truth: 'unknown', why });

/** The first that does not serve, else the first of which nobody knows. */
export const worstOf = (said: readonly Said[]): Said =>
  said.find(({ truth }) => truth === 'no') ?? said.find(({ truth }) => truth === 'unknown') ?? serves;

/** What is projected for a partition key: `projection.day.range`. */
export function projection({ parameters }: LogTable, key: string, of: string): string | undefined {
  const name = `projection.${key}.${of}`;
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The partition key that a step of a template stands for. */
export const keyOf = (step: string): string | undefined => /^\$\{(.+)\}$/.exec(step)?.[1];

/** Whether the partitions of a table reach till today; those that somebody has to add are not read (aws-semantics §12). */
export function reachesToday(table: LogTable, now: string | undefined): Said {
  const { name, partitionKeys, parameters, hasTemplate } = table;
  if (partitionKeys.length === 0) return serves;
  if (!isProjected(parameters)) return open(`which partitions table ${name} has is not read`);
  if (!hasTemplate) return fails(`table ${name} projects its partitions to folders that CloudTrail does not write`);
  return worstOf(partitionKeys.map((key) => keyReaches(table, key, now)));
}

function keyReaches(table: LogTable, key: string, now: string | undefined): Said {
  const type = projection(table, key, 'type')?.toLowerCase();
  const isDate = type === 'date' || (type === 'integer' && key.toLowerCase() === 'year');
  if (!isDate) return serves;
  const range = projection(table, key, 'range') ?? '';
  const end = range.split(',').at(-1)?.trim().toUpperCase() ?? '';
  if (end === 'NOW' || end.startsWith('NOW+')) return serves;
  const last = end.replaceAll(/\D/g, '');
  const today = (now ?? '').replaceAll(/\D/g, '').slice(0, last.length);
  if (!/^\d{4}([\D]?\d{2}){0,2}$/.test(end) || today.length < last.length) {
    return open(`whether partition ${key} of table ${table.name} reaches till today is not known: ${range}`);
  }
  return last >= today ? serves : fails(`partition ${key} of table ${table.name} ends with ${end}`);
}

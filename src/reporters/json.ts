import type { Report } from './report.ts';
import { type ReportSchema, reportSchema } from './report-schema.ts';

/** The report as a file from which every format can be rendered again. Its keys stand in the order of the schema. */
export const json = (report: Report): string => `${JSON.stringify(inOrder(report, reportSchema), undefined, 2)}\n`;

function inOrder(value: unknown, schema: ReportSchema): unknown {
  if (Array.isArray(value)) return schema.items === undefined ? value : inOrderEach(value, schema.items);
  const { properties } = schema;
  if (properties === undefined || typeof value !== 'object' || value === null) return value;
  const held = new Map(Object.entries(value));
  const known = Object.entries(properties).filter(([name]) => held.has(name));
  const others = [...held].filter(([name]) => !Object.hasOwn(properties, name));
  const ordered = known.map(([name, part]): readonly [string, unknown] => [name, inOrder(held.get(name), part)]);
  return Object.fromEntries([...ordered, ...others]);
}

const inOrderEach = (values: readonly unknown[], items: ReportSchema): readonly unknown[] =>
  values.map((value) => inOrder(value, items));

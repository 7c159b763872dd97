import { jsonPieces } from './json-pieces.ts';
import type { Report } from './report.ts';
import { type ReportSchema, reportSchema } from './report-schema.ts';

/** The report as a file from which every format can be rendered again. Its keys stand in the order of the schema. */
export function* json(report: Report): Generator<string> {
  const { findings, gaps } = reportSchema.properties ?? {};
  const ordered = {
    ...membersInOrder({ ...report, findings: [], gaps: [] }, reportSchema.properties ?? {}),
    findings: inOrderEach(report.findings, findings?.items ?? {}),
    gaps: inOrderEach(report.gaps, gaps?.items ?? {}),
  };
  yield* jsonPieces(ordered, 2);
  yield '\n';
}

function inOrder(value: unknown, { items, properties }: ReportSchema): unknown {
  if (Array.isArray(value)) return items === undefined ? value : [...inOrderEach(value, items)];
  if (properties === undefined || typeof value !== 'object' || value === null) return value;
  return membersInOrder(value, properties);
}

function membersInOrder(value: object, properties: NonNullable<ReportSchema['properties']>): object {
  const held = new Map(Object.entries(value));
  const known = Object.entries(properties).filter(([name]) => held.has(name));
  const others = [...held].filter(([name]) => !Object.hasOwn(properties, name));
  const ordered = known.map(([name, part]): readonly [string, unknown] => [name, inOrder(held.get(name), part)]);
  return Object.fromEntries([...ordered, ...others]);
}

function* inOrderEach(values: Iterable<unknown>, items: ReportSchema): Generator<unknown> {
  for (const value of values) yield inOrder(value, items);
}

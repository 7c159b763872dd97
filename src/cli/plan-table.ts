import type { PlanRow } from '../collectors/plan-rows.ts';
import { plural } from '../reporters/describe.ts';

/** What a scan would ask, a line an operation, and how many calls that are. `regions`: those asked for by name. */
export function planTable(rows: readonly PlanRow[], regions: readonly string[] | undefined): string {
  const width = (cells: readonly string[]): number => Math.max(0, ...cells.map((cell) => cell.length));
  const operations = width(rows.map(({ operation }) => operation));
  const actions = width(rows.map(({ action }) => action));
  const lines = rows.map(
    (row) => `${row.operation.padEnd(operations)}  ${row.action.padEnd(actions)}  ${howOften(row, regions)}`,
  );
  return `${[...lines, '', ...countLines(rows, regions)].join('\n')}\n`;
}

function howOften({ asked, types }: PlanRow, regions: readonly string[] | undefined): string {
  switch (asked) {
    case 'once':
      return 'once';
    case 'region':
      return regions ? `in ${regions.join(', ')}` : 'in each enabled region';
    case 'resource':
      return `of each ${types.join(' and ')}`;
    default:
      return `of each ${types.join(' and ')} that another resource names`;
  }
}

function countLines(rows: readonly PlanRow[], regions: readonly string[] | undefined): readonly string[] {
  const count = (asked: PlanRow['asked']): number => rows.filter((row) => row.asked === asked).length;
  // Whose credentials they are is always asked.
  const [once, regional] = [count('once') + 1, count('region')];
  const most = regions
    ? `${once + regional * regions.length} calls in ${plural(regions.length, 'region')}`
    : `${plural(once, 'call')} for the account and ${regional} in each region`;
  return [
    `At least ${most}, and those for each resource that is found. Nothing was asked.`,
    'A listing of several pages is a call for each page.',
  ];
}

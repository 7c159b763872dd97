import type { PlanRow } from '../collectors/plan-rows.ts';
import type { RegionChoice } from '../collectors/regions.ts';
import { plural } from '../reporters/describe.ts';

/** The accounts that a scan would read. */
export interface PlanAccounts {
  /** Ids. */
  readonly ids: readonly string[];
  /** How many of them a role leads into. */
  readonly entered: number;
}

/**
 * What a scan would ask, a line an operation, and how many calls that are. `accounts`: those to read, if not the one of
 * the credentials.
 */
export function planTable(rows: readonly PlanRow[], choice: RegionChoice, accounts?: PlanAccounts): string {
  const regions = namedRegions(choice);
  const width = (cells: readonly string[]): number => Math.max(0, ...cells.map((cell) => cell.length));
  const operations = width(rows.map(({ operation }) => operation));
  const actions = width(rows.map(({ action }) => action));
  const lines = rows.map(
    (row) => `${row.operation.padEnd(operations)}  ${row.action.padEnd(actions)}  ${howOften(row, choice)}`,
  );
  const whose = accounts ? [`in each of ${plural(accounts.ids.length, 'account')}`, ...accounts.ids, ''] : [];
  return `${[...whose, ...lines, '', ...countLines(rows, regions, accounts)].join('\n')}\n`;
}

/** Those that are asked for by name, each once and less those that are left out; undefined: all that are enabled. */
const namedRegions = ({ regions, excludeRegions = [] }: RegionChoice): readonly string[] | undefined =>
  regions && [...new Set(regions)].filter((region) => !excludeRegions.includes(region));

function whichRegions(choice: RegionChoice): string {
  const named = namedRegions(choice);
  if (named) return `in ${named.join(', ') || 'no region'}`;
  const { excludeRegions = [] } = choice;
  return ['in each enabled region', ...(excludeRegions.length > 0 ? [excludeRegions.join(', ')] : [])].join(' but ');
}

function howOften({ asked, types }: PlanRow, choice: RegionChoice): string {
  switch (asked) {
    case 'once':
      return 'once';
    case 'region':
      return whichRegions(choice);
    case 'resource':
      return `of each ${types.join(' and ')}`;
    default:
      return `of each ${types.join(' and ')} that another resource names`;
  }
}

function countLines(
  rows: readonly PlanRow[],
  regions: readonly string[] | undefined,
  accounts: PlanAccounts | undefined,
): readonly string[] {
  const { length } = accounts?.ids ?? [''];
  const count = (asked: PlanRow['asked']): number => rows.filter((row) => row.asked === asked).length * length;
  // Whose credentials they are is always asked.
  const [once, regional] = [count('once') + (accounts?.entered ?? 0) + 1, count('region')];
  const whose = accounts ? plural(length, 'account') : 'the account';
  const most = regions
    ? `${once + regional * regions.length} calls in ${plural(regions.length, 'region')}${accounts ? ` of ${whose}` : ''}`
    : `${plural(once, 'call')} for ${whose} and ${regional} in each region`;
  const asked = accounts ? 'Nothing was asked but which accounts there are.' : 'Nothing was asked.';
  return [
    `At least ${most}, and those for each resource that is found. ${asked}`,
    'A listing of several pages is a call for each page.',
  ];
}

import { AppError } from '../errors.ts';
import { endpointRegion } from '../resource-types/partition.ts';
import { regionListing } from './plan.ts';
import { gapOf, itemOfFound, type Scan } from './scan.ts';

/** Which regions somebody wants to have read; left out: all that the account has enabled. */
export interface RegionChoice {
  readonly regions?: readonly string[];
  readonly excludeRegions?: readonly string[];
  /** Left out: a region that the account has not enabled is a mistake. `leave out`: others of the run may have it. */
  readonly notEnabled?: 'leave out';
}

/**
 * The regions to read, sorted. Enabled ones that are not among them become gaps. Where AWS does not say which are
 * enabled, what regional listings show may not be all there is, and that is a gap of each of them.
 *
 * @throws AppError `usage` for a region that the account has not enabled.
 */
export async function chooseRegions(
  scan: Scan,
  { regions, excludeRegions = [], notEnabled }: RegionChoice,
): Promise<readonly string[]> {
  const enabled = await enabledRegions(scan);
  if (enabled && regions && !notEnabled) assertEnabled(regions, enabled, scan.account.id);
  const named = regions?.filter((region) => !enabled || enabled.includes(region));
  const wanted = named ?? enabled ?? [endpointRegion(scan.account.partition)];
  const chosen = [...new Set(wanted)].filter((region) => !excludeRegions.includes(region)).sort();
  for (const region of enabled ?? []) {
    if (!chosen.includes(region)) scan.gaps.push({ region, error: 'NotScanned' });
  }
  return chosen;
}

/** Undefined: AWS did not say, or the plan needs no regions. */
async function enabledRegions(scan: Scan): Promise<readonly string[] | undefined> {
  const type = Object.values(scan.registry).find(({ list }) => list?.operation === regionListing);
  if (!type || !scan.operations.has(regionListing)) return undefined;
  await scan.listed.get(type.name);
  const refusal = scan.gaps.find(({ operation }) => operation === regionListing);
  const enabled = [...scan.found.values()]
    .filter((found) => found.type === type)
    .map(itemOfFound)
    .filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in')
    .map((item) => String(item[type.label]));
  if (!refusal && enabled.length > 0) return enabled.sort();
  const error = refusal?.error ?? 'UnreadableAnswer';
  if (!refusal) scan.gaps.push(gapOf({ operation: regionListing }, { code: error, message: 'AWS listed no region.' }));
  regionalListings(scan, error);
  return undefined;
}

function regionalListings({ registry, operations, gaps }: Scan, error: string): void {
  for (const { list } of Object.values(registry)) {
    if (!list || list.once || !operations.has(list.operation)) continue;
    gaps.push({ operation: list.operation, error, message: `${regionListing} did not say which regions there are.` });
  }
}

function assertEnabled(regions: readonly string[], enabled: readonly string[], account: string): void {
  const unknown = regions.filter((region) => !enabled.includes(region));
  if (unknown.length === 0) return;
  throw new AppError('usage', `${unknown.join(', ')}: not an enabled region of account ${account}`, {
    hint: `Enabled are ${enabled.join(', ')}.`,
  });
}

import { endpointRegion } from '../resource-types/partition.ts';
import type { Listing, ResourceType } from '../resource-types/resource-type.ts';
import type { Gap, Item } from '../snapshot/snapshot.ts';
import { saysNone } from './ask.ts';
import { isMembers } from './call.ts';
import { fillParams, idOf, regionToAsk, withDerived } from './identity.ts';
import { itemOf, partOf } from './read.ts';
import { refusalOf, refuse } from './refusal.ts';
import { gapOf, meet, type Scan } from './scan.ts';

/** Lists a type wherever it has to be listed: in each region, or once for the account. What refuses is a gap. */
export async function listType(scan: Scan, type: ResourceType, regions: Promise<readonly string[]>): Promise<void> {
  const { list } = type;
  if (!list || !scan.operations.has(list.operation)) return;
  if (list.within !== undefined && (await hasNone(scan, list.within))) return;
  if (list.once) return listIn(scan, type, { list, region: endpointRegion(scan.account.partition) });
  await Promise.all((await regions).map((region) => listIn(scan, type, { list, region })));
}

/** Whether AWS said of a type that the account has none; where it was not asked, or refused to say, nobody knows. */
async function hasNone(scan: Scan, typeName: string): Promise<boolean> {
  const operation = scan.registry[typeName]?.list?.operation;
  if (operation === undefined || !scan.operations.has(operation) || !scan.listed.has(typeName)) return false;
  await scan.listed.get(typeName);
  const isThere = [...scan.found.values()].some(({ type }) => type.name === typeName);
  return !isThere && !scan.gaps.some((gap) => gap.operation === operation);
}

interface Place {
  readonly list: Listing;
  readonly region: string;
}

async function listIn(scan: Scan, type: ResourceType, { list, region }: Place): Promise<void> {
  const about = { operation: list.operation, ...(!list.once && { region }) };
  const where = { account: scan.account, region };
  const reply = await scan.ask(list.operation, region, fillParams(list.params, {}, where) ?? {});
  const { answer, refusal } = reply;
  if (refusal && !saysNone(reply, list.notSet)) scan.gaps.push(gapOf(about, refusal));
  if (!answer) return;
  const places: readonly (string | undefined)[] = list.at === undefined ? [undefined] : [list.at].flat();
  const entries = places.flatMap((at) => partOf(answer, at) ?? []);
  const wrong = entries.some((entry) => typeof entry !== 'object' && !(typeof entry === 'string' && namesAlone(type)));
  if (wrong) {
    const message = `There is no list at ${places.join(' and ') || 'the top'}.`;
    scan.gaps.push(gapOf(about, { code: 'UnreadableAnswer', message }));
    return;
  }
  await Promise.all(entries.map((entry) => takeIn(scan, type, { entry, region, about })));
}

/** Whether AWS may list a type by names alone: then all else is worked out from them. */
const namesAlone = ({ derived, id }: ResourceType): boolean => derived?.[id] !== undefined;

interface Entry {
  readonly entry: unknown;
  readonly region: string;
  readonly about: Pick<Gap, 'operation' | 'region'>;
}

async function takeIn(scan: Scan, type: ResourceType, { entry, region, about }: Entry): Promise<void> {
  try {
    // Where AWS lists names alone, they are all that is known.
    const said = typeof entry === 'string' ? { [type.label]: entry } : itemOf(type, entry);
    const item = await completed(scan, type, withDerived(type, said, { account: scan.account, region }));
    if (meet(scan, type, { item, region })) return;
    throw refuse('UnreadableAnswer', `An entry of the answer does not say which ${type.name} it is.`);
  } catch (thrown) {
    scan.gaps.push(gapOf(about, refusalOf(thrown)));
  }
}

/** S3 may list a bucket without its region; then describing the bucket says it. */
async function completed(scan: Scan, type: ResourceType, item: Item): Promise<Item> {
  const { home, lookup } = type;
  if (home === 'arn' || home === 'global' || item[home] !== undefined) return item;
  if (!lookup || !scan.operations.has(lookup.operation)) return item;
  const where = { account: scan.account, region: endpointRegion(scan.account.partition) };
  const region = regionToAsk(lookup.region, { item, id: idOf(type, item, where) ?? '' }, where);
  const params = fillParams(lookup.params, item, where);
  const { answer } = params ? await scan.ask(lookup.operation, region, params) : {};
  const described: unknown = answer && partOf(answer, lookup.at);
  return isMembers(described) ? { ...itemOf(type, described), ...item } : item;
}

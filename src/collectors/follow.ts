import { endpointRegion } from '../resource-types/partition.ts';
import type { Lookup, ResourceType } from '../resource-types/resource-type.ts';
import { aliasArn } from '../snapshot/key-aliases.ts';
import { type Pointer, pointersOf } from '../snapshot/pointers.ts';
import { isNamedAlone } from '../snapshot/run-index.ts';
import type { Item } from '../snapshot/snapshot.ts';
import { saysNone } from './ask.ts';
import type { Members } from './call.ts';
import { fillParams, idOf, itemOfPointer, ownerOf, regionOfArn, type Where, withDerived } from './identity.ts';
import { itemOf, partOf } from './read.ts';
import { refusalOf } from './refusal.ts';
import { type Found, foundKey, gapOf, itemOfFound, meet, type Scan } from './scan.ts';

/** Follows the pointers that some properties of a resource hold, to the resources that they name. */
export async function follow(scan: Scan, source: Found, properties: Item): Promise<void> {
  const pointers = pointersOf(source.type, properties, scan.registry);
  await Promise.all(pointers.map((pointer) => refer(scan, pointer, regionOfPointer(scan, source, pointer))));
}

/** Reads what something names, here or from another account, unless it has been: what others own is read there. */
export async function refer(scan: Scan, { to: type, along, name }: Pointer, region: string): Promise<void> {
  const owner = ownerOf(name);
  if (owner !== undefined && owner !== scan.account.id) return;
  await scan.listed.get(type.name);
  const item = itemOfPointer(type, along.at, name);
  const where = { account: scan.account, region };
  const id = aliasArn(idOf(type, item, where) ?? name, scan.account, region);
  const listed = scan.found.get(foundKey(type, id));
  const known = listed ?? (willBeListed(scan, type) ? undefined : await lookUp(scan, type, { id, item, where }));
  if (!known || scan.named.has(known)) return;
  scan.named.add(known);
  scan.work.start(scan.visit(known, {}));
}

/** Whether all accounts of the run list theirs: then whose it is that a name means shows without a question. */
const willBeListed = ({ isReadToo, operations }: Scan, type: ResourceType): boolean =>
  isReadToo !== undefined && isNamedAlone(type) && type.list !== undefined && operations.has(type.list.operation);

/** A pointer's own region; for a bare name the namer's, as a key and its bucket share theirs; S3 answers anywhere. */
function regionOfPointer(scan: Scan, source: Found, { to: type, name }: Pointer): string {
  const anywhere = endpointRegion(scan.account.partition);
  if (type.home !== 'arn') return anywhere;
  const home = itemOfFound(source)[source.type.home];
  return regionOfArn(name) ?? (typeof home === 'string' ? home : (regionOfArn(source.id) ?? anywhere));
}

interface Wanted {
  readonly id: string;
  readonly item: Item;
  readonly where: Where;
}

async function lookUp(scan: Scan, type: ResourceType, wanted: Wanted): Promise<Found | undefined> {
  const { lookup } = type;
  const { id, item, where } = wanted;
  const key = lookupKey(type, id, where.region);
  if (!lookup || !scan.operations.has(lookup.operation) || scan.lookedUp.has(key)) return undefined;
  scan.lookedUp.add(key);
  const about = { operation: lookup.operation, resource: id };
  const params = fillParams(lookup.params, item, where);
  if (!params) {
    scan.gaps.push(gapOf(about, { code: 'NotCollected', message: `${id} does not say how to ask for it.` }));
    return undefined;
  }
  const reply = await scan.ask(lookup.operation, where.region, params);
  const { answer, refusal } = reply;
  const described = answer && readOrGap(scan, type, { answer, lookup, wanted });
  if (described === 'gap') return undefined;
  if (described) return meet(scan, type, { item: described, region: where.region });
  const code = refusal?.code ?? lookup.notFound[0] ?? 'NotFound';
  if (!refusal || saysNone(reply, lookup.notFound))
    scan.absent.push({ resource: id, operation: lookup.operation, error: code });
  else scan.gaps.push(gapOf({ ...about, region: where.region }, refusal));
  return undefined;
}

/** By what a scan knows that a resource has been looked up, whatever came of it. */
export const lookupKey = ({ name }: ResourceType, id: string, region: string): string =>
  JSON.stringify([name, id, region]);

interface Described {
  readonly answer: Members;
  readonly lookup: Lookup;
  readonly wanted: Wanted;
}

function readOrGap(scan: Scan, type: ResourceType, described: Described): Item | undefined | 'gap' {
  const { lookup, wanted } = described;
  try {
    return describedItem(type, described);
  } catch (thrown) {
    const about = { operation: lookup.operation, resource: wanted.id, region: wanted.where.region };
    scan.gaps.push(gapOf(about, refusalOf(thrown)));
    return 'gap';
  }
}

/** Out of a list, as when log groups are asked for by the beginning of their names, the one that is meant. */
function describedItem(type: ResourceType, { answer, lookup, wanted }: Described): Item | undefined {
  const part = partOf(answer, lookup.at);
  if (!Array.isArray(part)) return { ...wanted.item, ...itemOf(type, part) };
  return part
    .map((entry) => withDerived(type, itemOf(type, entry), wanted.where))
    .find((item) => idOf(type, item, wanted.where) === wanted.id);
}

import { endpointRegion } from '../resource-types/partition.ts';
import type { Lookup, Reference, Relation, ResourceType } from '../resource-types/resource-type.ts';
import { aliasArn } from '../snapshot/key-aliases.ts';
import type { Item } from '../snapshot/snapshot.ts';
import { type Members, valueAt } from './call.ts';
import { fillParams, idOf, itemOfPointer, ownerOf, regionOfArn, type Where, withDerived } from './identity.ts';
import { itemOf, partOf } from './read.ts';
import { refusalOf } from './refusal.ts';
import { type Found, foundKey, gapOf, itemOfFound, meet, type Scan } from './scan.ts';

/** Follows the pointers that some properties of a resource hold, to the resources that they name. */
export async function follow(scan: Scan, source: Found, properties: Item): Promise<void> {
  const references = Object.values(source.type.relations).flatMap((relation) => {
    const pointer = valueAt(properties, relation.by);
    return typeof pointer === 'string' && pointer !== ''
      ? [{ relation, pointer: withoutEnding(relation, pointer) }]
      : [];
  });
  const named = (source.type.references ?? []).flatMap((relation) =>
    textsAt(properties, relation.by.split('.')).flatMap((pointer) =>
      isOfType(scan.registry[relation.to], pointer) ? [{ relation, pointer }] : [],
    ),
  );
  await Promise.all([...references, ...named].map((reference) => refer(scan, source, reference)));
}

/** Whether an ARN is of a type's own service: a list may name targets of many. */
const isOfType = (type: ResourceType | undefined, arn: string): boolean =>
  type !== undefined && arn.split(':')[2] === type.name.split('::')[1]?.toLowerCase();

/** The texts at a path, through every element of the lists on the way. */
function textsAt(value: unknown, [step, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return typeof value === 'string' ? [value] : [];
  return textsAt(valueAt(value, step), rest);
}

const withoutEnding = ({ without }: Relation, pointer: string): string =>
  without !== undefined && pointer.endsWith(without) ? pointer.slice(0, -without.length) : pointer;

async function refer(
  scan: Scan,
  source: Found,
  { relation, pointer }: { readonly relation: Relation | Reference; readonly pointer: string },
): Promise<void> {
  const type = scan.registry[relation.to];
  const owner = ownerOf(pointer);
  // What another account owns is read there: asking from here would at best say what this account may see of it.
  if (!type || (owner !== undefined && owner !== scan.account.id)) return;
  await scan.listed.get(type.name);
  const item = itemOfPointer(type, relation.at, pointer);
  const where = { account: scan.account, region: regionOfPointer(scan, source, { type, pointer }) };
  const id = aliasArn(idOf(type, item, where) ?? pointer, scan.account, where.region);
  const known = scan.found.get(foundKey(type, id)) ?? (await lookUp(scan, type, { id, item, where }));
  if (!known || scan.named.has(known)) return;
  scan.named.add(known);
  scan.work.start(scan.visit(known, {}));
}

/** A pointer's own region; for a bare name the namer's, as a key and its bucket share theirs; S3 answers anywhere. */
function regionOfPointer(
  scan: Scan,
  source: Found,
  { type, pointer }: { readonly type: ResourceType; readonly pointer: string },
): string {
  const anywhere = endpointRegion(scan.account.partition);
  if (type.home !== 'arn') return anywhere;
  const home = itemOfFound(source)[source.type.home];
  return regionOfArn(pointer) ?? (typeof home === 'string' ? home : (regionOfArn(source.id) ?? anywhere));
}

interface Wanted {
  readonly id: string;
  readonly item: Item;
  readonly where: Where;
}

async function lookUp(scan: Scan, type: ResourceType, wanted: Wanted): Promise<Found | undefined> {
  const { lookup } = type;
  const { id, item, where } = wanted;
  const key = JSON.stringify([type.name, id, where.region]);
  if (!lookup || !scan.operations.has(lookup.operation) || scan.lookedUp.has(key)) return undefined;
  scan.lookedUp.add(key);
  const about = { operation: lookup.operation, resource: id };
  const params = fillParams(lookup.params, item, where);
  if (!params) {
    scan.gaps.push(gapOf(about, { code: 'NotCollected', message: `${id} does not say how to ask for it.` }));
    return undefined;
  }
  const { answer, refusal } = await scan.ask(lookup.operation, where.region, params);
  const described = answer && readOrGap(scan, type, { answer, lookup, wanted });
  if (described === 'gap') return undefined;
  if (described) return meet(scan, type, { item: described, region: where.region });
  const code = refusal?.code ?? lookup.notFound[0] ?? 'NotFound';
  if (!refusal || lookup.notFound.includes(code))
    scan.absent.push({ resource: id, operation: lookup.operation, error: code });
  else scan.gaps.push(gapOf({ ...about, region: where.region }, refusal));
  return undefined;
}

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

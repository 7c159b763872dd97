import type { Read } from '../resource-types/resource-type.ts';
import { saysNone } from './ask.ts';
import { follow } from './follow.ts';
import { fillParams, ownerOf, regionToAsk } from './identity.ts';
import { propertiesOf } from './read.ts';
import { refusalOf } from './refusal.ts';
import { type Found, gapOf, itemOfFound, type Scan } from './scan.ts';

/** Makes the further calls about a resource that the plan wants and that were not made, and follows what they name. */
export async function readResource(scan: Scan, found: Found): Promise<void> {
  const owner = ownerOf(found.id);
  if (owner !== undefined && owner !== scan.account.id && (await scan.isReadToo?.(owner))) return;
  const wanted = Object.entries(found.type.reads).filter(([operation]) => {
    const scope = scan.operations.get(operation);
    return (scope === 'all' || (scope === 'referenced' && scan.named.has(found))) && !found.asked.has(operation);
  });
  for (const [operation] of wanted) found.asked.add(operation);
  await Promise.all(wanted.map(([operation, read]) => makeCall(scan, found, { operation, read })));
}

async function makeCall(
  scan: Scan,
  found: Found,
  { operation, read }: { readonly operation: string; readonly read: Read },
): Promise<void> {
  const item = itemOfFound(found);
  const where = { account: scan.account, region: [...found.seen.keys()].sort()[0] ?? '' };
  const region = regionToAsk(read.region, { item, id: found.id }, where);
  const about = { operation, resource: found.id, region };

  const owner = ownerOf(found.id);
  if (read.ownerOnly && owner !== undefined && owner !== scan.account.id) {
    const message = `It belongs to account ${owner}, which alone may ask.`;
    scan.gaps.push(gapOf(about, { code: 'NotOwnedByAccount', message }));
    return;
  }
  const params = fillParams(read.params, item, where);
  if (!params) {
    scan.gaps.push(gapOf(about, { code: 'NotCollected', message: 'What is known of it does not say how to ask.' }));
    return;
  }

  const reply = await scan.ask(operation, region, params);
  const { answer, refusal } = reply;
  if (refusal) {
    // Half an answer would be taken for all of it.
    if (!saysNone(reply, read.notSet)) scan.gaps.push(gapOf(about, refusal));
    return;
  }
  try {
    const properties = propertiesOf(read, answer ?? {}, item);
    for (const [name, value] of Object.entries(properties)) found.properties.set(name, value);
    await follow(scan, found, properties);
  } catch (thrown) {
    scan.gaps.push(gapOf(about, refusalOf(thrown)));
  }
}

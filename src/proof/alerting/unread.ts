import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { unknown } from '../leaf.ts';

/** Why something of a resource is not known that decides; undefined: all of this was read. */
export function unreadIn(view: ResourceView, prefix: string, properties: readonly string[]): Answer | undefined {
  for (const property of properties) {
    const reading = read(view, property);
    if (reading.is === 'gap') return unknown(view, `${prefix}${property}`, reading.gaps, reading.from);
  }
  return undefined;
}

import type { Answer, Thorough } from '../proof/answer.ts';
import type { Context } from '../proof/leaf.ts';
import { newMap, remember } from '../snapshot/remember.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';

/** A question that the proof answers, asked of a resource; `prefix` is the path that led to it. */
export type Proof<Asked extends Context = Context> = (view: ResourceView, prefix: string, context: Asked) => Answer;

/** What is proven of a resource as of one time: by how it is to be explained, and by the path that led to it. */
interface Proven extends Readonly<Record<Thorough, Map<string, Answer>>> {
  readonly now: string | undefined;
}

/** A trail is asked the same for each region that it applies to: the proof is made once, and goes with the trail's view. */
export function once<Asked extends Context>(proof: Proof<Asked>): Proof<Asked> {
  const known = new WeakMap<ResourceView, Proven>();
  return (view, prefix, context) => {
    const { now, thorough } = context;
    let proven = known.get(view);
    if (proven?.now !== now || !proven) {
      proven = { now, yes: newMap(), no: newMap() };
      known.set(view, proven);
    }
    return remember(proven[thorough], prefix, () => proof(view, prefix, context));
  };
}

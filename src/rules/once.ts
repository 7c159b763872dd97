import type { Answer } from '../proof/answer.ts';
import type { Context } from '../proof/leaf.ts';
import { newMap, remember } from '../snapshot/remember.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';

/** A question that the proof answers, asked of a resource; `prefix` is the path that led to it. */
export type Proof<Asked extends Context = Context> = (view: ResourceView, prefix: string, context: Asked) => Answer;

/** A trail is asked the same for each region that it applies to: the proof is made once, and goes with the trail's view. */
export function once<Asked extends Context>(proof: Proof<Asked>): Proof<Asked> {
  const known = new WeakMap<ResourceView, Map<string, Answer>>();
  return (view, prefix, context) => {
    const ofView = remember(known, view, newMap<string, Answer>);
    return remember(ofView, `${context.thorough} ${context.now} ${prefix}`, () => proof(view, prefix, context));
  };
}

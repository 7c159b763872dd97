import { type Answer, all, flip, not } from '../proof/answer.ts';
import type { Fact } from '../proof/facts.ts';
import { unknown } from '../proof/leaf.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import {
  type Asking,
  type Compiling,
  type ResourceJudge,
  unwatched,
  type ValueJudge,
  type Word,
  watched,
} from './compile-context.ts';
import { compileValue } from './compile-value.ts';
import { needFact } from './needs.ts';

/** Compiles a condition on a fact: on what is worked out of a resource, or proven of it. */
export function compileFact(
  name: string,
  condition: unknown,
  { words, at }: Word,
  compiling: Compiling,
): ResourceJudge {
  const fact = words.facts[name];
  if (!fact) throw new Error(`no fact ${name}`);
  needFact(words.type, fact, at.scope, compiling);
  const { proof } = fact;
  const judge = compileValue(condition, fact.node, at.pointer, proof ? unwatched(compiling) : compiling);
  if (proof) {
    const asked: ResourceJudge = (view, prefix, asking) => proven(proof, { view, prefix, name, judge }, asking);
    return watched(asked, at.pointer, compiling);
  }
  return (view, prefix, asking) => {
    const path = `${prefix}${name}`;
    const reading = fact.answer(view);
    if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
    const value = reading.is === 'value' ? reading.value : undefined;
    // A fact is worked out: no property can be set to change it.
    return { ...judge(value, { path, own: name, view, from: reading.from }, asking), changes: [] };
  };
}

interface Proving {
  readonly view: ResourceView;
  readonly prefix: string;
  readonly name: string;
  readonly judge: ValueJudge;
}

/** What is proven is asked with what decided it: as it is, or turned round where the condition wants it false. */
function proven(proof: NonNullable<Fact['proof']>, { view, prefix, name, judge }: Proving, asking: Asking): Answer {
  const place = { path: `${prefix}${name}`, own: name, view, from: undefined };
  const [ifSo, ifNot] = [true, false].map((value) => judge(value, place, asking));
  if (!ifSo || !ifNot || ifSo.truth === ifNot.truth) return { ...(ifSo ?? all([], 'no')), changes: [] };
  if (ifSo.truth === 'yes') return proof(view, prefix, asking);
  return not(proof(view, prefix, { ...asking, thorough: flip(asking.thorough) }));
}

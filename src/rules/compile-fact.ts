import { type Answer, all, flip, not } from '../proof/answer.ts';
import type { Fact } from '../proof/facts/fact.ts';
import { unknown } from '../proof/leaf.ts';
import { newMap, remember } from '../snapshot/remember.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import {
  type Asking,
  type Compiling,
  type Place,
  type ResourceJudge,
  unwatched,
  type ValueJudge,
  type Word,
  watched,
} from './compile-context.ts';
import { compileValue } from './compile-value.ts';
import { needFact } from './needs.ts';
import { once, type Proof } from './once.ts';
import { type CountTest, quantify } from './quantified.ts';

/** Compiles a condition on something that is worked out: a value, the answer of a proof, or how many there are. */
export function compileFact(
  name: string,
  condition: unknown,
  { words, at }: Word,
  compiling: Compiling,
): ResourceJudge {
  const fact = words.facts[name];
  if (!fact) throw new Error(`no fact ${name}`);
  needFact(words.type, fact, at.scope, compiling);
  const { proof, counts } = fact;
  const judge = compileValue(condition, fact.node, at.pointer, proof || counts ? unwatched(compiling) : compiling);
  const inTheEnd = (asked: ResourceJudge): ResourceJudge => watched(asked, at.pointer, compiling);
  if (proof) {
    // Many rules ask whether a trail delivers.
    const asked = remember(proofs, proof, () => once(proof));
    return inTheEnd((view, prefix, asking) => proven(asked, { view, prefix, name, judge }, asking));
  }
  if (counts) return inTheEnd((view, prefix, asking) => counted(counts, { view, prefix, name, judge }, asking));
  return (view, prefix, asking) => {
    const path = `${prefix}${name}`;
    const reading = fact.answer(view);
    if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
    const value = reading.is === 'value' ? reading.value : undefined;
    // A fact is worked out: no property can be set to change it.
    return { ...judge(value, { path, own: name, view, from: reading.from }, asking), changes: [] };
  };
}

const proofs = new WeakMap<Proof, Proof>();

interface Judging {
  readonly view: ResourceView;
  readonly prefix: string;
  readonly name: string;
  readonly judge: ValueJudge;
}

/** What is proven is asked with what decided it: as it is, or turned round where the condition wants it false. */
function proven(proof: Proof, { view, prefix, name, judge }: Judging, asking: Asking): Answer {
  const place = { path: `${prefix}${name}`, own: name, view, from: undefined };
  const [ifSo, ifNot] = [true, false].map((value) => judge(value, place, asking));
  if (!ifSo || !ifNot || ifSo.truth === ifNot.truth) return { ...(ifSo ?? all([], 'no')), changes: [] };
  if (ifSo.truth === 'yes') return proof(view, prefix, asking);
  return not(proof(view, prefix, { ...asking, thorough: flip(asking.thorough) }));
}

/** More than there can be of anything that is counted. */
const plenty = 100;

/** What is counted is asked of every number that it may be, with those that decided which these are. */
function counted(counts: NonNullable<Fact['counts']>, { view, prefix, name, judge }: Judging, asking: Asking): Answer {
  const path = `${prefix}${name}`;
  const { each, more, listed } = counts(view, prefix, asking);
  const place: Place = { path, own: name, view, from: undefined };
  const known = newMap<number, Answer>();
  const saidOf = (value: number): Answer => remember(known, value, () => judge(value, place, asking));
  const count: CountTest = (least, most) => {
    const { truth, evidence } = saidOf(least);
    const last = Math.min(most, least + plenty);
    let isSame = most === last || saidOf(most).truth === truth;
    for (let value = least + 1; isSame && value <= last; value += 1) {
      isSame = saidOf(value).truth === truth;
    }
    return { truth: isSame ? truth : 'unknown', expected: evidence[0]?.expected };
  };
  return quantify('count', {
    size: each.length,
    judged: undefined,
    where: (index) => each[index] ?? all([], 'no'),
    count,
    listed: { path, resource: view.id },
    listings: listed,
    more,
    asking,
  });
}

import type { Answer } from '../proof/answer.ts';
import { keeps } from '../proof/keeps.ts';
import { readRecords, records } from '../proof/records.ts';
import type { KeepsQuestion, Measure, Place } from '../proof/retention.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { namesIn } from '../resource-types/template.ts';
import { newMap, remember } from '../snapshot/remember.ts';
import { isObject, type ResourceView } from '../snapshot/resource-view.ts';
import type { Compiling, Problem, ResourceJudge, Scope } from './compile-context.ts';
import { compileOperand, type Operand } from './operand.ts';
import { needVerb } from './verb-needs.ts';
import { type Verb, verbs } from './vocabulary.ts';

interface VerbPosition {
  readonly type: ResourceType;
  readonly at: { readonly pointer: Problem['pointer']; readonly scope: Scope };
}

/** Compiles `records` and `keeps`: the questions that the proof answers (design §5). */
export function compileVerb(
  name: string,
  written: unknown,
  { type, at }: VerbPosition,
  compiling: Compiling,
): ResourceJudge {
  if (!Object.hasOwn(verbs, name)) throw new Error(`${name} is not a word of ${type.name}`);
  const verb = name as Verb;
  needVerb(verb, written, { type, scope: at.scope }, compiling);
  const asked = compileDeep(written, at.pointer, compiling);
  const judge: ResourceJudge =
    verb === 'records'
      ? (view, prefix, asking) => records(view, readRecords(asked(asking)), prefix, asking)
      : (view, prefix, asking) => keeps(view, readKeeps(asked(asking)), prefix, asking);
  return namesJudged(written) ? judge : once(judge);
}

/** Whether a question holds a `{Name}` of the judged resource: then it is another one for each. */
const namesJudged = (written: unknown): boolean =>
  isObject(written)
    ? Object.values(written).some(namesJudged)
    : typeof written === 'string' && namesIn(written).length > 0;

/** A trail is asked the same for each region that it applies to: the proof is made once, and goes with the trail's view. */
function once(judge: ResourceJudge): ResourceJudge {
  const known = new WeakMap<ResourceView, Map<string, Answer>>();
  return (view, prefix, asking) => {
    const ofView = remember(known, view, newMap<string, Answer>);
    return remember(ofView, `${asking.thorough} ${asking.now} ${prefix}`, () => judge(view, prefix, asking));
  };
}

/** A verb's question with its parameters filled in, wherever in it they stand. */
function compileDeep(written: unknown, pointer: Problem['pointer'], compiling: Compiling): Operand {
  if (Array.isArray(written)) {
    const items = written.map((item, index) => compileDeep(item, [...pointer, index], compiling));
    return (asking) => items.flatMap((item) => item(asking));
  }
  if (isObject(written)) {
    const members = Object.entries(written).map(
      ([name, value]) => [name, compileDeep(value, [...pointer, name], compiling)] as const,
    );
    return (asking) => Object.fromEntries(members.map(([name, value]) => [name, value(asking)]));
  }
  return compileOperand(written, kindAt(pointer), pointer, compiling);
}

/** What may stand at a place inside a verb: days, events, or a text or a list of them. */
function kindAt(pointer: Problem['pointer']): string {
  const step = pointer.findLast((it) => typeof it === 'string');
  if (step === 'atLeast') return 'number';
  if (step === 'in' && step === pointer.at(-1)) return 'list';
  return ['records', 'every', 'some', 'none', 'events'].includes(String(step)) ? 'events' : 'globs';
}

function readKeeps(written: unknown): KeepsQuestion {
  const asked = isObject(written) ? written : {};
  return {
    atLeast: Number(asked.atLeast),
    measure: (asked.measure ?? 'current') as Measure,
    places: (asked.in ?? ['bucket']) as readonly Place[],
    events: [asked.events ?? { eventCategory: 'Management' }].flat().filter(isObject),
  };
}

import { type Answer, all, any, flip, not } from '../proof/answer.ts';
import { unknown } from '../proof/leaf.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { target } from '../snapshot/links.ts';
import { members } from '../snapshot/members.ts';
import { hasKnownOwner, isObject, notInRun, ownerOf, type ResourceView, read } from '../snapshot/resource-view.ts';
import {
  type Asking,
  type Compiling,
  type Position,
  type ResourceJudge,
  type Word,
  watched,
} from './compile-context.ts';
import { compileFact } from './compile-fact.ts';
import { compileValue } from './compile-value.ts';
import { compileVerb } from './compile-verb.ts';
import { needMany, needOne, needProperty } from './needs.ts';
import { compileCount, quantify } from './quantified.ts';
import { apart, belongs, type Candidate, leadsNowhere, leadsThere, pointerBack, through } from './relation-evidence.ts';

type Written = Readonly<Record<string, unknown>>;

/** Compiles a condition on a resource: siblings are ANDed (design §4). */
export function compileResource(
  written: Written,
  type: ResourceType,
  position: Position,
  compiling: Compiling,
): ResourceJudge {
  const words = compiling.words(type);
  const judges = Object.entries(written).map(([name, condition]) =>
    compileWord(name, condition, { words, at: { ...position, pointer: [...position.pointer, name] } }, compiling),
  );
  const [only] = judges;
  if (only && judges.length === 1) return only;
  return (view, prefix, asking) =>
    all(
      judges.map((judge) => judge(view, prefix, asking)),
      asking.thorough,
    );
}

function compileWord(name: string, condition: unknown, { words, at }: Word, compiling: Compiling): ResourceJudge {
  const { type, properties, facts, toOne, toMany } = words;
  const property = properties.get(name);
  if (property) return compileProperty(name, condition, { words, at }, compiling);
  if (Object.hasOwn(facts, name)) return compileFact(name, condition, { words, at }, compiling);
  const one = toOne.get(name);
  if (one) return compileToOne(name, condition, { type, to: one, at }, compiling);
  const many = toMany.get(name);
  if (many) return compileToMany(name, condition, { type, to: many, at }, compiling);
  switch (name) {
    case 'all':
    case 'any': {
      const judges = listOf(condition).map((inner, index) =>
        compileResource(inner, type, { ...at, pointer: [...at.pointer, index] }, compiling),
      );
      const join = name === 'all' ? all : any;
      return (view, prefix, asking) =>
        join(
          judges.map((judge) => judge(view, prefix, asking)),
          asking.thorough,
        );
    }
    case 'not': {
      const judge = compileResource(objectOf(condition), type, at, compiling);
      return (view, prefix, asking) => not(judge(view, prefix, { ...asking, thorough: flip(asking.thorough) }));
    }
    default:
      return watched(compileVerb(name, condition, { type, at }, compiling), at.pointer, compiling);
  }
}

const objectOf = (written: unknown): Written => (isObject(written) ? written : {});
const listOf = (written: unknown): readonly Written[] => (Array.isArray(written) ? written.filter(isObject) : []);

function compileProperty(name: string, condition: unknown, { words, at }: Word, compiling: Compiling): ResourceJudge {
  const node = words.properties.get(name)?.node ?? { kind: 'text' };
  needProperty(words.type, name, at.scope, compiling);
  for (const path of valuesIn(name, condition)) compiling.reads.add(`${words.type.name}.${path}`);
  const judge = compileValue(condition, node, at.pointer, compiling);
  return (view, prefix, asking) => {
    const path = `${prefix}${name}`;
    const reading = read(view, name);
    if (reading.is === 'gap') return unknown(view, path, reading.gaps, reading.from);
    const value = reading.is === 'value' ? reading.value : undefined;
    return judge(value, { path, own: name, view, from: reading.from }, asking);
  };
}

/** Of tags those whose keys are named, unless their map as a whole is looked at, and shown. */
function valuesIn(property: string, condition: unknown): readonly string[] {
  const keys = property === 'tags' && isObject(condition) ? Object.keys(condition) : [];
  if (keys.length === 0 || keys.some((key) => key === 'exists' || key === 'empty')) return [property];
  return keys.map((key) => `${property}.${key}`);
}

interface Relating {
  readonly type: ResourceType;
  readonly to: ResourceType;
  readonly at: Position;
}

function compileToOne(
  name: string,
  condition: unknown,
  { type, to, at }: Relating,
  compiling: Compiling,
): ResourceJudge {
  const { exists, ...rest } = objectOf(condition);
  needOne(type, name, at.scope, compiling);
  const inner = compileResource(rest, to, { pointer: at.pointer, scope: 'referenced' }, compiling);
  const asksMore = Object.keys(rest).length > 0;
  const judge: ResourceJudge = (view, prefix, asking) => {
    const path = `${prefix}${name}`;
    if (name === 'account') return ofAccount(inner, view, { path, asking });
    const leads = target(view, name);
    const by = view.type.relations[name]?.by ?? name;
    const from = leads.pointer.from;
    const pointer = { path: `${prefix}${by}`, ...(from && { from }), resource: view.id };
    switch (leads.is) {
      case 'unknown':
        return unknown(view, path, leads.gaps, from);
      case 'found': {
        const found = leadsThere(leads, { pointer, path, wanted: exists });
        return asksMore ? through(found, inner(leads.view, `${path}.`, asking)) : found;
      }
      default:
        return leadsNowhere(leads, { pointer, path, wanted: exists !== false || asksMore });
    }
  };
  return exists === undefined ? judge : watched(judge, [...at.pointer, 'exists'], compiling);
}

/**
 * The account that owns a resource. What is only seen from here is another's, and what nobody could read may be: then
 * what this one has set is none of its business.
 */
function ofAccount(
  inner: ResourceJudge,
  view: ResourceView,
  { path, asking }: { readonly path: string; readonly asking: Asking },
): Answer {
  if (!hasKnownOwner(view)) return unknown(view, path, view.unread ?? []);
  const owner = ownerOf(view)?.byType.get('AWS::Account')?.[0];
  return owner ? inner(owner, `${path}.`, asking) : unknown(view, path, [notInRun(view.id, view.accountId)]);
}

function compileToMany(
  name: string,
  condition: unknown,
  { type, to, at }: Relating,
  compiling: Compiling,
): ResourceJudge {
  const { where: filter, ...asked } = objectOf(condition);
  needMany(type, name, to, compiling);
  const element = (written: unknown, step: string): ResourceJudge =>
    compileResource(objectOf(written), to, { pointer: [...at.pointer, step], scope: 'referenced' }, compiling);
  const where = filter === undefined ? undefined : element(filter, 'where');
  const parts = Object.entries(asked).map(([quantifier, written]) => {
    const pointer = [...at.pointer, quantifier];
    const asks = watched(quantify, pointer, compiling);
    if (quantifier === 'exists')
      return { asks, quantifier: written === false ? 'none' : 'some', judged: undefined, count: undefined };
    return quantifier === 'count'
      ? { asks, quantifier, judged: undefined, count: compileCount(written, pointer, compiling) }
      : { asks, quantifier, judged: element(written, quantifier), count: undefined };
  });
  const by = pointerBack(name, type, to);
  return (view, prefix, asking) => {
    const path = `${prefix}${name}`;
    const { sure, possible, apart: others, gaps, from } = members(view, name);
    const at = (index: number): Candidate | undefined => {
      const candidate = sure[index];
      return candidate ? { view: candidate, gaps: undefined } : possible[index - sure.length];
    };
    const ask = (judge: ResourceJudge) => (index: number, inner: Asking) => {
      const candidate = at(index);
      return candidate ? judge(candidate.view, `${path}[${candidate.view.id}].`, inner) : unknown(view, path, []);
    };
    const answers = parts.map(({ asks, quantifier, judged, count }) =>
      asks(quantifier, {
        size: sure.length + possible.length,
        judged: judged && ask(judged),
        where: where && ask(where),
        count,
        listed: from ? { path, from, resource: view.id } : { path, resource: view.id },
        apart: others.map((it) => apart(it, path)),
        belongs: (index) => belongs(path, by, at(index)),
        more: gaps.length > 0 ? unknown(view, path, gaps, from) : undefined,
        asking,
      }),
    );
    return all(answers, asking.thorough);
  };
}

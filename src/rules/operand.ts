import { facts } from '../proof/facts.ts';
import { fill, namesIn } from '../resource-types/template.ts';
import { type Reading, type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Asking, Compiling, Problem } from './compile-context.ts';
import { needFact, needProperty } from './needs.ts';

/**
 * An operand as it is at evaluation: most are values, some name properties of the judged resource. Undefined: it has
 * no such property. What could not be read never comes so far (`whereRead`).
 */
export type Operand = (asking: Asking) => unknown;

type Pointer = Problem['pointer'];

/** Which parameter types can stand where an operand of some kind is meant. */
const fits: Readonly<Record<string, readonly string[]>> = {
  text: ['string'],
  json: ['string'],
  time: ['string'],
  enum: ['string'],
  flag: ['boolean'],
  number: ['integer', 'number'],
  list: ['list'],
  globs: ['list', 'string'],
  duration: ['duration'],
  events: ['events'],
  count: ['integer'],
};

/**
 * Reads an operand: `$name` is a parameter's whole value, `{Name}` inside a text a property or fact of the judged
 * resource, `$$` a dollar.
 */
export function compileOperand(written: unknown, kind: string, pointer: Pointer, compiling: Compiling): Operand {
  if (Array.isArray(written)) {
    const items = written.map((item, index) =>
      compileOperand(item, kind === 'globs' ? 'text' : kind, [...pointer, index], compiling),
    );
    return (asking) => {
      const there = items.map((item) => item(asking)).filter((item) => item !== undefined);
      return items.length > 0 && there.length === 0 ? undefined : there;
    };
  }
  if (typeof written !== 'string') return () => written;
  if (/^\$[A-Za-z]/.test(written)) {
    const value = parameter(written.slice(1), kind, pointer, compiling);
    return () => value;
  }
  const text = written.startsWith('$$') ? written.slice(1) : written;
  const names = namesIn(text);
  if (names.length === 0) return () => text.replaceAll('{{', '{');
  for (const name of names) needName(name, pointer, compiling);
  return ({ judged }) => fill(text, (name) => textOf(judged, name));
}

function parameter(name: string, kind: string, pointer: Pointer, compiling: Compiling): unknown {
  const type = declared(name, pointer, compiling);
  if (type === undefined) return undefined;
  const wanted = fits[kind] ?? [];
  if (!wanted.includes(type)) {
    compiling.problems.push({ pointer, message: `$${name} is of type ${type}; here stands ${wanted.join(' or ')}` });
  }
  return compiling.parameters.get(name);
}

/** The type of a parameter of the rule; that it declares none of that name is a problem. */
function declared(name: string, pointer: Pointer, { parameterTypes, problems }: Compiling) {
  const type = parameterTypes.get(name);
  if (type === undefined) {
    const names = [...parameterTypes.keys()];
    const known =
      names.length > 0 ? `the rule declares ${names.map((it) => `$${it}`).join(', ')}` : 'the rule declares none';
    problems.push({ pointer, message: `$${name} is not a parameter of this rule; ${known}` });
  }
  return type;
}

/** Checks that a text that is only shown names a scalar of the judged resource, or with a dollar a parameter. */
export function checkShown(name: string, pointer: Pointer, compiling: Compiling): void {
  if (name.startsWith('$')) declared(name.slice(1), pointer, compiling);
  else checkName(name, pointer, compiling);
}

/** Checks that a text names a scalar of the judged resource. */
function checkName(name: string, pointer: Pointer, compiling: Compiling): void {
  const type = compiling.registry[compiling.judged];
  if (!type) return;
  const { properties, facts: own } = compiling.words(type);
  compiling.reads.add(`${type.name}.${name}`);
  const fact = Object.hasOwn(own, name) ? own[name] : undefined;
  if (fact?.proof || fact?.counts) {
    compiling.problems.push({ pointer, message: `{${name}} is proven, not read: it has no text` });
  } else if (!fact && !properties.has(name)) {
    compiling.problems.push({ pointer, message: `{${name}} is neither a property nor a fact of ${compiling.judged}` });
  }
}

/** A text that is compared with something needs what it names; one that is only shown does without. */
function needName(name: string, pointer: Pointer, compiling: Compiling): void {
  checkName(name, pointer, compiling);
  const type = compiling.registry[compiling.judged];
  if (!type) return;
  const { properties, facts: own } = compiling.words(type);
  if (properties.has(name)) needProperty(type, name, compiling.scope, compiling);
  const fact = Object.hasOwn(own, name) ? own[name] : undefined;
  if (fact) needFact(type, fact, compiling.scope, compiling);
}

/** What a name in a text means: a property or fact of a resource. */
export function readName(view: ResourceView, name: string): Reading {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  return fact ? fact.answer(view) : read(view, name);
}

/** A property or fact of a resource as text; undefined when it has none. */
export function textOf(view: ResourceView, name: string): string | undefined {
  const reading = readName(view, name);
  if (reading.is !== 'value') return undefined;
  return typeof reading.value === 'string' ? reading.value : JSON.stringify(reading.value);
}

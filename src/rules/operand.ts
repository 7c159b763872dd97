import { facts } from '../proof/facts.ts';
import { fill, namesIn } from '../resource-types/template.ts';
import { type ResourceView, read } from '../snapshot/resource-view.ts';
import type { Asking, Compiling, Problem } from './compile-context.ts';

/** An operand as it is at evaluation: most are values, some name properties of the judged resource. */
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
    return (asking) => items.map((item) => item(asking));
  }
  if (typeof written !== 'string') return () => written;
  if (/^\$[A-Za-z]/.test(written)) {
    const value = parameter(written.slice(1), kind, pointer, compiling);
    return () => value;
  }
  const text = written.startsWith('$$') ? written.slice(1) : written;
  const names = namesIn(text);
  if (names.length === 0) return () => text.replaceAll('{{', '{');
  for (const name of names) checkName(name, pointer, compiling);
  return ({ judged }) => fill(text, (name) => textOf(judged, name));
}

function parameter(name: string, kind: string, pointer: Pointer, compiling: Compiling): unknown {
  const type = compiling.parameterTypes.get(name);
  if (type === undefined) {
    const declared = [...compiling.parameterTypes.keys()];
    const known =
      declared.length > 0 ? `the rule declares ${declared.map((it) => `$${it}`).join(', ')}` : 'the rule declares none';
    compiling.problems.push({ pointer, message: `$${name} is not a parameter of this rule; ${known}` });
    return undefined;
  }
  const wanted = fits[kind] ?? [];
  if (!wanted.includes(type)) {
    compiling.problems.push({ pointer, message: `$${name} is of type ${type}; here stands ${wanted.join(' or ')}` });
  }
  return compiling.parameters.get(name);
}

/** Checks that a text names a scalar of the judged resource. */
export function checkName(name: string, pointer: Pointer, compiling: Compiling): void {
  const type = compiling.registry[compiling.judged];
  if (!type) return;
  const { properties, facts: own } = compiling.words(type);
  compiling.reads.add(`${type.name}.${name}`);
  if (Object.hasOwn(own, name) || properties.has(name)) return;
  compiling.problems.push({ pointer, message: `{${name}} is neither a property nor a fact of ${compiling.judged}` });
}

/** A property or fact of a resource as text; undefined when it has none. */
export function textOf(view: ResourceView, name: string): string | undefined {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  const reading = fact ? fact.answer(view) : read(view, name);
  if (reading.is !== 'value') return undefined;
  return typeof reading.value === 'string' ? reading.value : JSON.stringify(reading.value);
}

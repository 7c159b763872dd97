import type { Diagnostic, Pointer } from '../documents/diagnostic.ts';
import { schemaDiagnostics, type Validator } from '../documents/schema-errors.ts';
import { didYouMean } from '../documents/suggest.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { isObject } from '../snapshot/resource-view.ts';
import { whyNot } from './compile.ts';
import type { PackDefinition, Requirement } from './pack.ts';
import type { Parameter, Parameters, RuleDefinition } from './rule.ts';
import { whyUnbounded } from './strictness.ts';

/** A pack file that holds what its schema demands. */
export interface PackFile {
  readonly file: string;
  readonly definition: PackDefinition;
  readonly position: TextDocument['position'];
}

/** A pack says its name in its first word; a rule has none of that. */
export const isPack = ({ value }: TextDocument): boolean => isObject(value) && Object.hasOwn(value, 'pack');

/** Checks one pack by the schema, and its name. */
export function readPack(
  file: string,
  { value, position }: TextDocument,
  validate: Validator,
): { readonly pack?: PackFile; readonly mistakes: readonly Diagnostic[] } {
  if (!validate(value)) return { mistakes: schemaDiagnostics(validate.errors, { file, position }) };
  // The schema has just said that it is one.
  const definition = value as PackDefinition;
  const name = /([^/\\]+)\.ya?ml$/.exec(file)?.[1];
  if (name === undefined || name === definition.pack) return { pack: { file, definition, position }, mistakes: [] };
  const place = { file, ...position(['pack'], 'value') };
  const hint = `call the file ${definition.pack}.yaml`;
  return { mistakes: [{ ...place, message: `pack ${definition.pack} is not the file's name`, hint }] };
}

/** What a pack says of rules, parameters and requirements that is not so. */
export function packMistakes(
  { file, definition, position }: PackFile,
  rules: readonly RuleDefinition[],
): readonly Diagnostic[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return mistakesOf(definition, known).map(({ pointer, what, message, hint }) => ({
    file,
    ...position(pointer, what ?? 'value'),
    message,
    ...(hint !== undefined && { hint }),
  }));
}

interface Mistake {
  readonly pointer: Pointer;
  readonly what?: 'key';
  readonly message: string;
  readonly hint?: string | undefined;
}

type Known = ReadonlyMap<string, RuleDefinition>;

function mistakesOf(pack: PackDefinition, known: Known): readonly Mistake[] {
  const { rules, parameters = {}, floors = {}, requirements = [] } = pack;
  const listed = Array.isArray(rules) ? rules : [];
  const answering = requirements.flatMap(({ rules: mapped = [] }) => mapped.map(({ rule }) => rule));
  const empty = { pointer: ['pack'], message: 'the pack holds no rule', hint: 'it needs rules or requirements' };
  return [
    ...(rules === undefined && requirements.length === 0 ? [empty] : []),
    ...listed.flatMap((id, index) => unknownRule(id, ['rules', index], known)),
    ...parameterMistakes(parameters, ['parameters'], known),
    ...floorMistakes(floors, { of: 'any requirement', rules: answering }, ['floors'], known),
    ...requirements.flatMap((requirement, index) => [
      ...takenId(requirements, index),
      ...requirementMistakes(requirement, ['requirements', index], known),
    ]),
  ];
}

function unknownRule(id: string, pointer: Pointer, known: Known): readonly Mistake[] {
  if (known.has(id)) return [];
  const hint = didYouMean(id, [...known.keys()]) ?? 'trailproof rules list shows the built-in ones';
  return [{ pointer, message: `no rule is called ${id}`, hint }];
}

function takenId(requirements: readonly Requirement[], index: number): readonly Mistake[] {
  const id = requirements[index]?.id ?? '';
  if (requirements.findIndex((other) => other.id === id) === index) return [];
  return [{ pointer: ['requirements', index, 'id'], message: `the requirement ${id} is there already` }];
}

function requirementMistakes(requirement: Requirement, at: Pointer, known: Known): readonly Mistake[] {
  const { coverage, rules = [], floors = {} } = requirement;
  const ids = rules.map(({ rule }) => rule);
  const unanswered =
    coverage !== 'manual' && rules.length === 0
      ? [
          {
            pointer: [...at, 'coverage'],
            message: `no rule answers ${requirement.id}`,
            hint: 'name rules, or say manual',
          },
        ]
      : [];
  const answered =
    coverage === 'manual' && rules.length > 0
      ? [
          {
            pointer: [...at, 'coverage'],
            message: `${requirement.id} has rules, so it is not manual`,
            hint: 'say full or partial',
          },
        ]
      : [];
  return [
    ...unanswered,
    ...answered,
    ...ids.flatMap((id, index) => [
      ...unknownRule(id, [...at, 'rules', index, 'rule'], known),
      ...(ids.indexOf(id) === index
        ? []
        : [{ pointer: [...at, 'rules', index, 'rule'], message: `${id} is there already` }]),
    ]),
    ...floorMistakes(floors, { of: requirement.id, rules: ids }, [...at, 'floors'], known),
  ];
}

/** The rules that floors may be set for, and whose they are. */
interface Answering {
  readonly of: string;
  readonly rules: readonly string[];
}

function floorMistakes(floors: Parameters, { of, rules }: Answering, at: Pointer, known: Known): readonly Mistake[] {
  const foreign = Object.keys(floors).filter((id) => known.has(id) && !rules.includes(id));
  return [
    ...foreign.map((id): Mistake => ({ pointer: [...at, id], what: 'key', message: `${id} is no rule of ${of}` })),
    ...parameterMistakes(floors, at, known, whyUnbounded),
  ];
}

function parameterMistakes(
  parameters: Parameters,
  at: Pointer,
  known: Known,
  whyNoBound: (parameter: Parameter) => string | undefined = () => undefined,
): readonly Mistake[] {
  return Object.entries(parameters).flatMap(([id, values]): readonly Mistake[] => {
    const rule = known.get(id);
    if (!rule) return unknownRule(id, [...at, id], known).map((mistake) => ({ ...mistake, what: 'key' as const }));
    const declared = rule.parameters ?? {};
    return Object.entries(values).flatMap(([name, value]): readonly Mistake[] => {
      const pointer = [...at, id, name];
      const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (!parameter)
        return [{ pointer, what: 'key', message: `${id} has no parameter ${name}`, hint: others(name, declared) }];
      const wrong = whyNot(parameter, value) ?? whyNoBound(parameter);
      return wrong === undefined ? [] : [{ pointer, message: `${name} ${wrong}` }];
    });
  });
}

function others(name: string, declared: Readonly<Record<string, Parameter>>): string {
  const names = Object.keys(declared);
  return didYouMean(name, names) ?? (names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`);
}

import type { Answer } from '../proof/answer.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import { namesIn } from '../resource-types/template.ts';
import { isObject, type ResourceView } from '../snapshot/resource-view.ts';
import { applyingTo, type SharedApplying } from './applying.ts';
import type { Compiling, Problem, Scope, Shown } from './compile-context.ts';
import { compileResource } from './compile-resource.ts';
import { type EventClasses, readEvents } from './event-sets.ts';
import { needNamers, needType } from './needs.ts';
import { checkShown } from './operand.ts';
import { duration } from './operators.ts';
import type { Parameter, RuleDefinition } from './rule.ts';
import { wordsIn } from './vocabulary.ts';

/** A rule, ready to judge. */
export interface Rule {
  readonly definition: RuleDefinition;
  /** Whether it applies to a resource; undefined: to every one. */
  readonly when: ((view: ResourceView, now: string | undefined) => Answer) | undefined;
  readonly require: (view: ResourceView, now: string | undefined) => Answer;
  /** The operations that it needs, and of which resources. */
  readonly operations: ReadonlyMap<string, Scope>;
  /** The properties whose values it looks at: `AWS::SNS::Topic.Subscriptions`, of tags by key `AWS::S3::Bucket.tags.team`. */
  readonly reads: ReadonlySet<string>;
  /** The ways back that `when` demands: only resources that something names are judged. */
  readonly namedBy: readonly string[] | undefined;
  /** Parameters that have no default and that nobody set: then nothing can be judged. */
  readonly unset: readonly string[];
  /** The values that it judges with. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface CompileOptions {
  readonly registry: Registry;
  /** Values that replace the parameters' defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly criticalTags?: boolean;
  /** Shared by rules that are compiled together. */
  readonly words?: Compiling['words'];
  /** So is this. */
  readonly applying?: SharedApplying;
  /** Where the truths go that its conditions show. */
  readonly shown?: Shown;
}

/** Turns a rule that its schema accepts into closures, once; and says what no schema can see (design §4). */
export function compileRule(
  definition: RuleDefinition,
  { registry, parameters = {}, criticalTags = false, words = wordsIn(registry), applying, shown }: CompileOptions,
): { readonly rule: Rule; readonly problems: readonly Problem[] } {
  const declared = Object.entries(definition.parameters ?? {});
  const values = new Map(
    declared.map(([name, parameter]) => {
      const value = Object.hasOwn(parameters, name) ? parameters[name] : parameter.default;
      return [name, parameter.type === 'events' ? eventsIn(value, parameter) : value];
    }),
  );
  const type = registry[definition.resource];
  if (!type) throw new Error(`no resource type ${definition.resource}`);
  const backs = [...words(type).toMany.keys()];
  const namedBy = waysBackIn(definition.when, backs) ?? (type.list ? undefined : someWayBackIn(definition.when, backs));
  const scope: Scope = namedBy && type.lookup ? 'referenced' : 'all';
  const compiling: Compiling = {
    registry,
    words,
    parameters: values,
    parameterTypes: new Map(declared.map(([name, { type }]) => [name, type])),
    judged: definition.resource,
    scope,
    namedBy: namedBy ?? [],
    criticalTags,
    problems: [],
    operations: new Map(),
    reads: new Set(),
    shown,
  };
  needType(type, scope, compiling);
  if (!type.list && type.lookup) needNamers(type, namedBy, compiling);
  const at = (pointer: string) => ({ pointer: [pointer], scope });
  const wanted = definition.when && compileResource(definition.when, type, at('when'), compiling);
  const when = wanted && applyingTo(definition, wanted, applying);
  const require = compileResource(definition.require, type, at('require'), compiling);
  checkParameters(definition, parameters, compiling);
  checkTexts(definition, compiling);
  return {
    rule: {
      definition,
      when: when && ((view, now) => when(view, '', { now, thorough: 'no', judged: view })),
      require: (view, now) => require(view, '', { now, thorough: 'no', judged: view }),
      operations: compiling.operations,
      reads: compiling.reads,
      namedBy: type.lookup ? namedBy : undefined,
      unset: declared.flatMap(([name]) => (values.get(name) === undefined ? [name] : [])),
      parameters: Object.fromEntries([...values].filter(([, value]) => value !== undefined)),
    },
    problems: compiling.problems,
  };
}

/** `when: { trails: { exists: true } }`: who does not point here is not judged, so need not be read. */
function waysBackIn(when: unknown, backs: readonly string[]): readonly string[] | undefined {
  const demanded = Object.entries(isObject(when) ? when : {}).flatMap(([name, condition]) => {
    const demands = isObject(condition) && (condition.exists === true || Object.hasOwn(condition, 'some'));
    return backs.includes(name) && demands ? [name] : [];
  });
  return demanded.length > 0 ? demanded : undefined;
}

/** `when: { any: [{ trails: … }, { logGroups: … }] }`: who is named along none of these ways is not judged either. */
function someWayBackIn(when: RuleDefinition['when'], backs: readonly string[]): readonly string[] | undefined {
  const alternatives = Array.isArray(when?.any) ? when.any.map((it: unknown) => waysBackIn(it, backs)) : [];
  if (alternatives.length === 0 || alternatives.includes(undefined)) return undefined;
  return alternatives.flatMap((ways) => ways ?? []);
}

/** With the names of sets followed; what stands for no events is told elsewhere. */
function eventsIn(value: unknown, { sets }: Parameter): EventClasses | undefined {
  const events = value === undefined ? [] : readEvents(value, sets);
  return typeof events === 'string' || events.length === 0 ? undefined : events;
}

function checkParameters(
  { parameters = {} }: RuleDefinition,
  given: Readonly<Record<string, unknown>>,
  { problems }: Compiling,
): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    const flawed = flawedSet(name, parameter);
    if (flawed) {
      problems.push(flawed);
      continue;
    }
    const wrong = parameter.default === undefined ? undefined : whyNot(parameter, parameter.default);
    if (wrong) problems.push({ pointer: ['parameters', name, 'default'], message: `the default of $${name} ${wrong}` });
    const set = Object.hasOwn(given, name) ? whyNot(parameter, given[name]) : undefined;
    if (set) problems.push({ pointer: ['parameters', name], message: `$${name} ${set}` });
  }
}

/** The first set that names no events, as those do too that are made of it; or one of what is no parameter of events. */
function flawedSet(name: string, parameter: Parameter): Problem | undefined {
  for (const set of Object.keys(parameter.sets ?? {})) {
    const flaw = parameter.type === 'events' ? whyNot(parameter, set) : 'is not of type events: it has no sets';
    if (flaw) return { pointer: ['parameters', name, 'sets', set], message: `$${name} ${flaw}` };
  }
  return undefined;
}

/** Why a value cannot be a parameter's; undefined when it can. */
export function whyNot(parameter: Parameter, value: unknown): string | undefined {
  const { type, minimum, maximum, values } = parameter;
  if (type === 'events') {
    const events = readEvents(value, parameter.sets);
    return typeof events === 'string' ? events : undefined;
  }
  const fits: Readonly<Record<Exclude<Parameter['type'], 'events'>, (it: unknown) => boolean>> = {
    integer: Number.isInteger,
    number: (it) => typeof it === 'number',
    string: (it) => typeof it === 'string',
    boolean: (it) => typeof it === 'boolean',
    duration: (it) => duration(it) !== undefined,
    list: Array.isArray,
  };
  if (!fits[type](value)) return `must be of type ${type}, not ${JSON.stringify(value)}`;
  const strange = values && [value].flat().find((it) => !values.includes(String(it)));
  if (strange !== undefined) return `must be one of ${values?.join(', ')}, not ${JSON.stringify(strange)}`;
  if (typeof value !== 'number') return undefined;
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}, not ${value}`;
  return maximum !== undefined && value > maximum ? `must be at most ${maximum}, not ${value}` : undefined;
}

function checkTexts({ remediation = {}, message }: RuleDefinition, compiling: Compiling): void {
  for (const [name, text] of Object.entries(remediation)) {
    for (const asked of namesIn(text)) checkShown(asked, ['remediation', name], compiling);
  }
  for (const asked of message ? namesIn(message) : []) checkShown(asked, ['message'], compiling);
}

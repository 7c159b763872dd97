import type { Answer, Truth } from '../proof/answer.ts';
import type { Context } from '../proof/leaf.ts';
import type { Registry, ResourceType } from '../resource-types/resource-type.ts';
import { remember } from '../snapshot/remember.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A mistake that a schema cannot see, with its place in the rule's document. */
export interface Problem {
  readonly pointer: readonly (string | number)[];
  readonly message: string;
}

/** Of which resources of its type an operation is needed: all, or those alone that another resource names. */
export type Scope = 'all' | 'referenced';

/** Where in a rule a condition stands, and of which resources of its type it is asked. */
export interface Position {
  readonly pointer: Problem['pointer'];
  readonly scope: Scope;
}

/** A word on a resource: what its type knows, and where the word stands. */
export interface Word {
  readonly words: Vocabulary;
  readonly at: Position;
}

/** What a rule is compiled in. Problems and operations are gathered on the way. */
export interface Compiling {
  readonly registry: Registry;
  /** What a condition on a type may name. */
  readonly words: (type: ResourceType) => Vocabulary;
  /** The values of the rule's parameters. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly parameterTypes: ReadonlyMap<string, string>;
  /** The judged resource type. */
  readonly judged: string;
  /** Of which of its resources. */
  readonly scope: Scope;
  /** The ways back that `when` demands of the judged resource. */
  readonly namedBy: readonly string[];
  /** Whether the config names critical buckets by tag: only then are tags read. */
  readonly criticalTags: boolean;
  readonly problems: Problem[];
  readonly operations: Map<string, Scope>;
  /** Properties whose values conditions look at, by type (`AWS::SNS::Topic.Subscriptions`); of tags by their keys. */
  readonly reads: Set<string>;
  /** Filled while the rule judges, for its tests; undefined: nobody wants to know. */
  readonly shown?: Shown | undefined;
}

/** The truths that each condition of a rule has shown, by its place in the rule: `require.Status.IsLogging`. */
export type Shown = Map<string, Set<Truth>>;

/** A condition that writes down what it answers, where somebody wants to know. */
export function watched<A extends readonly unknown[]>(
  judge: (...asked: A) => Answer,
  pointer: Problem['pointer'],
  { shown }: Compiling,
): (...asked: A) => Answer {
  if (!shown) return judge;
  const truths = remember(shown, pathOf(pointer), () => new Set<Truth>());
  return (...asked) => {
    const answer = judge(...asked);
    truths.add(answer.truth);
    return answer;
  };
}

/** For conditions that are tried on values that are not there: what they answer then is no verdict. */
export const unwatched = (compiling: Compiling): Compiling => ({ ...compiling, shown: undefined });

const pathOf = (pointer: Problem['pointer']): string =>
  pointer.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`),
    '',
  );

/** What a condition is asked in: the context, and the resource whose `{Name}` the rule's texts mean. */
export interface Asking extends Context {
  readonly judged: ResourceView;
}

/** A condition on a resource, ready to be asked; `prefix` is the path that led to it. */
export type ResourceJudge = (view: ResourceView, prefix: string, asking: Asking) => Answer;

/** Where a value stands: what evidence says about it. */
export interface Place {
  readonly path: string;
  /** The path inside the resource that holds it, for what would change it. */
  readonly own: string;
  readonly view: ResourceView;
  readonly from: string | undefined;
}

/** A condition on a value. */
export type ValueJudge = (value: unknown, place: Place, asking: Asking) => Answer;

/** Remembers that an operation is needed; wanting all beats wanting some. */
export function need(compiling: Compiling, operation: string | undefined, scope: Scope): void {
  if (!operation) return;
  if (compiling.operations.get(operation) !== 'all') compiling.operations.set(operation, scope);
}

import type { ShapeNode } from '../../resource-types/shape.ts';
import type { Reading, ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import type { Context } from '../leaf.ts';
import type { Counted } from '../management-event-copies.ts';

/** Something worked out from properties or from the config. */
export interface Fact {
  /** What it says, in a line, for editors and the reference. */
  readonly says: string;
  readonly node: ShapeNode;
  /** The resource types that have it; left out: every one. */
  readonly of?: readonly string[];
  /** The property that it reads: its operation is needed, and its gap makes the fact unknown. */
  readonly reads?: string;
  readonly answer: (view: ResourceView) => Reading;
  /** A question of its own, answered with what decided it; `answer` is then not asked. */
  readonly proof?: (view: ResourceView, prefix: string, context: Context) => Answer;
  /** How many of something there are; `answer` is then not asked. */
  readonly counts?: (view: ResourceView, prefix: string, context: Context) => Counted;
  /** What else is read, for a resource of this type: type → properties. */
  readonly needs?: (typeName: string) => Readonly<Record<string, readonly string[]>>;
}

export const text: ShapeNode = { kind: 'text' };
export const texts: ShapeNode = { kind: 'list', of: text };

/** A value that is there; an empty one is not. */
export const known = (value: unknown): Reading =>
  value === '' ? { is: 'absent', from: undefined } : { is: 'value', value, from: undefined };

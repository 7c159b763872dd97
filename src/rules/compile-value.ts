import { type Answer, all, type Evidence, flip, not } from '../proof/answer.ts';
import { decided, undecided, unknown } from '../proof/leaf.ts';
import { shown } from '../proof/span.ts';
import type { ShapeNode } from '../resource-types/shape.ts';
import { redactedGap, redactedValue } from '../snapshot/redacted.ts';
import { isObject } from '../snapshot/resource-view.ts';
import {
  type Asking,
  type Compiling,
  type Place,
  type Problem,
  unwatched,
  type ValueJudge,
  watched,
} from './compile-context.ts';
import { compileOperand } from './operand.ts';
import { operators } from './operators.ts';
import { compileCount, quantify } from './quantified.ts';
import { isIdentity, namesWithin, whereRead } from './where-read.ts';

type Pointer = Problem['pointer'];

/** Compiles a condition on a value of some shape: what may stand there follows from the shape (design §4). */
export function compileValue(written: unknown, node: ShapeNode, pointer: Pointer, compiling: Compiling): ValueJudge {
  switch (node.kind) {
    case 'object':
      return compileObject(written, node.properties, pointer, compiling);
    case 'list':
      return compileList(written, node.of, pointer, compiling);
    case 'tags':
      return compileTags(written, pointer, compiling);
    default:
      return compileScalar(written, node, pointer, compiling);
  }
}

const entriesOf = (written: unknown): readonly (readonly [string, unknown])[] =>
  isObject(written) ? Object.entries(written) : [];

function together(judges: readonly ValueJudge[]): ValueJudge {
  const [only] = judges;
  if (only && judges.length === 1) return only;
  return (value, place, asking) =>
    all(
      judges.map((judge) => judge(value, place, asking)),
      asking.thorough,
    );
}

const inside = ({ path, own, view, from }: Place, step: string): Place => ({
  path: path + step,
  own: own + step,
  view,
  from,
});

function compileObject(
  written: unknown,
  properties: Readonly<Record<string, ShapeNode>>,
  pointer: Pointer,
  compiling: Compiling,
): ValueJudge {
  return together(
    entriesOf(written).map(([name, condition]): ValueJudge => {
      const at = [...pointer, name];
      if (name === 'exists')
        return watched(
          leaf('exists', () => condition),
          at,
          compiling,
        );
      const judge = compileValue(condition, properties[name] ?? { kind: 'text' }, at, compiling);
      const step = `.${name}`;
      return (value, place, asking) => judge(member(value, name), inside(place, step), asking);
    }),
  );
}

/** An own member of an object: `constructor` and the like are never properties. */
const member = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

function compileTags(written: unknown, pointer: Pointer, compiling: Compiling): ValueJudge {
  return together(
    entriesOf(written).map(([key, condition]): ValueJudge => {
      const at = [...pointer, key];
      if (key === 'exists' || key === 'empty')
        return watched(
          leaf(key, () => condition),
          at,
          compiling,
        );
      const judge = compileValue(condition, { kind: 'text' }, at, compiling);
      return (value, place, asking) => judge(member(value, key), inside(place, `.${key}`), asking);
    }),
  );
}

function compileList(written: unknown, of: ShapeNode, pointer: Pointer, compiling: Compiling): ValueJudge {
  const compileElement = (condition: unknown, at: Pointer, how = compiling): ValueJudge =>
    compileValue(condition, of, at, how);
  return together(
    entriesOf(written).flatMap(([name, condition]): ValueJudge[] => {
      const at = [...pointer, name];
      if (name === 'exists')
        return [
          watched(
            leaf('exists', () => condition),
            at,
            compiling,
          ),
        ];
      if (name === 'where') return [];
      const filter = member(written, 'where');
      const where = filter === undefined ? undefined : compileElement(filter, [...pointer, 'where']);
      const judged = name === 'count' ? undefined : compileElement(condition, at);
      const wanted = judged && compiling.shown ? compileElement(condition, at, unwatched(compiling)) : judged;
      const count = name === 'count' ? compileCount(condition, at, compiling) : undefined;
      const asks = watched(quantify, at, compiling);
      return [
        (value, place, asking) => {
          const items: readonly unknown[] = Array.isArray(value) ? value : [];
          const ask = (judge: ValueJudge) => (index: number, inner: Asking) =>
            judge(items[index], inside(place, `[${index}]`), inner);
          return asks(name, {
            size: items.length,
            judged: judged && ask(judged),
            where: where && ask(where),
            count,
            wanted: wanted && ask(wanted),
            listed: { path: place.path, ...(place.from && { from: place.from }), resource: place.view.id },
            asking,
          });
        },
      ];
    }),
  );
}

type ScalarShape = Extract<ShapeNode, { readonly kind: 'text' | 'flag' | 'number' | 'time' | 'json' | 'enum' }>;

function compileScalar(written: unknown, node: ScalarShape, pointer: Pointer, compiling: Compiling): ValueJudge {
  if (!isObject(written) || Array.isArray(written)) {
    return compileOperator('equals', written, { kind: node.kind, pointer }, compiling);
  }
  return together(
    Object.entries(written).map(([name, operand]): ValueJudge => {
      const at = [...pointer, name];
      if (name === 'not') {
        const judge = compileScalar(operand, node, at, compiling);
        return (value, place, asking) => not(judge(value, place, { ...asking, thorough: flip(asking.thorough) }));
      }
      // In a list each item is a value, so a parameter in it is one too.
      const kind = Array.isArray(operand) ? node.kind : operandKind(name, node.kind);
      return compileOperator(name, operand, { kind, pointer: at }, compiling);
    }),
  );
}

const operandKind = (operator: string, kind: string): string => {
  const operand = operators[operator]?.operand;
  return operand === undefined || operand === 'same' ? kind : operand;
};

interface Operating {
  readonly kind: string;
  readonly pointer: Pointer;
}

function compileOperator(
  name: string,
  written: unknown,
  { kind, pointer }: Operating,
  compiling: Compiling,
): ValueJudge {
  const judge = leaf(name, compileOperand(written, kind, pointer, compiling));
  return watched(whereRead(namesWithin(written), judge), pointer, compiling);
}

/** One operator on one value: what all else is made of. */
function leaf(name: string, operand: (asking: Asking) => unknown): ValueJudge {
  const operator = operators[name];
  if (!operator) throw new Error(`no operator ${name}`);
  return (value, place, asking): Answer => {
    const wanted = operand(asking);
    // That it is there is all that is known.
    if (value === redactedValue && name !== 'exists' && name !== 'empty')
      return unknown(place.view, place.path, [redactedGap(place.view.id)], place.from);
    // What the judged resource lacks compares with nothing.
    const verdict = wanted !== undefined && operator.test(value, wanted, asking.now);
    const negated = asking.thorough === 'yes';
    const plain = name === 'equals' ? wanted : { [name]: wanted };
    const evidence = evidenceAt(place, negated ? { not: plain } : plain, value);
    if (typeof verdict === 'object') return undecided({ ...evidence, note: verdict.unsure });
    const set = verdict ? null : operator.passing(wanted, asking.now);
    const fixed = set === undefined || wanted === undefined || isIdentity(place.view.type, place.own);
    return decided(verdict, evidence, fixed ? [] : [[{ resource: place.view.id, path: place.own, set }]]);
  };
}

function evidenceAt({ path, from, view }: Place, expected: unknown, found: unknown): Evidence {
  const resource = view.id;
  const actual = typeof found === 'number' ? shown(found) : found;
  if (actual === undefined) return from ? { path, expected, from, resource } : { path, expected, resource };
  return from ? { path, expected, actual, from, resource } : { path, expected, actual, resource };
}

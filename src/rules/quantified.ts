import { type Answer, all, any, type Evidence, flip, not } from '../proof/answer.ts';
import { decided, undecided } from '../proof/leaf.ts';
import type { Asking, Compiling, Problem } from './compile-context.ts';
import { compileOperand } from './operand.ts';

/** Asks something of the element at an index. */
type Ask = (index: number, asking: Asking) => Answer;

export interface Quantified {
  /** How many elements there are. */
  readonly size: number;
  /** What each must (or must not) satisfy. */
  readonly judged: Ask | undefined;
  /** Which elements are meant. */
  readonly where: Ask | undefined;
  /** Whether a number of elements is right. */
  readonly count: CountTest | undefined;
  /** Asked of an element that is not there yet: what it would have to be. */
  readonly wanted?: Ask | undefined;
  /** How evidence names the list. */
  readonly listed: Pick<Evidence, 'path' | 'from' | 'resource'>;
  /** What shows that these are all, where more than one listing does. */
  readonly listings?: readonly Evidence[];
  /** What shows that others do not belong. */
  readonly apart?: readonly Evidence[];
  /** Whether an element belongs at all, where nobody knows. */
  readonly belongs?: (index: number) => Answer | undefined;
  /** Why there may be more elements. */
  readonly more?: Answer | undefined;
  readonly asking: Asking;
}

/**
 * `some`, `every`, `none`, `count` (design §4): `every` wants at least one, and all; `none` is true of nothing.
 * Elements that may not belong, and lists that may be longer, make the answer unknown where they could change it.
 */
export function quantify(name: string, list: Quantified): Answer {
  switch (name) {
    case 'some':
      return some(list);
    case 'every':
      return every(list);
    case 'none':
      return not(some({ ...list, asking: { ...list.asking, thorough: flip(list.asking.thorough) } }, 'listed'));
    default:
      return counted(list);
  }
}

/** Asks of each element in turn. */
function each<T>({ size }: Quantified, ask: (index: number) => T): readonly T[] {
  const answers: T[] = [];
  for (let index = 0; index < size; index += 1) answers.push(ask(index));
  return answers;
}

/** Whether an element is meant: it belongs, and `where` lets it through. */
function meaning({ belongs, where, asking }: Quantified, index: number): Answer[] {
  const belonging = belongs?.(index);
  const meant = where?.(index, asking);
  if (!belonging) return meant ? [meant] : [];
  return meant ? [belonging, meant] : [belonging];
}

/** That a list is all there is counts for what is said of all of it. */
const complete = ({ listed, size, apart = [] }: Quantified): Answer => ({
  truth: 'no',
  evidence: [{ ...listed, actual: size }, ...apart],
  changes: [],
});

function some(list: Quantified, showList?: 'listed'): Answer {
  const { judged, belongs, asking, wanted, size, more } = list;
  const answers: Answer[] = [];
  for (let index = 0; index < size; index += 1) {
    const asked = meaning(list, index);
    if (judged) asked.push(judged(index, asking));
    answers.push(all(asked, asking.thorough));
  }
  if (more) answers.push(more);
  else if (showList || belongs || size === 0) answers.push(complete(list));
  const answer = any(answers, asking.thorough);
  if (answer.truth !== 'no' || !wanted) return answer;
  const added = wanted(size, { ...asking, thorough: 'no' }).changes;
  return { ...answer, changes: [...answer.changes, ...added] };
}

function every(list: Quantified): Answer {
  const { judged, asking, listed, size } = list;
  const meant = each(list, (index) => ({ index, answer: all(meaning(list, index), 'yes') }));
  const answers = meant
    .filter(({ answer }) => answer.truth !== 'no')
    .flatMap(({ index, answer }) => {
      const holds = judged?.(index, asking);
      if (!holds) return [];
      // An element that may not be meant cannot fail it, only leave it open: that it is meant is part of why it fails.
      if (answer.truth !== 'yes') return holds.truth === 'yes' ? [] : [answer];
      return [{ ...holds, evidence: [...(holds.truth === 'unknown' ? [] : answer.evidence), ...holds.evidence] }];
    });
  const sure = meant.filter(({ answer }) => answer.truth === 'yes').length;
  const left = meant
    .filter(({ answer }) => answer.truth === 'no')
    .map(({ answer }) => ({ ...answer, truth: 'yes' as const }));
  const atLeastOne: Answer =
    sure > 0 || list.more || meant.length > left.length
      ? { truth: sure > 0 ? 'yes' : 'unknown', evidence: sure > 0 ? [] : (list.more?.evidence ?? []), changes: [] }
      : decided(false, { ...listed, expected: 'at least one', actual: 0 });
  const listing = list.more ? [list.more] : [decided(true, { ...listed, actual: size })];
  return all([...answers, ...left, atLeastOne, ...listing], asking.thorough);
}

/** Whether a number between two bounds is right. */
export type CountTest = (
  least: number,
  most: number,
  asking: Asking,
) => { readonly truth: Answer['truth']; readonly expected: unknown };

/** `count: 2`, `count: { atLeast: 1, atMost: 2 }`. */
export function compileCount(written: unknown, pointer: Problem['pointer'], compiling: Compiling): CountTest {
  const bounds =
    typeof written === 'object' && written !== null && !Array.isArray(written)
      ? Object.entries(written)
      : [['equals', written] as const];
  const operands = bounds.map(
    ([name, operand]) =>
      [
        name,
        compileOperand(operand, 'count', typeof written === 'object' ? [...pointer, name] : pointer, compiling),
      ] as const,
  );
  return (least, most, asking) => {
    const values = operands.map(([name, operand]) => [name, Number(operand(asking))] as const);
    const answers = values.map(([name, wanted]) => inRange(name, wanted, least, most));
    const truth = answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
    return { truth, expected: { count: Object.fromEntries(values) } };
  };
}

/** A count that is only known between two bounds decides if the whole range agrees. */
function inRange(name: string, wanted: number, least: number, most: number): Answer['truth'] {
  const holds = (count: number): boolean =>
    name === 'atLeast' ? count >= wanted : name === 'atMost' ? count <= wanted : count === wanted;
  if (least === most || name !== 'equals')
    return holds(least) === holds(most) ? (holds(least) ? 'yes' : 'no') : 'unknown';
  return wanted < least || wanted > most ? 'no' : 'unknown';
}

function counted(list: Quantified): Answer {
  const { listed, listings = [], more, count, asking } = list;
  const meant = each(list, (index) => all(meaning(list, index), 'yes'));
  if (!count) return undecided({ ...listed });
  const [least, most] = range(meant, more);
  const tested = count(least, most, asking);
  if (tested.truth === 'unknown') {
    const gaps = [...meant.filter(({ truth }) => truth === 'unknown'), ...(more ? [more] : [])];
    return { truth: 'unknown', evidence: gaps.flatMap((gap) => gap.evidence), changes: [] };
  }
  const total: Evidence = {
    ...listed,
    expected: tested.expected,
    actual: least === most ? least : `at least ${least}`,
  };
  const whole = count(least, Number.POSITIVE_INFINITY, asking).truth === tested.truth;
  const why = necessary(
    meant,
    (left) => count(...range(left, whole ? nobodyKnows : more), asking).truth === tested.truth,
  );
  const { from: _, ...unlisted } = total;
  // What shows an element of its own accord, as a resource does, needs no listing; an element of a property does.
  const isShown = whole && why.every(({ evidence }) => evidence.length > 0);
  return {
    truth: tested.truth,
    evidence: [isShown ? unlisted : total, ...(whole ? [] : listings), ...why.flatMap((answer) => answer.evidence)],
    changes: [],
  };
}

const nobodyKnows: Answer = { truth: 'unknown', evidence: [], changes: [] };

/** How many are meant, at least and at most. */
function range(meant: readonly Answer[], more: Answer | undefined): [least: number, most: number] {
  const least = meant.filter(({ truth }) => truth === 'yes').length;
  return [least, more ? Number.POSITIVE_INFINITY : meant.filter(({ truth }) => truth !== 'no').length];
}

/** The answers that a verdict cannot do without: each of the others could be unknown, and it would stand. */
function necessary(answers: readonly Answer[], stands: (left: readonly Answer[]) => boolean): readonly Answer[] {
  let left = answers;
  return answers.filter((_, index) => {
    const without = left.with(index, nobodyKnows);
    if (!stands(without)) return true;
    left = without;
    return false;
  });
}

import { type Answer, all, type Evidence, resting } from '../proof/answer.ts';
import { unknown } from '../proof/leaf.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { namesIn } from '../resource-types/template.ts';
import { redactedGap, redactedValue } from '../snapshot/redacted.ts';
import { isObject, type Reading, type ResourceView } from '../snapshot/resource-view.ts';
import type { Asking } from './compile-context.ts';
import { readName } from './operand.ts';

type Judge<Subject, Place> = (subject: Subject, place: Place, asking: Asking) => Answer;

/** The names of the judged resource in a condition's operands, wherever in them they stand. */
export const namesWithin = (written: unknown): readonly string[] =>
  isObject(written)
    ? Object.values(written).flatMap(namesWithin)
    : typeof written === 'string'
      ? [...new Set(namesIn(written))]
      : [];

/**
 * A condition whose operands name properties of the judged resource. Where one of them could not be read nobody knows
 * what is asked, so nobody knows the answer; else it rests on what they say. `absent` answers instead of the condition
 * where the resource has no such property.
 */
export function whereRead<Subject, Place>(
  names: readonly string[],
  judge: Judge<Subject, Place>,
  absent?: (evidence: Evidence) => Answer,
): Judge<Subject, Place> {
  if (names.length === 0) return judge;
  return (subject, place, asking) => {
    const { judged } = asking;
    const read = names.map((name) => ({ name, reading: known(judged, name) }));
    const unread = read.flatMap(({ name, reading }) =>
      reading.is === 'gap' ? [unknown(judged, name, reading.gaps, reading.from)] : [],
    );
    if (unread.length > 0) return all(unread, asking.thorough);
    const missing = read.find(({ reading }) => reading.is === 'absent');
    if (absent && missing) return absent(evidenceOf(judged, missing));
    const said = read.filter(({ name, reading }) => reading.from !== undefined && !isIdentity(judged.type, name));
    const on = said.map((it) => evidenceOf(judged, it));
    return resting(judge(subject, place, asking), on);
  };
}

/** Of a value that a recording leaves out only that it is there is known. */
function known(view: ResourceView, name: string): Reading {
  const reading = readName(view, name);
  if (reading.is !== 'value' || reading.value !== redactedValue) return reading;
  return { is: 'gap', gaps: [redactedGap(view.id)], from: reading.from };
}

function evidenceOf(
  view: ResourceView,
  { name, reading }: { readonly name: string; readonly reading: Reading },
): Evidence {
  const { from } = reading;
  const actual = reading.is === 'value' ? reading.value : undefined;
  return { path: name, ...(actual !== undefined && { actual }), ...(from && { from }), resource: view.id };
}

/** What makes a resource the one that it is: changed, it would be another. */
export const isIdentity = ({ id, label, home }: ResourceType, property: string): boolean =>
  property === id || property === label || property === home;

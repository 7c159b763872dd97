import type { EventClass, FieldSet } from './event-class.ts';
import { type FieldSelector, fieldPasses, type Selector } from './selectors.ts';

/** A field of a record and its value; `undefined` is a record without the field. */
export type Witness = ReadonlyMap<string, string | undefined>;

/** How much of a class of events a set of selectors records, with an event on either side to show for it. */
export interface Coverage {
  readonly records: 'all' | 'some' | 'none' | 'uncertain';
  readonly missed?: Witness;
  readonly why?: string;
}

/** What selectors can see of a record (aws-semantics §2.3). Other fields of a class do not narrow it. */
const visible = [
  'eventCategory',
  'readOnly',
  'eventSource',
  'eventName',
  'eventType',
  'errorCode',
  'resources.type',
  'resources.ARN',
  'userIdentity.arn',
  'sessionCredentialFromConsole',
  'vpcEndpointId',
] as const;
const optional: readonly string[] = ['errorCode', 'userIdentity.arn', 'sessionCredentialFromConsole', 'vpcEndpointId'];
const finite: Readonly<Record<string, readonly (string | undefined)[]>> = {
  eventCategory: ['Management', 'Data', 'NetworkActivity', 'Insight'],
  readOnly: ['true', 'false'],
  sessionCredentialFromConsole: ['true', undefined],
};

/** A text that stands in no selector: what it stands for is "anything else". */
const filler = '…';
const maxWitnesses = 200_000;

/**
 * Decides how much of a class the selectors record, by one witness for every combination that they can tell apart
 * (aws-semantics §2.7): exact, not sampled, because a text outside all literals behaves as its longest matching
 * beginning and ending do.
 */
export function coverage(selectors: readonly Selector[], events: EventClass): Coverage {
  const possible = selectors.filter((selector) => mayMeet(selector, events));
  if (possible.length === 0) return { records: 'none', missed: new Map() };
  const fields = visible.filter((name) => events.fields.has(name) || mentions(possible, name));
  const unclear = fields.find((name) => events.fields.get(name)?.intricate && mentions(possible, name));
  if (unclear) return { records: 'uncertain', why: `the pattern of ${unclear} is more than a beginning and an ending` };

  const choices = fields.map((name) => atoms(name, events.fields.get(name), possible));
  if (choices.some(({ length }) => length === 0)) return { records: 'none', missed: new Map() };
  const count = choices.reduce((product, { length }) => product * length, 1);
  if (count > maxWitnesses) return { records: 'uncertain', why: `${count} combinations are too many to compare` };

  const { met, missed } = tryAll(fields, choices, possible);
  if (!missed) return { records: 'all' };
  if (!met) return { records: 'none', missed };
  return directionMatters(events, possible)
    ? { records: 'uncertain', why: 'whether the named calls are reads or writes decides it' }
    : { records: 'some', missed };
}

const mentions = (selectors: readonly Selector[], name: string): boolean =>
  selectors.some(({ fields }) => fields.some(({ field }) => field === name));

/** Drops what can never meet the class, so that the product below stays small. */
function mayMeet({ fields }: Selector, events: EventClass): boolean {
  return fields.every((selector) => {
    const wanted = events.fields.get(selector.field);
    if (!wanted || selector.equals.length === 0 || selector.startsWith.length + selector.endsWith.length > 0)
      return true;
    return selector.equals.some((value) => wanted.has(value));
  });
}

/** Names alone do not say whether a call is a read: a selector that asks would be decided by a guess. */
function directionMatters({ fields }: EventClass, selectors: readonly Selector[]): boolean {
  const names = fields.get('eventName');
  return names !== undefined && names.whole.length > 0 && !fields.has('readOnly') && mentions(selectors, 'readOnly');
}

function atoms(
  name: string,
  wanted: FieldSet | undefined,
  selectors: readonly Selector[],
): readonly (string | undefined)[] {
  const own = selectors.flatMap(({ fields }) => fields.filter(({ field }) => field === name));
  const candidates = Object.hasOwn(finite, name) ? (finite[name] ?? []) : textAtoms(name, wanted, own);
  return candidates.filter((value) => !wanted || wanted.has(value));
}

function textAtoms(
  name: string,
  wanted: FieldSet | undefined,
  own: readonly FieldSelector[],
): readonly (string | undefined)[] {
  const beginnings = [
    '',
    ...(wanted?.beginnings ?? []),
    ...own.flatMap((it) => [...it.startsWith, ...it.notStartsWith]),
  ];
  const endings = ['', ...(wanted?.endings ?? []), ...own.flatMap((it) => [...it.endsWith, ...it.notEndsWith])];
  const whole = [...(wanted?.whole ?? []), ...own.flatMap((it) => [...it.equals, ...it.notEquals])];
  const open = [...new Set(beginnings)].flatMap((beginning) =>
    [...new Set(endings)].map((ending) => `${beginning}${filler}${ending}`),
  );
  return [...new Set([...whole, ...open, ...(optional.includes(name) ? [undefined] : [])])];
}

interface Tried {
  readonly met: boolean;
  readonly missed: Witness | undefined;
}

function tryAll(
  fields: readonly string[],
  choices: readonly (readonly (string | undefined)[])[],
  selectors: readonly Selector[],
): Tried {
  let met = false;
  let missed: Witness | undefined;
  const witness = new Map<string, string | undefined>();
  const visit = (depth: number): void => {
    const name = fields[depth];
    if (name === undefined) {
      if (selectors.some((selector) => selects(selector, witness))) met = true;
      else missed ??= new Map(witness);
      return;
    }
    for (const value of choices[depth] ?? []) {
      witness.set(name, value);
      visit(depth + 1);
      if (met && missed) return;
    }
  };
  visit(0);
  return { met, missed };
}

/** Whether a selector records an event. */
export const selects = ({ fields }: Selector, event: Witness): boolean =>
  fields.every((selector) => fieldPasses(selector, event.get(selector.field)));

/** A witness in words: `Management events, eventSource kms.amazonaws.com`. */
export function describeWitness(witness: Witness): string {
  const category = witness.get('eventCategory');
  const words = [...witness].flatMap(([name, value]) => {
    if (name === 'eventCategory' || value === filler) return [];
    if (name === 'readOnly') return [value === 'true' ? 'reads' : 'writes'];
    return [value === undefined ? `without ${name}` : `${name} ${value}`];
  });
  return [`${category ?? ''} events`.trim(), ...words].join(', ');
}

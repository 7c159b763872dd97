import type { Gap } from '../snapshot/snapshot.ts';

export type Truth = 'yes' | 'no' | 'unknown';

/** One thing that decided an answer. */
export interface Evidence {
  /** `Status.IsLogging`, `bucket.Versioning.Status`, `trails[arn:…:trail/main].Status.IsLogging`, `EventSelectors[0].ReadWriteType`. */
  readonly path: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** The operation that says so. */
  readonly from?: string;
  /** The resource that the property is of. */
  readonly resource?: string;
  /** A sentence where a value alone does not say it. */
  readonly note?: string;
  /** Why it is not known, with the IAM action that would tell. */
  readonly gap?: Gap & { readonly action?: string };
  /** It decided that the rule applies, not what the verdict is. */
  readonly when?: true;
}

/** One property set to another value; `null` takes it away. */
export interface Change {
  readonly resource: string;
  readonly path: string;
  readonly set: unknown;
}

/** A three-valued answer with what decided it (design §4: Kleene logic, minimal evidence). */
export interface Answer {
  readonly truth: Truth;
  readonly evidence: readonly Evidence[];
  /** What would turn the answer round: alternatives, each a list of changes; the smallest first. */
  readonly changes: readonly (readonly Change[])[];
}

/**
 * Which answer is to be explained by all that leads to it. A failure shows every reason; a pass shows one
 * sufficient set and no more. Under `not` the two change places.
 */
export type Thorough = 'yes' | 'no';

export const flip = (thorough: Thorough): Thorough => (thorough === 'yes' ? 'no' : 'yes');

const maxAlternatives = 8;

/** A yes that rests on nothing: what was asked for is not there, and need not be. */
export const nothingSaid: Answer = { truth: 'yes', evidence: [], changes: [] };

/** Kleene AND: no beats unknown beats yes. */
export const all = (answers: readonly Answer[], thorough: Thorough): Answer => combine(answers, 'no', thorough);

/** Kleene OR: yes beats unknown beats no. */
export const any = (answers: readonly Answer[], thorough: Thorough): Answer => combine(answers, 'yes', thorough);

/** Kleene NOT: what is not known stays so. */
export function flipTruth(truth: Truth): Truth {
  if (truth === 'unknown') return truth;
  return truth === 'yes' ? 'no' : 'yes';
}

/** Kleene NOT of an answer. */
export const not = (answer: Answer): Answer =>
  answer.truth === 'unknown' ? answer : { ...answer, truth: flipTruth(answer.truth) };

/** AND and OR are one thing seen from two sides: `decisive` is the truth that one answer alone can settle. */
function combine(answers: readonly Answer[], decisive: 'yes' | 'no', thorough: Thorough): Answer {
  const only = answers.length === 1 ? answers[0] : undefined;
  if (only) return only;
  const settled = withTruth(answers, decisive);
  const open = withTruth(answers, 'unknown');
  if (settled.length > 0) {
    const shown = thorough === decisive ? settled : [smallest(settled)];
    // What is not known would stay so: then no change is known to turn the answer round.
    const changes = open.length > 0 ? [] : together(settled, answers);
    return { truth: decisive, evidence: evidenceOf(shown), changes };
  }
  if (open.length > 0) return { truth: 'unknown', evidence: evidenceOf(open), changes: [] };
  return {
    truth: decisive === 'yes' ? 'no' : 'yes',
    evidence: evidenceOf(answers),
    changes: shortestFirst(answers),
  };
}

// These run for every condition of every rule on every resource: plain loops, and lists are shared, not copied.
const none: readonly never[] = [];

function withTruth(answers: readonly Answer[], truth: Truth): readonly Answer[] {
  let found: Answer[] | undefined;
  for (const answer of answers) {
    if (answer.truth !== truth) continue;
    if (found) found.push(answer);
    else found = [answer];
  }
  return found ?? none;
}

function evidenceOf(answers: readonly Answer[]): readonly Evidence[] {
  let only: readonly Evidence[] = none;
  let joined: Evidence[] | undefined;
  for (const { evidence } of answers) {
    if (evidence.length === 0) continue;
    if (only.length === 0) only = evidence;
    else {
      joined ??= [...only];
      for (const item of evidence) joined.push(item);
    }
  }
  return joined ?? only;
}

const smallest = (answers: readonly Answer[]): Answer =>
  answers.reduce((best, answer) => (answer.evidence.length < best.evidence.length ? answer : best));

/**
 * Each of the settled has to be turned round: of each the first way that leaves alone what the others rest on; none
 * if one of them has no such way.
 */
function together(settled: readonly Answer[], answers: readonly Answer[]): Answer['changes'] {
  if (settled.some(({ changes }) => changes.length === 0)) return [];
  const resting = evidenceOf(answers.filter((answer) => !settled.includes(answer)));
  const joined = new Map<string, Change>();
  for (const { changes } of settled) {
    const way = changes.find((change) => change.every((it) => isFree(it, joined) && !resting.some(isAbout(it))));
    if (!way) return [];
    for (const it of way) joined.set(keyOf(it), it);
  }
  return [[...joined.values()]];
}

/** What is known, with what else it rests on. */
export const resting = (answer: Answer, on: readonly Evidence[]): Answer =>
  on.length === 0 || answer.truth === 'unknown' ? answer : { ...answer, evidence: [...answer.evidence, ...on] };

/** The same, each piece of evidence said once. */
export function distinct(answer: Answer): Answer {
  if (answer.evidence.length < 2) return answer;
  const said = new Map<string, Evidence>();
  for (const item of answer.evidence) said.set(nameOf(item), item);
  return said.size === answer.evidence.length ? answer : { ...answer, evidence: [...said.values()] };
}

const nameOf = ({ resource = '', path, note = '', gap }: Evidence): string => {
  const name = `${resource} ${path} ${note}`;
  return gap ? [name, gap.operation, gap.region, gap.resource].join(' ') : name;
};

const keyOf = ({ resource, path }: Change): string => `${resource} ${path}`;

const isFree = (change: Change, joined: ReadonlyMap<string, Change>): boolean =>
  !joined.has(keyOf(change)) || joined.get(keyOf(change))?.set === change.set;

/** Evidence names what it is about from the judged resource on, a change from the resource that it changes. */
const isAbout =
  ({ resource, path }: Change) =>
  (item: Evidence): boolean =>
    item.resource === resource && (item.path === path || item.path.endsWith(`.${path}`));

function shortestFirst(answers: readonly Answer[]): Answer['changes'] {
  const alternatives: (readonly Change[])[] = [];
  for (const { changes } of answers) for (const change of changes) alternatives.push(change);
  if (alternatives.length < 2) return alternatives;
  return alternatives.toSorted((a, b) => a.length - b.length).slice(0, maxAlternatives);
}

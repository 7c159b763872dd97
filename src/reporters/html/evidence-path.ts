import type { Finding } from '../../evaluation/finding.ts';
import { shortPath } from '../../evaluation/sentence.ts';
import type { Evidence } from '../../proof/answer.ts';
import { cut } from '../visible-text.ts';
import type { Holds, PageNode } from './page-data.ts';

/** One step of an evidence path: a relation, with the element of it that is meant. */
interface Step {
  readonly by: string;
  readonly element?: string;
}

const maxWays = 6;
const maxFacts = 3;
const maxName = 60;

/**
 * Whether a piece of evidence speaks for the resource. A failure shows what fails and how one gets there, a pass what
 * holds; a value that is just what was expected holds whatever became of the whole.
 */
export function holdsOf(item: Evidence, { status }: Pick<Finding, 'status'>): Holds {
  if (item.gap) return 'unknown';
  const { expected, actual, note } = item;
  if (expected === undefined && note === undefined) return 'leads';
  if (status === 'pass' || (note === undefined && isMet(expected, actual))) return 'yes';
  return item.when ? 'leads' : byStatus[status];
}

const byStatus = { pass: 'yes', fail: 'no', unknown: 'unknown', 'not-applicable': 'leads' } as const;

function isMet(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'object' && expected !== null)
    return 'exists' in expected && expected.exists === (actual !== undefined);
  return expected !== undefined && expected === actual;
}

/**
 * The ways from the judged resource to what decided, each a chain of resources: `trails[main].bucket.Policy` leads
 * over the trail to its bucket. What only made the rule apply is no part of them.
 */
export function waysOf(finding: Finding): readonly (readonly PageNode[])[] {
  const root: Place = { path: '', step: { by: '', element: finding.resource.name }, items: [], further: new Map() };
  for (const item of finding.evidence) if (!item.when) placeOf(root, stepsTo(item, finding)).items.push(item);
  const ways = waysFrom(root, finding);
  const telling = ways.filter((way) => way.some(({ holds }) => holds === 'no' || holds === 'unknown'));
  return (telling.length > 0 ? telling : ways).slice(0, maxWays);
}

interface Place {
  /** The evidence path that leads here. */
  readonly path: string;
  readonly step: Step;
  readonly items: Evidence[];
  readonly further: Map<string, Place>;
}

function placeOf(root: Place, steps: readonly Step[]): Place {
  let place = root;
  for (const step of steps) {
    const key = JSON.stringify([step.by, step.element]);
    const path = [place.path, step.element === undefined ? step.by : `${step.by}[${step.element}]`]
      .filter(Boolean)
      .join('.');
    const next: Place = place.further.get(key) ?? { path, step, items: [], further: new Map() };
    place.further.set(key, next);
    place = next;
  }
  return place;
}

/** What is asked by a verb is no resource. */
const verbs: readonly string[] = ['alerts', 'denies', 'keeps', 'permits', 'records'];

/** The steps of its path; a relation at the end that leads to another resource is one too, as where that is missing. */
function stepsTo(item: Evidence, finding: Finding): readonly Step[] {
  const { path, resource } = item;
  const steps = stepsOf(path);
  const { name = '', element } = partsOf(path)[steps.length] ?? {};
  const owner = steps.length === 0 ? finding.resource.id : steps.at(-1)?.element;
  const isRelation = /^[a-z]/.test(name) && element === undefined && !verbs.includes(name);
  const leadsOn = isRelation && owner !== undefined && resource !== undefined && resource !== owner;
  return leadsOn && holdsOf(item, finding) !== 'leads' ? [...steps, { by: name }] : steps;
}

/** Relations begin small, properties with a capital; what is small and last is a fact of ours. */
function stepsOf(path: string): readonly Step[] {
  const parts = partsOf(path);
  const steps: Step[] = [];
  for (const [index, { name, element }] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (!/^[a-z]/.test(name) || (isLast && element === undefined)) break;
    steps.push({ by: name, ...(element !== undefined && { element }) });
  }
  return steps;
}

/** `trails[arn:…].Status.IsLogging` in its parts; dots between brackets are part of an id. */
function partsOf(path: string): readonly { readonly name: string; readonly element?: string }[] {
  return [...path.matchAll(/([^.[\]]+)(?:\[([^\]]*)\])?(?:\.|$)/gu)].map(([, name = '', element]) => ({
    name,
    ...(element !== undefined && { element }),
  }));
}

function waysFrom(place: Place, finding: Finding): readonly (readonly PageNode[])[] {
  const node = nodeOf(place, finding);
  if (place.further.size === 0) return [[node]];
  // What decided at the resource itself stands once, with the first way that leads on.
  const bare = { ...node, facts: [] };
  return [...place.further.values()]
    .flatMap((next) => waysFrom(next, finding))
    .map((way, index) => [index === 0 ? node : bare, ...way]);
}

const rank: readonly Holds[] = ['no', 'unknown', 'yes', 'leads'];

function nodeOf({ path, step, items }: Place, finding: Finding): PageNode {
  const said = items.map((item) => holdsOf(item, finding));
  const holds = rank.find((one) => said.includes(one)) ?? 'leads';
  const decisive = items.filter((_, index) => said[index] === holds && holds !== 'leads');
  const facts = [...new Set(decisive.map((item) => lastOf(item.path)))].filter((fact) => fact !== step.by);
  const pointed = finding.evidence.find((item) => item.path === path)?.actual;
  const id = step.element ?? items.find(({ resource }) => resource !== undefined)?.resource ?? pointed;
  const name = typeof id === 'string' ? shortName(id) : step.by;
  return { by: step.by, name: cut(name, maxName), holds, facts: facts.slice(0, maxFacts) };
}

/** The property or fact at the end of a path. */
const lastOf = (path: string): string => {
  const steps = stepsOf(path).length;
  const rest = partsOf(path).slice(steps);
  return cut(
    shortPath(rest.map(({ name, element }) => (element === undefined ? name : `${name}[${element}]`)).join('.')),
    maxName,
  );
};

/** What people call a resource: the end of its ARN; an account is its number. */
function shortName(id: string): string {
  if (!id.startsWith('arn:')) return id;
  const parts = id.split(/[:/]/).filter((part) => part !== '' && part !== '*');
  return (id.endsWith(':root') ? parts.at(-2) : parts.at(-1)) ?? id;
}

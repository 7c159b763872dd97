import type { Answer, Evidence } from '../proof/answer.ts';
import { decided, unknown } from '../proof/leaf.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { finderOf } from '../snapshot/gaps.ts';
import type { Target } from '../snapshot/links.ts';
import { members, multiRegion } from '../snapshot/members.ts';
import { type ResourceView, read, readPath } from '../snapshot/resource-view.ts';

interface Nowhere {
  readonly pointer: Evidence;
  readonly path: string;
  readonly wanted: boolean;
}

/** Nothing is pointed at; or what is pointed at does not exist, which the look-up says. */
export function leadsNowhere(
  leads: Extract<Target, { readonly is: 'none' | 'dangling' }>,
  { pointer, path, wanted }: Nowhere,
): Answer {
  const expected = { exists: wanted };
  if (leads.is === 'none') return decided(!wanted, { ...pointer, expected });
  const actual = leads.pointer.is === 'value' ? leads.pointer.value : undefined;
  const gone: Evidence = {
    path,
    expected,
    resource: leads.id,
    note: `${leads.id} does not exist`,
    ...(leads.from && { from: leads.from }),
  };
  return { truth: wanted ? 'no' : 'yes', evidence: [{ ...pointer, actual }, gone], changes: [] };
}

/** What is pointed at is there: the pointer says where, and what found it says that it exists. */
export function leadsThere(
  { view, pointer: reading }: Extract<Target, { readonly is: 'found' }>,
  { pointer, path, wanted }: { readonly pointer: Evidence; readonly path: string; readonly wanted: unknown },
): Answer {
  const from = finderOf(view.type, view.account.gaps);
  const actual = reading.is === 'value' ? reading.value : view.id;
  const leading: Evidence = { ...pointer, ...(wanted !== undefined && { expected: { exists: wanted } }), actual };
  const seen: Evidence = { path: `${path}[${view.id}]`, actual: view.name, ...(from && { from }), resource: view.id };
  return { truth: wanted === false ? 'no' : 'yes', evidence: [leading, seen], changes: [] };
}

/** What is said of a target rests on the pointer that leads there; `found` may itself be the no. */
export function through(found: Answer, said: Answer): Answer {
  if (found.truth === 'no' || said.truth === 'unknown') return found.truth === 'no' ? found : said;
  return { ...said, evidence: [...found.evidence, ...said.evidence] };
}

/** Why one of the type is not at the end of the relation: it works in another region, or not for this account. */
export function apart(view: ResourceView, path: string): Evidence {
  const property = multiRegion(view.type.name) ?? view.type.label;
  const reading = read(view, property);
  const unseen = reading.is === 'value' && reading.value === true;
  if (unseen) {
    const own = view.account.byType.get('AWS::Account')?.[0];
    const { from } = members(own ?? view, 'regions');
    const note = `${view.id} lives in ${view.region}, which this account has not enabled`;
    return { path: 'regions', ...(from && { from }), resource: own?.id ?? view.id, note };
  }
  return {
    path: `${path}[${view.id}].${property}`,
    ...(reading.is === 'value' && { actual: reading.value }),
    ...(reading.from && { from: reading.from }),
    resource: view.id,
    note: `it works in ${view.region || 'another region'}`,
  };
}

/** A resource that may be at the end of a relation; `gaps`: why nobody knows. */
export interface Candidate {
  readonly view: ResourceView;
  readonly gaps: Parameters<typeof unknown>[2] | undefined;
}

/** The property of a way back that points here; undefined where no property does. */
export const pointerBack = (name: string, type: ResourceType, to: ResourceType): string | undefined =>
  Object.values(to.relations).find((relation) => relation.to === type.name && relation.back === name)?.by;

/** That one is at the end of the relation: its pointer says so, or nobody knows. */
export function belongs(path: string, by: string | undefined, candidate: Candidate | undefined): Answer | undefined {
  if (!candidate) return undefined;
  const { view, gaps } = candidate;
  const at = `${path}[${view.id}]`;
  if (gaps) return unknown(view, at, gaps);
  const pointer = readPath(view, by ?? view.type.label);
  return decided(true, {
    path: by ? `${at}.${by}` : at,
    actual: by && pointer.is === 'value' ? pointer.value : view.name,
    ...(pointer.from && { from: pointer.from }),
    resource: view.id,
  });
}

import type { ResourceType } from '../../resource-types/resource-type.ts';
import { listingGaps } from '../../snapshot/gaps.ts';
import { workedOut } from '../../snapshot/remember.ts';
import { atOwner, objectsIn, type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import type { Answer, Evidence } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { type Decision, decide } from './decide.ts';
import { type Policy, type PolicyMistake, parsePolicy } from './policy.ts';
import type { Request } from './request.ts';

/** Decides requests by a policy that could be read. */
export type Simulate = (request: Request) => Decision;

/** What AWS never makes without a policy of its own: a file that leaves it out does not say which. */
export const alwaysHavePolicy: readonly string[] = ['AWS::KMS::Key', 'AWS::SNS::Topic'];

/** The policy of a resource: what decides requests, that there is none, or why nobody can read it. */
export type ResourcePolicy =
  | {
      readonly is: 'read';
      readonly text: string;
      readonly policy: Policy;
      readonly simulate: Simulate;
      readonly evidence: Evidence;
      /** What shows that this is all of it. */
      readonly complete: readonly Evidence[];
    }
  | { readonly is: 'absent'; readonly evidence: Evidence; readonly complete: readonly Evidence[] }
  | { readonly is: 'unreadable'; readonly answer: Answer };

const properties: ReadonlyMap<string, string> = new Map([
  ['AWS::Logs::LogGroup', 'ResourcePolicies'],
  ['AWS::Logs::Destination', 'AccessPolicy'],
]);

/** The property that holds a resource's own policy, or those that are attached to it. */
export const policyProperty = ({ name }: ResourceType): string => properties.get(name) ?? 'Policy';

/** The policy of a resource, and what evidence that rests on it begins with. */
export function policyOf(view: ResourceView, prefix: string): ResourcePolicy {
  const property = policyProperty(view.type);
  const path = `${prefix}${property}`;
  const reading = read(view, property);
  if (reading.is === 'gap') return { is: 'unreadable', answer: unknown(view, path, reading.gaps, reading.from) };
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: view.id };
  if (view.type.name === 'AWS::Logs::LogGroup') return ofLogGroup(view, saidBy(reading), prefix, evidence);
  if (reading.is === 'absent') return { is: 'absent', evidence, complete: [] };
  return readAs(workedOut(view, ownPolicy), String(reading.value), { evidence, complete: [] });
}

/** What a resource's own policy says: it is taken apart once, however many requests it decides. */
const ownPolicy = (view: ResourceView): Policy | PolicyMistake =>
  parsePolicy(String(saidBy(read(view, policyProperty(view.type)))));

function readAs(
  policy: Policy | PolicyMistake,
  text: string,
  said: { readonly evidence: Evidence; readonly complete: readonly Evidence[] },
): ResourcePolicy {
  if ('mistake' in policy) return { is: 'unreadable', answer: undecided({ ...said.evidence, note: policy.mistake }) };
  return { is: 'read', text, policy, simulate: (request) => decide(policy, request), ...said };
}

/**
 * The policies of CloudWatch Logs that may be about a log group: those attached to it, and all those of its region,
 * each for whatever its statements name.
 */
function ofLogGroup(group: ResourceView, attached: unknown, prefix: string, evidence: Evidence): ResourcePolicy {
  const account = atOwner(group)?.account ?? group.account;
  const type = account.registry['AWS::Logs::ResourcePolicy'];
  const path = `${prefix}account.logResourcePolicies`;
  const from = type?.list?.operation;
  const gaps = type ? listingGaps(type, account.registry, account.gaps, { region: group.region }) : [];
  if (gaps.length > 0) return { is: 'unreadable', answer: unknown(group, path, gaps, from) };
  const regional = (account.own.get('AWS::Logs::ResourcePolicy') ?? []).filter(({ region }) => region === group.region);
  const ofRegion = regional.map((view) => ({ view, reading: read(view, 'PolicyDocument') }));
  for (const { view, reading } of ofRegion) {
    const at = `${path}[${view.id}].PolicyDocument`;
    if (reading.is === 'gap') return { is: 'unreadable', answer: unknown(view, at, reading.gaps, reading.from) };
  }
  const said = (at: string, resource: string): Evidence => ({ path: at, ...(from && { from }), resource });
  const complete = [said(path, group.id), ...regional.map(({ id }) => said(`${path}[${id}].PolicyDocument`, id))];
  const documents = [
    ...objectsIn(attached).map(({ PolicyName, PolicyDocument }) => ({
      name: String(PolicyName),
      text: PolicyDocument,
    })),
    ...ofRegion.map(({ view, reading }) => ({ name: view.name, text: saidBy(reading) })),
  ].flatMap(({ name, text }) => (typeof text === 'string' ? [{ name, text }] : []));
  if (documents.length === 0) return { is: 'absent', evidence, complete };
  const text = documents.map((document) => document.text).join('\n');
  return readAs(together(documents), text, { evidence, complete });
}

/** Several policies as one: whatever one of them says counts. */
function together(documents: readonly { readonly name: string; readonly text: string }[]): Policy | PolicyMistake {
  const read = documents.map(({ name, text }) => ({ name, text, policy: parsePolicy(text) }));
  for (const { name, policy } of read) if ('mistake' in policy) return { mistake: `${name}: ${policy.mistake}` };
  const policies = read.flatMap(({ name, text, policy }) => ('mistake' in policy ? [] : [{ name, text, policy }]));
  const variables = policies.every(({ policy }) => policy.variables);
  const mixed = policies.find(({ text, policy }) => policy.variables !== variables && text.includes('${'));
  if (mixed) return { mistake: `${mixed.name} has variables, and another policy is of a version without them` };
  const statements = policies.flatMap(({ name, policy }) =>
    policy.statements.map((statement) => ({ ...statement, name: `${statement.name} of ${name}` })),
  );
  return { statements, variables };
}

/** A decision as an answer. */
export function answerOf({ allowed, why }: Decision, evidence: Evidence): Answer {
  const said = { ...evidence, note: why };
  return allowed === 'unknown' ? undecided(said) : decided(allowed === 'yes', said);
}

import { type ResourceView, read } from '../../snapshot/resource-view.ts';
import type { Answer, Evidence } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { type Decision, decide } from './decide.ts';
import { parsePolicy } from './policy.ts';
import type { Request } from './request.ts';

/** Decides requests by a policy that could be read. */
export type Simulate = (request: Request) => Decision;

/** What AWS never makes without a policy of its own: a file that leaves it out does not say which. */
export const alwaysHavePolicy: readonly string[] = ['AWS::KMS::Key', 'AWS::SNS::Topic'];

/** The policy of a resource: what decides requests, that there is none, or why nobody can read it. */
export type ResourcePolicy =
  | { readonly is: 'read'; readonly text: string; readonly simulate: Simulate; readonly evidence: Evidence }
  | { readonly is: 'absent'; readonly evidence: Evidence }
  | { readonly is: 'unreadable'; readonly answer: Answer };

/** The policy of a resource, and what evidence that rests on it begins with. */
export function policyOf(view: ResourceView, prefix: string): ResourcePolicy {
  const path = `${prefix}Policy`;
  const reading = read(view, 'Policy');
  if (reading.is === 'gap') return { is: 'unreadable', answer: unknown(view, path, reading.gaps, reading.from) };
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: view.id };
  if (reading.is === 'absent') return { is: 'absent', evidence };
  const text = String(reading.value);
  const policy = parsePolicy(text);
  if ('mistake' in policy) return { is: 'unreadable', answer: undecided({ ...evidence, note: policy.mistake }) };
  return { is: 'read', text, simulate: (request) => decide(policy, request), evidence };
}

/** A decision as an answer. */
export function answerOf({ allowed, why }: Decision, evidence: Evidence): Answer {
  const said = { ...evidence, note: why };
  return allowed === 'unknown' ? undecided(said) : decided(allowed === 'yes', said);
}

import { members } from '../../snapshot/members.ts';
import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { decided, unknown } from '../leaf.ts';

/** Why an account may have more of something than anybody saw; no: these are all. `region`: there alone. */
export function mayBeMore(account: ResourceView, prefix: string, relation: string, region?: string): Answer {
  const { sure, gaps, from } = members(account, relation);
  const near = region === undefined ? gaps : gaps.filter((gap) => !gap.region || gap.region === region);
  const path = `${prefix}${relation}`;
  if (near.length > 0) return unknown(account, path, near, from);
  return decided(false, { path, actual: sure.length, ...(from && { from }), resource: account.id });
}

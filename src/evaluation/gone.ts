import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** What a run judged. */
export interface JudgedScope {
  readonly rules: readonly { readonly id: string }[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** A finding of an earlier run that this one does not have. */
export interface Missing {
  readonly rule: string;
  readonly account: string;
  /** `global` for what has none. */
  readonly region: string;
}

/** Whether a finding says that there may be resources which nobody has listed. */
export const isUnlisted = ({ rule, resource, fingerprint: own }: Finding): boolean =>
  own === fingerprint(rule, resource, 'unlisted');

/**
 * Whether what a run does not find any more is gone: its rule was run, which always finds something in an account
 * (design §4), its account and region were read, and nothing that the rule could be about was left unlisted or was not
 * judged there. It is never gone only because nobody looked.
 */
export function goneFrom(scope: JudgedScope, findings: Iterable<Finding>): (missing: Missing) => boolean {
  const open = new Set<string>();
  for (const finding of findings) {
    const { account } = finding.resource;
    for (const region of hidingIn(finding)) open.add(keyOf({ rule: finding.rule, account, region }));
  }
  const rules = new Set(scope.rules.map(({ id }) => id));
  const [accounts, regions] = [new Set(scope.accounts), new Set([...scope.regions, 'global'])];
  return ({ rule, account, region }) => {
    if (!rules.has(rule) || !accounts.has(account) || !regions.has(region)) return false;
    const places = ['global', region === 'global' ? 'anywhere' : region];
    return places.every((place) => !open.has(keyOf({ rule, account, region: place })));
  };
}

/**
 * Where there may be findings beside this one that nobody sees; `global`: anywhere. One that is unknown and of no region
 * may be about a resource whose region was known before, and then it had another fingerprint; or its rule crashed.
 */
function hidingIn(finding: Finding): readonly string[] {
  const { region } = finding.resource;
  if (finding.notJudged) return ['global'];
  if (finding.status !== 'unknown' || (region !== 'global' && !isUnlisted(finding))) return [];
  // What is open somewhere may matter to what is said of the whole account.
  return [region, 'anywhere'];
}

const keyOf = ({ rule, account, region }: Missing): string => JSON.stringify([rule, account, region]);

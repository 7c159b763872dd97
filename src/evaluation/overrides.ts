import { type Answer, all, type Truth } from '../proof/answer.ts';
import { matchesGlob } from '../proof/glob.ts';
import { undecided } from '../proof/leaf.ts';
import { accountTag, organizationOf, pathTo, whoSees } from '../proof/organization-path.ts';
import type { Rule } from '../rules/compile.ts';
import { type Severity, severities } from '../rules/rule.ts';
import { remember } from '../snapshot/remember.ts';
import type { AccountView } from '../snapshot/resource-view.ts';

/** Where an override holds: in accounts and regions that all of these name. */
export interface OverrideMatch {
  /** Ids. */
  readonly accounts?: readonly string[];
  /** Roots and organizational units: the accounts at or below any of them. */
  readonly ous?: readonly string[];
  /** Globs of regions as findings name them: `global` is one. */
  readonly regions?: readonly string[];
  /** Of accounts: a value of each key. */
  readonly tags?: Readonly<Record<string, string | readonly string[]>>;
}

/** What a config changes for some accounts and regions, ready to be asked. */
export interface Override {
  /** How findings call it. */
  readonly name: string;
  readonly match: OverrideMatch;
  /** The ids of all rules that it changes, and of those that it skips. */
  readonly rules: ReadonlySet<string>;
  readonly skips: ReadonlySet<string>;
  readonly severities: Readonly<Record<string, Severity>>;
}

/** By which rule something is judged, and why it may not be. */
export interface Ruling {
  readonly rule: Rule;
  /** The names of the overrides that made it so. */
  readonly by: readonly string[];
  /** Set: nothing is judged. An answer that is unknown is why nobody knows by which rule. */
  readonly withheld?: 'skipped' | Answer;
}

/** By which rule a resource of a region is judged; an empty region is one that nobody knows. */
export type RulingIn = (rule: Rule, region: string) => Ruling;

export interface Overrides {
  /** In the order of the config: the later over the earlier. */
  readonly list: readonly Override[];
  /** A rule as these overrides make it together, compiled. */
  readonly variant: (rule: Rule, by: readonly Override[]) => Rule;
}

/**
 * By which rules an account is judged. An override that holds nowhere in it costs nothing; where nobody knows whether
 * one holds, as of a unit that the account may be in, nobody knows by which rule either, and it is never guessed.
 */
export function rulingIn(account: AccountView, { list, variant }: Overrides): RulingIn | undefined {
  const near = list.flatMap((override) => {
    const holds = holdsIn(account, override.match);
    return holds.truth === 'no' ? [] : [{ override, holds }];
  });
  if (near.length === 0) return undefined;
  const rulings = new Map<string, Ruling>();
  return (rule, region) =>
    remember(rulings, `${rule.definition.id} ${region}`, () => {
      const holding = near.flatMap(({ override, holds }): readonly Holding[] => {
        if (!override.rules.has(rule.definition.id)) return [];
        const here = all([holds, inRegion(override.match, region)], 'no');
        return here.truth === 'no' ? [] : [{ override, here }];
      });
      return ruling(rule, holding, variant);
    });
}

interface Holding {
  readonly override: Override;
  /** Yes or unknown. */
  readonly here: Answer;
}

function ruling(rule: Rule, holding: readonly Holding[], variant: Overrides['variant']): Ruling {
  const { id } = rule.definition;
  const sure = holding.filter(({ here }) => here.truth === 'yes').map(({ override }) => override);
  const skipping = sure.filter(({ skips }) => skips.has(id));
  if (skipping.length > 0) return { rule, by: skipping.map(({ name }) => name), withheld: 'skipped' };
  const open = holding.find(({ here }) => here.truth === 'unknown');
  if (!open)
    return sure.length === 0 ? { rule, by: [] } : { rule: variant(rule, sure), by: sure.map(({ name }) => name) };
  // It may be as bad as the worst that any of them says.
  const may = [rule.definition.severity, ...holding.flatMap(({ override }) => severityOf(override, id) ?? [])];
  const severity = severities.find((one) => may.includes(one)) ?? rule.definition.severity;
  const worst = { ...rule, definition: { ...rule.definition, severity } };
  return { rule: worst, by: [open.override.name], withheld: open.here };
}

const severityOf = (override: Override, id: string): Severity | undefined =>
  Object.hasOwn(override.severities, id) ? override.severities[id] : undefined;

/** Whether an override holds in an account, its regions left aside. */
function holdsIn(account: AccountView, { accounts, ous, tags }: OverrideMatch): Answer {
  const { id } = account.account;
  if (accounts && !accounts.includes(id)) return is('no');
  return all([ous ? isBelow(account, ous) : is('yes'), tags ? isTagged(account, tags) : is('yes')], 'no');
}

function isBelow(account: AccountView, units: readonly string[]): Answer {
  const found = organizationOf(account);
  if ('truth' in found) return found;
  const path = pathTo(account.account.id, whoSees(account, found.management));
  return 'truth' in path ? path : is(path.ids.some((id) => units.includes(id)) ? 'yes' : 'no');
}

function isTagged(account: AccountView, wanted: NonNullable<OverrideMatch['tags']>): Answer {
  const found = organizationOf(account);
  if ('truth' in found) return found;
  const seer = whoSees(account, found.management);
  const has = ([key, values]: readonly [string, string | readonly string[]]): Answer => {
    const own = accountTag(account.account.id, seer, key);
    return 'truth' in own ? own : is([values].flat().some((value) => value === own.value) ? 'yes' : 'no');
  };
  return all(Object.entries(wanted).map(has), 'no');
}

function inRegion({ regions }: OverrideMatch, region: string): Answer {
  if (!regions || regions.includes('*')) return is('yes');
  if (region === '') return undecided({ path: 'region', note: 'nobody knows in which region it is' });
  return is(regions.some((glob) => matchesGlob(glob, region)) ? 'yes' : 'no');
}

const is = (truth: Truth): Answer => ({ truth, evidence: [], changes: [] });

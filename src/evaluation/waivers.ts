import { matchesGlob } from '../proof/glob.ts';
import { redactedValue } from '../snapshot/redacted.ts';
import { daysBetween } from './calendar.ts';
import type { Finding, FindingWaiver, WaiverState } from './finding.ts';
import type { JudgedScope } from './gone.ts';

/** What a waiver is narrowed to. All of it must hold; of a list, one. */
export interface WaiverMatch {
  /** Ids of accounts. */
  readonly account?: readonly string[];
  /** Regions, `global` for what has none, or globs. */
  readonly region?: readonly string[];
  /** Ids of resources, or globs of them: anchored at both ends. */
  readonly resource?: readonly string[];
  /** Values by key. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly fingerprint?: string;
}

/** A risk that somebody accepted for a time (design §1). */
export interface Waiver {
  /** The id of a rule, or a glob. */
  readonly rule: string;
  /** Left out: every finding of the rule. */
  readonly match?: WaiverMatch;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, in UTC, as YYYY-MM-DD. */
  readonly expires: string;
}

/** What no waiver may do. */
export interface WaiverPolicy {
  /** A waiver may end so many days from now at most. */
  readonly maximumDays?: number;
  /** Rules, or globs of them, that nobody may waive. */
  readonly never?: readonly string[];
}

export interface WaiverTerms {
  readonly waivers: readonly Waiver[];
  readonly policy: WaiverPolicy;
  /** The day as of which it is judged. */
  readonly today: string;
}

/** The tags of the resource that a finding is about; undefined: nobody knows them. */
export type TagsOf = (finding: Finding) => Readonly<Record<string, unknown>> | undefined;

/** For so many days before its end a waiver warns. */
const expiringDays = 14;

/** What a waiver does to findings of a rule on a day. The last day counts. */
export function waiverState({ expires }: Pick<Waiver, 'expires'>, rule: string, terms: WaiverTerms): WaiverState {
  const { maximumDays, never = [] } = terms.policy;
  if (never.some((glob) => matchesGlob(glob, rule))) return 'forbidden';
  const left = daysBetween(terms.today, expires);
  if (left < 0) return 'expired';
  if (maximumDays !== undefined && left > maximumDays) return 'too-long';
  return left <= expiringDays ? 'expiring' : 'active';
}

/** Whether a waiver in this state is an accepted risk. */
export const holds = (state: WaiverState): boolean => state === 'active' || state === 'expiring';

const isOneOf = (wanted: readonly string[] | undefined, is: (one: string) => boolean): boolean =>
  wanted === undefined || wanted.some(is);

const namesRule = ({ rule }: Waiver, id: string): boolean => matchesGlob(rule, id);

const namesAccount = ({ match }: Waiver, id: string): boolean => isOneOf(match?.account, (one) => one === id);

const namesRegion = ({ match }: Waiver, region: string): boolean =>
  isOneOf(match?.region, (glob) => matchesGlob(glob, region));

/** Whether a waiver names a finding: unknown where only tags could say it that nobody has read. */
function namesFinding(waiver: Waiver, finding: Finding, tagsOf: TagsOf): 'yes' | 'no' | 'unknown' {
  const { resource, rule, fingerprint } = finding;
  const { match = {} } = waiver;
  const isNamed =
    namesRule(waiver, rule) &&
    namesAccount(waiver, resource.account) &&
    namesRegion(waiver, resource.region) &&
    isOneOf(match.resource, (glob) => matchesGlob(glob, resource.id)) &&
    (match.fingerprint === undefined || match.fingerprint === fingerprint);
  if (!isNamed) return 'no';
  return match.tags ? hasTags(match.tags, tagsOf(finding)) : 'yes';
}

function hasTags(wanted: NonNullable<WaiverMatch['tags']>, tags: ReturnType<TagsOf>): 'yes' | 'no' | 'unknown' {
  if (!tags) return 'unknown';
  const found = Object.entries(wanted).map(([key, values]) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    if (value === redactedValue) return 'unknown';
    return isOneOf(values, (one) => one === value) ? 'yes' : 'no';
  });
  if (found.includes('no')) return 'no';
  return found.includes('unknown') ? 'unknown' : 'yes';
}

/** What a waiver met in the findings of a run. */
export interface WaiverReach {
  /** How many failures and unknowns it names. */
  readonly named: number;
  /** For how many of them it is an accepted risk. */
  readonly hidden: number;
  /** How many of these another waiver hides too. */
  readonly shared: number;
  /** Whether it names findings that nobody may waive. */
  readonly forbidden: boolean;
  /** Whether there may be findings that it names: something that it could be about is unknown or was not judged. */
  readonly open: boolean;
}

const untouched: WaiverReach = { named: 0, hidden: 0, shared: 0, forbidden: false, open: false };

export interface Waived {
  readonly findings: readonly Finding[];
  readonly reach: ReadonlyMap<Waiver, WaiverReach>;
}

/**
 * Failures and unknowns with the waiver that names them, whether it holds or not; the best, where there are several.
 * Their status stays what it is. `before`: what the waivers met in the findings of other accounts.
 */
export function waive(
  findings: readonly Finding[],
  terms: WaiverTerms,
  tagsOf: TagsOf,
  before: Waived['reach'] = new Map(),
): Waived {
  if (terms.waivers.length === 0) return { findings, reach: before };
  const reach = new Map(before);
  const ofRule = new Map<string, readonly Candidate[]>();
  const marked = findings.map((finding) => {
    const { rule, status } = finding;
    if (status !== 'fail' && status !== 'unknown' && !finding.notJudged) return finding;
    const candidates = ofRule.get(rule) ?? candidatesOf(rule, terms);
    ofRule.set(rule, candidates);
    const naming = candidates.map(
      (one): Naming => ({
        ...one,
        finding,
        named: finding.notJudged ? 'no' : namesFinding(one.waiver, finding, tagsOf),
      }),
    );
    const hiding = naming.filter(({ named, state }) => named === 'yes' && holds(state)).length;
    for (const one of naming) reach.set(one.waiver, reached(reach.get(one.waiver) ?? untouched, one, hiding > 1));
    const best = bestOf(naming.filter(({ named }) => named === 'yes'));
    return best ? { ...finding, waiver: best } : finding;
  });
  return { findings: marked, reach };
}

/** A waiver that names a rule, and what it does to its findings. */
interface Candidate {
  readonly waiver: Waiver;
  readonly state: WaiverState;
}

const candidatesOf = (rule: string, terms: WaiverTerms): readonly Candidate[] =>
  terms.waivers
    .filter((waiver) => namesRule(waiver, rule))
    .map((waiver) => ({ waiver, state: waiverState(waiver, rule, terms) }));

interface Naming extends Candidate {
  readonly finding: Finding;
  readonly named: 'yes' | 'no' | 'unknown';
}

function reached(met: WaiverReach, { waiver, finding, named, state }: Naming, isShared: boolean): WaiverReach {
  if (named === 'yes') {
    const hides = holds(state);
    return {
      ...met,
      named: met.named + 1,
      hidden: met.hidden + Number(hides),
      shared: met.shared + Number(hides && isShared),
      forbidden: met.forbidden || state === 'forbidden',
    };
  }
  // What could not be listed or was not judged may be what the waiver is about.
  const isOpen = finding.status === 'unknown' || finding.notJudged !== undefined;
  const mayBeMeant = isOpen && namesAccount(waiver, finding.resource.account);
  return named === 'unknown' || mayBeMeant ? { ...met, open: true } : met;
}

/** What is best for whoever wrote them, the first of its kind. */
const preference: readonly WaiverState[] = ['active', 'expiring', 'too-long', 'forbidden', 'expired'];

function bestOf(naming: readonly Naming[]): FindingWaiver | undefined {
  const [best] = naming.toSorted((a, b) => preference.indexOf(a.state) - preference.indexOf(b.state));
  if (!best) return undefined;
  const { reason, owner, expires } = best.waiver;
  return { state: best.state, reason, owner, expires };
}

/** A waiver of the config, and what it did in a run. */
export interface WaiverUse extends Waiver {
  /** On the day of the report; `forbidden` if it names findings that nobody may waive. */
  readonly state: WaiverState;
  /** How many findings it hides. */
  readonly hides: number;
  /** How many of these another waiver hides too; left out: none. */
  readonly overlaps?: number;
  /** Nothing that it names fails or is unknown, and all that it could name was judged. */
  readonly unused?: true;
}

/** What each waiver of a run did, in their order. */
export function waiverUses(terms: WaiverTerms, reach: Waived['reach'], scope: JudgedScope): readonly WaiverUse[] {
  return terms.waivers.map((waiver) => {
    const { named, hidden, shared, forbidden, open } = reach.get(waiver) ?? untouched;
    return {
      ...waiver,
      state: forbidden ? 'forbidden' : waiverState(waiver, waiver.rule, terms),
      hides: hidden,
      ...(shared > 0 && { overlaps: shared }),
      ...(named === 0 && !open && couldName(waiver, scope) && { unused: true as const }),
    };
  });
}

/** Whether what a waiver names was judged: of what was not, nobody knows whether it needs one. */
const couldName = (waiver: Waiver, { rules, accounts, regions }: JudgedScope): boolean =>
  rules.some(({ id }) => namesRule(waiver, id)) &&
  accounts.some((id) => namesAccount(waiver, id)) &&
  [...regions, 'global'].some((region) => namesRegion(waiver, region));

/** Whether a waiver is so wide that nobody can know what it will hide. */
export const isBroad = ({ rule, match = {} }: Waiver): boolean =>
  isAnything(rule) || Object.values(match).every((part) => Array.isArray(part) && part.some(isAnything));

/** `?*` too: nothing that a waiver names is an empty text. */
const isAnything = (glob: string): boolean => /^\?*\*[*?]*$/u.test(glob);

/** A waiver that does no good any more, or never did: strict runs end by it. */
export const isIdle = ({ state, unused }: Pick<WaiverUse, 'state' | 'unused'>): boolean =>
  !holds(state) || unused === true;

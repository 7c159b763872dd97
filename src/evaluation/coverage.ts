import type { Truth } from '../proof/answer.ts';
import { type Chain, chains, type Link } from '../proof/chain.ts';
import { records } from '../proof/records.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import { type CoverageClass, coverageClasses } from './coverage-classes.ts';
import { sentence } from './sentence.ts';

/** One link of what happens to the events of a class. */
export interface CoverageLink {
  readonly name: Link['name'];
  readonly holds: Truth;
}

/** What happens to the events of a class in some regions of an account, which all answer alike. */
export interface CoverageChain {
  readonly regions: readonly string[];
  readonly links: readonly CoverageLink[];
  /** Where not every such event is known to be recorded: whether any is. */
  readonly part?: Truth;
  /** The first link that is known not to hold, else the first that is not known to; left out: all hold. */
  readonly broken?: Link['name'];
  /** Why it does not hold, or is not known to. */
  readonly why?: string;
}

/** What happens to a class of events in an account. No chain: no region of the account is known. */
export interface ClassCoverage {
  readonly events: string;
  readonly chains: readonly CoverageChain[];
}

export interface AccountCoverage {
  readonly account: string;
  readonly classes: readonly ClassCoverage[];
}

/** What is recorded, kept and noticed: event class × account × region. */
export interface ReportCoverage {
  /** For how many days what is kept is kept at the least. */
  readonly days: number;
  readonly accounts: readonly AccountCoverage[];
}

export interface CoverageQuestion {
  /** For how many days events must be kept. */
  readonly days: number;
  readonly now: string | undefined;
}

/**
 * What becomes of each class of events in an account, region by region: recorded, delivered, encrypted, kept, and
 * where somebody has to learn of them noticed (aws-semantics §13). Regions that answer alike are one entry.
 */
export function coverageOf(account: AccountView, question: CoverageQuestion): AccountCoverage {
  const [owner] = account.byType.get('AWS::Account') ?? [];
  if (!owner) throw new Error('an account has no view of itself');
  return {
    account: account.account.id,
    classes: coverageClasses.map((asked) => ({
      events: asked.name,
      chains: chainsOf(owner, asked, question).map((chain) => said(chain, owner, asked)),
    })),
  };
}

function chainsOf(
  { account }: ResourceView,
  { events, until }: CoverageClass,
  { days, now }: CoverageQuestion,
): readonly Chain[] {
  const asked = until === 'noticed by' ? 'all links' : 'all but noticed by';
  return chains(account, { events, except: [], asked, days, now });
}

function said({ regions, links, broken }: Chain, owner: ResourceView, { events }: CoverageClass): CoverageChain {
  const isRecorded = links.some(({ name, answer }) => name === 'recorded by' && answer.truth === 'yes');
  return {
    regions,
    links: links.map(({ name, answer }) => ({ name, holds: answer.truth })),
    ...(!isRecorded && { part: anyRecorded(owner, { ...events, regions }) }),
    ...(broken && { broken: broken.name, why: sentence(broken.answer) }),
  };
}

/** A trail that records the objects of one bucket alone is not as if there were none. */
const anyRecorded = (owner: ResourceView, events: CoverageClass['events']): Truth =>
  records(owner, { how: 'some', classes: [events] }, '', { now: undefined, thorough: 'no' }).truth;

import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import type { Evidence, Truth } from '../proof/answer.ts';
import { type Chain, type ChainQuestion, chains, type Link, wholeness } from '../proof/chain.ts';
import { readEventClass } from '../proof/event-class.ts';
import { compileRule, type Rule } from '../rules/compile.ts';
import type { AccountView } from '../snapshot/resource-view.ts';
import { viewTogether } from '../snapshot/run.ts';
import type { Account } from './inputs.ts';
import { registry } from './rule-set.ts';

type Written = Readonly<Record<string, unknown>>;

/** What a proof says of one link in some regions. */
export interface ProvenLink {
  readonly name: Link['name'];
  readonly holds: Truth;
  readonly evidence: readonly Evidence[];
}

export interface ProvenChain {
  readonly regions: readonly string[];
  readonly links: readonly ProvenLink[];
  /** The name of the first link that does not hold. */
  readonly broken?: Link['name'];
}

/** What happens to an event in every account and region: what `prove --format json` prints. */
export interface Proof {
  readonly trailproof: 'proof/1';
  readonly event: Written;
  readonly accounts: readonly {
    readonly account: string;
    readonly chains: readonly ProvenChain[];
  }[];
  readonly exitCode: 0 | 1 | 3;
}

/** Longer than CloudTrail's own event history. */
export const daysToKeep = 91;

export interface ProofOptions {
  readonly event: Written;
  readonly days: number;
  readonly now: string | undefined;
  /** Only these; undefined: all. */
  readonly regions: readonly string[] | undefined;
  readonly except: readonly string[];
  readonly asked: ChainQuestion['asked'];
}

/** Works out the chains of an event in each account. */
export function proveIn(accounts: readonly Account[], options: ProofOptions): Proof {
  const { event, days, now, regions, except, asked } = options;
  const events = { ...event, ...(regions && { regions }) };
  const snapshots = accounts.map(({ snapshot }) => snapshot);
  const proven = viewTogether(snapshots, { registry }).map((view) => {
    const { snapshot } = view;
    return { view, found: chains(view, { events, except, asked, days, now: now ?? snapshot.collectedAt }) };
  });
  assertPlaces(proven, readEventClass(events).regions ?? []);
  const truths = proven.flatMap(({ view, found }): readonly Truth[] =>
    view.enabledRegions.length === 0 ? ['unknown', ...found.map(wholeness)] : found.map(wholeness),
  );
  return {
    trailproof: 'proof/1',
    event,
    accounts: proven.map(({ view, found }) => ({ account: view.account.id, chains: found.map(said) })),
    exitCode: truths.includes('no') ? 1 : truths.includes('unknown') ? 3 : 0,
  };
}

type Proven = readonly { readonly view: AccountView; readonly found: readonly Chain[] }[];

/** Of a region that no account has, or where no such event happens, a proof would be one of nothing. */
function assertPlaces(proven: Proven, asked: readonly string[]): void {
  const shown = new Set(proven.flatMap(({ found }) => found.flatMap((chain) => chain.regions)));
  const enabled = [...new Set(proven.flatMap(({ view }) => view.enabledRegions))];
  const nowhere = asked.find((region) => !shown.has(region) && !enabled.includes(region));
  if (nowhere !== undefined) {
    throw new AppError('usage', `no account that was read has the region ${nowhere} enabled`, {
      hint: nearOr(nowhere, enabled, `They have ${enabled.join(', ') || 'none that is known'}.`),
    });
  }
  if (shown.size > 0 || enabled.length === 0) return;
  throw new AppError('usage', 'no such event happens in the regions that are asked about', {
    hint: 'Those of IAM and other global services happen in one region of the partition alone: leave --region and --exclude-region out.',
  });
}

const said = ({ regions, links, broken }: Chain): ProvenChain => ({
  regions,
  links: links.map(({ name, answer }) => ({ name, holds: answer.truth, evidence: answer.evidence })),
  ...(broken && { broken: broken.name }),
});

/** What has to be asked of an account for any proof: all that the four questions of the chain read. */
export function proofNeeds(): Rule {
  const events = { eventCategory: 'Management' };
  const { rule } = compileRule(
    {
      id: 'prove',
      title: 'What happens to an event',
      severity: 'info',
      resource: 'AWS::Account',
      why: 'It is asked on the command line.',
      require: {
        records: events,
        keeps: { atLeast: 1, events, in: ['bucket', 'eventDataStore'] },
        alerts: { events },
        trails: { every: { delivering: true } },
        eventDataStores: { every: { key: { KeyState: 'Enabled', Policy: { exists: true } } } },
      },
    },
    { registry },
  );
  return rule;
}

import type { Evidence, Truth } from '../proof/answer.ts';
import { type Chain, chains, type Link, wholeness } from '../proof/chain.ts';
import { readEventClass } from '../proof/event-class.ts';
import { compileRule, type Rule } from '../rules/compile.ts';
import { viewAccount } from '../snapshot/account-view.ts';
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

export interface ProofOptions {
  readonly event: Written;
  readonly days: number;
  readonly now: string | undefined;
  /** Only these; undefined: all. */
  readonly regions: readonly string[] | undefined;
}

/** Works out the chains of an event in each account, one account at a time. */
export async function proveIn(accounts: AsyncIterable<Account>, options: ProofOptions): Promise<Proof> {
  const { event, days, now, regions } = options;
  const events = readEventClass({ ...event, ...(regions && { regions }) });
  const proven: Proof['accounts'][number][] = [];
  const truths: Truth[] = [];
  for await (const { snapshot } of accounts) {
    const view = viewAccount(snapshot, { registry });
    const found = chains(view, { events, days, now: now ?? snapshot.collectedAt });
    for (const chain of found) truths.push(wholeness(chain));
    proven.push({ account: snapshot.account.id, chains: found.map(said) });
  }
  const exitCode = truths.includes('no') ? 1 : truths.includes('unknown') || truths.length === 0 ? 3 : 0;
  return { trailproof: 'proof/1', event, accounts: proven, exitCode };
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
      },
    },
    { registry },
  );
  return rule;
}

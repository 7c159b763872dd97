import { leaderRegion } from '../resource-types/partition.ts';
import { members } from '../snapshot/members.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import { alertsIn } from './alerting/alerts.ts';
import { type Answer, all, any, distinct, type Evidence, type Truth } from './answer.ts';
import { linksOf } from './delivery.ts';
import { globalShare } from './event-catalogue.ts';
import { type EventClass, readEventClass } from './event-class.ts';
import { keeps } from './keeps.ts';
import { decided, unknown } from './leaf.ts';
import { happeningIn, placesOf } from './places.ts';
import { isTrail } from './recorder.ts';
import { anyOther, recordersOf } from './records.ts';
import { storeKeyUsable } from './store-key.ts';
import { type Candidate, everyRecorded } from './union.ts';

const storing = ['delivered to', 'encrypted with', 'kept for'] as const;
export const linkNames = ['recorded by', ...storing, 'noticed by'] as const;

/** One link of what happens to an event. */
export interface Link {
  readonly name: (typeof linkNames)[number];
  readonly answer: Answer;
}

/** What happens to the events of a class in some regions, which all answer alike. */
export interface Chain {
  readonly regions: readonly string[];
  readonly links: readonly Link[];
  /** The first link that is known not to hold, else the first that is not known to; undefined: all do. */
  readonly broken: Link | undefined;
}

export interface ChainQuestion {
  /** A class of events as it is written in a rule. */
  readonly events: Readonly<Record<string, unknown>>;
  /** Regions that nobody asks about. */
  readonly except: readonly string[];
  /** For how many days it must be kept. */
  readonly days: number;
  readonly now: string | undefined;
}

/**
 * What happens to every event of a class, in each region of an account where such events happen (aws-semantics §13):
 * recorded, delivered, encrypted, kept, noticed. What is not delivered is not encrypted, and what is not encrypted
 * not kept; the way to who notices is another. Regions that answer alike are folded. Where nobody could list the
 * regions, the others are asked about as one, of which nothing is known.
 */
export function chains(account: AccountView, question: ChainQuestion): readonly Chain[] {
  return account.byType.get('AWS::Account')?.flatMap((owner) => chainsOf(owner, question)) ?? [];
}

function chainsOf(owner: ResourceView, question: ChainQuestion): readonly Chain[] {
  const events = readEventClass(question.events);
  const candidates = recordersOf(owner, '').candidates.map(
    (candidate): Prepared => ({ candidate, stored: storedBy(candidate, question) }),
  );
  const each = regionsOf(events, owner)
    .filter(({ region }) => !question.except.includes(region))
    .map((place) => ({ ...place, links: linksIn(owner, place, { events, candidates }) }));
  return [...Map.groupBy(each, ({ links }) => JSON.stringify(links.map(signature))).values()].map(fold);
}

interface Place {
  readonly region: string;
  /** Why nobody knows whether the account has it; undefined: it has. */
  readonly exists?: Answer;
}

/** Where events of the class happen; a region that the account has not enabled is none. */
function regionsOf(events: EventClass, owner: ResourceView): readonly Place[] {
  const { enabledRegions, account } = owner.account;
  const { gaps, from } = members(owner, 'regions');
  const leader = leaderRegion(account.partition);
  const open = gaps.length > 0;
  const others = open && !events.regions && globalShare(events) !== 'all' ? [anyOther] : [];
  return [...placesOf(events, enabledRegions, account.partition), ...others].flatMap((region): readonly Place[] => {
    if (enabledRegions.includes(region) || region === leader) return [{ region }];
    return open ? [{ region, exists: unknown(owner, 'regions', gaps, from) }] : [];
  });
}

/** A trail or event data store, and what becomes of what it records: the same wherever that happened. */
interface Prepared {
  readonly candidate: Candidate;
  readonly stored: readonly Answer[];
}

function storedBy({ view, prefix }: Candidate, { events, days, now }: ChainQuestion): readonly Answer[] {
  const kept = { atLeast: days, measure: 'current', places: ['bucket'], events: [events] } as const;
  const keeping = keeps(view, kept, prefix, { now, thorough: 'no' });
  if (isTrail(view)) return [...linksOf(view, prefix).map(({ answer }) => answer), keeping];
  const note = 'CloudTrail Lake takes them in, without a bucket';
  return [decided(true, { path: `${prefix}Status`, resource: view.id, note }), storeKeyUsable(view, prefix), keeping];
}

interface Asked {
  readonly events: EventClass;
  readonly candidates: readonly Prepared[];
}

function linksIn(owner: ResourceView, { region, exists }: Place, { events, candidates }: Asked): readonly Link[] {
  const { listing } = recordersOf(owner, '');
  const happening = { events: happeningIn(events, region, owner.account.account.partition), region };
  // Where a region may not exist, what fails in it need not.
  const besides = exists ? [exists] : [];
  // With so many of the links between recording and a file that is still there.
  const recorded = (links: number): Answer => {
    const counting = candidates.map(({ candidate, stored }) => ({
      ...candidate,
      counts: all(stored.slice(0, links), 'no'),
    }));
    return any([everyRecorded(counting, happening, 'no'), ...listing, ...besides], 'no');
  };
  const link = (name: Link['name'], answer: Answer): Link => {
    const { evidence, ...rest } = distinct(answer);
    return { name, answer: { ...rest, evidence: evidence.map((item) => here(item, region)) } };
  };
  return [
    ...(['recorded by', ...storing] as const).map((name, links) => link(name, recorded(links))),
    link('noticed by', any([alertsIn(owner, region, events), ...besides], 'no')),
  ];
}

/** What is said of the region that was asked about holds of all that answer alike. */
function here(item: Evidence, region: string): Evidence {
  const { note } = item;
  if (note === undefined) return item;
  return { ...item, note: note.replaceAll(`in ${region}`, 'here').replaceAll(`not ${region}`, 'not here') };
}

/** What a link says, but for what gave no answer in which region. */
const signature = ({ answer: { truth, evidence } }: Link): unknown => [
  truth,
  evidence.map(({ path, note, gap, resource }) => [path, note, gap?.operation, gap?.error, resource]),
];

/** Regions that answer alike as one; where nobody knows, each gives its own reasons. */
function fold(group: readonly (Place & { readonly links: readonly Link[] })[]): Chain {
  const links = linkNames.map((name): Link => {
    const answers = group.flatMap((place) => place.links.flatMap((link) => (link.name === name ? link.answer : [])));
    return { name, answer: distinct(all(answers, 'no')) };
  });
  const firstThat = (is: Truth): Link | undefined => links.find(({ answer }) => answer.truth === is);
  return { regions: group.map(({ region }) => region), links, broken: firstThat('no') ?? firstThat('unknown') };
}

/** How a chain is as a whole: broken, not known, or whole. */
export const wholeness = ({ links }: Chain): Truth =>
  all(
    links.map(({ answer }) => answer),
    'no',
  ).truth;

import { leaderRegion } from '../resource-types/partition.ts';
import { members } from '../snapshot/members.ts';
import { remember } from '../snapshot/remember.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import { alertsIn } from './alerting/alerts.ts';
import { alike } from './alerting/alike.ts';
import { type Answer, all, any, distinct, type Evidence, type Truth } from './answer.ts';
import { linksOf } from './delivery.ts';
import { globalShare } from './event-catalogue.ts';
import { type EventClass, readEventClass } from './event-class.ts';
import { glancing } from './glance.ts';
import { keeps } from './keeps.ts';
import { decided, unknown } from './leaf.ts';
import { happeningIn, placesOf } from './places.ts';
import { isTrail, reaches } from './recorder.ts';
import { anyOther, recordersOf } from './records.ts';
import { storeKeyUsable } from './store-key.ts';
import { type Candidate, everyRecorded } from './union.ts';

const untilKept = ['recorded by', 'delivered to', 'encrypted with', 'kept for'] as const;

/** One link of what happens to an event. */
export interface Link {
  readonly name: (typeof untilKept)[number] | 'noticed by';
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
  /** Without the last link: whether each event of a whole class is noticed takes longest to say. */
  readonly asked: 'all links' | 'all but noticed by';
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
  const places = regionsOf(events, owner).filter(({ region }) => !question.except.includes(region));
  const stored = storingLinks(owner, { events, candidates });
  const noticed = question.asked === 'all links' ? noticingLink(owner, places, events) : () => [];
  const each = places.map((place) => ({ ...place, links: [...stored(place), ...noticed(place)] }));
  return [...Map.groupBy(each, ({ links }) => JSON.stringify(links.map(signature))).values()].map(fold);
}

interface Place {
  readonly region: string;
  /** Why nobody knows whether the account has it: then what fails there need not; undefined: it has. */
  readonly exists?: readonly [Answer];
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
    return open ? [{ region, exists: [unknown(owner, 'regions', gaps, from)] }] : [];
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
  if (isTrail(view)) return [...linksOf(view, prefix, now).map(({ answer }) => answer), keeping];
  const note = 'CloudTrail Lake takes them in, without a bucket';
  return [decided(true, { path: `${prefix}Status`, resource: view.id, note }), storeKeyUsable(view, prefix), keeping];
}

interface Asked {
  readonly events: EventClass;
  readonly candidates: readonly Prepared[];
}

type LinksIn = (place: Place) => readonly Link[];

/** The links from recording to a file that is still there; regions that the same recorders reach are asked once. */
function storingLinks(owner: ResourceView, { events, candidates }: Asked): LinksIn {
  const { partition } = owner.account.account;
  const { listing } = recordersOf(owner, '');
  const known = new Map<string, readonly Link[]>();
  // Each counts those alone whose links before it hold.
  const stages = untilKept.map((name, links) => ({
    name,
    counting: candidates.map(({ candidate, stored }) => ({ ...candidate, counts: all(stored.slice(0, links), 'no') })),
  }));
  const ask = ({ region, exists }: Place): readonly Link[] => {
    const happening = { events: happeningIn(events, region, partition), region };
    return stages.map(({ name, counting }) =>
      linkIn(region, name, [everyRecorded(counting, happening, 'no'), ...listing, ...(exists ?? [])]),
    );
  };
  return (place) => {
    const reached = candidates.map(({ candidate }) => reaches(candidate, place.region).truth);
    const key = [place.region === leaderRegion(partition), place.exists !== undefined, ...reached].join(' ');
    return remember(known, key, () => ask(place));
  };
}

/** The way to who notices; regions that no trail, filter or rule tells apart are asked once. */
function noticingLink(owner: ResourceView, places: readonly Place[], events: EventClass): LinksIn {
  const regions = places.map(({ region }) => region);
  const groups = alike(owner, regions, glancing(events)).flatMap(({ byRules }) => byRules);
  const known = new Map<string, readonly Link[]>();
  return ({ region, exists }) => {
    const key = `${groups.findIndex((group) => group.includes(region))} ${exists !== undefined}`;
    const ask = () => [linkIn(region, 'noticed by', [alertsIn(owner, region, events), ...(exists ?? [])])];
    return remember(known, key, ask);
  };
}

function linkIn(region: string, name: Link['name'], answers: readonly Answer[]): Link {
  const { evidence, ...rest } = distinct(any(answers, 'no'));
  return { name, answer: { ...rest, evidence: evidence.map((item) => here(item, region)) } };
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
  const links = (group[0]?.links ?? []).map(({ name }): Link => {
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

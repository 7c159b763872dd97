import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import { alertsIn } from './alerting/alerts.ts';
import { type Answer, all, any, distinct, type Truth } from './answer.ts';
import { delivers, linksOf } from './delivery.ts';
import type { EventClass } from './event-class.ts';
import { keeps } from './keeps.ts';
import { happeningIn, placesOf } from './places.ts';
import { isTrail } from './recorder.ts';
import { recordersOf } from './records.ts';
import { type Candidate, everyRecorded } from './union.ts';

export const linkNames = ['recorded by', 'delivered to', 'encrypted with', 'kept for', 'noticed by'] as const;

/** One link of what happens to an event. */
export interface Link {
  readonly name: (typeof linkNames)[number];
  readonly answer: Answer;
}

/** What happens to the events of a class in some regions, which all answer alike. */
export interface Chain {
  readonly regions: readonly string[];
  readonly links: readonly Link[];
  /** The first link that does not hold; undefined: all do. */
  readonly broken: Link | undefined;
}

export interface ChainQuestion {
  readonly events: EventClass;
  /** For how many days it must be kept. */
  readonly days: number;
  readonly now: string | undefined;
}

/**
 * What happens to every event of a class, in each region of an account where such events happen (aws-semantics §13):
 * recorded, delivered, encrypted, kept, noticed. Each link is asked of what passed the links before it. Regions that
 * answer alike are folded.
 */
export function chains(account: AccountView, question: ChainQuestion): readonly Chain[] {
  const [owner] = account.byType.get('AWS::Account') ?? [];
  if (!owner) return [];
  const regions = placesOf(question.events, account.enabledRegions, account.account.partition);
  const each = regions.map((region) => ({ region, links: linksIn(owner, region, question) }));
  const groups = Map.groupBy(each, ({ links }) => JSON.stringify(links.map(signature)));
  return [...groups.values()].map((group) => {
    const links = group[0]?.links ?? [];
    return {
      regions: group.map(({ region }) => region),
      links,
      broken: links.find(({ answer }) => answer.truth !== 'yes'),
    };
  });
}

/** What a link says but for the region that it says it of. */
const signature = ({ answer: { truth, evidence } }: Link): unknown => [
  truth,
  evidence.map(({ path, note, gap, resource }) => [
    path,
    note?.replaceAll(/\bin [a-z]{2}(-[a-z]+)+-\d\b/g, ''),
    gap?.error,
    resource,
  ]),
];

function linksIn(owner: ResourceView, region: string, { events, days, now }: ChainQuestion): readonly Link[] {
  const { partition } = owner.account.account;
  const happening = { events: happeningIn(events, region, partition), region };
  const { candidates, listing } = recordersOf(owner, '');
  const recorded = (counts: (candidate: Candidate) => Answer | undefined): Answer => {
    const counting = candidates.map((candidate) => {
      const counted = counts(candidate);
      return counted ? { ...candidate, counts: counted } : candidate;
    });
    return distinct(any([everyRecorded(counting, happening, 'no'), ...listing], 'no'));
  };
  const ofTrail =
    (name: 'delivered to' | 'encrypted with') =>
    ({ view, prefix }: Candidate) =>
      isTrail(view) ? linksOf(view, prefix, now).find((link) => link.name === name)?.answer : undefined;
  const stored = ({ view, prefix }: Candidate): Answer => {
    const kept = keeps(view, { atLeast: days, measure: 'current', places: ['bucket'], events: [] }, prefix, {
      now,
      thorough: 'no',
    });
    return isTrail(view) ? all([delivers(view, prefix, { now, thorough: 'no' }), kept], 'no') : kept;
  };
  return [
    { name: 'recorded by', answer: recorded(() => undefined) },
    { name: 'delivered to', answer: recorded(ofTrail('delivered to')) },
    { name: 'encrypted with', answer: recorded(ofTrail('encrypted with')) },
    { name: 'kept for', answer: recorded(stored) },
    { name: 'noticed by', answer: alertsIn(owner, region, events) },
  ];
}

/** How a chain is as a whole: broken, not known, or whole. */
export const wholeness = ({ links }: Chain): Truth =>
  all(
    links.map(({ answer }) => answer),
    'no',
  ).truth;

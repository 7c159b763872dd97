import { leaderRegion } from '../resource-types/partition.ts';
import { globalServices, globalShare } from './event-catalogue.ts';
import { type EventClass, narrow } from './event-class.ts';

/** The regions where events of the class happen: those of global services in the leader region alone. */
export function placesOf(events: EventClass, enabled: readonly string[], partition: string): readonly string[] {
  const wanted = events.regions ?? enabled;
  const leader = leaderRegion(partition);
  if (globalShare(events) !== 'all' || !leader) return wanted;
  return [leader].filter((region) => wanted.includes(region) || !events.regions);
}

/** What of a class happens in a region: nothing of global services outside the leader region. */
export function happeningIn(events: EventClass, region: string, partition: string): EventClass {
  const leader = leaderRegion(partition);
  if (!leader || region === leader || globalShare(events) !== 'some') return events;
  return narrow(events, { eventSource: { not: globalServices } });
}

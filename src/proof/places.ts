import { globalServiceRegion } from '../resource-types/partition.ts';
import { newMap, remember } from '../snapshot/remember.ts';
import { globalServices, globalShare } from './event-catalogue.ts';
import { type EventClass, narrow, valuesOf } from './event-class.ts';

/** The regions where events of the class happen: those of global services in their own region alone. */
export function placesOf(events: EventClass, enabled: readonly string[], partition: string): readonly string[] {
  const wanted = events.regions ?? enabled;
  if (globalShare(events) !== 'all') return wanted;
  const services = valuesOf(events, 'eventSource') ?? [];
  const homes = new Set(services.flatMap((service) => globalServiceRegion(service, partition) ?? wanted));
  return [...homes].filter((region) => !events.regions || wanted.includes(region));
}

/** What of a class happens in a region: nothing of the global services of another one. */
export function happeningIn(events: EventClass, region: string, partition: string): EventClass {
  const away = globalServices.filter((service) => !mayHave(service, region, partition));
  if (away.length === 0 || globalShare(events) === 'none') return events;
  const elsewhere = remember(withoutServices, events.fields, newMap<string, EventClass['fields']>);
  const fields = remember(elsewhere, away.join(' '), () => narrow(events, { eventSource: { not: away } }).fields);
  return { ...events, fields };
}

/** Most regions lack the same services: it is one class for them all. */
const withoutServices = new WeakMap<EventClass['fields'], Map<string, EventClass['fields']>>();

/** Whether events of global services are recorded in a region; in a partition that nobody knows they may be. */
export const hasGlobal = (region: string, partition: string): boolean =>
  globalServices.some((service) => mayHave(service, region, partition));

const mayHave = (service: string, region: string, partition: string): boolean =>
  (globalServiceRegion(service, partition) ?? region) === region;

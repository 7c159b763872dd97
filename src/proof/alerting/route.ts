import type { Answer } from '../answer.ts';
import type { EventSet } from '../event-set.ts';

/** One way in which somebody may learn of events: what goes it, and whether it works to its end. */
export interface Route {
  /** `metricFilters[root-usage]`, `eventRules[tampering]`: what evidence calls it by. */
  readonly path: string;
  /** The resource that evidence is about, where its pattern refuses an event. */
  readonly resource: string;
  readonly from: string | undefined;
  readonly events: EventSet;
  /** Worked out only where the events are the ones that are asked about. */
  readonly works: () => Answer;
}

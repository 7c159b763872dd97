export type Measure = 'current' | 'permanent' | 'queryable' | 'undeletable';
export type Place = 'bucket' | 'logGroup' | 'eventDataStore';

/** For how many days must what be kept, measured how, and where (design §5). */
export interface KeepsQuestion {
  readonly atLeast: number;
  readonly measure: Measure;
  readonly places: readonly Place[];
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** A number of days as evidence shows it. */
export const forever = (days: number): number | string => (days === Number.POSITIVE_INFINITY ? 'for ever' : days);

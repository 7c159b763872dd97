export type Measure = 'current' | 'permanent' | 'queryable' | 'undeletable';
export type Place = 'bucket' | 'logGroup' | 'eventDataStore';

/** For how many days must what be kept, measured how, and where (design §5). */
export interface KeepsQuestion {
  readonly atLeast: number;
  readonly measure: Measure;
  readonly places: readonly Place[];
  /** Which events; none in particular: all that is in a place, and of an account its management events. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /** Of what happens in this account alone; left out: in all that a trail is of. */
  readonly account?: string;
}

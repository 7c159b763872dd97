import type { Send } from '../collectors/call.ts';
import type { Refusal } from '../collectors/refusal.ts';
import type { Sort } from '../reporters/sort.ts';

/** What became of sending a report to one destination. */
export interface Sent {
  /** The destination, without what is secret in it. */
  readonly to: string;
  /** What arrived, and what did not have to. */
  readonly done: readonly string[];
  /** What did not arrive, and why; empty: nothing is missing. */
  readonly failed: readonly string[];
}

/** AWS, as the credentials at hand reach it. */
export interface Caller {
  readonly account: string;
  readonly partition: string;
  /** The region that the environment or the profile says. */
  readonly region: string;
  readonly send: Send;
  /** The way into another account; a refusal: there is none. */
  readonly enter: (account: string) => Promise<Send | Refusal>;
}

/** An HTTP request. */
export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of it. */
export type Posted =
  | { readonly status: number; readonly retryAfter?: string }
  /** There is no answer. `unsent`: nothing of the request can have arrived. */
  | { readonly code: string; readonly unsent: boolean };

/** All that sending needs of the world. */
export interface Reach {
  /**
   * Asks AWS, once, who is calling.
   *
   * @throws AppError `credentials` or `network`.
   */
  readonly aws: () => Promise<Caller>;
  readonly post: (request: Post) => Promise<Posted>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly sort: Sort;
}

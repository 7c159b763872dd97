import { isObject } from '../snapshot/resource-view.ts';
import { exactly, orLonger, type Span } from './span.ts';

/** What a bucket's default retention does for a new object (aws-semantics §4.4). */
export interface Locked {
  /** Until a lifecycle rule can delete it for good, in either mode. */
  readonly fromLifecycle: Span;
  /** Until anybody can. */
  readonly fromEverybody: Span;
  /** Why neither is known for certain, where one is not. */
  readonly why: string;
}

/**
 * For how many days Object Lock holds a new object; without a default retention not at all, because CloudTrail sets
 * none of its own (aws-semantics §4.4). A year counts 365 days (§4.6). A hold until some event lasts as long as nobody
 * releases it: what is locked besides is a lower bound.
 */
export function lockOf(objectLock: unknown): Locked {
  const { Mode, Days, Years, DefaultEventHold } = defaultRetention(objectLock);
  const days = typeof Days === 'number' ? Days : typeof Years === 'number' ? Years * 365 : 0;
  const isKnown = Mode === 'COMPLIANCE' || Mode === 'GOVERNANCE';
  const locked = isKnown || Mode === undefined ? exactly(isKnown ? days : 0) : { least: 0, most: days };
  const held = DefaultEventHold === undefined ? (span: Span): Span => span : orLonger;
  return {
    fromLifecycle: held(locked),
    fromEverybody: held(Mode === 'GOVERNANCE' ? exactly(0) : locked),
    why: DefaultEventHold === undefined ? `what mode ${JSON.stringify(Mode)} holds is not known` : endlessHold,
  };
}

const endlessHold = 'how long a hold until an event lasts nobody can say';

function defaultRetention(objectLock: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(objectLock) || objectLock.ObjectLockEnabled !== 'Enabled' || !isObject(objectLock.Rule)) return {};
  const { DefaultRetention } = objectLock.Rule;
  return isObject(DefaultRetention) ? DefaultRetention : {};
}

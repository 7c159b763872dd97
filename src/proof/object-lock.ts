import { isObject } from '../snapshot/resource-view.ts';
import type { Span } from './span.ts';

/** What a bucket's default retention does for a new object (aws-semantics §4.4). */
export interface Locked {
  /** Until a lifecycle rule can delete it for good, in either mode. */
  readonly fromLifecycle: Span;
  /** Until anybody can. */
  readonly fromEverybody: Span;
}

/**
 * For how many days Object Lock holds a new object. A hold until some event lasts as long as nobody releases it: what
 * is locked besides is a lower bound (aws-semantics §4.4).
 */
export function lockOf(objectLock: unknown): Locked {
  const { mode, days } = defaultRetention(objectLock) ?? { mode: 'COMPLIANCE', days: 0 };
  const isHeld = isObject(settings(objectLock)?.DefaultEventHold);
  const from = (least: number): Span => ({ least, most: isHeld ? Number.POSITIVE_INFINITY : least });
  if (mode === 'COMPLIANCE') return { fromLifecycle: from(days), fromEverybody: from(days) };
  if (mode === 'GOVERNANCE') return { fromLifecycle: from(days), fromEverybody: from(0) };
  return { fromLifecycle: upTo(days), fromEverybody: upTo(days) };
}

/** What a mode that is not known here holds, if anything. */
const upTo = (days: number): Span => ({ least: 0, most: days });

const settings = (objectLock: unknown): Readonly<Record<string, unknown>> | undefined => {
  if (!isObject(objectLock) || objectLock.ObjectLockEnabled !== 'Enabled') return undefined;
  const retention = isObject(objectLock.Rule) ? objectLock.Rule.DefaultRetention : undefined;
  return isObject(retention) ? retention : undefined;
};

/** The default retention of an Object Lock configuration; undefined when nothing is locked by itself. A year counts 365 days (§4.6). */
export function defaultRetention(objectLock: unknown): { readonly mode: string; readonly days: number } | undefined {
  const { Mode: mode, Days, Years } = settings(objectLock) ?? {};
  if (typeof mode !== 'string') return undefined;
  const days = typeof Days === 'number' ? Days : typeof Years === 'number' ? Years * 365 : 0;
  return days > 0 ? { mode, days } : undefined;
}

import { isObject } from '../snapshot/resource-view.ts';
import { anyTime, earliest, exactly, never, orLonger, type Span } from './span.ts';

/** When something ends, and where the rule says so: `Expiration.Days`. */
export interface End {
  readonly at: string;
  readonly days: Span;
  /** The day from which on it takes all objects, also the newest. */
  readonly on?: string;
}

/** Where objects are moved to that cannot be read at once, or perhaps not. */
export interface Archive {
  readonly storageClass: string;
  readonly days: Span;
}

/** One lifecycle rule: on what it acts, and what it does (aws-semantics §4.5). */
export interface LifecycleRule {
  readonly name: string;
  readonly index: number;
  /** Whether it is switched on, and all that says on what it acts could be read. */
  readonly isSure: boolean;
  readonly prefix: string;
  /** Exclusive bounds of the size in bytes. */
  readonly above: number;
  readonly below: number;
  readonly isTagged: boolean;
  /** When objects are no longer there under their key. */
  readonly expirations: readonly End[];
  /** For how many days a version stays after that. */
  readonly noncurrent: Span;
  /** It deletes versions only while newer noncurrent ones remain. */
  readonly sparesNewest: boolean;
  readonly archives: readonly Archive[];
}

/** The lifecycle rules of a bucket that are not switched off. What cannot be read may be a rule that does anything. */
export function readLifecycleRules(configuration: unknown): readonly LifecycleRule[] {
  const rules = isObject(configuration) ? (configuration.Rules ?? []) : (configuration ?? []);
  return Array.isArray(rules) ? rules.flatMap(readRule) : [unreadable(0)];
}

const unreadable = (index: number): LifecycleRule => ({
  name: 'a lifecycle rule that cannot be read',
  index,
  isSure: false,
  prefix: '',
  above: 0,
  below: Number.POSITIVE_INFINITY,
  isTagged: false,
  expirations: [{ at: 'Expiration', days: anyTime }],
  noncurrent: anyTime,
  sparesNewest: false,
  archives: [{ storageClass: 'an unknown storage class', days: anyTime }],
});

function readRule(written: unknown, index: number): readonly LifecycleRule[] {
  if (!isObject(written)) return [unreadable(index)];
  if (written.Status === 'Disabled') return [];
  const filter = written.Filter ?? {};
  const { Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan, And } = isObject(filter) ? filter : {};
  const and = isObject(And) ? And : {};
  const prefix = Prefix ?? and.Prefix ?? written.Prefix ?? '';
  const above = ObjectSizeGreaterThan ?? and.ObjectSizeGreaterThan ?? 0;
  const below = ObjectSizeLessThan ?? and.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY;
  const isText = typeof prefix === 'string';
  const isAbove = typeof above === 'number';
  const isBelow = typeof below === 'number';
  const rule = {
    name: `lifecycle rule ${textOr(written.ID, '(unnamed)')}`,
    index,
    isSure: written.Status === 'Enabled' && isObject(filter) && isText && isAbove && isBelow,
    prefix: isText ? prefix : '',
    above: isAbove ? above : 0,
    below: isBelow ? below : Number.POSITIVE_INFINITY,
    isTagged: Boolean(Tag) || (Array.isArray(and.Tags) && and.Tags.length > 0),
    expirations: readExpiration(written.Expiration),
    ...readNoncurrent(written.NoncurrentVersionExpiration),
    archives: readTransitions(written.Transitions),
  };
  return [rule];
}

const textOr = (written: unknown, otherwise: string): string => (typeof written === 'string' ? written : otherwise);

/** A number of days as AWS writes it; anything else may mean any. */
const readDays = (written: unknown): Span => (typeof written === 'number' && written >= 0 ? exactly(written) : anyTime);

/** From a date on every object goes at once (aws-semantics §4.5). Markers of deleted objects are none. */
function readExpiration(written: unknown): readonly End[] {
  if (written === undefined) return [];
  if (!isObject(written)) return [{ at: 'Expiration', days: anyTime }];
  return [
    ...(written.Days === undefined ? [] : [{ at: 'Expiration.Days', days: readDays(written.Days) }]),
    ...(written.Date === undefined
      ? []
      : [{ at: 'Expiration.Date', days: exactly(0), on: textOr(written.Date, 'some day') }]),
  ];
}

function readNoncurrent(written: unknown): Pick<LifecycleRule, 'noncurrent' | 'sparesNewest'> {
  if (written === undefined) return { noncurrent: never, sparesNewest: false };
  const { NoncurrentDays, NewerNoncurrentVersions: newer = 0 } = isObject(written) ? written : {};
  const days = readDays(NoncurrentDays);
  if (typeof newer !== 'number') return { noncurrent: orLonger(days), sparesNewest: false };
  return { noncurrent: days, sparesNewest: newer >= 1 };
}

/** Storage classes from which an object is read at once. */
const readable: readonly unknown[] = ['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'GLACIER_IR'];

/** Those from which it has to be restored first. */
const frozen: readonly unknown[] = ['GLACIER', 'DEEP_ARCHIVE'];

/** Intelligent-Tiering archives, where it is configured to, after no less than this without access. */
const leastTieringDays = 90;

function readTransitions(written: unknown): readonly Archive[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return unreadable(0).archives;
  return written.flatMap((transition): readonly Archive[] => {
    const { StorageClass, Days } = isObject(transition) ? transition : {};
    if (readable.includes(StorageClass)) return [];
    const storageClass = textOr(StorageClass, 'an unknown storage class');
    // On a date all go, also the newest.
    const days = Days === undefined ? exactly(0) : readDays(Days);
    if (frozen.includes(StorageClass)) return [{ storageClass, days }];
    const tiering = StorageClass === 'INTELLIGENT_TIERING' ? leastTieringDays : 0;
    return [{ storageClass, days: orLonger(exactly(days.least + tiering)) }];
  });
}

/** The first of the ends that a rule makes. */
export const firstOf = (ends: readonly { readonly days: Span }[]): Span => earliest(ends.map(({ days }) => days));

import { classOfCall } from '../cli/event-argument.ts';
import { passOverOrganization } from '../cli/expected-accounts.ts';
import { heldAccounts } from '../cli/inputs.ts';
import { planOf } from '../cli/plan.ts';
import { daysToKeep, type Proof, proofNeeds, proveIn } from '../cli/proof.ts';
import { diagnosticsError } from '../documents/diagnostic.ts';
import { dotted, schemaDiagnostics } from '../documents/schema-errors.ts';
import { valueDocument } from '../documents/value-document.ts';
import { givenOptions, type Kinds } from './given.ts';
import { type Input, readInput } from './input.ts';
import { timeGiven } from './verdict.ts';

/**
 * Events by the fields of their CloudTrail records, as rules write it: a value, a list of which one must match, or
 * `{ not, in, like, exists }`. `{ eventSource: 'dynamodb.amazonaws.com', eventName: ['DeleteTable'] }`.
 */
export type EventFields = Readonly<Record<string, unknown>>;

export interface ProveOptions {
  /** For how many days it must be kept. Default: longer than the event history, 91. */
  readonly days?: number;
  /** Only these; left out: every enabled one. */
  readonly regions?: readonly string[];
  readonly excludeRegions?: readonly string[];
  /** Judge as of this time (ISO 8601). Default: when each snapshot was collected. */
  readonly now?: string;
  /** The account of a recording that does not say it. */
  readonly account?: string;
}

const kinds: Kinds<ProveOptions> = {
  days: 'number',
  regions: 'texts',
  excludeRegions: 'texts',
  now: 'text',
  account: 'text',
};

/**
 * What happens to an event in every account and region: recorded, delivered, encrypted, kept, noticed. What
 * `trailproof prove` does. The event is a call (`dynamodb:DeleteTable`, `s3:PutObject arn:aws:s3:::payments/*`) or a
 * class of events by their fields.
 *
 * @throws AppError `usage` or `input`: then nothing may be concluded.
 */
export async function prove(event: string | EventFields, input: Input, options: ProveOptions = {}): Promise<Proof> {
  const { days = daysToKeep, regions, excludeRegions = [], account, ...given } = givenOptions(options, kinds);
  const { now } = timeGiven(given.now);
  const meant = typeof event === 'string' ? classOfCall(event) : await checkedClass(event);
  const reading = {
    plan: planOf([proofNeeds()]),
    onOrganization: passOverOrganization,
    ...(now && { now }),
    ...(account !== undefined && { account }),
  };
  const accounts = await heldAccounts(readInput(input, reading).accounts);
  return proveIn(accounts, { event: meant, days, now, regions, except: excludeRegions, asked: 'all links' });
}

/** A class is what may stand under a rule's `records`, and is checked as such. */
async function checkedClass(event: EventFields): Promise<EventFields> {
  const { value, position } = valueDocument(event, { file: 'event', kind: 'rules' });
  const { validate } = await import('../generated/validate-rule.js');
  const { definition } = proofNeeds();
  if (validate({ ...definition, require: { records: { every: value } } })) return event;
  const way = ['require', 'records', 'every'].length;
  throw diagnosticsError(
    schemaDiagnostics(validate.errors, {
      file: 'event',
      position: (pointer, what) => position(pointer.slice(way), what),
      nameOf: (pointer) => dotted(pointer.slice(way)),
    }),
    'usage',
  );
}

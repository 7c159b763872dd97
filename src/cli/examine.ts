import { callOf } from '../collectors/call.ts';
import { type Plan, withRegions } from '../collectors/plan.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Identity } from '../sources/aws-session.ts';
import { currentTime } from './clock.ts';
import type { LiveFlags } from './flags.ts';
import { sessionOf } from './live.ts';
import { registry } from './rule-set.ts';
import { watchCalls } from './watch-calls.ts';

/** What trying everything that a scan would ask has shown. */
export interface Examination {
  /** Undefined: the role was refused, and the snapshot says why. */
  readonly identity: Identity | undefined;
  readonly snapshot: Snapshot;
  /** The operations that something could be asked about. */
  readonly tried: ReadonlySet<string>;
  /** Seconds by which this machine's clock is ahead of AWS's; undefined: AWS did not say. */
  readonly clockAhead: number | undefined;
}

type Flags = Omit<LiveFlags, 'replay' | 'record' | 'account'>;

/** Asks AWS everything that the plan wants, and watches how it goes. */
export async function examine(flags: Flags, plan: Plan): Promise<Examination> {
  const [{ liveSource }, { openSession }] = await Promise.all([
    import('../sources/source.ts'),
    import('../sources/aws-session.ts'),
  ]);
  const asked = new Set<string>();
  let identity: Identity | undefined;
  let clockAhead: number | undefined;
  const { region: regions, 'exclude-region': excludeRegions, 'max-concurrency': concurrency, verbose } = flags;
  const watch = watchCalls(process.stderr, { quiet: false, verbose, environment: process.env });
  const source = liveSource(
    {
      registry,
      plan,
      // Nothing is recorded.
      read: new Set(),
      ...(regions && { regions }),
      ...(excludeRegions && { excludeRegions }),
      ...(concurrency !== undefined && { concurrency }),
      collectedAt: currentTime(),
      onCall: (call, outcome) => {
        asked.add(`${call.service}:${call.operation}`);
        watch.onCall(call, outcome);
      },
      session: {
        ...sessionOf(flags),
        onTime: (time) => {
          clockAhead ??= (Date.now() - time.getTime()) / 1000;
        },
      },
    },
    async (options) => {
      const session = await openSession(options);
      return {
        ...session,
        identify: async () => {
          const { clockAhead: _, ...said } = await session.identify();
          identity = said;
          return said;
        },
      };
    },
  );
  const snapshot = await source().finally(watch.stop);
  const tried = [...withRegions(plan, registry).operations.keys()].filter((operation) => {
    const call = callOf(operation, '', {});
    return asked.has(`${call.service}:${call.operation}`);
  });
  return { identity, snapshot, tried: new Set(tried), clockAhead };
}

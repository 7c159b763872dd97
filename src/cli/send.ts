import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../reporters/report.ts';
import { visible } from '../reporters/visible-text.ts';
import type { Caller, Reach, Sent } from '../senders/sent.ts';
import type { Upload } from '../senders/upload.ts';
import { callerOf } from './caller.ts';
import type { SendFlags } from './send-flags.ts';
import { spillingSort } from './spilling-sort.ts';

/** The way to wherever the flags say. */
export interface Sending {
  send(report: Report, uploads: readonly Upload[]): Promise<readonly Sent[]>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `--send` asks for; undefined: nothing. Mistakes are said before anything is judged.
 *
 * @throws AppError `usage`.
 */
export async function sendingOf(
  { send: words, 'send-role': roleName, profile }: SendFlags & { readonly profile?: string | undefined },
  environment: Environment,
): Promise<Sending | undefined> {
  if (words === undefined) return undefined;
  const [{ destinationsOf }, { sendReport }, { post }] = await Promise.all([
    import('../senders/destination.ts'),
    import('../senders/send.ts'),
    import('../senders/post.ts'),
  ]);
  const destinations = destinationsOf(words, environment);
  let caller: Promise<Caller> | undefined;
  const reach: Reach = {
    aws: () => {
      caller ??= callerOf({ environment, profile, roleName });
      return caller;
    },
    post: (request) => post(request, environment),
    now: () => Date.now(),
    sleep,
    sort: spillingSort(),
  };
  return { send: (report, uploads) => sendReport(report, { destinations, uploads }, reach) };
}

/** What became of it, a line each. */
export const sentLines = (sent: readonly Sent[], which: 'done' | 'failed'): readonly string[] =>
  sent.flatMap((one) => linesOf(one, which)).map((line) => `trailproof: ${visible(line)}`);

const mostLines = 20;

function linesOf({ to, done, failed }: Sent, which: 'done' | 'failed'): readonly string[] {
  if (which === 'done') return done.length > 0 ? [`${to}: ${done.join('; ')}`] : [];
  const left = failed.length - mostLines;
  const told = failed.slice(0, mostLines).map((why) => `${to}: not sent: ${why}`);
  return left > 0 ? [...told, `${to}: not sent: ${left} more like these`] : told;
}

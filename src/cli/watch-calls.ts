import type { Call } from '../collectors/call.ts';
import type { Refusal } from '../collectors/refusal.ts';
import { plural } from '../reporters/describe.ts';
import { visible } from '../reporters/visible-text.ts';
import { startProgress, type Terminal } from './terminal.ts';

export interface WatchOptions {
  readonly quiet: boolean;
  /** Each call a line, in the place of the progress line. */
  readonly verbose: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds from whenever; left out: the machine's. */
  readonly clock?: () => number;
}

/** Lets a person see how reading goes on: a line that changes, or with `verbose` a line for each call. */
export interface Watch {
  readonly onCall: (call: Call, outcome: 'answered' | Refusal, account?: string) => void;
  /** Of so many accounts so many were read before. */
  readonly begin: (total: number, before: number) => void;
  /** One account more is read. */
  readonly onAccount: () => void;
  readonly stop: () => void;
}

/** Starts watching; `stop` takes the line away. */
export function watchCalls(
  stream: Terminal,
  { quiet, verbose, environment, clock = () => performance.now() }: WatchOptions,
): Watch {
  const progress = startProgress(stream, { quiet: quiet || verbose, environment });
  const regions = new Set<string>();
  const accounts = { total: 0, before: 0, read: 0, since: 0 };
  let calls = 0;
  let refused = 0;
  const show = (): void => {
    const failed = refused > 0 ? `, ${refused} refused` : '';
    const asked = `${plural(calls, 'call')} in ${plural(regions.size, 'region')}${failed}`;
    const { total, before, read, since } = accounts;
    const done = total === 0 ? [] : [`${before + read} of ${plural(total, 'account')}`];
    const left = read === 0 ? 0 : ((clock() - since) / read) * (total - before - read);
    void progress.step([...done, asked, ...(left > 0 ? [`about ${duration(left)} left`] : [])].join(', '));
  };
  return {
    onCall: (call, outcome, account) => {
      calls += 1;
      regions.add(call.region);
      if (outcome !== 'answered') refused += 1;
      if (verbose) stream.write(`${visible(callLine(call, outcome, account))}\n`);
      show();
    },
    begin: (total, before) => {
      Object.assign(accounts, { total, before, since: clock() });
      show();
    },
    onAccount: () => {
      accounts.read += 1;
      show();
    },
    stop: progress.stop,
  };
}

function callLine(
  { service, operation, region, params }: Call,
  outcome: 'answered' | Refusal,
  account: string | undefined,
): string {
  const about = Object.values(params).filter((value) => typeof value === 'string');
  const came = outcome === 'answered' ? outcome : outcome.code;
  const whose = account === undefined ? [] : [`of account ${account}`];
  return [`${service}:${operation}`, `in ${region}`, ...whose, ...about, came].join(' ');
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** As coarse as an estimate is. */
function duration(milliseconds: number): string {
  if (milliseconds < minute) return `${Math.ceil(milliseconds / second)} s`;
  if (milliseconds < 2 * hour) return `${Math.round(milliseconds / minute)} min`;
  return `${Math.round(milliseconds / hour)} h`;
}

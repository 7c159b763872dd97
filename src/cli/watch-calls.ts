import type { WriteStream } from 'node:tty';
import type { Call } from '../collectors/call.ts';
import type { Refusal } from '../collectors/refusal.ts';
import { plural } from '../reporters/describe.ts';
import { visible } from '../reporters/visible-text.ts';
import { startProgress } from './terminal.ts';

export interface WatchOptions {
  readonly quiet: boolean;
  /** Each call a line, in the place of the progress line. */
  readonly verbose: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Lets a person see how reading an account goes on: a line that changes, or with `verbose` a line for each call. */
export function watchCalls(
  stream: Pick<WriteStream, 'write' | 'isTTY'>,
  { quiet, verbose, environment }: WatchOptions,
): { readonly onCall: (call: Call, outcome: 'answered' | Refusal) => void; readonly stop: () => void } {
  const progress = startProgress(stream, { quiet: quiet || verbose, environment });
  const regions = new Set<string>();
  let calls = 0;
  let refused = 0;
  return {
    onCall: (call, outcome) => {
      calls += 1;
      regions.add(call.region);
      if (outcome !== 'answered') refused += 1;
      if (verbose) stream.write(`${visible(callLine(call, outcome))}\n`);
      const failed = refused > 0 ? `, ${refused} refused` : '';
      void progress.step(`${plural(calls, 'call')} in ${plural(regions.size, 'region')}${failed}`);
    },
    stop: progress.stop,
  };
}

function callLine({ service, operation, region, params }: Call, outcome: 'answered' | Refusal): string {
  const about = Object.values(params).filter((value) => typeof value === 'string');
  const came = outcome === 'answered' ? outcome : outcome.code;
  return [`${service}:${operation}`, `in ${region}`, ...about, came].join(' ');
}

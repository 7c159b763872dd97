import type { WriteStream } from 'node:tty';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether text for a stream is coloured: the flag, NO_COLOR, FORCE_COLOR, and the terminal decide, in this order. */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  { noColor, environment }: { readonly noColor: boolean; readonly environment: Environment },
): boolean {
  if (noColor || environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0' && environment.FORCE_COLOR !== 'false';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

/** Where lines go that people watch. */
export type Terminal = Pick<WriteStream, 'write' | 'isTTY'> & Partial<Pick<WriteStream, 'columns'>>;

/** A line that says how far a long run is. */
export interface Progress {
  /** Says what is going on; lets signals and the line itself through when it was long since. */
  readonly step: (text: string) => Promise<void>;
  /** Takes the line away. */
  readonly stop: () => void;
}

const patience = 1000;
const interval = 100;

/** For work that never waits: called often, it lets everything else have its turn now and then, an interrupt first. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < interval) return;
    await new Promise(setImmediate);
    last = performance.now();
  };
}

const clearLine = '\r\u001b[2K';

/** A progress line on a terminal, shown when work takes longer than a second; elsewhere nothing is written. */
export function startProgress(
  stream: Terminal,
  { quiet, environment }: { readonly quiet: boolean; readonly environment: Environment },
): Progress {
  const isShown = stream.isTTY && !quiet && !environment.CI;
  const started = performance.now();
  const rest = breather();
  let text = '';
  let written = '';
  const show = (): void => {
    if (!isShown || text === '' || performance.now() - started < patience) return;
    // A line that wraps could not be taken away any more, and one that stays the same would only flicker.
    const line = stream.columns ? text.slice(0, stream.columns - 1) : text;
    if (line === written) return;
    stream.write(`${clearLine}${line}`);
    written = line;
  };
  const timer = setInterval(show, interval);
  timer.unref();
  return {
    step: async (now) => {
      text = now;
      await rest();
    },
    stop: () => {
      clearInterval(timer);
      if (written !== '') stream.write(clearLine);
    },
  };
}

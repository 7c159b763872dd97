import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { s3ControlConfig } from './clients.ts';
import './resolve-localhost.mjs';

/** What happens to a call instead of, or on top of, its answer. */
export type Fault =
  | { readonly kind: 'accessDenied' | 'throttled' | 'serverError' | 'connectionReset' | 'hang' | 'webPage' }
  | { readonly kind: 'truncatedBody'; readonly bytes?: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly code: string; readonly status?: number; readonly message?: string };

/** Breaks the calls that fit everything given; the first rule that fits a call decides. */
export interface FaultRule {
  readonly service?: string;
  readonly operation?: string;
  readonly region?: string;
  readonly account?: string;
  /** This many fitting calls go through first. */
  readonly skip?: number;
  /** At most this many calls are broken. */
  readonly times?: number;
  readonly fault: Fault;
}

/** One call as the gateway saw it. */
export interface JournalEntry {
  /** When it arrived, in milliseconds. */
  readonly time: number;
  /** When the answer was there to be passed on; undefined: the gateway answered itself, or not at all. */
  readonly answered?: number;
  /** The signing name (`cloudtrail`, `s3`, `kms`, `logs`, `config`, `ec2`, `sts`), and `s3control`. */
  readonly service: string;
  /** The name of the SDK's operation. */
  readonly operation: string;
  readonly region: string;
  /** Of an assumed role; undefined for the credentials of `environment`. */
  readonly account?: string;
  /** Undefined when the connection was broken before an answer. */
  readonly status?: number;
  readonly fault?: Fault['kind'];
}

export interface Emulator {
  readonly endpoint: string;
  /** Of the account that the credentials of `environment` belong to. */
  readonly accountId: string;
  /** Makes any AWS SDK of a child process talk to the emulator, and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether calls need the permissions that the policies of users and roles give; at first they don't. */
  enforcePolicies(isOn: boolean): Promise<void>;
  /** Forgets faults, journal and everything seeded. */
  reset(): Promise<void>;
  faults(rules: readonly FaultRule[]): Promise<void>;
  journal(): Promise<readonly JournalEntry[]>;
  clearJournal(): Promise<void>;
  stop(): Promise<void>;
}

const python = path.resolve(import.meta.dirname, '../../.venv/bin/python');
const startDeadline = 30_000;
const answerDeadline = 10_000;

/** Starts an AWS of one's own on loopback; it dies with this process, if not stopped before. */
export async function startEmulator(): Promise<Emulator> {
  if (!existsSync(python)) throw new Error('The emulator is not installed: run `node test/emulator/install.mjs`');

  const children: ChildProcess[] = [];
  const killAll = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', killAll);

  const start = async (command: string, args: readonly string[], healthPath: string) => {
    const child = spawn(command, [...args, '--exit-with-stdin'], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const url = await listeningUrl(child);
    await untilHealthy(new URL(healthPath, url));
    return url;
  };

  const stop = async () => {
    killAll();
    await Promise.all(children.map(ended));
    process.off('exit', killAll);
  };

  try {
    const moto = await start(python, [path.join(import.meta.dirname, 'moto_launch.py')], '/moto-api/data.json');
    const gateway = [path.join(import.meta.dirname, 'gateway.mjs'), '--upstream', moto];
    const endpoint = await start(process.execPath, gateway, '/_gateway/health');
    return { ...controlsOf(endpoint), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function controlsOf(endpoint: string): Omit<Emulator, 'stop'> {
  const control = async (method: string, name: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${endpoint}/_gateway/${name}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerDeadline),
    });
    if (!response.ok) throw new Error(`${method} ${name}: ${response.status} ${await response.text()}`);
    return response.json();
  };

  return {
    endpoint,
    accountId: '123456789012',
    environment: environmentFor(endpoint),
    enforcePolicies: async (isOn) => void (await control('POST', 'policies', isOn)),
    reset: async () => void (await control('POST', 'reset')),
    faults: async (rules) => void (await control('POST', 'faults', rules)),
    // The gateway is ours: its journal has the shape it writes.
    journal: async () => (await control('GET', 'journal')) as readonly JournalEntry[],
    clearJournal: async () => void (await control('DELETE', 'journal')),
  };
}

function environmentFor(endpoint: string): Record<string, string> {
  const resolver = pathToFileURL(path.join(import.meta.dirname, 'resolve-localhost.mjs')).href;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3_CONTROL: s3ControlConfig(endpoint).endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_OPTIONS: `--import=${resolver}`,
  };
}

/** Both programs print where they listen, on a port that the system picked, as their first line. */
async function listeningUrl(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('stdout is not piped');
  const line = new Promise<string>((resolve) => createInterface(stdout).once('line', resolve));
  const failure = Promise.race([
    once(child, 'exit').then(([code]) => `exited with code ${String(code)}`),
    sleep(startDeadline, `said nothing in ${startDeadline} ms`, { ref: false }),
  ]).then((problem) => Promise.reject(new Error(`${child.spawnfile} ${problem}`)));

  const url = /^listening on (http:\S+)$/.exec(await Promise.race([line, failure]))?.[1];
  if (url === undefined) throw new Error(`${child.spawnfile} did not say where it listens`);
  return url;
}

async function untilHealthy(url: URL): Promise<void> {
  const deadline = Date.now() + startDeadline;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerDeadline) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`no answer from ${url.href} in ${startDeadline} ms`);
    await sleep(20);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (isRunning) await once(child, 'exit');
}

// Compares a scan with that of Prowler, a checker in Python, in one run: both read the same emulated account, one after
// the other. Ratios, of wall clock and of calls; nothing here fails, since machines differ.
//
// usage: npm run build && npm run bench:peer
//
// It installs the emulator and Prowler by itself, which takes minutes the first time.

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { type Emulator, startEmulator } from '../test/emulator/emulator.ts';
import { seedAccount, seedStrays } from '../test/emulator/seed.ts';
import { installPeer } from './install-peer.ts';
import { median } from './median.ts';

const main = join(import.meta.dirname, '../dist/main.js');
const rounds = 3;

/** What `prowler aws --services cloudtrail` asks of trails, by the rules that ask the same. */
const sameScope = [
  'trail-*',
  'multi-region-trail-enabled',
  'management-events-all',
  's3-data-events-critical-buckets',
  'log-bucket-not-public',
  'log-bucket-server-access-logging',
  'log-bucket-mfa-delete-enabled',
];

/** Those that every account has on: which others each would read by itself is not what is compared. */
const regions = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

interface Measured {
  readonly milliseconds: number;
  readonly calls: number;
}

const folder = mkdtempSync(join(tmpdir(), 'trailproof-peer-'));
const ours = ['scan', '--only', sameScope.join(','), '--region', regions.join(','), '--format', 'json'];
const theirs = ['aws', '--services', 'cloudtrail', '--region', ...regions, '--no-banner'];
const programs = {
  trailproof: { file: execPath, args: [main, ...ours] },
  prowler: {
    file: installPeer(),
    args: [...theirs, '--output-formats', 'json-ocsf', '--output-directory', folder],
  },
} as const satisfies Readonly<Record<string, Program>>;

if (!existsSync(main)) throw new Error('There is nothing to compare: run `npm run build`.');
const emulator = await startEmulator();
try {
  await seedAccount(emulator.endpoint);
  await seedStrays(emulator.endpoint);
  // The first run of each fills its caches.
  for (const program of Object.values(programs)) await measure(emulator, program);
  const measured: Record<keyof typeof programs, Measured[]> = { trailproof: [], prowler: [] };
  for (let round = 0; round < rounds; round += 1) {
    measured.trailproof.push(await measure(emulator, programs.trailproof));
    measured.prowler.push(await measure(emulator, programs.prowler));
  }
  report(measured);
} finally {
  await emulator.stop();
  rmSync(folder, { recursive: true });
}

async function measure({ environment, journal, clearJournal }: Emulator, { file, args }: Program): Promise<Measured> {
  await clearJournal();
  const start = performance.now();
  await run(file, args, { PATH: env.PATH ?? '', HOME: folder, ...environment });
  const milliseconds = performance.now() - start;
  return { milliseconds, calls: (await journal()).length };
}

/** Either ends with another code than 0 where it finds something, as it does here. */
function run(file: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { env: environment, cwd: folder, maxBuffer: 2 ** 28 }, (error, _, stderr) => {
      if (error && child.exitCode !== 1 && child.exitCode !== 3)
        reject(new Error(`${file}: ${stderr}`, { cause: error }));
      else resolve();
    });
  });
}

function report(measured: Readonly<Record<keyof typeof programs, readonly Measured[]>>): void {
  const of = (name: keyof typeof programs, what: keyof Measured): number =>
    median(measured[name].map((one) => one[what]));
  for (const what of ['milliseconds', 'calls'] as const) {
    const [own, peer] = [of('trailproof', what), of('prowler', what)];
    const ratio = (own / peer).toFixed(2);
    console.log(`${what}: ${ratio} × Prowler (trailproof ${Math.round(own)}, prowler ${Math.round(peer)})`);
  }
}

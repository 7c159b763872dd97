// Records a scan of the seeded account, in two regions, as examples/recording.jsonl.
//
// usage: npm run build && node test/emulator/record-example.ts

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEmulator } from './emulator.ts';
import { seedAccount } from './seed.ts';

const regions = ['eu-west-1', 'us-east-1'];
const cli = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const example = fileURLToPath(new URL('../../examples/recording.jsonl', import.meta.url));

const emulator = await startEmulator();
await seedAccount(emulator.endpoint);
const quietly = ['--unknown', 'ignore', '--fail-on', 'never', '--format', 'json'];
execFileSync(process.execPath, [cli, 'scan', '--region', regions.join(','), '--record', example, ...quietly], {
  env: { PATH: process.env.PATH, ...emulator.environment },
  stdio: ['ignore', 'ignore', 'inherit'],
});
await emulator.stop();

// The emulator has every region there is switched on, also those of other partitions.
const lines = readFileSync(example, 'utf8').split('\n').map(withFewRegions);
writeFileSync(example, lines.join('\n'));

function withFewRegions(line: string): string {
  if (!line.includes('"operation":"DescribeRegions"')) return line;
  const call = JSON.parse(line) as { response: { Regions: { RegionName: string }[] } };
  const Regions = call.response.Regions.filter(({ RegionName }) => regions.includes(RegionName));
  return JSON.stringify({ ...call, response: { ...call.response, Regions } });
}

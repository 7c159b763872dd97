import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './run-cli.ts';

/** A server that takes calls and never answers. */
async function silentAws() {
  const asked = Promise.withResolvers<void>();
  const server = createServer(() => asked.resolve());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // Listening on TCP, so its address is no path.
  const { port } = server.address() as AddressInfo;
  return { server, asked: asked.promise, url: `http://127.0.0.1:${port}` };
}

test('an interrupt ends with 130 and replaces no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-interrupt-'));
  const report = join(folder, 'report.json');
  writeFileSync(report, 'the last run');
  const { server, asked, url } = await silentAws();
  const child = spawn(process.execPath, [`${root}dist/main.js`, 'scan', '--output', `json=${report}`], {
    env: {
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
    },
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  await asked;
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readFileSync(report, 'utf8')).toBe('the last run');
  expect(readdirSync(folder)).toEqual(['report.json']);
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root, runCli, runShell } from './run-cli.ts';

const healthy = 'examples/healthy-account.yaml';
const snapshot = readFileSync(`${root}${healthy}`, 'utf8');
const record = JSON.stringify({
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  eventCategory: 'Management',
  readOnly: false,
  awsRegion: 'eu-west-1',
});

describe('standard input', () => {
  test.each([
    ['a snapshot for a call', ['cloudtrail:StopLogging', '-'], snapshot, 0],
    ['a snapshot for a class', ['--class', 'category=Management source=ec2', '-'], snapshot, 1],
    ['a snapshot for the matrix', ['--matrix', '-'], snapshot, 0],
    ['a record', ['--event', '-', healthy], record, 0],
  ])('is %s', async (_, args, stdin, code) => {
    const run = await runCli(['prove', ...args], { stdin });
    expect([run.code, run.stderr]).toEqual([code, '']);
    expect(run.stdout).toContain('account 111122223333');
  });

  test('is not taken for what nobody named', async () => {
    for (const args of [['prove'], ['check'], ['report']]) {
      const run = await runCli(args, { stdin: 'account-secret\n' });
      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).not.toContain('secret');
    }
    expect((await runCli(['rules', 'validate', 'examples/custom-rule'], { stdin: 'x\n' })).code).toBe(0);
  });
});

describe('what is asked and what is read', () => {
  test('a record is asked about where it happened', async () => {
    const run = await runCli(['prove', '--event', '-', healthy, '--format', 'json'], { stdin: record });
    const proof = JSON.parse(run.stdout) as { accounts: { chains: { regions: string[] }[] }[] };
    expect(proof.accounts[0]?.chains.map(({ regions }) => regions)).toEqual([['eu-west-1']]);
  });

  test('a region is left out', async () => {
    const run = await runCli(['prove', 'cloudtrail:StopLogging', healthy, '--exclude-region', 'us-east-1']);
    expect(run.stdout.split('\n')[3]).toBe('  eu-west-1');
  });

  test('without a terminal there are no colours, unless they are wanted', async () => {
    const args = ['prove', 'cloudtrail:StopLogging', healthy];
    const colour = String.fromCharCode(27);
    expect((await runCli(args)).stdout).not.toContain(colour);
    expect((await runCli(args, { environment: { FORCE_COLOR: '1' } })).stdout).toContain(colour);
    expect((await runCli([...args, '--no-color'], { environment: { FORCE_COLOR: '1' } })).stdout).not.toContain(colour);
  });

  test('a reader who goes away is no error', async () => {
    const run = await runShell(`trailproof prove cloudtrail:StopLogging ${healthy} --format json | head -1`);
    expect([run.stdout, run.stderr]).toEqual(['{\n', '']);
  });
});

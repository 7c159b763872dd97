import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const replay = ['--replay', 'examples/recording.jsonl'] as const;

describe('--redact', () => {
  test('of what there is not says what was meant', async () => {
    for (const command of ['scan', 'collect']) {
      const { code, stdout, stderr } = await runCli([command, '--redact', 'id']);
      expect([code, stdout, stderr]).toEqual([2, '', 'trailproof: --redact cannot be "id"\nDid you mean ids?\n']);
    }
  });

  test('of a scan is about its recording', async () => {
    const { code, stderr } = await runCli(['scan', '--redact', 'ids', ...replay]);
    expect(code).toBe(2);
    expect(stderr).toContain('--record');
  });

  test('writes a snapshot with made-up ids, of which a check says the same', async () => {
    const { stdout: plain } = await runCli(['collect', ...replay]);
    const { stdout: told, code } = await runCli(['collect', ...replay, '--redact', 'ids']);
    expect(code).toBe(0);
    expect(plain).toContain('123456789012');
    expect(told).not.toContain('123456789012');
    expect(JSON.parse(told).account.id).toBe('100000000001');
    const judged = async (stdin: string) => {
      const { stdout } = await runCli(['check', '-', '--format', 'json'], { stdin });
      const { findings } = JSON.parse(stdout) as { findings: { rule: string; status: string }[] };
      return findings.map(({ rule, status }) => [rule, status]);
    };
    expect(await judged(told)).toEqual(await judged(plain));
  });
});

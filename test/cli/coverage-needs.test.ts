import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runShell } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-needs-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'html.yaml'), 'outputs: { html: report.html }\n');

const said = async (command: string): Promise<string> => {
  const { stdout, stderr, code } = await runShell(`trailproof ${command}`, { cwd: folder });
  expect([stderr, code]).toEqual(['', 0]);
  return stdout;
};

/** The IAM actions that a dry run says it needs. */
async function planned(flags: string): Promise<readonly string[]> {
  const lines = (await said(`scan --dry-run --region us-east-1 ${flags}`)).split('\n\n')[0]?.split('\n') ?? [];
  return [...new Set(lines.flatMap((line) => line.split(/ +/)[1] ?? []))].toSorted();
}

const permitted = async (flags: string): Promise<readonly string[]> =>
  JSON.parse(await said(`permissions ${flags}`)).Statement[0].Action;

const rule = '--only trail-is-logging';

test('permissions allows what a scan with the same flags asks, and its coverage needs more', async () => {
  const [plain, covering] = await Promise.all([permitted(rule), permitted(`${rule} --coverage`)]);
  expect(plain).toEqual(await planned(rule));
  expect(covering).toEqual(await planned(`${rule} --coverage`));
  expect(covering).toEqual(await planned(`${rule} --format html`));
  expect(covering).toEqual(expect.arrayContaining([...plain, 's3:GetBucketPolicy', 'sns:ListSubscriptionsByTopic']));
});

test('a config that writes the page needs what the page shows', async () => {
  expect(await permitted(`${rule} --config html.yaml`)).toEqual(await permitted(`${rule} --coverage`));
});

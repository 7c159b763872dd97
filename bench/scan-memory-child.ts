import { argv, resourceUsage } from 'node:process';
import { parse } from '@oclif/core/parser';
import { asTargets } from '../src/cli/account-source.ts';
import { readAccounts } from '../src/cli/inputs.ts';
import { planOf } from '../src/cli/plan.ts';
import { readTargets } from '../src/cli/read-targets.ts';
import { registry, rulesToJudge } from '../src/cli/rule-set.ts';
import { runReport } from '../src/cli/run-report.ts';
import { targetsOf } from '../src/cli/targets.ts';
import { Scan } from '../src/commands/scan.ts';
import { openSession, type SessionOptions } from '../src/sources/aws-session.ts';
import { fakeOrganization, management } from './fake-organization.ts';

/** What one process said of itself after a scan of so many accounts. */
export interface ScanMemoryUsed {
  readonly accounts: number;
  readonly peakMebibytes: number;
  readonly seconds: number;
  /** How often each operation was asked. */
  readonly calls: Readonly<Record<string, number>>;
}

const rules = 'trail-is-logging,log-bucket-versioning-enabled,config-recorder-enabled';
/** The report as JSON, to nobody. */
const args = ['--organization', '--only', rules, '--now', '2026-11-20T09:00:00Z', '--deadline', '86400'];
const output = ['--output', 'json=/dev/null', '--quiet'];

/** `scan --organization` through the SDK's own clients, without a network. */
async function scan(accounts: number): Promise<ScanMemoryUsed> {
  const { handler, calls } = fakeOrganization(accounts);
  const credentials = async () => ({ accessKeyId: `AKIA${management}`, secretAccessKey: 's' });
  const open = ({ deadline, concurrency }: SessionOptions) =>
    openSession({
      environment: {},
      region: 'us-east-1',
      credentials,
      transport: { handler },
      ...(deadline && { deadline }),
      ...(concurrency !== undefined && { concurrency }),
    });
  const { flags } = await parse([...args, ...output], { flags: Scan.flags });
  const chosen = await rulesToJudge(flags);
  const plan = planOf(chosen.needs);
  const targets = targetsOf(flags, undefined);
  const allowEmpty = 'not-empty';
  const since = performance.now();
  const { accounts: files } = await readTargets(
    flags,
    { targets, plan, now: flags.now, quiet: true, version: '0', allowEmpty },
    open,
  );
  const read = readAccounts(files, { registry, plan, allowEmpty });
  await runReport(asTargets(read, chosen.config), { ...chosen, flags, version: '0', inputs: [] });
  // It ends by its own verdict, not by that of the scan.
  process.exitCode = 0;
  const seconds = Math.round((performance.now() - since) / 1_000);
  const peakMebibytes = Math.round(resourceUsage().maxRSS / 1_024);
  return { accounts, peakMebibytes, seconds, calls: Object.fromEntries(calls) };
}

if (import.meta.main) console.log(JSON.stringify(await scan(Number(argv[2]))));

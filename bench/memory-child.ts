import { memoryUsage, resourceUsage, stdin } from 'node:process';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { resourceTypes } from '../src/resource-types/index.ts';
import { viewAccount } from '../src/snapshot/account-view.ts';
import { readSnapshots } from '../src/snapshot/read-snapshot.ts';
import { builtInRules, snapshotValidator } from './pipeline.ts';

/** What one process said of itself after the accounts on its standard input. */
export interface MemoryUsed {
  readonly accounts: number;
  readonly findings: number;
  readonly peakMebibytes: number;
  /** Of the heap, after everything that nobody holds was collected. */
  readonly heldMebibytes: number;
}

async function judgeStandardInput(): Promise<MemoryUsed> {
  const rules = builtInRules();
  const reading = { registry: resourceTypes, validate: await snapshotValidator(), stdin };
  let accounts = 0;
  let findings = 0;
  for await (const { snapshot } of readSnapshots(['-'], reading)) {
    const judged = evaluate(rules, viewAccount(snapshot, { registry: resourceTypes }), snapshot.collectedAt);
    accounts += 1;
    // Written and let go, as a streamed report would.
    findings += judged.findings.filter((finding) => JSON.stringify(finding).length > 0).length;
  }
  const peakMebibytes = Math.round(resourceUsage().maxRSS / 1_024);
  globalThis.gc?.();
  return { accounts, findings, peakMebibytes, heldMebibytes: Math.round(memoryUsage().heapUsed / 1_024 ** 2) };
}

if (import.meta.main) console.log(JSON.stringify(await judgeStandardInput()));

import { argv, memoryUsage, resourceUsage } from 'node:process';
import { heapLimit } from '../src/cli/heap.ts';
import { spillingSort } from '../src/cli/spilling-sort.ts';
import { spool } from '../src/cli/spool.ts';
import { chunksOf } from '../src/cli/write-stream.ts';
import { type Finding, statuses } from '../src/evaluation/finding.ts';
import { tallyOf, totalsOf } from '../src/evaluation/tally.ts';
import { type Format, formats, reporterFor } from '../src/reporters/index.ts';
import type { ReportGap } from '../src/reporters/report.ts';
import { severities } from '../src/rules/rule.ts';

/** What one process said of itself after it had said a report. */
export interface ReportMemoryUsed {
  readonly format: Format;
  readonly findings: number;
  /** Of the report, in UTF-16 units. */
  readonly length: number;
  readonly peakMebibytes: number;
  /** Of the heap, at the end and after everything that nobody holds was collected. */
  readonly heldMebibytes: number;
}

/** A finding as a run makes them: of many accounts, rules, severities and statuses, with what is said of a failure. */
function findingAt(index: number): Finding {
  const account = String(100_000_000_000 + (index >> 6));
  const id = `arn:aws:cloudtrail:us-east-1:${account}:trail/trail-${index}`;
  return {
    rule: `rule-${index % 61}`,
    status: statuses[index % 4] ?? 'fail',
    severity: severities[index % 5] ?? 'low',
    title: 'The trail validates the files that it delivers',
    message: `Log file validation is off on trail-${index}, so that nobody would see a file that was changed.`,
    resource: {
      type: 'AWS::CloudTrail::Trail',
      id,
      name: `trail-${index}`,
      account,
      partition: 'aws',
      region: 'us-east-1',
    },
    evidence: [
      { path: 'LogFileValidationEnabled', expected: true, actual: false, from: 'cloudtrail:DescribeTrails' },
      { path: 'Status.LatestDigestDeliveryTime', expected: { exists: true }, from: 'cloudtrail:GetTrailStatus' },
    ],
    toPass: [[{ resource: id, path: 'LogFileValidationEnabled', set: true }]],
    controls: { 'cis-aws-foundations-3.0.0': ['3.2'], 'pci-dss-4.0.1': ['10.3.4', '10.5.1'] },
    remediation: { cli: `aws cloudtrail update-trail --name ${id} --enable-log-file-validation --region us-east-1` },
    fingerprint: index.toString(16).padStart(16, '0'),
  };
}

/** Keeps findings as a run does, says them in a format, and lets go of what is said. */
async function sayReport(format: Format, count: number): Promise<ReportMemoryUsed> {
  const findings = spool<Finding>();
  const gaps = spool<ReportGap>();
  const limitHeap = heapLimit();
  for (let index = 0; index < count; index += 1) {
    findings.add(findingAt(index));
    if (index % 64 === 0) limitHeap();
  }
  const report = {
    trailproof: 'report/1',
    tool: { name: 'trailproof', version: '0.0.0' },
    scope: { accounts: ['100000000000'], regions: ['us-east-1'], rules: [], inputs: [] },
    summary: { ...totalsOf(tallyOf(findings)), exitCode: 1 },
    findings,
    gaps,
  } as const;
  const options = { color: false, groupBy: 'resource', show: statuses, sort: spillingSort() } as const;
  let length = 0;
  for (const chunk of chunksOf((await reporterFor(format))(report, options))) length += chunk.length;
  findings.close();
  gaps.close();
  const peakMebibytes = Math.round(resourceUsage().maxRSS / 1_024);
  globalThis.gc?.();
  const heldMebibytes = Math.round(memoryUsage().heapUsed / 1_024 ** 2);
  return { format, findings: count, length, peakMebibytes, heldMebibytes };
}

if (import.meta.main) {
  const format = formats.find((known) => known === argv[2]);
  if (!format) throw new Error(`${argv[2]} is no format`);
  console.log(JSON.stringify(await sayReport(format, Number(argv[3]))));
}

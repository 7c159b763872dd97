import { expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { reporters } from '../../src/reporters/index.ts';
import { reportOf, sharedReport, showAll } from './shared-report.ts';

// What is sorted, and what each format holds at its most, is measured: bench/report-memory.ts.

const count = 1_000;

/** As many findings as are asked for, made when they are asked for; `made` says how many were in this pass. */
function manyFindings() {
  let made = 0;
  return {
    made: () => made,
    *[Symbol.iterator](): Generator<Finding> {
      made = 0;
      for (let index = 0; index < count; index += 1) {
        const finding = sharedReport.findings[index % sharedReport.findings.length];
        if (finding === undefined) throw new Error('the shared report has no finding');
        made += 1;
        yield { ...finding, fingerprint: index.toString(16).padStart(16, '0') };
      }
    },
  };
}

/** The most findings that were made between two pieces. */
function mostBetweenPieces(format: keyof typeof reporters): number {
  const findings = manyFindings();
  const report = { ...reportOf([]), findings };
  let most = 0;
  let before = 0;
  for (const _ of reporters[format](report, showAll)) {
    most = Math.max(most, findings.made() - before);
    before = findings.made();
  }
  expect(before).toBe(count);
  return most;
}

test.each(['json', 'ndjson', 'csv', 'ocsf'] as const)('%s says a finding before it asks for the next', (format) => {
  expect(mostBetweenPieces(format)).toBe(1);
});

test('gitlab asks no further than to the next that is wrong', () => {
  expect(mostBetweenPieces('gitlab')).toBeLessThanOrEqual(3);
});

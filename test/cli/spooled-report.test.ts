import { expect, test } from 'vitest';
import { spillingSort } from '../../src/cli/spilling-sort.ts';
import { type Spool, spool } from '../../src/cli/spool.ts';
import { type Finding, statuses } from '../../src/evaluation/finding.ts';
import { reporters } from '../../src/reporters/index.ts';
import { severities } from '../../src/rules/rule.ts';
import { type HeldReport, reportOf, sharedReport, showAll, showOpen, whole } from '../reporters/shared-report.ts';

const accounts = 40;

/** What the shared report holds, in every account under other severities, statuses and rules. */
function manyAccounts(): HeldReport {
  const findings = Array.from({ length: accounts }, (_, account) =>
    sharedReport.findings.map((finding, index): Finding => {
      const place = account * sharedReport.findings.length + index;
      return {
        ...finding,
        rule: `rule-${(place * 7919) % 11}`,
        status: statuses[(place * 31) % 4] ?? 'fail',
        severity: severities[(place * 17) % 5] ?? 'low',
        // Some resources are judged in several accounts.
        resource: { ...finding.resource, account: String(100_000_000_000 + account), id: `arn:${place % 97}` },
        fingerprint: place.toString(16).padStart(16, '0'),
      };
    }),
  ).flat();
  const gaps = findings.flatMap(({ resource: { account } }, index) => {
    const gap = sharedReport.gaps[index % sharedReport.gaps.length];
    return gap ? [{ ...gap, account }] : [];
  });
  return { ...reportOf(findings), gaps };
}

function spooled<T>(items: readonly T[]): Spool<T> {
  const list = spool<T>({ items: 3, length: 1e9 });
  for (const item of items) list.add(item);
  return list;
}

test.each(Object.keys(reporters) as (keyof typeof reporters)[])(
  '%s says the same of a report in files as of one in memory',
  (format) => {
    const say = whole(reporters[format]);
    for (const held of [sharedReport, manyAccounts(), reportOf([])]) {
      const report = { ...held, findings: spooled(held.findings), gaps: spooled(held.gaps) };
      for (const options of [showAll, showOpen, { ...showAll, groupBy: 'rule' } as const]) {
        const expected = say(held, options);
        expect(say(report, options)).toBe(expected);
        expect(say(report, { ...options, sort: spillingSort({ items: 4, length: 1e9 }) })).toBe(expected);
      }
      report.findings.close();
      report.gaps.close();
    }
  },
);

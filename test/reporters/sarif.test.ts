import type { Log, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Finding, WaiverState } from '../../src/evaluation/finding.ts';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';
import { waiverLine } from '../../src/reporters/accepted-words.ts';
import type { Report } from '../../src/reporters/report.ts';
import { sarif as sarifPieces } from '../../src/reporters/sarif.ts';
import { type Severity, severities } from '../../src/rules/rule.ts';
import { githubProblems } from './github-ingest.ts';
import { hostile } from './hostile.ts';
import { sarifSchemaErrors } from './sarif-schema.ts';
import { findingOf, reportOf, sharedReport, showAll, shuffled, trail, whole } from './shared-report.ts';
import { rules } from './shared-rules.ts';

const sarif = whole(sarifPieces);
const logOf = (report: Report): Log => JSON.parse(sarif(report));

/** From the text, as GitHub gets it. */
const ingestProblems = (log: Log): readonly string[] => githubProblems(JSON.parse(JSON.stringify(log)));

function runOf(report: Report): Run {
  const run = logOf(report).runs[0];
  if (run === undefined) throw new Error('no run');
  return run;
}

/** Every string in it. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

const failing = (severity: Severity, index = 0): Finding =>
  findingOf({
    rule: 'trail-is-logging',
    status: 'fail',
    severity,
    resource: { ...trail, name: `t${index}`, id: `${trail.id}${index}` },
    message: 'It fails.',
  });

describe('sarif', () => {
  test('is valid by the OASIS schema and by the rules of GitHub', () => {
    expect(sarifSchemaErrors(logOf(sharedReport))).toEqual([]);
    expect(ingestProblems(logOf(sharedReport))).toEqual([]);
  });

  test('the schema check finds a planted error', () => {
    expect(sarifSchemaErrors({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toEqual([
      "/runs/0/tool must have required property 'driver'",
    ]);
  });

  test('gives the same bytes whatever the order of the findings, the gaps and the rules', () => {
    const { findings, gaps, scope } = sharedReport;
    const other = {
      ...sharedReport,
      findings: shuffled(findings),
      gaps: shuffled(gaps),
      scope: { ...scope, rules: shuffled(scope.rules), accounts: scope.accounts.toReversed() },
    };
    expect(other.findings).not.toEqual(findings);
    expect(sarif(other)).toBe(sarif(sharedReport));
  });

  test('leaves out what passes or does not apply, and says every rule that was evaluated', () => {
    const run = runOf(sharedReport);
    // What is known comes last.
    expect(run.results?.map(({ properties }) => properties?.status)).toEqual([
      ...Array(8).fill('fail'),
      ...['unknown', 'unknown'],
      'fail',
    ]);
    expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).toSorted());
  });

  test('has an empty list of results when nothing is wrong, so that GitHub closes what was open', () => {
    const run = runOf(reportOf([], 0));
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([{ executionSuccessful: true }]);
  });

  test.each(severities)('gives a failure of severity %s its level', (severity) => {
    const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };
    expect(runOf(reportOf([failing(severity)])).results?.[0]?.level).toBe(levels[severity]);
  });

  test('gives each rule a score inside its band, and none to info', () => {
    const scores = severities.map((severity) => {
      const scope = { ...sharedReport.scope, rules: rules.slice(0, 1).map((rule) => ({ ...rule, severity })) };
      return runOf({ ...reportOf([]), scope }).tool.driver.rules?.[0]?.properties?.['security-severity'];
    });
    expect(scores).toEqual(['9.5', '8.0', '5.5', '2.5', undefined]);
  });

  test('says of a fingerprint what GitHub reads, and the fingerprint itself', () => {
    const finding = failing('high');
    expect(runOf(reportOf([finding])).results?.[0]?.partialFingerprints).toEqual({
      primaryLocationLineHash: `${finding.fingerprint}:1`,
      'trailproof/v1': finding.fingerprint,
    });
  });

  const notificationsOf = (report: Report) =>
    runOf(report).invocations?.[0]?.toolExecutionNotifications?.map(({ level, message }) => `${level} ${message.text}`);

  test('names what could not be read, and keeps the alerts of what is unknown as notes', () => {
    const { invocations, results } = runOf(sharedReport);
    expect(invocations?.[0]?.executionSuccessful).toBe(true);
    const unknown = results?.filter(({ properties }) => properties?.status === 'unknown');
    expect(unknown?.map(({ level }) => level)).toEqual(['note', 'note']);
    expect(notificationsOf(sharedReport)).toEqual([
      'warning 2 findings could not be determined; their alerts stay open.',
      'warning everything in ap-east-1 of account 444455556666 was not scanned (NotScanned)',
      'warning s3:GetBucketLifecycleConfiguration of arn:aws:s3:::audit-logs in us-east-1 of account 111122223333 ' +
        'could not be read: AccessDenied, not allowed \\x1b[31mred\\x1b[0m\\x07; ' +
        'to know, allow s3:GetLifecycleConfiguration',
      'warning sts:AssumeRole of account 777788889999 could not be read: AccessDenied',
      'note 3 findings left out: waived, so that GitHub opens no alert.',
    ]);
  });

  describe('did not succeed, for GitHub would close alerts of what it lacks,', () => {
    const isWhole = (report: Report) => runOf(report).invocations?.[0]?.executionSuccessful;
    const unknown = findingOf({ rule: 'trail-is-logging', status: 'unknown', resource: trail });
    const unlisted = { ...unknown, fingerprint: fingerprint(unknown.rule, unknown.resource, 'unlisted') };

    test('when there may be others that nobody has listed', () => {
      expect(isWhole(reportOf([unlisted, failing('high')]))).toBe(false);
      expect(notificationsOf(reportOf([unlisted]))?.[0]).toBe(
        'error 1 finding could not be determined; there may be others, so no alert may be closed by this run.',
      );
    });

    test('when a rule crashed', () => {
      expect(isWhole(reportOf([unknown], 2))).toBe(false);
    });

    test('when something unknown had to be left out', () => {
      const many = Array.from({ length: 5000 }, (_, index) => failing('low', index));
      expect(isWhole(reportOf([unknown, ...many]))).toBe(false);
      expect(isWhole(reportOf([unknown, ...many.slice(1)]))).toBe(true);
    });

    test('but not when somebody accepts it', () => {
      const waiver = { state: 'active', reason: 'A reason.', owner: 'me', expires: '2027-03-31' } as const;
      expect(isWhole(reportOf([{ ...unlisted, waiver }]))).toBe(true);
      expect(isWhole(reportOf([{ ...unlisted, waiver: { ...waiver, state: 'expired' } }]))).toBe(false);
    });
  });

  test('is a complete run if there are gaps but nothing is unknown', () => {
    expect(runOf(reportOf([failing('high')])).invocations).toEqual([{ executionSuccessful: true }]);
  });

  test('keeps the 5,000 worst and says how many it left out', () => {
    const findings = Array.from({ length: 6000 }, (_, index) => failing(index < 4000 ? 'low' : 'critical', index));
    const log = logOf(reportOf(findings));
    const { results, invocations } = runOf(reportOf(findings));
    expect(results?.filter(({ level }) => level === 'error')).toHaveLength(2000);
    expect(results?.filter(({ level }) => level === 'note')).toHaveLength(3000);
    expect(invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: 'warning',
            message: { text: '1000 results left out: GitHub keeps 5000, these are the least severe.' },
          },
        ],
      },
    ]);
    expect(ingestProblems(log)).toEqual([]);
    expect(sarif(reportOf(findings.toReversed()))).toBe(sarif(reportOf(findings)));
  });

  describe('what is waived', () => {
    const waiver = (state: WaiverState) => ({ state, reason: 'It moves.', owner: 'platform', expires: '2027-03-31' });
    const waived = failing('critical', 1);
    const report = reportOf([
      failing('low', 0),
      { ...waived, waiver: waiver('active') },
      { ...failing('high', 2), waiver: waiver('expiring') },
      findingOf({ rule: 'trail-is-logging', status: 'unknown', resource: trail, waiver: waiver('active') }),
    ]);

    test('is left out and counted, for GitHub would open an alert of it', () => {
      const { results, invocations } = runOf(report);
      expect(results?.map(({ level }) => level)).toEqual(['note']);
      expect(invocations).toEqual([
        {
          executionSuccessful: true,
          toolExecutionNotifications: [
            { level: 'note', message: { text: '3 findings left out: waived, so that GitHub opens no alert.' } },
          ],
        },
      ]);
    });

    test('is suppressed where that is asked for, says why, and takes no place of another', () => {
      const log: Log = JSON.parse(sarif(report, { ...showAll, waived: 'suppress' }));
      expect(sarifSchemaErrors(log)).toEqual([]);
      expect(log.runs[0]?.results?.map(({ level, suppressions }) => [level, suppressions?.length ?? 0])).toEqual([
        ['note', 0],
        ['note', 1],
        ['error', 1],
        ['error', 1],
      ]);
      const ofWaived = log.runs[0]?.results?.find(
        ({ partialFingerprints }) => partialFingerprints?.['trailproof/v1'] === waived.fingerprint,
      );
      expect(ofWaived).toMatchObject({
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: 'waived by platform until 2027-03-31: It moves.',
          },
        ],
      });
      expect(log.runs[0]?.invocations).toEqual([{ executionSuccessful: true }]);
    });

    test('is cut before anything that is not', () => {
      const many = [
        ...Array.from({ length: 10 }, (_, index) => ({ ...failing('critical', index), waiver: waiver('active') })),
        ...Array.from({ length: 4995 }, (_, index) => failing('info', 10 + index)),
      ];
      const log: Log = JSON.parse(sarif(reportOf(many), { ...showAll, waived: 'suppress' }));
      expect(log.runs[0]?.results?.filter(({ suppressions }) => suppressions)).toHaveLength(5);
      expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
        '5 results left out: GitHub keeps 5000, these are the least severe.',
      ]);
    });

    test.each(['expired', 'too-long', 'forbidden'] as const)('is not what has a waiver that is %s', (state) => {
      const [result] = runOf(reportOf([{ ...waived, waiver: waiver(state) }])).results ?? [];
      expect(result?.suppressions).toBeUndefined();
      expect(result?.message.text).toContain(waiverLine(waiver(state)));
    });
  });

  test('what a baseline knows stays, and is unchanged; what it does not know is new', () => {
    const known = { ...failing('high', 1), baseline: { firstSeen: '2026-10-01' } };
    expect(runOf(reportOf([known, failing('low')])).results?.map(({ baselineState }) => baselineState)).toEqual([
      'new',
      'unchanged',
    ]);
    expect(runOf(reportOf([failing('low')])).results?.[0]?.baselineState).toBeUndefined();
  });

  test('keeps the rules that its results need when there are too many', () => {
    const many = rules
      .slice(1, 2)
      .flatMap((rule) => Array.from({ length: 25_010 }, (_, index) => ({ ...rule, id: `a${index}` })));
    const scope = { ...sharedReport.scope, rules: [...many, ...rules] };
    const log = logOf({ ...sharedReport, scope });
    expect(ingestProblems(log)).toEqual([]);
    expect(log.runs[0]?.tool.driver.rules).toHaveLength(25_000);
  });

  test('describes a rule by its findings if the report does not', () => {
    const log = logOf({ ...sharedReport, scope: { ...sharedReport.scope, rules: [] } });
    expect(ingestProblems(log)).toEqual([]);
    expect(log.runs[0]?.tool.driver.rules).toHaveLength(5);
  });

  test('keeps to the limits with texts that are empty, long or hostile', () => {
    const texts = ['', ' ', ...Object.values(hostile), `${'x'.repeat(1023)}😀`, '😀'.repeat(3000)];
    const findings = texts.map((text, index) => {
      const resource = { ...trail, id: text, name: text, region: text, account: text };
      const evidence = Array.from({ length: 40 }, () => ({ path: text, actual: text, from: text }));
      return { ...failing('high', index), rule: `r${index}`, title: text, message: text, resource, evidence };
    });
    const described = texts.map((text, index) => ({
      ...findings[index],
      id: `r${index}`,
      title: text,
      why: text,
      severity: 'high' as const,
      resource: text,
      actions: [text],
      controls: { [text]: [text] },
      references: [{ title: text, url: text }],
      remediation: { text, cli: text },
    }));
    const log = logOf({ ...reportOf(findings), scope: { ...sharedReport.scope, rules: described } });
    expect(ingestProblems(log)).toEqual([]);
    expect(sarifSchemaErrors(log)).toEqual([]);
    const said = log.runs[0]?.results?.map(({ message }) => message.text?.length ?? 0) ?? [];
    expect(Math.max(...said)).toBeLessThanOrEqual(2000);
    expect(textsOf(log).filter((text) => !text.isWellFormed())).toEqual([]);
  });

  test('no text becomes a link', () => {
    expect(sarif(sharedReport)).not.toContain('[click](');
  });

  test('the category follows the accounts alone', () => {
    const idOf = (accounts: readonly string[]) =>
      runOf({ ...sharedReport, scope: { ...sharedReport.scope, accounts, collectedAt: 'x', regions: [] } })
        .automationDetails?.id;
    expect(idOf(['111122223333'])).toBe('trailproof/111122223333/');
    expect(idOf([])).toBe('trailproof/no-account/');
    expect(idOf(['2', '1', '2'])).toBe(idOf(['1', '2']));
    expect(idOf(['1', '2'])).not.toBe(idOf(['1', '3']));
  });
});

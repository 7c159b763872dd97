import { describe, expect, test } from 'vitest';
import { type Finding, type FindingWaiver, type Status, waiverStates } from '../../src/evaluation/finding.ts';
import { waiverLine } from '../../src/reporters/accepted-words.ts';
import { ocsf as ocsfPieces } from '../../src/reporters/ocsf.ts';
import type { Report } from '../../src/reporters/report.ts';
import { severities } from '../../src/rules/rule.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, sharedReport, trail, whole } from './shared-report.ts';

const ocsf = whole(ocsfPieces);

// Events are read as anybody's JSON.
// biome-ignore lint/suspicious/noExplicitAny: their shape is what is tested
type Event = any;

const eventsOf = (report: Report): readonly Event[] =>
  ocsf(report)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const eventOf = (part: Partial<Finding>, report: Partial<Report> = {}): Event => {
  const finding = { ...findingOf({ rule: 'trail-is-logging', status: 'fail', resource: trail }), ...part };
  return eventsOf({ ...reportOf([finding]), ...report })[0];
};

const waiver = (state: FindingWaiver['state']): FindingWaiver => ({
  state,
  reason: 'It moves in March.',
  owner: 'platform',
  expires: '2027-03-31',
});

describe('ocsf', () => {
  test('is an event for each finding in the order of the report, each on a line', () => {
    expect(eventsOf(sharedReport).map(({ finding_info: { uid } }) => uid)).toEqual(
      sharedReport.findings.map(({ fingerprint }) => fingerprint),
    );
    expect(eventsOf(sharedReport).map(({ class_uid, type_uid }) => [class_uid, type_uid])).toEqual(
      sharedReport.findings.map(() => [2003, 200301]),
    );
  });

  test.each<readonly [Status, number, string, number, string]>([
    ['pass', 1, 'Pass', 4, 'Resolved'],
    ['fail', 3, 'Fail', 1, 'New'],
    ['unknown', 0, 'Unknown', 1, 'New'],
    ['not-applicable', 99, 'Not Applicable', 99, 'Not Applicable'],
  ])('says of %s that it is %i %s, and %i %s', (status, complianceId, complianceStatus, id, said) => {
    const event = eventOf({ status });
    expect([event.compliance.status_id, event.compliance.status]).toEqual([complianceId, complianceStatus]);
    expect([event.status_id, event.status]).toEqual([id, said]);
  });

  test('has the severity of what is wrong; what passes alarms nobody, and keeps that of its rule', () => {
    const codes = [5, 4, 3, 2, 1];
    expect(severities.map((severity) => eventOf({ severity }).severity_id)).toEqual(codes);
    expect(severities.map((severity) => eventOf({ severity, status: 'unknown' }).severity_id)).toEqual(codes);
    const passed = severities.map((severity) => eventOf({ severity, status: 'pass' }));
    expect(passed.map(({ severity_id }) => severity_id)).toEqual([1, 1, 1, 1, 1]);
    expect(passed.map(({ vendor_attributes }) => vendor_attributes.severity_id)).toEqual(codes);
  });

  test('only a waiver that holds suppresses, and each says whose it is', () => {
    const said = waiverStates.map((state) => {
      const { status_id, compliance, status_detail, unmapped } = eventOf({ waiver: waiver(state) });
      expect(compliance.status).toBe('Fail');
      expect(status_detail).toBe(waiverLine(waiver(state)));
      expect(unmapped).toEqual({ waiver: waiver(state) });
      return [state, status_id];
    });
    expect(said).toEqual([
      ['active', 3],
      ['expiring', 3],
      ['expired', 1],
      ['too-long', 1],
      ['forbidden', 1],
    ]);
  });

  test('a known failure is not new, and says since when it is known', () => {
    const event = eventOf({ baseline: { firstSeen: '2026-10-01' } });
    expect([event.status_id, event.status]).toEqual([99, 'Known']);
    expect(event.finding_info.first_seen_time).toBe(Date.UTC(2026, 9, 1));
    expect(event.finding_info.last_seen_time).toBe(Date.UTC(2026, 10, 20, 9));
  });

  test('its time is that of the evidence, and 0 where the report does not say it', () => {
    expect(eventOf({}).time).toBe(Date.UTC(2026, 10, 20, 9));
    const { collectedAt: _, ...scope } = sharedReport.scope;
    expect(eventOf({}, { scope }).time).toBe(0);
    expect(eventOf({}, { scope: { ...scope, collectedAt: 'yesterday' } }).time).toBe(0);
  });

  test('names resource and account, and no region of what has none', () => {
    const event = eventOf({});
    expect(event.resources).toEqual([
      { uid: trail.id, name: 'main', type: 'AWS::CloudTrail::Trail', cloud_partition: 'aws', region: 'us-east-1' },
    ]);
    expect(event.cloud).toEqual({
      provider: 'AWS',
      cloud_partition: 'aws',
      region: 'us-east-1',
      account: { uid: '111122223333', type_id: 10, type: 'AWS Account' },
    });
    const global = eventOf({ resource: { ...trail, region: 'global', name: '' } });
    expect(global.resources).toEqual([{ uid: trail.id, type: trail.type, cloud_partition: 'aws' }]);
    expect(global.cloud.region).toBeUndefined();
  });

  test('says which requirements it answers, with what it was run, and what to do', () => {
    const [failed] = sharedReport.findings;
    const [rule] = sharedReport.scope.rules;
    if (failed === undefined || rule === undefined) throw new Error('nothing fails');
    const scope = {
      ...sharedReport.scope,
      rules: [
        {
          ...rule,
          parameters: { minimumDays: 365, buckets: ['a'] },
          references: [{ title: 'One', url: 'https://example.com/1' }],
        },
      ],
    };
    const { compliance, remediation, finding_info } = eventOf(
      { ...failed, controls: { cis: ['3.1', '3.2'] } },
      { scope },
    );
    expect(compliance).toEqual({
      control: 'trail-is-logging',
      standards: ['cis'],
      requirements: ['cis:3.1', 'cis:3.2'],
      control_parameters: [
        { name: 'minimumDays', value: '365' },
        { name: 'buckets', value: '["a"]' },
      ],
      status_id: 3,
      status: 'Fail',
      status_details: [
        'Status.IsLogging: expected true, found false  (from cloudtrail:GetTrailStatus)',
        'Status.LatestDeliveryError: expected empty, found "AccessDenied"  (from cloudtrail:GetTrailStatus)',
        'To pass: set Status.IsLogging to true',
        'To pass: remove Policy on arn:aws:s3:::audit-logs',
      ],
    });
    expect(remediation.desc).toContain(
      'somebody had to call StopLogging for it to be off.\n\ncli:\naws cloudtrail start-logging',
    );
    expect(remediation.references).toEqual(['https://example.com/1']);
    expect(finding_info).toMatchObject({ desc: rule.why, data_sources: ['cloudtrail:GetTrailStatus'] });
  });

  test('says what would tell what is unknown', () => {
    const unknown = sharedReport.findings.filter(({ status }) => status === 'unknown');
    expect(eventsOf(reportOf(unknown))[0].compliance.status_details).toContain(
      'To know: allow s3:GetLifecycleConfiguration',
    );
  });

  test('is well-formed text without anything that would act, each event on one line', () => {
    const said = Object.values(hostile).map((text) => ({
      message: text,
      resource: { ...trail, id: text, name: text },
    }));
    const lines = ocsf(reportOf(said.map((part) => ({ ...findingOf({ ...part, rule: 'x', status: 'fail' }) }))));
    expect(lines.split('\n')).toHaveLength(said.length + 1);
    expect(lines).not.toMatch(/[\p{Cs}\u202e\u2028\ufffe\uffff]|(?!\n)\p{Cc}/u);
    // JSON would write an unpaired surrogate as an escape.
    for (const event of lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)))
      expect([event.message, event.resources[0].uid].every((text) => text.isWellFormed())).toBe(true);
  });
});

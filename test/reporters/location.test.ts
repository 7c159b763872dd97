import { describe, expect, test } from 'vitest';
import { github } from '../../src/reporters/github.ts';
import { gitlab } from '../../src/reporters/gitlab.ts';
import { pathSegment, placeOf } from '../../src/reporters/location.ts';
import type { ReporterOptions } from '../../src/reporters/report.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { hostile } from './hostile.ts';
import { findingOf, reportOf, showAll, trail, whole } from './shared-report.ts';

const pathOf = (change: Partial<typeof trail>): string => placeOf({ resource: { ...trail, ...change } }, {}).path;

describe('where a resource is shown', () => {
  test('a path of partition, account, region, service, type and name', () => {
    expect(pathOf({})).toBe('aws/aws/111122223333/us-east-1/cloudtrail/trail/main');
    expect(pathOf({ type: 'AWS::Account', region: 'global', name: '111122223333' })).toBe(
      'aws/aws/111122223333/global/account/account/111122223333',
    );
  });

  test('an empty name gives way to the id, and a type of another form to a word', () => {
    expect(pathOf({ name: '', id: 'x' })).toBe('aws/aws/111122223333/us-east-1/cloudtrail/trail/x');
    expect(pathOf({ type: '' })).toBe('aws/aws/111122223333/us-east-1/resource/resource/main');
  });
});

describe('a finding that a file says', () => {
  const placed = (file: string, options: Partial<ReporterOptions> = {}): string => {
    const { path, line } = placeOf({ resource: trail, source: { file, line: 12 } }, options);
    return `${path}:${line}`;
  };
  const standIn = 'aws/aws/111122223333/us-east-1/cloudtrail/trail/main:1';

  test.each([
    ['snapshots/prod.yaml', 'snapshots/prod.yaml:12'],
    ['./snapshots//prod.yaml', 'snapshots/prod.yaml:12'],
    ['snapshots/old/../prod.yaml', 'snapshots/prod.yaml:12'],
  ])('is at its line: %s', (file, place) => {
    expect(placed(file)).toBe(place);
  });

  test.each(['/elsewhere/prod.yaml', '../prod.yaml', 'a/../../prod.yaml', '', '.', 'C:\\prod.yaml', '\ud800.yaml'])(
    'but not where it would lead out of the repository: %j',
    (file) => {
      expect(placed(file)).toBe(standIn);
    },
  );

  test('is named from the root of the repository, wherever the command ran', () => {
    const folder = 'infra/audit';
    expect(placed('prod.yaml', { folder })).toBe('infra/audit/prod.yaml:12');
    expect(placed('../../accounts/prod.yaml', { folder })).toBe('accounts/prod.yaml:12');
    expect(placed('../../../prod.yaml', { folder })).toBe(standIn);
  });

  test('stands at its resource where that is asked for', () => {
    expect(placed('prod.yaml', { locations: 'resource' })).toBe(standIn);
  });
});

describe('sarif, gitlab and github show a finding at the same place, each in its own writing', () => {
  const saidBy = (file: string, options: Partial<ReporterOptions> = {}) => {
    const finding = findingOf({
      rule: 'trail-is-logging',
      status: 'fail',
      resource: trail,
      ...(file && { source: { file, line: 12 } }),
    });
    const report = reportOf([finding]);
    const given = { ...showAll, ...options };
    const [result] = JSON.parse(whole(sarif)(report, given)).runs[0].results;
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    const [issue] = JSON.parse(whole(gitlab)(report, given));
    const [, command] = /^::error (file=.*,line=\d+),title=/.exec(whole(github)(report, given)) ?? [];
    return [
      `${artifactLocation.uri}:${region.startLine}`,
      `${issue.location.path}:${issue.location.lines.begin}`,
      command,
    ];
  };

  test.each<[string, string, Partial<ReporterOptions>, readonly string[]]>([
    [
      'a file',
      'Zürich 1:2,#3.json',
      { folder: 'audit' },
      [
        'audit/Z%C3%BCrich%201%3A2%2C%233.json:12',
        'audit/Zürich 1:2,#3.json:12',
        'file=audit/Zürich 1%3A2%2C#3.json,line=12',
      ],
    ],
    [
      'what stands for a resource',
      '',
      {},
      [
        'aws/aws/111122223333/us-east-1/cloudtrail/trail/main:1',
        'aws/aws/111122223333/us-east-1/cloudtrail/trail/main:1',
        'file=aws/aws/111122223333/us-east-1/cloudtrail/trail/main,line=1',
      ],
    ],
  ])('%s', (_, file, options, places) => {
    expect(saidBy(file, options)).toEqual(places);
  });
});

describe('a path segment', () => {
  test('keeps what needs no escaping', () => {
    expect(pathSegment('Audit_logs-2.x~y')).toBe('Audit_logs-2.x~y');
    expect(pathSegment('1234abcd-12ab-34cd-56ef-1234567890ab')).toBe('1234abcd-12ab-34cd-56ef-1234567890ab');
  });

  test('replaces the rest and adds a hash of what it was', () => {
    expect(pathSegment('/aws/cloudtrail')).toMatch(/^-aws-cloudtrail-[0-9a-f]{10}$/);
  });

  test.each(['', '.', '..', '../..', '%2e%2e', 'a:b', 'C:\\x', ...Object.values(hostile)])('%j is harmless', (text) => {
    expect(pathSegment(text)).toMatch(/^[A-Za-z0-9._~-]*-[0-9a-f]{10}$/);
  });

  test('tells apart what looks alike after replacing, and who imitates a hash', () => {
    const replaced = pathSegment('a/b');
    const texts = ['a/b', 'a:b', 'a-b', 'a b', replaced, '\ud800', '\ud801', 'x'.repeat(101), 'x'.repeat(102)];
    expect(new Set(texts.map(pathSegment)).size).toBe(texts.length);
  });
});

import { describe, expect, test } from 'vitest';
import { type LocationChoice, locationOf, pathSegment } from '../../src/reporters/sarif-location.ts';
import { hostile } from './hostile.ts';
import { trail } from './shared-report.ts';

const uriOf = (change: Partial<typeof trail>) =>
  locationOf({ resource: { ...trail, ...change } }, 'source').physicalLocation?.artifactLocation?.uri;

describe('where a resource is shown', () => {
  test('a path of partition, account, region, service, type and name', () => {
    expect(uriOf({})).toBe('aws/aws/111122223333/us-east-1/cloudtrail/trail/main');
    expect(uriOf({ type: 'AWS::Account', region: 'global', name: '111122223333' })).toBe(
      'aws/aws/111122223333/global/account/account/111122223333',
    );
  });

  test('an empty name gives way to the id, and a type of another form to a word', () => {
    expect(uriOf({ name: '', id: 'x' })).toBe('aws/aws/111122223333/us-east-1/cloudtrail/trail/x');
    expect(uriOf({ type: '' })).toBe('aws/aws/111122223333/us-east-1/resource/resource/main');
  });
});

describe('a finding that a file says', () => {
  const placeOf = (file: string, by: LocationChoice = 'source') => {
    const { artifactLocation, region } =
      locationOf({ resource: trail, source: { file, line: 12 } }, by).physicalLocation ?? {};
    return [artifactLocation?.uri, region?.startLine, region?.endLine];
  };

  test.each([
    ['snapshots/prod.yaml', 'snapshots/prod.yaml'],
    ['./snapshots//prod.yaml', 'snapshots/prod.yaml'],
    ['Zürich 1:2#3.json', 'Z%C3%BCrich%201%3A2%233.json'],
  ])('is at its line: %s', (file, uri) => {
    expect(placeOf(file)).toEqual([uri, 12, 12]);
  });

  test.each(['/elsewhere/prod.yaml', '../prod.yaml', 'a/../../prod.yaml', '', '.', 'C:\\prod.yaml', '\ud800.yaml'])(
    'but not where GitHub could not find it: %j',
    (file) => {
      expect(placeOf(file)).toEqual(['aws/aws/111122223333/us-east-1/cloudtrail/trail/main', 1, 1]);
    },
  );

  test('nor where its resource is asked for', () => {
    expect(placeOf('snapshots/prod.yaml', 'resource')[1]).toBe(1);
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

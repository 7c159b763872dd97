import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';

const resource = {
  type: 'AWS::CloudTrail::Trail',
  id: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
  name: 'main',
  account: '111122223333',
  partition: 'aws',
  region: 'us-east-1',
};

describe('a fingerprint (design §2)', () => {
  test.each(['', 'unlisted'])('is the first 16 hex digits of what it is about, sub-key %j', (subKey) => {
    const identity = ['trail-is-logging', 'aws', '111122223333', 'us-east-1', resource.id, subKey];
    const whole = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
    expect(fingerprint('trail-is-logging', resource, subKey)).toBe(whole.slice(0, 16));
  });

  test('keeps its meaning for ever: baselines and waivers hold on to it', () => {
    expect(fingerprint('trail-is-logging', resource)).toBe('2cdaf7d8c08944eb');
  });

  test('is empty in its sub-key unless one is named', () => {
    expect(fingerprint('r', resource)).toBe(fingerprint('r', resource, ''));
  });

  test.each([
    ['partition', { partition: 'aws-cn' }],
    ['account', { account: '444455556666' }],
    ['region', { region: 'global' }],
    ['id', { id: 'arn:aws:s3:::b' }],
  ])('is another for another %s', (_, other) => {
    expect(fingerprint('r', { ...resource, ...other })).not.toBe(fingerprint('r', resource));
  });

  test('does not run parts into one another', () => {
    expect(fingerprint('r', { ...resource, account: 'a', region: 'bc' })).not.toBe(
      fingerprint('r', { ...resource, account: 'ab', region: 'c' }),
    );
  });

  test.each([
    ['name', { name: 'other' }],
    ['type', { type: 'AWS::Account' }],
  ])('is not of the %s', (_, other) => {
    expect(fingerprint('r', { ...resource, ...other })).toBe(fingerprint('r', resource));
  });
});

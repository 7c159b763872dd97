import { expect, test } from 'vitest';
import { decided, undecided, unknown } from '../../src/proof/leaf.ts';
import type { Gap } from '../../src/snapshot/snapshot.ts';
import { snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

const view = resourceOf(snapshotWith({ 'AWS::CloudTrail::Trail': [trail('x')] }), 'AWS::CloudTrail::Trail');

test('what nobody could read: each gap, with the IAM action that would close it', () => {
  const denied: Gap = { operation: 's3:ListBuckets', error: 'AccessDenied' };
  const unscanned: Gap = { region: 'eu-west-1', error: 'NotScanned' };
  expect(unknown(view, 'Status', [denied, unscanned], 'cloudtrail:GetTrailStatus')).toEqual({
    truth: 'unknown',
    evidence: [
      {
        path: 'Status',
        from: 'cloudtrail:GetTrailStatus',
        resource: trailArn('x'),
        gap: { operation: 's3:ListBuckets', error: 'AccessDenied', action: 's3:ListAllMyBuckets' },
      },
      {
        path: 'Status',
        from: 'cloudtrail:GetTrailStatus',
        resource: trailArn('x'),
        gap: { region: 'eu-west-1', error: 'NotScanned' },
      },
    ],
    changes: [],
  });
  const [first] = unknown(view, 'Name', [denied]).evidence;
  expect(first && 'from' in first).toBe(false);
  // The same gap is looked up once.
  expect(unknown(view, 'Name', [denied]).evidence[0]?.gap).toBe(first?.gap);
});

test('what cannot be decided, and what one fact decides', () => {
  expect(undecided({ path: 'a', note: 'because' })).toEqual({
    truth: 'unknown',
    evidence: [{ path: 'a', note: 'because' }],
    changes: [],
  });
  const change = { resource: 'r', path: 'a', set: true };
  expect(decided(false, { path: 'a' }, [[change]])).toEqual({
    truth: 'no',
    evidence: [{ path: 'a' }],
    changes: [[change]],
  });
  expect(decided(false, { path: 'a' }).changes).toEqual([]);
  // What it lacks nothing of does not turn it round, also not where it is to be denied.
  expect(decided(true, { path: 'a' }, [[change]])).toEqual({ truth: 'yes', evidence: [{ path: 'a' }], changes: [] });
});

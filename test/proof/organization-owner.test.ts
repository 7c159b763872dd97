import { expect, test } from 'vitest';
import { ownedByManagement } from '../../src/proof/organization-owner.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith, trailArn } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const organization = {
  Arn: `arn:aws:organizations::${other}:organization/o-1`,
  Id: 'o-1',
  MasterAccountId: other,
};
const at = `trail.account.organization`;
const path = `${at}[${organization.Arn}].MasterAccountId`;

const ask = (owner: string, organizations: readonly object[], more: Partial<Snapshot> = {}) => {
  const trail = { TrailARN: trailArn('org', 'us-east-1', owner), Name: 'org', HomeRegion: 'us-east-1' };
  const snapshot = snapshotWith(
    { 'AWS::CloudTrail::Trail': [trail], 'AWS::Organizations::Organization': organizations },
    more,
  );
  return ownedByManagement(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), 'trail.');
};

test("the management account of the viewer's organization owns a trail, or does not", () => {
  expect(brief(ask(other, [organization]))).toEqual(['yes', `${path}: "${other}"`]);
  expect(brief(ask(home, [organization]))).toEqual(['no', `${path}: "${other}"`]);
  expect(ask(other, [organization]).evidence).toEqual([
    { path, expected: other, actual: other, from: 'organizations:DescribeOrganization', resource: organization.Arn },
  ]);
});

test('in no organization nobody is the management account', () => {
  expect(brief(ask(home, []))).toEqual(['no', `${at}: 0`]);
  expect(ask(home, []).evidence[0]).toEqual({
    path: at,
    expected: home,
    actual: 0,
    from: 'organizations:DescribeOrganization',
    resource: `arn:aws:iam::${home}:root`,
  });
});

test('nobody knows where the organization may not be asked for, or not who manages it', () => {
  const gaps = [{ operation: 'organizations:DescribeOrganization', error: 'AccessDenied' }];
  expect(brief(ask(other, [], { gaps }))).toEqual(['unknown', `${at}: AccessDenied`]);
  const { MasterAccountId: _, ...unsaid } = organization;
  const refused = [{ ...gaps[0], resource: organization.Arn, error: 'AccessDenied' }];
  expect(brief(ask(other, [unsaid], { gaps: refused }))).toEqual(['unknown', `${path}: AccessDenied`]);
  expect(brief(ask(other, [unsaid]))).toEqual(['no', `${path}: undefined`]);
});

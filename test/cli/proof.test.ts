import { describe, expect, test } from 'vitest';
import { coverageAsked, needsOf } from '../../src/cli/coverage.ts';
import { daysToKeep, type Proof, proofNeeds, proveIn } from '../../src/cli/proof.ts';
import { matrixText } from '../../src/cli/proof-matrix.ts';
import { proofText } from '../../src/cli/proof-text.ts';
import { outputsOf } from '../../src/cli/publish.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { snapshotWith, trail } from '../rules/judging.ts';

const event = { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' };
const options = { event, days: 91, now: undefined, regions: undefined, except: [], asked: 'all links' } as const;
const account = (id: string, more: Partial<Snapshot> = {}, trails: readonly object[] = []): { snapshot: Snapshot } => ({
  snapshot: snapshotWith({ 'AWS::CloudTrail::Trail': trails }, { account: { id, partition: 'aws' }, ...more }),
});
const broken = account('111111111111');
const nowhere = account('222222222222', { regions: [] });
const open = account('333333333333', { gaps: [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }] });

describe('a proof', () => {
  test('names each account, what each link says, and the broken one', () => {
    const proof = proveIn([broken, open], options);
    expect(proof).toMatchObject({ trailproof: 'proof/1', event, exitCode: 1 });
    expect(proof.accounts.map((it) => [it.account, it.chains[0]?.regions, it.chains[0]?.broken])).toEqual([
      ['111111111111', ['us-east-1'], 'recorded by'],
      ['333333333333', ['us-east-1'], 'recorded by'],
    ]);
    expect(proof.accounts[0]?.chains[0]?.links.map(({ name, holds }) => [name, holds])).toEqual([
      ['recorded by', 'no'],
      ['delivered to', 'no'],
      ['encrypted with', 'no'],
      ['kept for', 'no'],
      ['noticed by', 'no'],
    ]);
  });

  test.each([
    ['a broken link', [broken], 1],
    ['a broken link beats what is not known', [open, broken], 1],
    ['what is not known', [open], 3],
    ['an account of which no region is known', [nowhere], 3],
    ['no account', [], 0],
  ])('%s', (_, accounts, code) => {
    expect(proveIn(accounts, options).exitCode).toBe(code);
  });

  test.each([
    [['us-esat-1'], [], 'no account that was read has the region us-esat-1 enabled', 'Did you mean us-east-1?'],
    [['mars-1'], [], 'no account that was read has the region mars-1 enabled', 'They have us-east-1.'],
    [
      undefined,
      ['us-east-1'],
      'no such event happens in the regions that are asked about',
      'leave --region and --exclude-region out.',
    ],
  ])('of %j without %j would be one of nothing', (regions, except, message, hint) => {
    expect(() => proveIn([broken], { ...options, regions, except })).toThrow(
      expect.objectContaining({ message, hint: expect.stringContaining(hint) }),
    );
  });

  test('of an account of which no region is known, asked about one', () => {
    expect(() => proveIn([nowhere], { ...options, regions: ['eu-west-1'] })).toThrow(
      expect.objectContaining({ hint: 'They have none that is known.' }),
    );
  });

  test('of a global service elsewhere would be one of nothing', () => {
    const iam = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' };
    const both = account('111111111111', { regions: ['us-east-1', 'eu-west-1'] });
    expect(() => proveIn([both], { ...options, event: iam, regions: ['eu-west-1'] })).toThrow(
      'no such event happens in the regions that are asked about',
    );
    expect(proveIn([both], { ...options, event: iam, regions: ['eu-west-1', 'us-east-1'] }).exitCode).toBe(1);
  });

  test('a region that one of the accounts has is enough', () => {
    const elsewhere = account('444444444444', { regions: ['eu-west-1'] });
    const proof = proveIn([broken, elsewhere], { ...options, regions: ['eu-west-1'] });
    expect(proof.accounts.map(({ chains }) => chains.length)).toEqual([0, 1]);
  });

  test.each<[coverage: boolean, Parameters<typeof outputsOf>[0], count: number]>([
    [false, { format: ['json'], output: ['json=html=x'] }, 0],
    [true, { format: undefined, output: undefined }, 1],
    [false, { format: ['html'], output: undefined }, 1],
    [false, { format: undefined, output: ['json=x', 'html=y'] }, 1],
  ])('is what a report with a coverage rests on: %s %j', async (coverage, flags, count) => {
    const outputs = outputsOf(flags);
    const needs = await needsOf([], { coverage }, outputs);
    expect(needs.map(({ operations }) => operations)).toEqual(Array(count).fill(proofNeeds().operations));
    expect(await coverageAsked({ coverage }, outputs)).toEqual(count > 0 ? { coverage: { days: daysToKeep } } : {});
  });

  test('so is a file of that format that the config names', async () => {
    const outputs = outputsOf({ format: undefined, output: undefined }, { html: 'report.html' });
    expect(await needsOf([], { coverage: false }, outputs)).toHaveLength(1);
  });

  test('needs what its links read', () => {
    const { operations } = proofNeeds();
    expect([...operations.keys()]).toEqual(
      expect.arrayContaining([
        'cloudtrail:GetTrailStatus',
        'cloudtrail:GetEventSelectors',
        'cloudtrail:GetEventDataStore',
        's3:GetBucketPolicy',
        's3:GetBucketLifecycleConfiguration',
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'logs:DescribeMetricFilters',
        'cloudwatch:DescribeAlarms',
        'events:ListRules',
        'ec2:DescribeRegions',
      ]),
    );
  });
});

const plain = (_: unknown, text: string): string => text;
const holds = (...truths: readonly ('yes' | 'no' | 'unknown')[]): Proof => {
  const names = ['recorded by', 'delivered to', 'encrypted with', 'kept for'] as const;
  const links = names.map((name, index) => ({ name, holds: truths[index] ?? 'no', evidence: [] }) as const);
  return {
    trailproof: 'proof/1',
    event,
    accounts: [{ account: '1', chains: [{ regions: ['r'], links }] }],
    exitCode: 1,
  };
};

describe('a cell of the matrix', () => {
  test.each([
    ['■', holds('yes', 'yes', 'yes', 'yes')],
    ['·', holds('no', 'no', 'no', 'no')],
    ['r', holds('yes', 'no', 'no', 'no')],
    ['r', holds('yes', 'yes', 'no', 'no')],
    ['r', holds('unknown', 'no', 'no', 'no')],
    ['d', holds('yes', 'yes', 'yes', 'no')],
    ['d', holds('yes', 'unknown', 'unknown', 'no')],
    ['?', holds('unknown', 'unknown', 'unknown', 'unknown')],
    ['?', holds('yes', 'yes', 'yes', 'unknown')],
  ])('%s', (mark, proof) => {
    expect(matrixText([['row', proof]], plain).split('\n')).toEqual([
      'account 1',
      '       │ r',
      `  row  ${mark}`,
      '',
      '· not recorded · r recorded, not delivered · d not kept long enough · ■ recorded, delivered and kept · ? not known',
      '',
    ]);
  });

  test('of a region that another account has, and of an account without any', () => {
    const proofs = proveIn([broken, nowhere], options);
    const lines = matrixText([['row', proofs]], plain).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'account 111111111111',
      '       │ us-east-1',
      '  row  ·',
      '',
      'account 222222222222',
      '  no region of it is known',
    ]);
  });
});

describe('a proof in words', () => {
  const say = (accounts: readonly { snapshot: Snapshot }[]): string =>
    proofText(proveIn(accounts, options), 'ec2:RunInstances', plain);

  test('marks the first broken link, and what would have to be allowed', () => {
    expect(say([broken])).toContain('✖ recorded by     broken here: trails is 0; eventDataStores is 0');
    expect(say([broken])).toContain('✖ delivered to    as above');
    expect(say([open])).toContain('? recorded by     trails is not known: sts:AssumeRole gave AccessDenied');
    expect(say([open])).toContain('to know: allow sts:AssumeRole');
    expect(say([open])).not.toContain('broken here');
  });

  test('marks the broken one, though an earlier one is not known', () => {
    const trails = [trail('main', { Status: { IsLogging: true }, IsMultiRegionTrail: true, S3BucketName: 'logs' })];
    const hidden = account(
      '111111111111',
      { gaps: [{ operation: 's3:GetBucketPolicy', error: 'AccessDenied' }] },
      trails,
    );
    expect(say([hidden])).toMatch(/✖ .*broken here/);
  });

  test('names four regions at most, and says how many more', () => {
    const many = account('111111111111', { regions: ['r-1', 'r-2', 'r-3', 'r-4', 'r-5', 'r-6'] });
    expect(say([many])).toContain('  r-1, r-2, r-3, r-4 and 2 more\n');
    const five = account('111111111111', { regions: ['r-1', 'r-2', 'r-3', 'r-4', 'r-5'] });
    expect(say([five])).toContain('  r-1, r-2, r-3, r-4, r-5\n');
  });

  test('says so where nothing can be said', () => {
    expect(say([nowhere])).toContain('  no region of it is known and asked about, so nothing can be said\n');
    expect(say([nowhere])).toContain('Exit code 3: no link is known to be broken, and not all are known to hold.');
  });
});

import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/collectors/call.ts';
import { everything } from '../../src/collectors/plan.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import { collectDeciding, judge, judgeAlike, scanPlan } from './judge-account.ts';
import { allCalls, breaking, breakingSecondPage, collectThrough, faults, isCallOf } from './seam-faults.ts';
import {
  expectNothingDecided,
  expectOtherReasonsHold,
  expectOthersEqual,
  isFinder,
  newlyUnknown,
} from './soundness.ts';

const operations = [...scanPlan.operations.keys()].sort();
const kinds = Object.entries(faults);
const { AccessDenied: refused, hang: hanging } = faults;
const calls = await allCalls();
const whole = judge(await collectDeciding());

/** What the trail, the bucket, the channel, the table or the log group of the other region decides alone. */
const decidedElsewhere = new Set([
  'cloudtrail:GetInsightSelectors eu-west-1',
  'cloudtrail:GetResourcePolicy eu-west-1',
  'cloudtrail:ListChannels eu-west-1',
  'config:DescribeConfigurationAggregators eu-west-1',
  'glue:GetDatabases eu-west-1',
  'logs:DescribeResourcePolicies eu-west-1',
  's3:GetBucketAcl us-east-1',
  's3:GetBucketPolicyStatus us-east-1',
  's3:GetBucketRequestPayment eu-west-1',
]);

/** What holds of the findings whenever something about one operation could not be read. */
function expectSound(after: readonly Finding[], operation: string): void {
  expectNothingDecided(whole, after);
  expectOthersEqual(whole, after, operation);
  if (!isFinder(operation)) expectOtherReasonsHold(whole, after, operation);
}

test('each operation of the rules is asked, and decides a finding', () => {
  expect(operations.filter((operation) => !calls.some((call) => isCallOf(call, operation)))).toEqual([]);
  expect(whole.filter(({ status }) => status === 'unknown')).toEqual([]);
  expect(new Set(whole.map(({ status }) => status))).toEqual(new Set(['pass', 'fail', 'not-applicable']));
});

test.each(kinds)('%s decides no more and no less than any other fault', async (_, fault) => {
  const broken = operations.filter((_operation, index) => index % 2 === 0);
  const isBroken = (call: Call) => broken.some((operation) => isCallOf(call, operation));
  const snapshot = await collectThrough(breaking(isBroken, fault));
  const decided = (findings: readonly Finding[]) => findings.map(({ fingerprint, status }) => [fingerprint, status]);
  expect(decided(judge(snapshot))).toEqual(decided(judgeAlike(snapshot)));
});

describe.each(operations)('%s', (operation) => {
  const ofOperation = (call: Call) => isCallOf(call, operation);
  const regions = [...new Set(calls.filter(ofOperation).map(({ region }) => region))].sort();

  test.each(kinds)('%s: what reads it is unknown and says so, everything else stays', async (_, fault) => {
    const after = judgeAlike(await collectThrough(breaking(ofOperation, fault)));
    expect(newlyUnknown(whole, after, operation).length).toBeGreaterThan(0);
    expectSound(after, operation);
  });

  const regional =
    regions.length > 1 ? regions.flatMap((region) => kinds.map((kind) => [region, ...kind] as const)) : [];
  test.each(regional)('in %s alone, %s', async (region, _, fault) => {
    const isBroken = (call: Call) => ofOperation(call) && call.region === region;
    const after = judgeAlike(await collectThrough(breaking(isBroken, fault)));
    const isDecidedElsewhere = decidedElsewhere.has(`${operation} ${region}`);
    expect(newlyUnknown(whole, after, operation).length > 0).toBe(!isDecidedElsewhere);
    expectSound(after, operation);
  });

  const own = calls.filter(ofOperation);
  test.each(own)('one call alone, refused and hanging: $region $params', async (one) => {
    const isBroken = (call: Call) =>
      ofOperation(call) && call.region === one.region && JSON.stringify(call.params) === JSON.stringify(one.params);
    for (const fault of [refused, hanging]) {
      expectSound(judgeAlike(await collectThrough(breaking(isBroken, fault))), operation);
    }
  });
});

/** What is asked of AWS as a list: of all resources, or of those whose names begin alike. */
const listings = [
  ...new Set(
    Object.values<Registry[string]>(resourceTypes).flatMap(({ list, lookup }) => [
      ...(list ? [list.operation] : []),
      ...(lookup?.at?.endsWith('s') ? [lookup.operation] : []),
    ]),
  ),
];
/** One resource is the whole answer: there is no second page. */
const single = [
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'organizations:DescribeOrganization',
  'securityhub:DescribeHub',
];
const paged = listings.filter((operation) => operations.includes(operation) && !single.includes(operation));
const split = paged.flatMap((operation) => [0, 1].map((onFirst) => [operation, onFirst] as const));

describe.each(split)('%s, of which %d comes before the page that breaks', (operation, onFirst) => {
  test.each(kinds)('%s', async (_, fault) => {
    const after = judgeAlike(await collectThrough(breakingSecondPage(operation, onFirst, fault)));
    expect(newlyUnknown(whole, after, operation).length > 0).toBe(isEverCut(operation, onFirst));
    expectSound(after, operation);
  });
});

/**
 * Each region has one recorder, one has one event data store, channel, detector, endpoint, destination and policy of
 * its log groups; one aggregator and one table will do, and of each kind of IAM there is one.
 */
const enoughOnFirst = [
  'cloudtrail:ListChannels',
  'cloudtrail:ListEventDataStores',
  'config:DescribeConfigurationAggregators',
  'config:DescribeConfigurationRecorders',
  'glue:GetDatabases',
  'guardduty:ListDetectors',
  'logs:DescribeDestinations',
  'logs:DescribeResourcePolicies',
  'events:ListEndpoints',
  'iam:GetAccountAuthorizationDetails',
];
const isEverCut = (operation: string, onFirst: number): boolean => onFirst === 0 || !enoughOnFirst.includes(operation);

const unused = [...everything(resourceTypes).operations.keys()].filter((operation) => !operations.includes(operation));

describe('what no rule reads changes no finding', () => {
  test.each(unused)('%s', async (operation) => {
    const plan = everything(resourceTypes);
    const before = JSON.stringify(judge(await collectDeciding({ plan })));
    for (const [, fault] of kinds) {
      const seam = breaking((call) => isCallOf(call, operation), fault);
      expect(JSON.stringify(judge(await collectThrough(seam, { plan })))).toBe(before);
    }
  });
});

import { describe, expect, test } from 'vitest';
import type { Call, Send } from '../../src/collectors/call.ts';
import { everything } from '../../src/collectors/plan.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import type { Rule } from '../../src/rules/compile.ts';
import { collectDeciding, judge, judgeAlike, rules, scanPlan } from './judge-account.ts';
import { allCalls, breaking, breakingSecondPage, collectThrough, faults, isCallOf } from './seam-faults.ts';
import { findingsOf, newlyUnknown, readersOf, unsound } from './soundness.ts';

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

/** A way to break calls: what becomes of the account, and whether something must be unknown by it. */
interface Broken {
  readonly what: string;
  readonly seam: Send;
  /** Left out: it may be or not. */
  readonly isSeen?: boolean;
}

const breakingBy = (isBroken: (call: Call) => boolean): readonly Broken[] =>
  kinds.map(([what, fault]) => ({ what, seam: breaking(isBroken, fault) }));

/**
 * What is not as it must be whenever something about one operation could not be read, a line for each. What rules that
 * do not read it say when all of it is missing they say when a part of it is: then those that do are enough.
 */
async function wrongIn(operation: string, ways: readonly Broken[], judges: readonly Rule[] = rules) {
  const before = judges === rules ? whole : findingsOf(whole, judges);
  const wrong: string[] = [];
  for (const { what, seam, isSeen } of ways) {
    const after = judgeAlike(await collectThrough(seam), judges);
    const unseen = isSeen !== undefined && newlyUnknown(before, after, operation).length > 0 !== isSeen;
    if (unseen) wrong.push(`${what}: ${isSeen ? 'nothing is' : 'something is'} unknown by it`);
    wrong.push(...unsound(before, after, operation).map((line) => `${what}: ${line}`));
  }
  return wrong;
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
  const own = calls.filter(ofOperation);
  test('what reads it is unknown and says so, everything else stays', async () => {
    const ways = breakingBy(ofOperation).map((way) => ({ ...way, isSeen: true }));
    expect(await wrongIn(operation, ways)).toEqual([]);
  });

  test('one call alone, refused and hanging', async () => {
    const ways = own.flatMap(({ region, params }) => {
      const said = JSON.stringify(params);
      const isBroken = (call: Call) =>
        ofOperation(call) && call.region === region && JSON.stringify(call.params) === said;
      return [refused, hanging].map((fault) => ({ what: `${region} ${said}`, seam: breaking(isBroken, fault) }));
    });
    expect(await wrongIn(operation, ways, readersOf(operation))).toEqual([]);
  });
});

const regional = operations.flatMap((operation) => {
  const regions = new Set(calls.filter((call) => isCallOf(call, operation)).map(({ region }) => region));
  return regions.size > 1 ? [...regions].sort().map((region) => [operation, region] as const) : [];
});

test.each(regional)('%s in %s alone', async (operation, region) => {
  const isSeen = !decidedElsewhere.has(`${operation} ${region}`);
  const ways = breakingBy((call) => isCallOf(call, operation) && call.region === region);
  const wrong = await wrongIn(
    operation,
    ways.map((way) => ({ ...way, isSeen })),
    readersOf(operation),
  );
  expect(wrong).toEqual([]);
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

test.each(split)('%s, of which %d comes before the page that breaks', async (operation, onFirst) => {
  const isSeen = isEverCut(operation, onFirst);
  const ways = kinds.map(([what, fault]) => ({ what, seam: breakingSecondPage(operation, onFirst, fault), isSeen }));
  expect(await wrongIn(operation, ways, readersOf(operation))).toEqual([]);
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

describe('what no rule reads changes no finding', async () => {
  const plan = everything(resourceTypes);
  const before = JSON.stringify(judgeAlike(await collectDeciding({ plan })));
  test.each(unused)('%s', async (operation) => {
    for (const [, fault] of kinds) {
      const seam = breaking((call) => isCallOf(call, operation), fault);
      expect(JSON.stringify(judgeAlike(await collectThrough(seam, { plan })))).toBe(before);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { accountFolders, foldersFor } from '../../src/proof/folders.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { resourceOf } from './viewing.ts';

const selecting = (...categories: readonly string[]) => ({
  AdvancedEventSelectors: categories.map((category) => ({
    FieldSelectors: [{ Field: 'eventCategory', Equals: [category] }],
  })),
});
const organizations = {
  'AWS::Organizations::Organization': [{ Arn: 'arn:aws:organizations::1:organization/o-abc', Id: 'o-abc' }],
};

interface Asked {
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  readonly account?: string;
  readonly resources?: Snapshot['resources'];
  readonly more?: Partial<Snapshot>;
}
const find = (item: object, { events = [], account, resources = {}, more = {} }: Asked = {}) => {
  const snapshot = snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)], ...resources }, more);
  return foldersFor(
    { view: resourceOf(snapshot, 'AWS::CloudTrail::Trail'), prefix: 't.' },
    { events, ...(account && { account }) },
  );
};
/** Their paths, with a question mark where there may be none. */
const paths = (item: object, asked: Asked = {}) =>
  find(item, asked).map(
    ({ prefix, inAccounts, open, doubtful }) =>
      `${prefix}${inAccounts === undefined ? '' : `*/${inAccounts}`}${open ? '…' : ''}${doubtful ? '?' : ''}`,
  );
/** Why they are not known, as evidence says it. */
const why = (item: object, asked: Asked = {}) =>
  find(item, asked)
    .flatMap((folder) => folder.why)
    .flatMap(({ evidence }) =>
      evidence.map(({ path, note, gap }) => `${path}: ${note ?? `${gap?.error} ${gap?.action}`}`),
    );

const own = `AWSLogs/${home}/CloudTrail`;

describe('the folders that a trail writes to (aws-semantics §1.6)', () => {
  test.each<[string, object, readonly string[]]>([
    ['logs alone', {}, [`${own}/`]],
    ['digests', { LogFileValidationEnabled: true }, [`${own}/`, `${own}-Digest/`]],
    ['no digests', { LogFileValidationEnabled: false }, [`${own}/`]],
    ['Insights', { HasInsightSelectors: true }, [`${own}/`, `${own}-Insight/`]],
    [
      'Insights that a file shows alone',
      { InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }] },
      [`${own}/`, `${own}-Insight/`],
    ],
    ['Insights that were taken off', { HasInsightSelectors: false, InsightSelectors: [{}] }, [`${own}/`]],
    ['no Insights', { InsightSelectors: [] }, [`${own}/`]],
    ['network activity', selecting('NetworkActivity'), [`${own}/`, `${own}-NetworkActivity/`]],
    ['data events, which it may aggregate', selecting('Data'), [`${own}/`, `${own}-Aggregated/?`]],
    [
      'selectors that AWS says there are, and lists none',
      { HasCustomEventSelectors: true },
      [`${own}/`, `${own}-NetworkActivity/?`, `${own}-Aggregated/?`],
    ],
    ['a prefix', { S3KeyPrefix: 'team/a' }, [`team/a/${own}/`]],
    ['an empty prefix', { S3KeyPrefix: '' }, [`${own}/`]],
    ["another account's trail", { TrailARN: trailArn('main', 'us-east-1', other) }, [`AWSLogs/${other}/CloudTrail/`]],
  ])('%s', (_, item, expected) => {
    expect(paths(item)).toEqual(expected);
  });

  const multi = { IsOrganizationTrail: true, LogFileValidationEnabled: true, S3KeyPrefix: 'p' };
  test('those of an organization are below its id, for each account', () => {
    expect(paths(multi, { resources: organizations })).toEqual([
      'p/AWSLogs/o-abc/*/CloudTrail/',
      'p/AWSLogs/o-abc/*/CloudTrail-Digest/',
    ]);
  });

  test('of which nothing says the id, only their beginning is known', () => {
    expect(paths(multi)).toEqual(['p/AWSLogs/o-…']);
    expect(find(multi)).toEqual([
      {
        holds: 'everything',
        prefix: 'p/AWSLogs/o-',
        open: true,
        why: [
          {
            truth: 'unknown',
            evidence: [
              {
                path: 't.IsOrganizationTrail',
                actual: true,
                resource: trailArn('main'),
                note: 'which organization it is of is not known',
              },
            ],
            changes: [],
          },
        ],
      },
    ]);
    const gaps = [{ operation: 'organizations:DescribeOrganization', error: 'AccessDeniedException' }];
    expect(why(multi, { more: { gaps } })).toEqual([
      't.IsOrganizationTrail: AccessDeniedException organizations:DescribeOrganization',
    ]);
  });

  test('or for one account alone', () => {
    expect(paths(multi, { resources: organizations, account: other })).toEqual([
      `p/AWSLogs/o-abc/${other}/CloudTrail/`,
      `p/AWSLogs/o-abc/${other}/CloudTrail-Digest/`,
    ]);
    expect(paths({}, { account: other })).toEqual([`${own}/`]);
  });

  test('and those that it certainly writes to for some account', () => {
    const view = (item: object) =>
      resourceOf(snapshotWith({ 'AWS::CloudTrail::Trail': [trail('main', item)] }), 'AWS::CloudTrail::Trail');
    expect(accountFolders(view({ LogFileValidationEnabled: true, ...selecting('Data') }), 'p/')).toEqual([
      { holds: 'logs', prefix: 'p/CloudTrail/', open: false, why: [] },
      { holds: 'digests', prefix: 'p/CloudTrail-Digest/', open: false, why: [] },
    ]);
  });
});

describe('what was refused', () => {
  const refused = (operation: string) => ({
    more: { gaps: [{ operation, resource: trailArn('main'), error: 'AccessDenied' }] },
  });
  test('of the trail itself: its files may be anywhere', () => {
    const asked = refused('cloudtrail:DescribeTrails');
    expect(paths({}, asked)).toEqual(['…']);
    expect(paths({ S3KeyPrefix: 'p' }, asked)).toEqual(['…']);
    expect(paths({ IsOrganizationTrail: false }, asked)).toEqual(['…']);
    expect(why({}, asked)).toEqual([
      't.S3KeyPrefix: AccessDenied cloudtrail:DescribeTrails',
      't.IsOrganizationTrail: AccessDenied cloudtrail:DescribeTrails',
    ]);
  });

  test('whether it writes digests or Insights', () => {
    const known = { S3KeyPrefix: 'p', IsOrganizationTrail: false };
    const asked = refused('cloudtrail:DescribeTrails');
    expect(paths({ ...known, ...selecting('Management') }, asked)).toEqual([
      `p/${own}/`,
      `p/${own}-Digest/?`,
      `p/${own}-Insight/?`,
    ]);
    expect(why({ ...known, ...selecting('Management') }, asked)).toEqual([
      't.LogFileValidationEnabled: AccessDenied cloudtrail:DescribeTrails',
      't.HasInsightSelectors: AccessDenied cloudtrail:DescribeTrails',
    ]);
  });

  test('its selectors', () => {
    const asked = refused('cloudtrail:GetEventSelectors');
    expect(paths({}, asked)).toEqual([`${own}/`, `${own}-NetworkActivity/?`, `${own}-Aggregated/?`]);
    expect(why({}, asked)).toEqual([
      't.EventSelectors: AccessDenied cloudtrail:GetEventSelectors',
      't.EventSelectors: AccessDenied cloudtrail:GetEventSelectors',
    ]);
    expect(paths({ HasCustomEventSelectors: false }, asked)).toEqual([`${own}/`]);
  });

  test('or is never read', () => {
    expect(why(selecting('Data'))).toEqual([
      't.AdvancedEventSelectors: whether it aggregates data events cloudtrail:GetEventConfiguration says, which is not read',
    ]);
    expect(why({ HasCustomEventSelectors: true })[0]).toBe(
      't.EventSelectors: it cannot be said whether it records network activity',
    );
  });
});

describe('those that hold the events that are asked about', () => {
  const all = {
    LogFileValidationEnabled: true,
    HasInsightSelectors: true,
    ...selecting('Management', 'Data', 'NetworkActivity'),
  };
  const named = (...events: Asked['events'] & object) => paths(all, { events }).map((path) => path.replace(own, ''));
  test.each<[string, object, readonly string[]]>([
    ['management events, and the digests that prove them', { eventCategory: 'Management' }, ['/', '-Digest/']],
    ['data events', { eventCategory: 'Data' }, ['/', '-Digest/', '-Aggregated/?']],
    ['Insights events', { eventCategory: 'Insight' }, ['-Insight/']],
    ['network activity', { eventCategory: 'NetworkActivity' }, ['-NetworkActivity/']],
    [
      'of no category',
      { errorCode: 'AccessDenied' },
      ['/', '-Digest/', '-Insight/', '-NetworkActivity/', '-Aggregated/?'],
    ],
    ['but one', { eventCategory: { not: 'Insight' } }, ['/', '-Digest/', '-NetworkActivity/', '-Aggregated/?']],
    [
      'a call that is a management event',
      { eventSource: 'dynamodb.amazonaws.com', eventName: 'DeleteTable' },
      ['/', '-Digest/'],
    ],
    ['of a region', { eventCategory: 'Management', regions: ['eu-west-1'] }, ['/eu-west-1/', '-Digest/eu-west-1/']],
    [
      'of two',
      { eventCategory: 'Insight', regions: ['eu-west-1', 'us-east-1'] },
      ['-Insight/eu-west-1/', '-Insight/us-east-1/'],
    ],
    ['that trails do not write', { eventCategory: 'Evidence' }, []],
  ])('%s', (_, events, expected) => {
    expect(named(events as never)).toEqual(expected);
  });

  test('of several classes, each', () => {
    const here = { eventCategory: 'Management', regions: ['eu-west-1'] };
    expect(named({ eventCategory: 'Insight' }, here)).toEqual(['/eu-west-1/', '-Digest/eu-west-1/', '-Insight/']);
    expect(named(here, here, { eventCategory: 'Data' })).toEqual(['/', '-Digest/', '-Aggregated/?']);
  });

  test('also in the accounts of an organization', () => {
    const asked = { events: [{ eventCategory: 'Data', regions: 'eu-west-1' }], resources: organizations };
    expect(paths({ IsOrganizationTrail: true }, asked)).toEqual(['AWSLogs/o-abc/*/CloudTrail/eu-west-1/']);
  });
});

import { describe, expect, test } from 'vitest';
import { home, other, trailArn } from '../rules/judging.ts';
import { acl, ask, deny, keyPolicy, put, type Setting, said, service, truth } from './delivering.ts';

type Policy = NonNullable<Setting['policy']>;
const logs = 'arn:aws:s3:::logs';
const to = (...keys: readonly string[]): Policy => [acl, put({ Resource: keys.map((key) => `${logs}/${key}`) })];
const notTo = (key: string): Policy => [acl, put(), deny({ Resource: `${logs}/${key}` })];

describe('the folders that a trail writes to (aws-semantics §1.6)', () => {
  const own = `AWSLogs/${home}`;
  const network = {
    AdvancedEventSelectors: [
      {
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['NetworkActivity'] },
          { Field: 'eventSource', Equals: ['s3.amazonaws.com'] },
        ],
      },
    ],
  };
  test.each<[string, object, string]>([
    ['log files', {}, 'CloudTrail'],
    ['digests', { LogFileValidationEnabled: true }, 'CloudTrail-Digest'],
    ['Insights', { HasInsightSelectors: true }, 'CloudTrail-Insight'],
    ['network activity', network, 'CloudTrail-NetworkActivity'],
  ])('%s', (_, trail, folder) => {
    expect(truth({ trail, policy: to(`${own}/CloudTrail/*`, `${own}/${folder}/*`) })).toBe('yes');
    expect(said({ trail, policy: notTo(`${own}/${folder}/*`) })).toEqual([
      'no',
      `bucket.Policy: statement 3 denies s3:PutObject on ${logs}/${own}/${folder}/us-east-1/2030/01/01/file.json.gz`,
    ]);
  });

  test('a folder that it does not write to may be closed', () => {
    expect(truth({ policy: to(`${own}/CloudTrail/*`) })).toBe('yes');
  });
});

describe('the regions that a trail writes of', () => {
  const folder = `AWSLogs/${home}/CloudTrail`;
  const more = { regions: ['us-east-1', 'eu-west-1', 'eu-north-1'] };
  const everywhere = { IsMultiRegionTrail: true };

  test('of a single-region trail: its home', () => {
    expect(truth({ policy: to(`${folder}/us-east-1/*`), more })).toBe('yes');
    expect(truth({ policy: to(`${folder}/eu-west-1/*`), more })).toBe('no');
  });

  test('of a multi-region trail: all that are on, and evidence names the first that fails', () => {
    expect(said({ trail: everywhere, policy: to(`${folder}/us-east-1/*`, `${folder}/eu-north-1/*`), more })).toEqual([
      'no',
      `bucket.Policy: no statement allows s3:PutObject on ${logs}/${folder}/eu-west-1/2030/01/01/file.json.gz`,
    ]);
    expect(truth({ trail: everywhere, policy: to(`${folder}/us-*`, `${folder}/eu-*`), more })).toBe('yes');
  });

  test('of a multi-region trail whose files are all taken, evidence names one', () => {
    expect(said({ trail: everywhere, more }).filter((line) => line.includes('PutObject'))).toEqual([
      `bucket.Policy: statement 2 allows s3:PutObject on ${logs}/${folder}/us-east-1/2030/01/01/file.json.gz`,
    ]);
  });

  test('what is denied in one region decides over what is not known in another', () => {
    const resource = (region: string) => `${logs}/${folder}/${region}/*`;
    const open = deny({ Resource: resource('eu-west-1'), Condition: { Bool: { 'aws:New': 'true' } } });
    expect(truth({ trail: everywhere, policy: [acl, put(), open], more })).toBe('unknown');
    const closed = deny({ Resource: resource('eu-north-1') });
    expect(truth({ trail: everywhere, policy: [acl, put(), open, closed], more })).toBe('no');
  });

  test('of a trail whose home nobody says: where the partition answers', () => {
    const trail = { TrailARN: 'main', HomeRegion: undefined };
    expect(said({ trail, policy: to('*') }).some((line) => line.includes('/CloudTrail/us-east-1/'))).toBe(true);
  });
});

describe('organization trails (aws-semantics §1.3, §4.3 P6)', () => {
  const organization = 'o-exampleorgid';
  const trail = { IsOrganizationTrail: true };
  const seen = (policy: Policy, more: Setting = {}) => ({ ...more, trail, organization, policy });
  const below = (...accounts: readonly string[]) => to(...accounts.map((it) => `AWSLogs/${organization}/${it}`));

  test.each<[string, Policy, string]>([
    ['everywhere below the organization', below('*'), 'yes'],
    ['everywhere in the bucket', to('*'), 'yes'],
    ['the account alone, as before it was one of the organization', to(`AWSLogs/${home}/*`), 'no'],
    ['below another organization', to('AWSLogs/o-other/*'), 'no'],
    ['a member alone', below(`${other}/*`), 'no'],
    [
      'not for members',
      [
        acl,
        put({ Resource: `${logs}/*` }),
        deny({ NotResource: [logs, `${logs}/AWSLogs/${organization}/${home}/*`], Resource: undefined }),
      ],
      'unknown',
    ],
    [
      'not for its owner',
      [acl, put({ Resource: `${logs}/*` }), deny({ Resource: `${logs}/AWSLogs/${organization}/${home}/*` })],
      'no',
    ],
  ])('%s', (_, policy, expected) => {
    expect(truth(seen(policy))).toBe(expected);
  });

  test('a file for its owner and one for any member', () => {
    const file = (account: string) =>
      `${logs}/AWSLogs/${organization}/${account}/CloudTrail/us-east-1/2030/01/01/file.json.gz`;
    expect(said(seen(below('*'))).filter((line) => line.includes('PutObject'))).toEqual([
      `bucket.Policy: statement 2 allows s3:PutObject on ${file(home)}`,
      `bucket.Policy: statement 2 allows s3:PutObject on ${file('000000000000')}`,
    ]);
  });

  test('for its owner alone: whether there are members its snapshot does not say', () => {
    const file = `${logs}/AWSLogs/${organization}/000000000000/CloudTrail/us-east-1/2030/01/01/file.json.gz`;
    expect(said(seen(below(`${home}/*`)))).toEqual([
      'unknown',
      `bucket.Policy: a file of another account of the organization: no statement allows s3:PutObject on ${file}`,
    ]);
  });

  test('each folder of each account', () => {
    const digests = { ...trail, LogFileValidationEnabled: true };
    const policy = [acl, put({ Resource: `${logs}/*` }), deny({ Resource: `${logs}/*/CloudTrail-Digest/*` })];
    expect(said({ trail: digests, organization, policy })[1]).toBe(
      `bucket.Policy: statement 3 denies s3:PutObject on ${logs}/AWSLogs/${organization}/${home}/CloudTrail-Digest/` +
        'us-east-1/2030/01/01/file.json.gz',
    );
  });

  describe('seen from a member', () => {
    const TrailARN = trailArn('org', 'us-east-1', other);
    const fromMember = (...accounts: readonly string[]): Setting => {
      const condition = { StringEquals: { 'aws:SourceArn': TrailARN, 'aws:SourceAccount': other } };
      const Resource = accounts.map((it) => `${logs}/AWSLogs/${organization}/${it}/*`);
      return { trail: { ...trail, TrailARN }, organization, policy: [acl, put({ Resource, Condition: condition })] };
    };
    test.each([
      ['its own folder and the owner’s', [home, other], 'yes'],
      ['the owner’s alone', [other], 'no'],
      ['its own alone', [home], 'no'],
    ])('%s', (_, accounts, expected) => {
      expect(truth(fromMember(...accounts))).toBe(expected);
    });
  });
});

describe('an organization trail of an organization whose id nobody knows', () => {
  const trail = { IsOrganizationTrail: true };
  const refused = { gaps: [{ operation: 'organizations:DescribeOrganization', error: 'AccessDenied' }] };

  test.each<[string, Policy, string]>([
    ['everywhere', to('AWSLogs/*'), 'yes'],
    ['below no organization', to(`AWSLogs/${home}/*`), 'no'],
    ['below some organization', to('AWSLogs/o-a/*'), 'unknown'],
    ['below an organization with a longer name', to('AWSLogs/o-exampleorgid/*'), 'unknown'],
    ['below the second that is named', to('AWSLogs/o-a/x', 'AWSLogs/o-b/*'), 'unknown'],
    ['below what begins so', to('AWSLogs/o-a*'), 'unknown'],
    [
      'everywhere but below one',
      [acl, put({ Resource: `${logs}/AWSLogs/*` }), deny({ Resource: `${logs}/AWSLogs/o-b/*` })],
      'unknown',
    ],
    ['below a folder that is called alike', to('AWSLogs/foo-bar/*'), 'no'],
  ])('%s', (_, policy, expected) => {
    expect(truth({ trail, policy })).toBe(expected);
    expect(truth({ trail, policy, more: refused })).toBe(expected);
  });

  test('a policy that names more organizations than are tried is not decided', () => {
    const naming = (count: number) => to(...Array.from({ length: count }, (_, index) => `AWSLogs/o-${index}/x`));
    expect([1, 20, 21, 2000].map((count) => truth({ trail, policy: naming(count) }))).toEqual([
      'no',
      'no',
      'unknown',
      'unknown',
    ]);
  });

  test('a condition on the organization is not decided either', () => {
    const ofOrganization = { StringEquals: { 'aws:SourceOrgID': 'o-a' } };
    expect(truth({ trail, policy: [acl, put({ Resource: `${logs}/*`, Condition: ofOrganization })] })).toBe('unknown');
  });

  test('where the policy names one it is said what would tell', () => {
    const policy = to('AWSLogs/o-a/*');
    expect(said({ trail, policy })).toEqual([
      'unknown',
      "bucket.Policy: it names o-a: whether that is the trail's organization is not known",
    ]);
    expect(ask({ trail, policy, more: refused }).evidence).toEqual([
      {
        path: 'bucket.Policy',
        from: 's3:GetBucketPolicy',
        resource: logs,
        note: "it names o-a: whether that is the trail's organization is not known",
      },
      {
        path: 'account.organization',
        resource: trailArn('main'),
        gap: { ...refused.gaps[0], action: 'organizations:DescribeOrganization' },
      },
    ]);
  });

  test('where a condition is on it, too, and only there', () => {
    const ofOrganization = (key: string) => [acl, put({ Condition: { StringEquals: { [key]: 'o-a' } } })];
    const asked = (key: string, more: Setting = { more: refused }) =>
      ask({ policy: ofOrganization(key), ...more }).evidence.map(({ gap }) => gap?.action);
    expect(asked('AWS:SourceOrgId')).toEqual([undefined, 'organizations:DescribeOrganization']);
    expect(asked('aws:SourceOrgPaths')).toEqual([undefined, 'organizations:DescribeOrganization']);
    expect(asked('aws:New')).toEqual([undefined]);
    expect(asked('aws:SourceOrgPaths', { organization: 'o-a' })).toEqual([undefined]);
    const key = keyPolicy({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a' } } });
    expect(ask({ key, more: refused }).evidence.at(-1)?.gap?.action).toBe('organizations:DescribeOrganization');
    const denied = put({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a', 'aws:SourceAccount': 'x' } } });
    expect(ask({ policy: [acl, denied], more: refused }).truth).toBe('no');
  });
});

test.each(['aws-us-gov', 'aws-cn'])('in partition %s', (partition) => {
  const region = partition === 'aws-cn' ? 'cn-north-1' : 'us-gov-west-1';
  const trail = { TrailARN: `arn:${partition}:cloudtrail:${region}:${home}:trail/main`, HomeRegion: region };
  const policy = { Effect: 'Allow', Principal: service, Action: 's3:*', Resource: [`arn:${partition}:s3:::logs*`] };
  const more = { account: { id: home, partition }, regions: [region] };
  expect(truth({ trail, policy, more })).toBe('yes');
  expect(truth({ trail, policy: [acl, put()], more })).toBe('no');
  const only = { ...policy, Condition: { StringEquals: { 'aws:SourceArn': trail.TrailARN } } };
  expect(truth({ trail, policy: only, more })).toBe('yes');
});

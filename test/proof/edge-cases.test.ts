import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { delivers } from '../../src/proof/delivery.ts';
import { keeps } from '../../src/proof/keeps.ts';
import { records } from '../../src/proof/records.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { edgeCases, withoutRule } from '../rules/edge-cases.ts';
import { bucket, home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { alarm, alarmArn, filter, group, main, said, topic, topicArn, truth } from './alerting/asking.ts';
import { brief, resourceOf } from './viewing.ts';

type Item = Readonly<Record<string, unknown>>;
const root = new URL('../../', import.meta.url);
const context = { now: '2026-11-20T09:00:00Z', thorough: 'no' } as const;
const management = { eventCategory: 'Management' };
const logging = { Status: { IsLogging: true } };
const everywhere = { IsMultiRegionTrail: true, ...logging };

/** Whether an account's trails and event data stores record every such event. */
function recorded(
  trails: readonly Item[],
  events: Item = management,
  { stores = [], more = {} }: { readonly stores?: readonly Item[]; readonly more?: Partial<Snapshot> } = {},
) {
  const resources = { 'AWS::CloudTrail::Trail': trails, 'AWS::CloudTrail::EventDataStore': stores };
  const account = resourceOf(snapshotWith(resources, more), 'AWS::Account');
  return records(account, { how: 'every', classes: [events] }, '', context);
}

/** A trail with basic selectors, and one with advanced ones, each a list of field selectors. */
const basic = (name: string, ...EventSelectors: readonly Item[]): Item =>
  trail(name, { ...everywhere, EventSelectors });
const advanced = (name: string, ...selectors: readonly (readonly Item[])[]): Item =>
  trail(name, {
    ...everywhere,
    AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })),
  });
const category = (it: string): Item => ({ Field: 'eventCategory', Equals: [it] });
const objects: readonly Item[] = [category('Data'), { Field: 'resources.type', Equals: ['AWS::S3::Object'] }];

describe('organizations', () => {
  const organization = (more: Item = {}): Item => ({
    ...trail('org', { IsOrganizationTrail: true, IsMultiRegionTrail: true, ...more }),
    TrailARN: trailArn('org', 'us-east-1', other),
  });

  test('E1: an organization trail counts for a member; what a member may not read of it is unknown, never a fail', () => {
    expect(recorded([organization(logging)]).truth).toBe('yes');
    const denied = { operation: 'cloudtrail:GetTrailStatus', error: 'AccessDenied' };
    expect(brief(recorded([organization()], management, { more: { gaps: [denied] } }))).toEqual([
      'unknown',
      `trails[${trailArn('org', 'us-east-1', other)}].Status.IsLogging: AccessDenied`,
    ]);
  });

  test('E3: an organization trail and a local one are judged together', () => {
    const writes = { ...logging, EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] };
    const reads = basic('main', { ReadWriteType: 'ReadOnly', IncludeManagementEvents: true });
    expect([[organization(writes)], [reads], [organization(writes), reads]].map((it) => recorded(it).truth)).toEqual([
      'no',
      'no',
      'yes',
    ]);
  });
});

describe('regions', () => {
  test('E7: one trail for each region covers the regions of today', () => {
    const single = (region: string): Item => ({
      ...trail(region, { ...logging, HomeRegion: region }),
      TrailARN: trailArn(region, region),
    });
    const more = { regions: ['us-east-1', 'eu-west-1'] };
    expect(recorded([single('us-east-1'), single('eu-west-1')], management, { more }).truth).toBe('yes');
    expect(recorded([single('us-east-1')], management, { more }).truth).toBe('no');
  });

  test('E15: objects are recorded in the region of their bucket', () => {
    const one = trail('main', {
      ...logging,
      EventSelectors: [{ ReadWriteType: 'All', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
    });
    const in_ = (BucketRegion: string) =>
      records(
        resourceOf(
          snapshotWith({ 'AWS::CloudTrail::Trail': [one], 'AWS::S3::Bucket': [bucket('b', { BucketRegion })] }),
          'AWS::S3::Bucket',
        ),
        { how: 'every', classes: [{ eventCategory: 'Data' }] },
        '',
        context,
      ).truth;
    expect([in_('us-east-1'), in_('eu-west-1')]).toEqual(['yes', 'no']);
  });
});

describe('selectors', () => {
  test('E8: a stopped trail records nothing, whatever it selects', () => {
    expect(recorded([trail('main', { IsMultiRegionTrail: true, Status: { IsLogging: false } })]).truth).toBe('no');
  });

  test('E11: basic or advanced, in one selector or split, whatever it is called', () => {
    const both = [true, false].map((readOnly) => [
      category('Management'),
      { Field: 'readOnly', Equals: [`${readOnly}`] },
    ]);
    expect(
      [
        basic('main', { ReadWriteType: 'All', IncludeManagementEvents: true }),
        advanced('main', [category('Management')]),
        advanced('main', ...both),
        advanced('main', ...both.slice(0, 1)),
        basic('main', { ReadWriteType: 'All', IncludeManagementEvents: false }),
      ].map((it) => recorded([it]).truth),
    ).toEqual(['yes', 'yes', 'yes', 'no', 'no']);
  });

  test('E12: leaving out the busy calls of KMS is no harm to the calls that matter', () => {
    const busy = ['Decrypt', 'Encrypt', 'GenerateDataKey'];
    const quiet = advanced('main', [category('Management'), { Field: 'eventName', NotEquals: busy }]);
    const deaf = advanced('main', [category('Management'), { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }]);
    const disabling = { eventSource: 'kms.amazonaws.com', eventName: ['DisableKey', 'ScheduleKeyDeletion'] };
    expect([quiet, deaf].map((it) => recorded([it], disabling).truth)).toEqual(['yes', 'no']);
  });

  test('E13: the bucket logs is not logs-prod, and a star is no wildcard', () => {
    const of = (...Values: readonly string[]) =>
      recorded([basic('main', { ReadWriteType: 'All', DataResources: [{ Type: 'AWS::S3::Object', Values }] })], {
        eventCategory: 'Data',
        'resources.type': 'AWS::S3::Object',
        'resources.ARN': 'arn:aws:s3:::logs/*',
      }).truth;
    const values = ['arn:aws:s3', 'arn:aws:s3:::', 'arn:aws:s3:::logs/', 'arn:aws:s3:::logs-prod/', 'arn:aws:s3:::*/*'];
    expect(values.map((it) => of(it))).toEqual(['yes', 'yes', 'yes', 'no', 'no']);
    expect(of('arn:aws:s3:::logs/a')).toBe('no');
  });

  test('E14: a selector without ARN is about all objects, and each further field narrows it', () => {
    const asked = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object', readOnly: false };
    expect(
      [[], [{ Field: 'readOnly', Equals: ['true'] }], [{ Field: 'eventName', Equals: ['GetObject'] }]].map(
        (narrow) => recorded([advanced('main', [...objects, ...narrow])], asked).truth,
      ),
    ).toEqual(['yes', 'no', 'no']);
  });

  test('E37: an event data store alone records as a trail does, while it takes events in', () => {
    const store = (Status: string): Item => ({
      EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${home}:eventdatastore/1`,
      Name: 'lake',
      MultiRegionEnabled: true,
      RetentionPeriod: 366,
      Status,
    });
    const states = [
      'ENABLED',
      'CREATED',
      'STARTING_INGESTION',
      'STOPPING_INGESTION',
      'STOPPED_INGESTION',
      'PENDING_DELETION',
    ];
    expect(states.map((it) => recorded([], management, { stores: [store(it)] }).truth)).toEqual([
      'yes',
      'unknown',
      'unknown',
      'no',
      'no',
      'no',
    ]);
    const account = resourceOf(snapshotWith({ 'AWS::CloudTrail::EventDataStore': [store('ENABLED')] }), 'AWS::Account');
    const question = { atLeast: 91, measure: 'current', places: ['bucket', 'eventDataStore'], events: [] } as const;
    expect(keeps(account, question, '', context).truth).toBe('yes');
    expect(keeps(account, { ...question, places: ['bucket'] }, '', context).truth).toBe('no');
  });
});

describe('filters and alarms', () => {
  const two = { eventSource: 'cloudtrail.amazonaws.com', eventName: ['StopLogging', 'DeleteTrail'] };
  test.each([
    ['in order', ['{ ($.eventName = StopLogging) || ($.eventName = DeleteTrail) }'], 'yes'],
    [
      'the other way round, quoted, with spaces',
      ['{(($.eventName="DeleteTrail")||   ($.eventName="StopLogging"))}'],
      'yes',
    ],
    ['split', ['{ $.eventName = StopLogging }', '{ $.eventName = DeleteTrail }'], 'yes'],
    ['more than asked', ['{ $.eventName = * }'], 'yes'],
    [
      'and its service',
      ['{ ($.eventSource = cloudtrail.amazonaws.com) && ($.eventName = StopLogging || $.eventName = DeleteTrail) }'],
      'yes',
    ],
    ['never true', ['{ ($.eventName = StopLogging) && ($.eventName = DeleteTrail) }'], 'no'],
    ['turned round', ['{ ($.eventName != StopLogging) || ($.eventName = DeleteTrail) }'], 'no'],
    ['half of it', ['{ $.eventName = StopLogging }'], 'no'],
  ])('E18: a filter is what it matches: %s', (_, patterns, expected) => {
    expect(truth({ events: two, filters: patterns.map((it, index) => filter(it, { FilterName: `f${index}` })) })).toBe(
      expected,
    );
  });

  test('E19: a filter of a log group of the same name elsewhere is not of this trail', () => {
    const elsewhere = group.replace('us-east-1', 'eu-west-1');
    expect(truth({ filters: [filter('{ $.eventName = StopLogging }', { LogGroupArn: elsewhere })] })).toBe('no');
  });

  test('E20: a filter on what no trail delivers is the first link to break', () => {
    expect(truth({ trails: [main({ Status: { IsLogging: false } })] })).toBe('no');
    const readsOnly = { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] };
    expect(said({ trails: [main(readsOnly)] })).toEqual([
      'no',
      'alerts: nobody learns of cloudtrail:StopLogging in us-east-1',
      `trails[${trailArn('main')}].EventSelectors: does not record cloudtrail:StopLogging in us-east-1`,
    ]);
  });

  test('E21: metric, namespace and region are what an alarm is on; one without actions may feed one that has them', () => {
    expect(truth({ alarms: [alarm({ Namespace: 'Other' })] })).toBe('no');
    expect(truth({ alarms: [alarm({ AlarmArn: alarmArn('tampering', 'eu-west-1') })] })).toBe('no');
    const parent = {
      AlarmArn: alarmArn('any'),
      AlarmName: 'any',
      AlarmRule: 'ALARM(tampering)',
      ActionsEnabled: true,
      AlarmActions: [topicArn],
    };
    expect(truth({ alarms: [alarm({ AlarmActions: [] })] })).toBe('no');
    expect(truth({ alarms: [alarm({ AlarmActions: [] }), parent] })).toBe('yes');
  });

  test('E22: actions that are off, or settings that one event does not reach', () => {
    expect(
      [{ ActionsEnabled: false }, { AlarmActions: [] }, { Threshold: 240 }, { EvaluationPeriods: 3 }].map((it) =>
        truth({ alarms: [alarm(it)] }),
      ),
    ).toEqual(['no', 'no', 'no', 'no']);
  });

  test('E23: a subscription that nobody confirmed is none', () => {
    const pending = { SubscriptionArn: 'PendingConfirmation', Protocol: 'email' };
    expect(truth({ topics: [topic({ Subscriptions: [pending] })] })).toBe('no');
    expect(truth({ topics: [topic({ KmsMasterKeyId: 'alias/aws/sns' })] })).toBe('no');
  });

  const rule = (more: Item): Item => ({
    Arn: `arn:aws:events:us-east-1:${home}:rule/r`,
    Name: 'r',
    EventBusName: 'default',
    State: 'ENABLED',
    EventPattern: JSON.stringify({ source: ['aws.cloudtrail'], detail: { eventName: [{ prefix: 'Stop' }] } }),
    Targets: [{ Id: 't', Arn: topicArn }],
    ...more,
  });
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
  };
  test('E24: an EventBridge rule is as good as a filter, if it is on and may publish', () => {
    const by = (more: Item, topics = [topic({ Policy: JSON.stringify({ Statement: statement }) })]) =>
      truth({ filters: [], alarms: [], topics, rules: [rule(more)] });
    expect([by({}), by({ State: 'DISABLED' }), by({}, [topic()])]).toEqual(['yes', 'no', 'no']);
  });
});

describe('the bucket', () => {
  test('E32: a policy must let CloudTrail write into the folder of this account, and not demand what it does not do', () => {
    const policy = (Resource: string, more: Item = {}): Item => ({
      Policy: JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 's3:GetBucketAcl',
            Resource: 'arn:aws:s3:::logs',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 's3:PutObject',
            Resource,
            ...more,
          },
        ],
      }),
    });
    const delivering = (item: Item) => {
      const resources = {
        'AWS::CloudTrail::Trail': [trail('main', { ...everywhere, S3BucketName: 'logs' })],
        'AWS::S3::Bucket': [bucket('logs', item)],
      };
      return delivers(resourceOf(snapshotWith(resources), 'AWS::CloudTrail::Trail'), '', context).truth;
    };
    const own = `arn:aws:s3:::logs/AWSLogs/${home}/*`;
    expect(
      [
        policy(own),
        policy(`arn:aws:s3:::logs/AWSLogs/${other}/*`),
        policy(own, { Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } }),
        policy(own, { Condition: { StringEquals: { 'aws:SourceArn': trailArn('other') } } }),
        { ...policy(own), RequestPayment: { Payer: 'Requester' } },
      ].map(delivering),
    ).toEqual(['yes', 'no', 'yes', 'no', 'no']);
  });
});

test('every edge case is a case of a rule, or a sentence says why not', () => {
  const named = [...Object.keys(edgeCases), ...Object.keys(withoutRule)];
  expect(named.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(
    Array.from({ length: 41 }, (_, index) => `E${index + 1}`),
  );
});

describe('a case of each rule that it is about', () => {
  const rules = globSync('*/*.test.yaml', { cwd: new URL('rules/', root) }).map((file) => ({
    rule: file.slice(0, -'.test.yaml'.length),
    names: [...readFileSync(new URL(`rules/${file}`, root), 'utf8').matchAll(/^- name: .*$/gm)].join('\n'),
  }));

  test.each(Object.entries(edgeCases))('%s', (number, listed) => {
    const has = new RegExp(`\\b${number}\\b`);
    const meant = ({ rule }: { readonly rule: string }): boolean =>
      listed.some((it) => it === rule || it === `${rule.slice(0, rule.indexOf('/'))}/*`);
    const wanting = rules.filter((it) => meant(it) !== has.test(it.names)).map(({ rule }) => rule);
    expect(wanting).toEqual([]);
    const unknown = listed.filter(
      (it) => !rules.some(({ rule }) => rule === it || rule.startsWith(it.replace('*', ''))),
    );
    expect(unknown).toEqual([]);
  });
});

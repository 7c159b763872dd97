import { describe, expect, test } from 'vitest';
import { notifies } from '../../src/proof/notifies.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith, trail, trailArn } from '../rules/judging.ts';
import { allow, type Item, topicArn } from './alerting/asking.ts';
import { keyArn } from './proving.ts';
import { brief, resourceOf } from './viewing.ts';

const service = 'cloudtrail.amazonaws.com';
const status = (LatestNotificationError?: string): Item => ({ Status: { IsLogging: true, LatestNotificationError } });
const topic = (more: Item = {}): Item => ({ TopicArn: topicArn, Policy: allow(service), ...more });
const born = JSON.stringify({
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'SNS:Publish',
    Resource: topicArn,
    Condition: { StringEquals: { 'AWS:SourceOwner': home } },
  },
});
const key = (Policy: string): Item => ({ Arn: keyArn, KeyId: 'k', KeyState: 'Enabled', Policy });

interface Setting {
  readonly trail?: Item;
  readonly topics?: readonly Item[];
  readonly keys?: readonly Item[];
  readonly organizations?: readonly Item[];
  readonly more?: Partial<Snapshot>;
}

function ask({ trail: more = {}, topics = [topic()], keys = [], organizations = [], more: rest = {} }: Setting) {
  const snapshot = snapshotWith(
    {
      'AWS::CloudTrail::Trail': [trail('main', { SnsTopicARN: topicArn, ...status(), ...more })],
      'AWS::SNS::Topic': topics,
      'AWS::KMS::Key': keys,
      'AWS::Organizations::Organization': organizations,
    },
    rest,
  );
  return notifies(resourceOf(snapshot, 'AWS::CloudTrail::Trail'), 'it.', { now: undefined, thorough: 'yes' });
}
const said = (setting: Setting) => brief(ask(setting));
const gap = (operation: string, resource?: string): Partial<Snapshot> => ({
  gaps: [{ operation, error: 'AccessDenied', ...(resource && { resource }) }],
});
const allows = `statement 1 allows sns:Publish on ${topicArn}`;

describe('whether the topic of a trail learns of new files', () => {
  test('it does: no error, and a policy that lets CloudTrail publish', () => {
    expect(ask({})).toEqual({
      truth: 'yes',
      evidence: [
        { path: 'it.Status.LatestNotificationError', from: 'cloudtrail:GetTrailStatus', resource: trailArn('main') },
        { path: `it.topic[${topicArn}].Policy`, from: 'sns:GetTopicAttributes', resource: topicArn, note: allows },
      ],
      changes: [],
    });
  });

  test.each<[string, Item]>([
    ['nothing', {}],
    ['this trail', { Condition: { StringEquals: { 'aws:SourceArn': trailArn('main') } } }],
    ['this account', { Condition: { StringEquals: { 'aws:SourceAccount': home } } }],
  ])('where the policy asks for %s', (_, more) => {
    expect(ask({ topics: [topic({ Policy: allow(service, 'SNS:Publish', more) })] }).truth).toBe('yes');
  });

  test('the last message did not arrive, and what would mend it', () => {
    const answer = ask({ trail: status('AuthorizationError') });
    expect(brief(answer)).toEqual(['no', 'it.Status.LatestNotificationError: "AuthorizationError"']);
    expect(answer.changes).toEqual([
      [{ resource: trailArn('main'), path: 'Status.LatestNotificationError', set: null }],
    ]);
    expect(ask({ trail: status('') }).truth).toBe('yes');
  });

  test.each<[string, Setting, string]>([
    ['no topic', { trail: { SnsTopicARN: undefined } }, 'it.SnsTopicARN: the trail has no topic'],
    ['a topic that does not exist', { topics: [] }, 'it.topic: the topic does not exist'],
    [
      'a policy for another service',
      { topics: [topic({ Policy: allow('s3.amazonaws.com') })] },
      `it.topic[${topicArn}].Policy: no statement allows sns:Publish on ${topicArn}`,
    ],
    [
      'a policy for another trail',
      {
        topics: [
          topic({
            Policy: allow(service, 'sns:Publish', { Condition: { ArnLike: { 'aws:SourceArn': trailArn('x') } } }),
          }),
        ],
      },
      `it.topic[${topicArn}].Policy: no statement allows sns:Publish on ${topicArn}`,
    ],
    [
      'the policy that a topic is born with',
      { topics: [topic({ Policy: born })] },
      `it.topic[${topicArn}].Policy: no statement allows sns:Publish on ${topicArn}`,
    ],
    [
      "SNS's own key",
      { topics: [topic({ KmsMasterKeyId: 'alias/aws/sns' })] },
      `it.topic[${topicArn}].KmsMasterKeyId: the key of SNS itself lets ${service} in nowhere`,
    ],
    [
      'a key for others',
      { topics: [topic({ KmsMasterKeyId: keyArn })], keys: [key(allow('logs.amazonaws.com', 'kms:*'))] },
      `it.topic[${topicArn}].key.Policy: no statement allows kms:GenerateDataKey on ${keyArn}`,
    ],
  ])('it does not: %s', (_, setting, note) => {
    const [truth, ...notes] = said(setting);
    expect(truth).toBe('no');
    expect(notes).toContain(note);
  });

  test('with a key that lets CloudTrail encrypt', () => {
    const keys = [key(allow(service, ['kms:GenerateDataKey*', 'kms:Decrypt']))];
    expect(ask({ topics: [topic({ KmsMasterKeyId: keyArn })], keys }).truth).toBe('yes');
  });

  const topicAway = topicArn.replace(home, other);
  test.each<[string, Setting, string]>([
    [
      'the topic of the trail',
      { trail: { SnsTopicARN: undefined }, more: gap('cloudtrail:DescribeTrails', trailArn('main')) },
      'it.SnsTopicARN: AccessDenied',
    ],
    [
      'its status',
      { trail: { Status: undefined }, more: gap('cloudtrail:GetTrailStatus') },
      'it.Status.LatestNotificationError: AccessDenied',
    ],
    ['the topic', { topics: [], more: gap('sns:GetTopicAttributes', topicArn) }, 'it.topic: AccessDenied'],
    ['a topic of another account', { trail: { SnsTopicARN: topicAway } }, 'it.topic: OtherAccount'],
    [
      'its policy',
      { topics: [topic({ Policy: undefined })] },
      `it.topic[${topicArn}].Policy: every topic has a policy, and none is here`,
    ],
    [
      'a policy that is no JSON',
      { topics: [topic({ Policy: 'no' })] },
      `it.topic[${topicArn}].Policy: the policy is not valid JSON at column 1: no where a value should stand`,
    ],
  ])('not known: %s', (_, setting, note) => {
    expect(said(setting)).toEqual(['unknown', note]);
  });

  test('not known: the organization, and what would tell it', () => {
    const Policy = allow(service, 'sns:Publish', { Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a' } } });
    const refused = { topics: [topic({ Policy })], more: gap('organizations:DescribeOrganization') };
    expect(said(refused)).toEqual([
      'unknown',
      `it.topic[${topicArn}].Policy: whether statement 1 applies to sns:Publish on ${topicArn} depends on StringEquals aws:SourceOrgID`,
      'it.account.organization: AccessDenied',
    ]);
    expect(ask({ topics: [topic({ Policy })], organizations: [{ Arn: 'arn:o-a', Id: 'o-a' }] }).truth).toBe('yes');
  });

  test('an error decides, whatever is not known of the topic', () => {
    expect(ask({ trail: status('NotFound'), topics: [], more: gap('sns:GetTopicAttributes', topicArn) }).truth).toBe(
      'no',
    );
  });
});

import { expect, test } from 'vitest';
import { readEventClass } from '../../src/proof/event-class.ts';
import { happeningIn, hasGlobal, placesOf } from '../../src/proof/places.ts';

const enabled = ['eu-west-1', 'us-east-1'];
const management = { eventCategory: 'Management' };
const iam = { ...management, eventSource: 'iam.amazonaws.com' };
const organizations = { ...management, eventSource: 'organizations.amazonaws.com' };
const ec2 = { ...management, eventSource: 'ec2.amazonaws.com' };
const signIn = { ...management, eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' };

test.each<[string, Record<string, unknown>, string, readonly string[]]>([
  ['everywhere', management, 'aws', enabled],
  ['calls of a regional service', ec2, 'aws', enabled],
  ['signing in: at any endpoint (§1.4)', signIn, 'aws', enabled],
  ['STS: at the endpoint of any region', { ...management, eventSource: 'sts.amazonaws.com' }, 'aws', enabled],
  ['calls of a global service', iam, 'aws', ['us-east-1']],
  ['… also where the account lists no such region', iam, 'aws-us-gov', ['us-gov-west-1']],
  ['… in a partition that nobody knows', iam, 'aws-new', enabled],
  ['where it says', { ...ec2, regions: 'ap-south-1' }, 'aws', ['ap-south-1']],
  ['where it says, of a global service', { ...iam, regions: ['us-east-1', 'eu-west-1'] }, 'aws', ['us-east-1']],
  ['nowhere', { ...iam, regions: 'eu-west-1' }, 'aws', []],
  ['data events', { ...iam, eventCategory: 'Data' }, 'aws', enabled],
  [
    'of global services and others',
    { ...management, eventSource: ['iam.amazonaws.com', 'ec2.amazonaws.com'] },
    'aws',
    enabled,
  ],
  ['China: of IAM', iam, 'aws-cn', ['cn-north-1']],
  ['… of Organizations', organizations, 'aws-cn', ['cn-northwest-1']],
  [
    '… of both',
    { ...management, eventSource: ['iam.amazonaws.com', 'organizations.amazonaws.com'] },
    'aws-cn',
    ['cn-north-1', 'cn-northwest-1'],
  ],
  [
    'of global services alone',
    { ...management, eventSource: ['iam.amazonaws.com', 'cloudfront.amazonaws.com'] },
    'aws',
    ['us-east-1'],
  ],
])('where events happen: %s', (_, written, partition, expected) => {
  expect(placesOf(readEventClass(written), enabled, partition)).toEqual(expected);
});

test.each<[string, Record<string, unknown>, string, string, readonly boolean[]]>([
  ['the leader region has them all', management, 'us-east-1', 'aws', [true, true]],
  ['another has none of global services', management, 'eu-west-1', 'aws', [false, true]],
  ['where nobody knows which it is, each may have them', management, 'new-1', 'aws-new', [true, true]],
  ['of global services alone nothing is left', iam, 'eu-west-1', 'aws', [false, false]],
  ['China: IAM', management, 'cn-north-1', 'aws-cn', [true, true, false]],
  ['China: Organizations', management, 'cn-northwest-1', 'aws-cn', [false, true, true]],
  ['what is of none stays', ec2, 'eu-west-1', 'aws', [false, true]],
])('what of a class happens in a region: %s', (_, written, region, partition, expected) => {
  const { fields } = happeningIn(readEventClass(written), region, partition);
  const has = (source: string) => fields.get('eventSource')?.has(source) !== 'no';
  const sources = ['iam.amazonaws.com', 'ec2.amazonaws.com', 'organizations.amazonaws.com'];
  expect(sources.slice(0, expected.length).map(has)).toEqual(expected);
});

test.each<[string, string, boolean]>([
  ['us-east-1', 'aws', true],
  ['eu-west-1', 'aws', false],
  ['cn-north-1', 'aws-cn', true],
  ['cn-northwest-1', 'aws-cn', true],
  ['new-1', 'aws-new', true],
])('%s of %s has events of global services: %s', (region, partition, expected) => {
  expect(hasGlobal(region, partition)).toBe(expected);
});

test('a class that does not narrow is not narrowed', () => {
  for (const written of [ec2, { ...iam, eventCategory: 'Data' }]) {
    const events = readEventClass(written);
    expect(happeningIn(events, 'eu-west-1', 'aws')).toBe(events);
  }
  const events = readEventClass(management);
  expect(happeningIn(events, 'us-east-1', 'aws')).toBe(events);
  expect(happeningIn(events, 'new-1', 'aws-new')).toBe(events);
});

import { describe, expect, test } from 'vitest';
import { coverage } from '../../../src/proof/coverage.ts';
import { readEventClass } from '../../../src/proof/event-class.ts';
import { eventsOf } from '../../../src/proof/filter-pattern/events-of.ts';
import { patternOf } from './ask.ts';

/** Whether these filters together match every event of a class, and one that they miss. */
function detects(patterns: readonly string[], events: Readonly<Record<string, unknown>>) {
  const sources = patterns.map((text) => ({ works: 'yes', events: eventsOf(patternOf(text)) }) as const);
  const { every, missed } = coverage(sources, readEventClass(events));
  return { every, missed: missed && Object.fromEntries(missed) };
}

const anyOf = (names: string): string =>
  names
    .split(' ')
    .map((name) => `($.eventName = ${name})`)
    .join('||');

/** Calls that a requirement names, and the service where the benchmark names it (aws-semantics §6.6). */
const calls: Readonly<Record<string, readonly [source: string | undefined, names: string]>> = {
  'IAM policy changes': [
    undefined,
    'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy ' +
      'DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy ' +
      'DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
  ],
  'CloudTrail configuration changes': [undefined, 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging'],
  'disabled keys': ['kms.amazonaws.com', 'DisableKey ScheduleKeyDeletion'],
  'S3 policy changes': [
    's3.amazonaws.com',
    'PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy ' +
      'DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
  ],
  'Config changes': [
    'config.amazonaws.com',
    'StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
  ],
  'security group changes': [
    undefined,
    'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress ' +
      'RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
  ],
  'network ACL changes': [
    undefined,
    'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ' +
      'ReplaceNetworkAclAssociation',
  ],
  'network gateway changes': [
    undefined,
    'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway ' +
      'DetachInternetGateway',
  ],
  'route table changes': [
    undefined,
    'CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute ' +
      'DisassociateRouteTable',
  ],
  'VPC changes': [
    undefined,
    'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection ' +
      'DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc ' +
      'DisableVpcClassicLink EnableVpcClassicLink',
  ],
  'organizations changes': [
    'organizations.amazonaws.com',
    'AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake ' +
      'DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType ' +
      'InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy ' +
      'UpdateOrganizationalUnit',
  ],
};

describe.each(Object.entries(calls))('%s', (_, [eventSource, names]) => {
  const events = { ...(eventSource && { eventSource }), eventName: names.split(' ') };
  const guarded = (inside: string) =>
    eventSource ? `{ ($.eventSource = ${eventSource}) && (${inside}) }` : `{${inside}}`;
  const [first = '', ...others] = names.split(' ');

  test('the pattern of the benchmark matches them all', () => {
    expect(detects([guarded(anyOf(names))], events)).toEqual({ every: 'yes', missed: undefined });
  });

  test('two filters that share the names match them all together', () => {
    expect(detects([guarded(anyOf(first)), guarded(anyOf(others.join(' ')))], events).every).toBe('yes');
  });

  test('one name less is missed, though another begins with it', () => {
    const { every, missed } = detects([guarded(anyOf(others.join(' ')))], events);
    expect([every, missed?.eventName]).toEqual(['no', first]);
  });

  test('what is excluded besides is missed', () => {
    const { every, missed } = detects([`{ (${anyOf(names)}) && $.sourceIPAddress != 10.0.0.1 }`], events);
    expect([every, missed?.sourceIPAddress]).toEqual(['no', '10.0.0.1']);
  });
});

describe('what the benchmark asks of other fields', () => {
  const denied = { errorCode: { like: ['*UnauthorizedOperation', 'AccessDenied*'] } };
  const two = '($.errorCode = *UnauthorizedOperation) || ($.errorCode = AccessDenied*)';
  const root = {
    'userIdentity.type': 'Root',
    'userIdentity.invokedBy': { exists: false },
    eventType: { not: 'AwsServiceEvent' },
  };
  const login = { eventName: 'ConsoleLogin' };
  const noMfa = '{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) }';
  test.each<[string, string, Readonly<Record<string, unknown>>, string]>([
    ['refused calls', `{ ${two} }`, denied, 'yes'],
    // Versions 1.4 to 3.0 join the exclusions with ||: then every event matches.
    ['with exclusions by ||', `{ ${two} || $.sourceIPAddress != x || $.eventName != HeadBucket }`, denied, 'yes'],
    ['with exclusions by &&', `{ (${two}) && $.eventName != HeadBucket }`, denied, 'no'],
    // Without parentheses they bind to the second alone.
    ['of another kind', `{ ${two} && $.eventName != HeadBucket }`, { errorCode: 'AccessDenied' }, 'no'],
    ['of the first kind', `{ ${two} && $.eventName != HeadBucket }`, { errorCode: 'X.UnauthorizedOperation' }, 'yes'],
    ['one of the two', '{ $.errorCode = AccessDenied* }', denied, 'no'],
    [
      'root usage',
      '{ $.userIdentity.type = Root && $.userIdentity.invokedBy NOT EXISTS && $.eventType != AwsServiceEvent }',
      root,
      'yes',
    ],
    ['root usage with a typo', '{ $.userIdentity.type = root && $.userIdentity.invokedBy NOT EXISTS }', root, 'no'],
    ['no MFA', noMfa, { ...login, 'additionalEventData.MFAUsed': 'No' }, 'yes'],
    [
      'no MFA, where nothing is said of it',
      noMfa,
      { ...login, 'additionalEventData.MFAUsed': { exists: false } },
      'no',
    ],
    ['any sign-in', noMfa, login, 'no'],
    [
      'failed sign-ins',
      '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
      { ...login, errorMessage: 'Failed authentication' },
      'yes',
    ],
  ])('%s: %s', (_, pattern, events, expected) => {
    expect(detects([pattern], events).every).toBe(expected);
  });
});

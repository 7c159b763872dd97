import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { coverage } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { eventsOf } from '../../src/proof/filter-pattern/events-of.ts';
import { matchesLine, matchesRecord } from '../../src/proof/filter-pattern/match.ts';
import { parseFilterPattern } from '../../src/proof/filter-pattern/parse.ts';
import { conformanceFolder, describeCases, reportCases } from './conformance-folder.ts';

interface Case {
  readonly id: string;
  readonly control: string;
  readonly expected: string;
  /** Those who published the case say that AWS does not document its answer, or that it is wrong. */
  readonly debatable?: true;
  readonly input: {
    readonly filterPattern: string;
    readonly message?: string;
    readonly check?: 'matches' | 'satisfies';
    readonly event?: unknown;
  };
}

const listed = (names: string): readonly string[] => names.split(' ');

/** What each control wants to be noticed (CIS AWS Foundations, as controls of the monitoring section). */
const wanted: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'unauthorized-api-calls': {
    errorCode: { like: ['*UnauthorizedOperation', 'AccessDenied*'] },
    // Noise that the benchmark itself leaves out.
    sourceIPAddress: { not: 'delivery.logs.amazonaws.com' },
    eventName: { not: 'HeadBucket' },
  },
  'root-usage': {
    'userIdentity.type': 'Root',
    'userIdentity.invokedBy': { exists: false },
    eventType: { not: 'AwsServiceEvent' },
  },
  'console-signin-without-mfa': { eventName: 'ConsoleLogin', 'additionalEventData.MFAUsed': 'No' },
  'cmk-disable-or-delete': { eventSource: 'kms.amazonaws.com', eventName: ['DisableKey', 'ScheduleKeyDeletion'] },
  'config-changes': {
    eventSource: 'config.amazonaws.com',
    eventName: listed('StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder'),
  },
  'organizations-changes': {
    eventSource: 'organizations.amazonaws.com',
    eventName: listed(
      'AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake ' +
        'DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType ' +
        'InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy ' +
        'UpdateOrganizationalUnit',
    ),
  },
  'iam-policy-changes': {
    eventSource: 'iam.amazonaws.com',
    eventName: listed(
      'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy ' +
        'DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy ' +
        'DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
    ),
  },
  'security-group-changes': {
    eventSource: 'ec2.amazonaws.com',
    eventName: listed(
      'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress ' +
        'RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
    ),
  },
};

function answer({ input, control }: Case): string {
  const pattern = parseFilterPattern(input.filterPattern);
  if ('mistake' in pattern) return 'invalid-pattern';
  if (input.check === 'satisfies') {
    const events = readEventClass(wanted[control.split(':')[1] ?? ''] ?? {});
    const { every } = coverage([{ works: 'yes', events: eventsOf(pattern) }], events);
    return { yes: 'pass', no: 'fail', unknown: 'unknown' }[every];
  }
  const truth = input.message === undefined ? matchesRecord(pattern, input.event) : matchesLine(pattern, input.message);
  return { yes: 'match', no: 'no-match', unknown: 'unknown' }[truth];
}

const fieldsOfText =
  'no-match: a pattern of fields matches no line of plain text (FilterAndPatternSyntax, JSON events)';
/** Where the other tool is wrong, or AWS documents nothing: what we say instead. */
const differences: Readonly<Record<string, string>> = {
  'test_quoted_pattern [5]':
    'unknown: whether a phrase may end inside a word (FilterAndPatternSyntax, unstructured events)',
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`test_unknown_pattern [${number}]`, fieldsOfText])),
};

describeCases('metric-filter patterns answer as CloudWatch Logs does', () => {
  const suites = { 'moto-filterpattern': [24, 7], 'cis-filterpatterns': [86, 0] } as const;
  for (const [suite, [count, differ]] of Object.entries(suites)) {
    const lines = readFileSync(join(conformanceFolder, `${suite}.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean);
    const cases = lines.map((line) => JSON.parse(line) as Case);
    const differing = cases.filter((one) => answer(one) !== one.expected);
    test(`${suite}: ${count - differ} of ${count}`, () => {
      expect(cases.length).toBe(count);
      expect(differing).toEqual(cases.filter(({ debatable }) => debatable));
      expect(differing.map((one) => `${one.id.split('::').at(-1)}: ${answer(one)}`)).toEqual(
        suite === 'moto-filterpattern'
          ? Object.entries(differences).map(([name, why]) => `${name}: ${why.split(':')[0]}`)
          : [],
      );
    });
    afterAll(() =>
      reportCases(suite, { ran: cases.length, agreed: cases.length - differing.length, differed: differing.length }),
    );
  }
});

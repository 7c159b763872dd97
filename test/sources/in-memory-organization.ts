import type { Call, Members } from '../../src/collectors/call.ts';
import type { AwsSession, Role, SessionOptions } from '../../src/sources/aws-session.ts';
import { type Answers, awsError, inMemoryAccount } from '../collectors/in-memory-account.ts';

/** The account of the credentials, which manages the organization. */
export const own = '100000000001';
export const members = ['200000000002', '300000000003', '400000000004'] as const;

/** Where a call went, as whom: `200000000002 cloudtrail:DescribeTrails us-east-1`. */
export type Journal = string[];

export interface OrganizationInMemory {
  readonly open: (options: SessionOptions) => Promise<AwsSession>;
  readonly journal: Journal;
  /** The ARN of each role, and the account that it was taken on from. */
  readonly entered: (Role & { readonly from: string })[];
}

export interface OrganizationOptions {
  readonly partition?: string;
  /** Answers beside those that every account gives; undefined where an account has none of its own. */
  readonly answersOf?: (account: string) => Answers;
  /** Why a role is refused, by the account that it leads into. */
  readonly refused?: Readonly<Record<string, { readonly code: string; readonly message?: string }>>;
  /** Runs before each call of an account. */
  readonly before?: (account: string, call: Call) => void;
  /** Seconds by which the clock of the machine is ahead. */
  readonly clockAhead?: number;
}

const accountOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';

/** What each account has: two Regions, a trail of its own, and the organization's. */
function ordinary(account: string, partition = 'aws'): Answers {
  const trail = (owner: string, name: string): Members => ({
    Name: name,
    TrailARN: `arn:${partition}:cloudtrail:us-east-1:${owner}:trail/${name}`,
    HomeRegion: 'us-east-1',
    S3BucketName: `logs-of-${owner}`,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: name === 'organization',
  });
  return {
    'ec2:DescribeRegions': () => ({ Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }] }),
    'cloudtrail:DescribeTrails': () => ({ trailList: [trail(account, 'local'), trail(own, 'organization')] }),
    'cloudtrail:GetTrailStatus': () => ({ IsLogging: true }),
  };
}

/** An organization of accounts that answer from tables. Sessions are entered by the ARNs of roles, whatever these are. */
export function organizationInMemory(options: OrganizationOptions = {}): OrganizationInMemory {
  const { partition = 'aws', answersOf = () => ({}), refused = {}, before, clockAhead } = options;
  const journal: Journal = [];
  const entered: (Role & { readonly from: string })[] = [];
  const sessionIn = (account: string, ended?: AbortSignal): AwsSession => {
    const { send } = inMemoryAccount({ ...ordinary(account, partition), ...answersOf(account) });
    return {
      identify: async () => ({
        account,
        partition,
        arn: `arn:${partition}:sts::${account}:assumed-role/audit/ci`,
        ...(clockAhead !== undefined && { clockAhead }),
      }),
      assumeRole: async () => undefined,
      send: async (call) => {
        if (ended?.aborted) throw awsError('AbortError');
        journal.push(`${account} ${call.service}:${call.operation} ${call.region}`);
        before?.(account, call);
        return send(call);
      },
      enter: (role) => {
        const into = accountOf(role.roleArn);
        return {
          ...sessionIn(into, ended),
          assumeRole: async () => {
            entered.push({ ...role, from: account });
            return Object.hasOwn(refused, into) ? refused[into] : undefined;
          },
        };
      },
    };
  };
  return {
    journal,
    entered,
    open: async ({ roleArn, externalId, deadline }) => {
      const first = sessionIn(own, deadline);
      return roleArn === undefined ? first : first.enter({ roleArn, ...(externalId !== undefined && { externalId }) });
    },
  };
}

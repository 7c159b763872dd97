import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { clientConfig } from './clients.ts';

/** What `seedOrganization` made. */
export interface SeededOrganization {
  readonly management: string;
  /** Ids of the active members, as they were made. */
  readonly members: readonly string[];
  readonly closed: string;
  /** A unit that holds the last three members; the last one is tagged `env=prod`. */
  readonly unit: string;
}

type Config = ReturnType<typeof clientConfig>;

/**
 * Makes an organization: its management account has an organization trail, each member a trail of its own, of which
 * every third was never started, and of whose buckets every second keeps no versions. One more member is closed.
 */
export async function seedOrganization(endpoint: string, size: number): Promise<SeededOrganization> {
  const config = clientConfig(endpoint);
  const organizations = new OrganizationsClient(config);
  const { Organization } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const made: string[] = [];
  for (let index = 0; index < size; index += 1) {
    const account = new CreateAccountCommand({ AccountName: `member-${index}`, Email: `${index}@example.com` });
    made.push(given((await organizations.send(account)).CreateAccountStatus?.AccountId));
  }
  const [closed, ...members] = [given(made.at(-1)), ...made.slice(0, -1)];
  await organizations.send(new CloseAccountCommand({ AccountId: closed }));
  const unit = await seedUnit(organizations, members.slice(-3));
  await seedTrail(config, { name: 'organization', starts: true, keeps: true, isOfOrganization: true });
  for (const [index, id] of members.entries()) {
    const trail = { name: `of-${id}`, starts: index % 3 !== 0, keeps: index % 2 !== 0, isOfOrganization: false };
    await seedTrail({ ...config, credentials: await credentialsIn(config, id) }, trail);
  }
  return { management: given(Organization?.MasterAccountId), members, closed, unit };
}

async function seedUnit(organizations: OrganizationsClient, accounts: readonly string[]): Promise<string> {
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const root = given(Roots?.[0]?.Id);
  const command = new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'production' });
  const unit = given((await organizations.send(command)).OrganizationalUnit?.Id);
  for (const AccountId of accounts)
    await organizations.send(new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId: unit }));
  const [last] = accounts.slice(-1);
  const tags = [{ Key: 'env', Value: 'prod' }];
  await organizations.send(new TagResourceCommand({ ResourceId: given(last), Tags: tags }));
  return unit;
}

/** Those of a role in an account. */
export async function credentialsIn(config: Config, account: string): Promise<Config['credentials']> {
  const RoleArn = `arn:aws:iam::${account}:role/seed`;
  const { Credentials } = await new STSClient(config).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'seed' }));
  return {
    accessKeyId: given(Credentials?.AccessKeyId),
    secretAccessKey: given(Credentials?.SecretAccessKey),
    ...{ sessionToken: given(Credentials?.SessionToken) },
  };
}

interface SeededTrail {
  readonly name: string;
  readonly starts: boolean;
  readonly keeps: boolean;
  readonly isOfOrganization: boolean;
}

async function seedTrail(config: Config, { name, starts, keeps, isOfOrganization }: SeededTrail): Promise<void> {
  const [Bucket, s3, cloudTrail] = [
    `logs-${name}`,
    new S3Client({ ...config, forcePathStyle: true }),
    new CloudTrailClient(config),
  ];
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Status = keeps ? 'Enabled' : 'Suspended';
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const trail = { Name: name, S3BucketName: Bucket, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true };
  await cloudTrail.send(new CreateTrailCommand({ ...trail, IsOrganizationTrail: isOfOrganization }));
  if (starts) await cloudTrail.send(new StartLoggingCommand({ Name: name }));
}

function given(value: string | undefined): string {
  if (value === undefined) throw new Error('the emulator left out an id');
  return value;
}

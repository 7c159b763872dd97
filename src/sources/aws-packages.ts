import type { Members } from '../collectors/call.ts';

/** One client of the SDK, and those of its commands that are asked. */
export interface AwsPackage {
  readonly connect: (config: Members) => unknown;
  readonly commands: Readonly<Record<string, unknown>>;
}

/** Literal imports, for the bundler to see; none is loaded before the first call of its service. */
export const packages: Readonly<Record<string, () => Promise<AwsPackage>>> = {
  cloudtrail: async () => {
    const sdk = await import('@aws-sdk/client-cloudtrail');
    return { connect: (config) => new sdk.CloudTrailClient(config), commands: { ...sdk } };
  },
  s3: async () => {
    const sdk = await import('@aws-sdk/client-s3');
    return { connect: (config) => new sdk.S3Client(config), commands: { ...sdk } };
  },
  's3-control': async () => {
    const sdk = await import('@aws-sdk/client-s3-control');
    return { connect: (config) => new sdk.S3ControlClient(config), commands: { ...sdk } };
  },
  kms: async () => {
    const sdk = await import('@aws-sdk/client-kms');
    return { connect: (config) => new sdk.KMSClient(config), commands: { ...sdk } };
  },
  'cloudwatch-logs': async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { connect: (config) => new sdk.CloudWatchLogsClient(config), commands: { ...sdk } };
  },
  'config-service': async () => {
    const sdk = await import('@aws-sdk/client-config-service');
    return { connect: (config) => new sdk.ConfigServiceClient(config), commands: { ...sdk } };
  },
  cloudwatch: async () => {
    const { CloudWatchClient, DescribeAlarmsCommand, ListAlarmMuteRulesCommand } = await import(
      '@aws-sdk/client-cloudwatch'
    );
    const commands = { DescribeAlarmsCommand, ListAlarmMuteRulesCommand };
    return { connect: (config) => new CloudWatchClient(config), commands };
  },
  sns: async () => {
    const { SNSClient, GetSubscriptionAttributesCommand, GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } =
      await import('@aws-sdk/client-sns');
    const commands = { GetSubscriptionAttributesCommand, GetTopicAttributesCommand, ListSubscriptionsByTopicCommand };
    return { connect: (config) => new SNSClient(config), commands };
  },
  eventbridge: async () => {
    const {
      EventBridgeClient,
      ListEndpointsCommand,
      ListEventBusesCommand,
      ListRulesCommand,
      ListTargetsByRuleCommand,
    } = await import('@aws-sdk/client-eventbridge');
    const commands = { ListEndpointsCommand, ListEventBusesCommand, ListRulesCommand, ListTargetsByRuleCommand };
    return { connect: (config) => new EventBridgeClient(config), commands };
  },
  lambda: async () => {
    const { LambdaClient, GetFunctionConfigurationCommand, GetPolicyCommand, ListFunctionsCommand, ListTagsCommand } =
      await import('@aws-sdk/client-lambda');
    const commands = { GetFunctionConfigurationCommand, GetPolicyCommand, ListFunctionsCommand, ListTagsCommand };
    return { connect: (config) => new LambdaClient(config), commands };
  },
  dynamodb: async () => {
    const { DynamoDBClient, ListTablesCommand, ListTagsOfResourceCommand } = await import('@aws-sdk/client-dynamodb');
    const commands = { ListTablesCommand, ListTagsOfResourceCommand };
    return { connect: (config) => new DynamoDBClient(config), commands };
  },
  athena: async () => {
    const { AthenaClient, GetWorkGroupCommand, ListWorkGroupsCommand } = await import('@aws-sdk/client-athena');
    return { connect: (config) => new AthenaClient(config), commands: { GetWorkGroupCommand, ListWorkGroupsCommand } };
  },
  glue: async () => {
    const { GlueClient, GetDatabasesCommand, GetTablesCommand } = await import('@aws-sdk/client-glue');
    return { connect: (config) => new GlueClient(config), commands: { GetDatabasesCommand, GetTablesCommand } };
  },
  organizations: async () => {
    const {
      OrganizationsClient,
      DescribeOrganizationCommand,
      DescribePolicyCommand,
      ListAccountsCommand,
      ListAccountsForParentCommand,
      ListAWSServiceAccessForOrganizationCommand,
      ListDelegatedAdministratorsCommand,
      ListDelegatedServicesForAccountCommand,
      ListOrganizationalUnitsForParentCommand,
      ListPoliciesCommand,
      ListRootsCommand,
      ListTagsForResourceCommand,
      ListTargetsForPolicyCommand,
    } = await import('@aws-sdk/client-organizations');
    const commands = {
      DescribeOrganizationCommand,
      DescribePolicyCommand,
      ListAccountsCommand,
      ListAccountsForParentCommand,
      ListAWSServiceAccessForOrganizationCommand,
      ListDelegatedAdministratorsCommand,
      ListDelegatedServicesForAccountCommand,
      ListOrganizationalUnitsForParentCommand,
      ListPoliciesCommand,
      ListRootsCommand,
      ListTagsForResourceCommand,
      ListTargetsForPolicyCommand,
    };
    return { connect: (config) => new OrganizationsClient(config), commands };
  },
  iam: async () => {
    const { IAMClient, GetAccountAuthorizationDetailsCommand } = await import('@aws-sdk/client-iam');
    return { connect: (config) => new IAMClient(config), commands: { GetAccountAuthorizationDetailsCommand } };
  },
  guardduty: async () => {
    const { GuardDutyClient, GetDetectorCommand, ListDetectorsCommand } = await import('@aws-sdk/client-guardduty');
    return { connect: (config) => new GuardDutyClient(config), commands: { GetDetectorCommand, ListDetectorsCommand } };
  },
  securityhub: async () => {
    const {
      SecurityHubClient,
      BatchImportFindingsCommand,
      BatchUpdateFindingsCommand,
      DescribeHubCommand,
      GetFindingsCommand,
    } = await import('@aws-sdk/client-securityhub');
    const commands = {
      BatchImportFindingsCommand,
      BatchUpdateFindingsCommand,
      DescribeHubCommand,
      GetFindingsCommand,
    };
    return { connect: (config) => new SecurityHubClient(config), commands };
  },
  ec2: async () => {
    // By name: the other six hundred commands of EC2 would be most of the bundle.
    const { EC2Client, DescribeFlowLogsCommand, DescribeRegionsCommand, DescribeVpcsCommand } = await import(
      '@aws-sdk/client-ec2'
    );
    const commands = { DescribeFlowLogsCommand, DescribeRegionsCommand, DescribeVpcsCommand };
    return { connect: (config) => new EC2Client(config), commands };
  },
  sts: async () => {
    const { STSClient, AssumeRoleCommand, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    return { connect: (config) => new STSClient(config), commands: { AssumeRoleCommand, GetCallerIdentityCommand } };
  },
};

import { account } from './account.ts';
import { workGroup } from './athena-work-group.ts';
import { channel } from './cloudtrail-channel.ts';
import { eventDataStore } from './cloudtrail-event-data-store.ts';
import { trail } from './cloudtrail-trail.ts';
import { alarm } from './cloudwatch-alarm.ts';
import { configRule } from './config-config-rule.ts';
import { configurationAggregator } from './config-configuration-aggregator.ts';
import { configurationRecorder } from './config-configuration-recorder.ts';
import { table } from './dynamodb-table.ts';
import { vpc } from './ec2-vpc.ts';
import { globalEndpoint } from './events-endpoint.ts';
import { eventBus } from './events-event-bus.ts';
import { eventRule } from './events-rule.ts';
import { database } from './glue-database.ts';
import { detector } from './guardduty-detector.ts';
import { group } from './iam-group.ts';
import { managedPolicy } from './iam-managed-policy.ts';
import { role } from './iam-role.ts';
import { user } from './iam-user.ts';
import { key } from './kms-key.ts';
import { lambdaFunction } from './lambda-function.ts';
import { logDestination } from './logs-destination.ts';
import { logGroup } from './logs-log-group.ts';
import { metricFilter } from './logs-metric-filter.ts';
import { logResourcePolicy } from './logs-resource-policy.ts';
import { memberAccount } from './organizations-account.ts';
import { organization } from './organizations-organization.ts';
import { organizationPolicy } from './organizations-policy.ts';
import { region } from './region.ts';
import type { Registry, ResourceOf } from './resource-type.ts';
import { bucket } from './s3-bucket.ts';
import { hub } from './securityhub-hub.ts';
import { subscription } from './sns-subscription.ts';
import { topic } from './sns-topic.ts';

/** Every resource type there is. To add one: its file, and its line here. */
export const resourceTypes = {
  [account.name]: account,
  [region.name]: region,
  [trail.name]: trail,
  [eventDataStore.name]: eventDataStore,
  [channel.name]: channel,
  [bucket.name]: bucket,
  [key.name]: key,
  [logGroup.name]: logGroup,
  [logResourcePolicy.name]: logResourcePolicy,
  [logDestination.name]: logDestination,
  [configurationRecorder.name]: configurationRecorder,
  [configurationAggregator.name]: configurationAggregator,
  [configRule.name]: configRule,
  [metricFilter.name]: metricFilter,
  [alarm.name]: alarm,
  [topic.name]: topic,
  [subscription.name]: subscription,
  [eventRule.name]: eventRule,
  [eventBus.name]: eventBus,
  [globalEndpoint.name]: globalEndpoint,
  [lambdaFunction.name]: lambdaFunction,
  [table.name]: table,
  [workGroup.name]: workGroup,
  [database.name]: database,
  [organization.name]: organization,
  [memberAccount.name]: memberAccount,
  [organizationPolicy.name]: organizationPolicy,
  [detector.name]: detector,
  [hub.name]: hub,
  [vpc.name]: vpc,
  [role.name]: role,
  [user.name]: user,
  [group.name]: group,
  [managedPolicy.name]: managedPolicy,
} as const satisfies Registry;

export type TypeName = keyof typeof resourceTypes;
export type Resource<N extends TypeName> = ResourceOf<(typeof resourceTypes)[N]>;

import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import { resourceType } from './resource-type.ts';
import { flag, object } from './shape.ts';

/** The account itself: every snapshot has exactly one, whether or not it lists it. */
export const account = resourceType({
  name: 'AWS::Account',
  id: 'arn:{partition}:iam::{account}:root',
  label: 'id',
  home: 'global',
  item: object<Record<never, never>>()({}),
  reads: {
    's3control:GetPublicAccessBlock': {
      params: { AccountId: '{account}' },
      region: 'leader',
      action: 's3:GetAccountPublicAccessBlock',
      at: 'PublicAccessBlockConfiguration',
      notSet: ['NoSuchPublicAccessBlockConfiguration'],
      gives: {
        PublicAccessBlock: object<PublicAccessBlockConfiguration>()({
          BlockPublicAcls: flag,
          IgnorePublicAcls: flag,
          BlockPublicPolicy: flag,
          RestrictPublicBuckets: flag,
        }),
      },
    },
  },
  relations: {},
  members: {
    trails: 'AWS::CloudTrail::Trail',
    regions: 'AWS::Region',
    eventDataStores: 'AWS::CloudTrail::EventDataStore',
    channels: 'AWS::CloudTrail::Channel',
    metricFilters: 'AWS::Logs::MetricFilter',
    alarms: 'AWS::CloudWatch::Alarm',
    eventRules: 'AWS::Events::Rule',
    // One or none.
    organization: 'AWS::Organizations::Organization',
    logResourcePolicies: 'AWS::Logs::ResourcePolicy',
    logDestinations: 'AWS::Logs::Destination',
    configurationRecorders: 'AWS::Config::ConfigurationRecorder',
    configRules: 'AWS::Config::ConfigRule',
    roles: 'AWS::IAM::Role',
    users: 'AWS::IAM::User',
  },
});

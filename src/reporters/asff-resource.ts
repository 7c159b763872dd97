import type { FindingResource } from '../evaluation/finding.ts';
import { asffLimits } from './asff-limits.ts';
import { cut, visible } from './visible-text.ts';

/** The resource of a finding in the AWS Security Finding Format. */
export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition?: string;
  readonly Region?: string;
}

/** What Security Hub calls a type, where it knows it (asff-resources in its user guide); every other is `Other`. */
export const asffTypes = {
  'AWS::Account': 'AwsAccount',
  'AWS::Athena::WorkGroup': 'AwsAthenaWorkGroup',
  'AWS::CloudTrail::Trail': 'AwsCloudTrailTrail',
  'AWS::CloudWatch::Alarm': 'AwsCloudWatchAlarm',
  'AWS::DynamoDB::Table': 'AwsDynamoDbTable',
  'AWS::EC2::VPC': 'AwsEc2Vpc',
  'AWS::Events::Endpoint': 'AwsEventsEndpoint',
  'AWS::Events::EventBus': 'AwsEventsEventbus',
  'AWS::GuardDuty::Detector': 'AwsGuardDutyDetector',
  'AWS::IAM::Group': 'AwsIamGroup',
  'AWS::IAM::ManagedPolicy': 'AwsIamPolicy',
  'AWS::IAM::Role': 'AwsIamRole',
  'AWS::IAM::User': 'AwsIamUser',
  'AWS::KMS::Key': 'AwsKmsKey',
  'AWS::Lambda::Function': 'AwsLambdaFunction',
  'AWS::S3::Bucket': 'AwsS3Bucket',
  'AWS::SNS::Topic': 'AwsSnsTopic',
} as const;

const typeOf = (type: string): string =>
  // One of the keys, as the line has found out.
  Object.hasOwn(asffTypes, type) ? asffTypes[type as keyof typeof asffTypes] : 'Other';

/** The partitions that the API has a word for; of any other the resource says none. */
const partitions: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov', 'aws-us-iso', 'aws-us-iso-b'];

/** An account is called as Security Hub's own findings call it: `AWS::::Account:111122223333`. */
export function asffResource({ type, id, account, partition, region }: FindingResource): AsffResource {
  const name = type === 'AWS::Account' ? `AWS::::Account:${account}` : id;
  const hasRegion = region !== 'global' && region.trim() !== '' && region.length <= asffLimits.region;
  return {
    Type: typeOf(type),
    Id: cut(visible(name), asffLimits.resourceId),
    ...(partitions.includes(partition) && { Partition: partition }),
    ...(hasRegion && { Region: visible(region) }),
  };
}

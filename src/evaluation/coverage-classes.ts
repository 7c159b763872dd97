/** A class of events that the coverage of an account is told of. */
export interface CoverageClass {
  /** What people call such events. */
  readonly name: string;
  /** The class as a rule writes it. */
  readonly events: Readonly<Record<string, unknown>>;
  /** How far their chain has to go: nobody wants to be told of each read, but of each use of the root user. */
  readonly until: 'kept for' | 'noticed by';
  /** The rule that fails where nobody notices them. */
  readonly rule?: string;
}

/**
 * The rows of the heat map: first what a trail records in bulk, then what somebody has to learn of. The latter are
 * the subjects of CIS monitors, as the rule that is named asks about them by default.
 */
export const coverageClasses: readonly CoverageClass[] = [
  {
    name: 'management writes',
    events: { eventCategory: 'Management', readOnly: false },
    until: 'kept for',
  },
  {
    name: 'management reads',
    events: { eventCategory: 'Management', readOnly: true },
    until: 'kept for',
  },
  {
    name: 'S3 object writes',
    events: { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object', readOnly: false },
    until: 'kept for',
  },
  {
    name: 'S3 object reads',
    events: { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object', readOnly: true },
    until: 'kept for',
  },
  {
    name: 'Lambda invocations',
    events: { eventCategory: 'Data', 'resources.type': 'AWS::Lambda::Function' },
    until: 'kept for',
  },
  {
    name: 'DynamoDB items',
    events: { eventCategory: 'Data', 'resources.type': 'AWS::DynamoDB::Table' },
    until: 'kept for',
  },
  { name: 'network activity', events: { eventCategory: 'NetworkActivity' }, until: 'kept for' },
  { name: 'insights', events: { eventCategory: 'Insight' }, until: 'kept for' },
  {
    name: 'use of the root user',
    events: {
      eventCategory: 'Management',
      eventType: { not: 'AwsServiceEvent' },
      'userIdentity.type': 'Root',
      'userIdentity.invokedBy': { exists: false },
    },
    until: 'noticed by',
    rule: 'monitor-root-usage',
  },
  {
    name: 'console sign-ins without MFA',
    events: {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      'additionalEventData.MFAUsed': 'No',
      'userIdentity.type': 'IAMUser',
      'responseElements.ConsoleLogin': 'Success',
    },
    until: 'noticed by',
    rule: 'monitor-console-sign-in-without-mfa',
  },
  {
    name: 'changes of trails',
    events: {
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'],
    },
    until: 'noticed by',
    rule: 'monitor-cloudtrail-config-changes',
  },
  {
    name: 'changes of IAM policies',
    events: {
      eventSource: 'iam.amazonaws.com',
      eventName: [
        ...['DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy'],
        ...['PutUserPolicy', 'CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion'],
        ...['AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy'],
        'DetachGroupPolicy',
      ],
    },
    until: 'noticed by',
    rule: 'monitor-iam-policy-changes',
  },
  {
    name: 'keys disabled or deleted',
    events: { eventSource: 'kms.amazonaws.com', eventName: ['DisableKey', 'ScheduleKeyDeletion'] },
    until: 'noticed by',
    rule: 'monitor-kms-key-disable-or-delete',
  },
  {
    name: 'changes of bucket policies',
    events: {
      eventSource: 's3.amazonaws.com',
      eventName: [
        ...['PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication'],
        ...['DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication'],
      ],
    },
    until: 'noticed by',
    rule: 'monitor-s3-bucket-policy-changes',
  },
];

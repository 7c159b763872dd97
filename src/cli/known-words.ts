const listed = (words: string): readonly string[] => words.split(' ');

/** Services as their event sources begin: to tell a slip of the pen, never to refuse a service nobody has heard of. */
export const services: readonly string[] = listed(
  'access-analyzer account acm acm-pca aoss aps amplify apigateway appconfig application-autoscaling application-signals ' +
    'appmesh apprunner appstream appsync athena auditmanager autoscaling b2bi backup batch bedrock bedrock-agentcore ' +
    'billing budgets cassandra ce chatbot cloud9 cloudcontrolapi cloudformation cloudfront cloudhsm cloudsearch ' +
    'cloudshell cloudtrail cloudtrail-data codeartifact codebuild codecommit codeconnections codedeploy codepipeline ' +
    'codestar cognito-identity cognito-idp cleanrooms comprehend comprehendmedical compute-optimizer config connect ' +
    'controltower cur databrew dataexchange datapipeline datasync datazone dax detective devicefarm directconnect dlm ' +
    'dms docdb drs ds dsql dynamodb ebs ec2 ec2-instance-connect ecr ecr-public ecs eks elasticache ' +
    'elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce email emr-containers emr-serverless ' +
    'es events evidently execute-api finspace firehose fis fms forecast frauddetector freetier fsx gamelift geo ' +
    'glacier globalaccelerator glue grafana greengrass groundstation guardduty health healthlake iam identitystore ' +
    'imagebuilder inspector inspector2 internetmonitor invoicing iot iotanalytics iotevents iotfleetwise iotsitewise ' +
    'iotwireless ivs kafka kendra kinesis kinesisanalytics kinesisvideo kms lakeformation lambda lex ' +
    'license-manager lightsail logs lookoutequipment lookoutvision m2 macie2 managedblockchain mediaconnect ' +
    'mediaconvert medialive mediapackage mediastore memorydb mgn mpa mobiletargeting monitoring mq neptune-graph ' +
    'network-firewall networkmanager notifications nova-act oam organizations osis outposts payment-cryptography ' +
    'personalize pi pipes polly pricing proton q qbusiness qldb quicksight ram rbin rds rds-data redshift ' +
    'redshift-data redshift-serverless rekognition resiliencehub resource-explorer-2 resource-groups rolesanywhere ' +
    'route53 route53-recovery-control-config route53domains route53resolver rum s3 s3-outposts s3express s3tables ' +
    'sagemaker savingsplans scheduler schemas sdb secretsmanager securityhub securitylake serverlessrepo ' +
    'servicecatalog servicediscovery servicequotas ses shield signer signin sms sms-voice snow-device-management ' +
    'snowball sns sqs ssm ssm-contacts ssm-incidents ssmmessages sso sso-directory states storagegateway sts ' +
    'support swf synthetics tagging tax textract timestream tnb transcribe transfer translate trustedadvisor ' +
    'user-subscriptions verifiedpermissions voiceid vpc-lattice waf waf-regional wafv2 wellarchitected wisdom ' +
    'workdocs workmail workspaces workspaces-web xray',
);

/** Services whose events come under another name than the one that people use (aws-semantics §2.5). */
export const otherNames: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  efs: 'elasticfilesystem',
  elb: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  ses: 'email',
  stepfunctions: 'states',
};

/** Calls on the audit pipeline itself: what people ask about most (aws-semantics §2.5). */
const pipelineCalls: Readonly<Record<string, string>> = {
  cloudtrail:
    'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging PutEventSelectors PutInsightSelectors RemoveTags ' +
    'DeleteEventDataStore UpdateEventDataStore StopEventDataStoreIngestion RestoreEventDataStore',
  s3:
    'PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutBucketLifecycle DeleteBucketLifecycle PutBucketVersioning ' +
    'PutBucketEncryption DeleteBucketEncryption PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock ' +
    'PutObjectLockConfiguration DeleteBucket PutBucketReplication DeleteBucketReplication PutBucketLogging',
  kms:
    'DisableKey ScheduleKeyDeletion PutKeyPolicy DisableKeyRotation CreateGrant RevokeGrant ' +
    'DeleteImportedKeyMaterial CancelKeyDeletion',
  logs:
    'DeleteLogGroup DeleteLogStream PutRetentionPolicy DeleteRetentionPolicy DeleteMetricFilter PutMetricFilter ' +
    'DisassociateKmsKey DeleteSubscriptionFilter',
  monitoring: 'DeleteAlarms DisableAlarmActions PutMetricAlarm PutCompositeAlarm SetAlarmState',
  events: 'DisableRule DeleteRule RemoveTargets PutRule PutTargets',
  sns: 'DeleteTopic Unsubscribe SetTopicAttributes Subscribe',
  config:
    'StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel PutConfigurationRecorder ' +
    'PutDeliveryChannel',
  dynamodb: 'CreateTable UpdateTable DeleteTable',
};

/** The calls of a service that are known to exist; there are many more. */
export const pipelineCallsOf = (service: string): readonly string[] =>
  Object.hasOwn(pipelineCalls, service) ? listed(pipelineCalls[service] ?? '') : [];

/** What stands at the top of a CloudTrail record (aws-semantics §0.2). */
export const recordFields: readonly string[] = listed(
  'eventVersion userIdentity eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode ' +
    'errorMessage requestParameters responseElements additionalEventData requestID eventID eventType apiVersion ' +
    'managementEvent readOnly resources recipientAccountId serviceEventDetails sharedEventID vpcEndpointId ' +
    'vpcEndpointAccountId eventCategory edgeDeviceDetails tlsDetails sessionCredentialFromConsole addendum ' +
    'insightDetails eventContext',
);

/** The values that a field of a record can have, as far as AWS lists them (aws-semantics §0.2). */
export const listedValues: Readonly<Record<string, readonly string[]>> = {
  eventCategory: listed('Management Data NetworkActivity Insight'),
  eventType: listed('AwsApiCall AwsServiceEvent AwsConsoleAction AwsConsoleSignIn AwsVpceEvents AwsCloudTrailInsight'),
  readOnly: listed('true false'),
  managementEvent: listed('true false'),
  'userIdentity.type': listed(
    'Root IAMUser AssumedRole Role FederatedUser Directory AWSAccount AWSService IdentityCenterUser SAMLUser ' +
      'WebIdentityUser Unknown',
  ),
};

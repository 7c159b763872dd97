import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  DataResource,
  EventSelector,
  GetTrailStatusResponse,
  InsightSelector,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import { resourceType } from './resource-type.ts';
import { flag, list, object, oneOf, tags, text, time } from './shape.ts';

const texts = list(text);
const home = { region: 'HomeRegion' } as const;

export const advancedEventSelectors = list(
  object<AdvancedEventSelector>()({
    Name: text,
    FieldSelectors: list(
      object<AdvancedFieldSelector>()({
        Field: text,
        Equals: texts,
        NotEquals: texts,
        StartsWith: texts,
        NotStartsWith: texts,
        EndsWith: texts,
        NotEndsWith: texts,
      }),
    ),
  }),
);

/** aws-semantics §1.1–1.5, §2.1–2.3, §3. */
export const trail = resourceType({
  name: 'AWS::CloudTrail::Trail',
  id: 'TrailARN',
  label: 'Name',
  home: 'HomeRegion',
  item: object<Trail>()({
    TrailARN: text,
    Name: text,
    HomeRegion: text,
    S3BucketName: text,
    S3KeyPrefix: text,
    SnsTopicARN: text,
    KmsKeyId: text,
    CloudWatchLogsLogGroupArn: text,
    CloudWatchLogsRoleArn: text,
    IsMultiRegionTrail: flag,
    IsOrganizationTrail: flag,
    IncludeGlobalServiceEvents: flag,
    LogFileValidationEnabled: flag,
    HasCustomEventSelectors: flag,
    HasInsightSelectors: flag,
    RecursiveLogging: flag,
  }),
  list: {
    operation: 'cloudtrail:DescribeTrails',
    at: 'trailList',
    params: { includeShadowTrails: true },
  },
  reads: {
    'cloudtrail:GetTrailStatus': {
      ...home,
      params: { Name: '{TrailARN}' },
      gives: {
        Status: object<GetTrailStatusResponse>()({
          IsLogging: flag,
          LatestDeliveryError: text,
          LatestDeliveryTime: time,
          LatestNotificationError: text,
          LatestNotificationTime: time,
          LatestCloudWatchLogsDeliveryError: text,
          LatestCloudWatchLogsDeliveryTime: time,
          LatestDigestDeliveryError: text,
          LatestDigestDeliveryTime: time,
          StartLoggingTime: time,
          StopLoggingTime: time,
        }),
      },
    },
    'cloudtrail:GetEventSelectors': {
      ...home,
      params: { TrailName: '{TrailARN}' },
      gives: {
        EventSelectors: list(
          object<EventSelector>()({
            ReadWriteType: oneOf('All', 'ReadOnly', 'WriteOnly'),
            IncludeManagementEvents: flag,
            ExcludeManagementEventSources: texts,
            DataResources: list(object<DataResource>()({ Type: text, Values: texts })),
          }),
        ),
        AdvancedEventSelectors: advancedEventSelectors,
      },
    },
    'cloudtrail:GetInsightSelectors': {
      ...home,
      // To a member account AWS answers UnsupportedOperationException for its organization's trail (aws-semantics §1.3).
      ownerOnly: true,
      params: { TrailName: '{TrailARN}' },
      at: 'InsightSelectors',
      notSet: ['InsightNotEnabledException'],
      gives: {
        InsightSelectors: list(
          object<InsightSelector>()({
            InsightType: oneOf('ApiCallRateInsight', 'ApiErrorRateInsight'),
            EventCategories: list(oneOf('Management', 'Data')),
          }),
        ),
      },
    },
    'cloudtrail:ListTags': {
      ...home,
      ownerOnly: true,
      params: { ResourceIdList: ['{TrailARN}'] },
      at: 'ResourceTagList.[ResourceId={TrailARN}].TagsList',
      gives: { tags },
    },
  },
  relations: {
    bucket: { to: 'AWS::S3::Bucket', by: 'S3BucketName', at: 'Name', back: 'trails' },
    key: { to: 'AWS::KMS::Key', by: 'KmsKeyId', at: 'Arn', back: 'trails' },
    logGroup: {
      to: 'AWS::Logs::LogGroup',
      by: 'CloudWatchLogsLogGroupArn',
      at: 'LogGroupArn',
      without: ':*',
      back: 'trails',
    },
    logsRole: { to: 'AWS::IAM::Role', by: 'CloudWatchLogsRoleArn', at: 'Arn', back: 'trails' },
  },
  references: [{ to: 'AWS::SNS::Topic', by: 'SnsTopicARN', at: 'TopicArn' }],
});

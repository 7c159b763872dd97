import type { Subscription } from '@aws-sdk/client-sns';
import { resourceType } from './resource-type.ts';
import { json, list, object, text } from './shape.ts';

/** What GetTopicAttributes answers: names to texts. */
interface TopicAttributes {
  readonly TopicArn?: string;
  readonly Owner?: string;
  readonly Policy?: string;
  readonly KmsMasterKeyId?: string;
  readonly FifoTopic?: string;
  readonly SubscriptionsConfirmed?: string;
  readonly SubscriptionsPending?: string;
  readonly HTTPFailureFeedbackRoleArn?: string;
  readonly LambdaFailureFeedbackRoleArn?: string;
  readonly SQSFailureFeedbackRoleArn?: string;
  readonly FirehoseFailureFeedbackRoleArn?: string;
  readonly ApplicationFailureFeedbackRoleArn?: string;
}

/** The topics that alarms and rules notify (aws-semantics §6.8). */
export const topic = resourceType({
  name: 'AWS::SNS::Topic',
  id: 'TopicArn',
  label: 'TopicArn',
  home: 'arn',
  item: object<TopicAttributes>()({
    TopicArn: text,
    Owner: text,
    Policy: json,
    KmsMasterKeyId: text,
    FifoTopic: text,
    SubscriptionsConfirmed: text,
    SubscriptionsPending: text,
    HTTPFailureFeedbackRoleArn: text,
    LambdaFailureFeedbackRoleArn: text,
    SQSFailureFeedbackRoleArn: text,
    FirehoseFailureFeedbackRoleArn: text,
    ApplicationFailureFeedbackRoleArn: text,
  }),
  lookup: {
    operation: 'sns:GetTopicAttributes',
    params: { TopicArn: '{TopicArn}' },
    at: 'Attributes',
    notFound: ['NotFound', 'NotFoundException'],
  },
  reads: {
    'sns:ListSubscriptionsByTopic': {
      params: { TopicArn: '{TopicArn}' },
      at: 'Subscriptions',
      gives: {
        Subscriptions: list(
          object<Subscription>()({ SubscriptionArn: text, Protocol: text, Endpoint: text, Owner: text }),
        ),
      },
    },
  },
  relations: { key: { to: 'AWS::KMS::Key', by: 'KmsMasterKeyId', at: 'Arn', back: 'topics' } },
  references: [{ to: 'AWS::SNS::Subscription', by: 'Subscriptions.SubscriptionArn', at: 'SubscriptionArn' }],
});

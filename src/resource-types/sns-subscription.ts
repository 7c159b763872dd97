import { resourceType } from './resource-type.ts';
import { json, object, oneOf, text } from './shape.ts';

/** What GetSubscriptionAttributes answers: names to texts. */
interface SubscriptionAttributes {
  readonly SubscriptionArn?: string;
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Owner?: string;
  readonly FilterPolicy?: string;
  readonly FilterPolicyScope?: string;
  readonly RedrivePolicy?: string;
}

/** The confirmed subscriptions of topics: what they let through of what is published (aws-semantics §6.8). */
export const subscription = resourceType({
  name: 'AWS::SNS::Subscription',
  id: 'SubscriptionArn',
  label: 'SubscriptionArn',
  home: 'arn',
  item: object<SubscriptionAttributes>()({
    SubscriptionArn: text,
    TopicArn: text,
    Protocol: text,
    Owner: text,
    FilterPolicy: json,
    FilterPolicyScope: oneOf('MessageAttributes', 'MessageBody'),
    RedrivePolicy: json,
  }),
  lookup: {
    operation: 'sns:GetSubscriptionAttributes',
    params: { SubscriptionArn: '{SubscriptionArn}' },
    at: 'Attributes',
    notFound: ['NotFound', 'NotFoundException'],
  },
  reads: {},
  relations: {},
});

import type {
  EventBridgeConfiguration,
  FilterRule,
  LambdaFunctionConfiguration,
  NotificationConfiguration,
  NotificationConfigurationFilter,
  QueueConfiguration,
  S3KeyFilter,
  TopicConfiguration,
} from '@aws-sdk/client-s3';
import { list, object, text } from './shape.ts';

const events = list(text);
const filter = object<NotificationConfigurationFilter>()({
  Key: object<S3KeyFilter>()({ FilterRules: list(object<FilterRule>()({ Name: text, Value: text })) }),
});

/** Who is told of what happens to objects. `EventBridgeConfiguration` has no members: that it is there says it. */
export const notification = object<NotificationConfiguration>()({
  TopicConfigurations: list(object<TopicConfiguration>()({ Id: text, TopicArn: text, Events: events, Filter: filter })),
  QueueConfigurations: list(object<QueueConfiguration>()({ Id: text, QueueArn: text, Events: events, Filter: filter })),
  LambdaFunctionConfigurations: list(
    object<LambdaFunctionConfiguration>()({ Id: text, LambdaFunctionArn: text, Events: events, Filter: filter }),
  ),
  EventBridgeConfiguration: object<EventBridgeConfiguration>()({}),
});

import type { DeadLetterConfig, Rule, Target } from '@aws-sdk/client-eventbridge';
import { resourceType } from './resource-type.ts';
import { json, list, object, oneOf, text } from './shape.ts';

/** The rules on the default event bus, where CloudTrail's events arrive (aws-semantics §7.1, §7.3). */
export const eventRule = resourceType({
  name: 'AWS::Events::Rule',
  id: 'Arn',
  label: 'Name',
  home: 'arn',
  item: object<Rule>()({
    Arn: text,
    Name: text,
    EventBusName: text,
    EventPattern: json,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    ScheduleExpression: text,
    ManagedBy: text,
  }),
  list: { operation: 'events:ListRules', at: 'Rules' },
  reads: {
    'events:ListTargetsByRule': {
      params: { Rule: '{Name}' },
      at: 'Targets',
      gives: {
        Targets: list(
          object<Target>()({
            Id: text,
            Arn: text,
            RoleArn: text,
            DeadLetterConfig: object<DeadLetterConfig>()({ Arn: text }),
          }),
        ),
      },
    },
  },
  relations: {},
  references: [
    { to: 'AWS::SNS::Topic', by: 'Targets.Arn', at: 'TopicArn' },
    { to: 'AWS::Lambda::Function', by: 'Targets.Arn', at: 'FunctionArn' },
  ],
});

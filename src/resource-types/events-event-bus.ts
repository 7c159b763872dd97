import type { EventBus } from '@aws-sdk/client-eventbridge';
import { resourceType } from './resource-type.ts';
import { json, object, text, time } from './shape.ts';

/** The event buses, the default one among them; without a `Policy` no other account may put events (aws-semantics §7). */
export const eventBus = resourceType({
  name: 'AWS::Events::EventBus',
  id: 'Arn',
  label: 'Name',
  home: 'arn',
  item: object<EventBus>()({
    Arn: text,
    Name: text,
    Policy: json,
    ManagedBy: text,
    CreationTime: time,
    LastModifiedTime: time,
  }),
  list: { operation: 'events:ListEventBuses', at: 'EventBuses' },
  reads: {},
  relations: {},
});

import type { Endpoint, EndpointEventBus, ReplicationConfig } from '@aws-sdk/client-eventbridge';
import { resourceType } from './resource-type.ts';
import { list, object, oneOf, text } from './shape.ts';

/** The global endpoints, which send events to a bus of another region when their own fails. */
export const globalEndpoint = resourceType({
  name: 'AWS::Events::Endpoint',
  id: 'Arn',
  label: 'Name',
  home: 'arn',
  item: object<Endpoint>()({
    Arn: text,
    Name: text,
    ReplicationConfig: object<ReplicationConfig>()({ State: oneOf('ENABLED', 'DISABLED') }),
    EventBuses: list(object<EndpointEventBus>()({ EventBusArn: text })),
    RoleArn: text,
    State: oneOf('ACTIVE', 'CREATING', 'UPDATING', 'DELETING', 'CREATE_FAILED', 'UPDATE_FAILED', 'DELETE_FAILED'),
  }),
  list: { operation: 'events:ListEndpoints', at: 'Endpoints' },
  reads: {},
  relations: {},
});

import type {
  Channel,
  Destination,
  GetChannelResponse,
  IngestionStatus,
  SourceConfig,
} from '@aws-sdk/client-cloudtrail';
import { resourcePolicy } from './cloudtrail-event-data-store.ts';
import { advancedEventSelectors } from './cloudtrail-trail.ts';
import { resourceType } from './resource-type.ts';
import { flag, list, object, oneOf, tags, text, time } from './shape.ts';

/**
 * What brings events into event data stores from elsewhere, and the service-linked channels by which AWS's own services
 * read events (`aws-service-channel/…`): those keep nothing (aws-semantics §5.3). Listed by name alone.
 */
export const channel = resourceType({
  name: 'AWS::CloudTrail::Channel',
  id: 'ChannelArn',
  label: 'Name',
  home: 'arn',
  item: object<Channel>()({ ChannelArn: text, Name: text }),
  list: { operation: 'cloudtrail:ListChannels', at: 'Channels' },
  reads: {
    'cloudtrail:GetChannel': { params: { Channel: '{ChannelArn}' }, spread: true, gives: channelDetails() },
    'cloudtrail:GetResourcePolicy': { params: { ResourceArn: '{ChannelArn}' }, ...resourcePolicy },
    'cloudtrail:ListTags': {
      params: { ResourceIdList: ['{ChannelArn}'] },
      at: 'ResourceTagList.[ResourceId={ChannelArn}].TagsList',
      gives: { tags },
    },
  },
  relations: {},
});

function channelDetails() {
  const details = {
    Source: text,
    SourceConfig: object<SourceConfig>()({
      ApplyToAllRegions: flag,
      AdvancedEventSelectors: advancedEventSelectors,
    }),
    Destinations: list(object<Destination>()({ Type: oneOf('AWS_SERVICE', 'EVENT_DATA_STORE'), Location: text })),
    IngestionStatus: object<IngestionStatus>()({
      LatestIngestionSuccessTime: time,
      LatestIngestionAttemptTime: time,
      LatestIngestionErrorCode: text,
    }),
  } as const;
  object<GetChannelResponse>()(details);
  return details;
}

import type { DetectorFeatureConfigurationResult } from '@aws-sdk/client-guardduty';
import { resourceType } from './resource-type.ts';
import { list, object, oneOf, text } from './shape.ts';

const status = oneOf('ENABLED', 'DISABLED');

/**
 * GuardDuty's detector of a region: there is one at most. AWS lists detectors by id alone. It reads CloudTrail's events
 * by a way of its own, whatever trails there are.
 */
export const detector = resourceType({
  name: 'AWS::GuardDuty::Detector',
  id: 'Arn',
  label: 'DetectorId',
  home: 'arn',
  derived: { Arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{DetectorId}' },
  item: object<{ readonly arn: string; readonly detectorId: string }>()({ Arn: text, DetectorId: text }),
  list: { operation: 'guardduty:ListDetectors', at: 'DetectorIds' },
  reads: {
    'guardduty:GetDetector': {
      params: { DetectorId: '{DetectorId}' },
      gives: {
        Status: status,
        FindingPublishingFrequency: oneOf('FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS'),
        Features: list(object<DetectorFeatureConfigurationResult>()({ Name: text, Status: status })),
      },
    },
  },
  relations: {},
});

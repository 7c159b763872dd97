import type { Region } from '@aws-sdk/client-ec2';
import { resourceType } from './resource-type.ts';
import { object, oneOf, text } from './shape.ts';

/**
 * A region that the account has enabled. `ec2:DescribeRegions` answers in every partition, which
 * `account:ListRegions` does not (aws-semantics §10.2).
 */
export const region = resourceType({
  name: 'AWS::Region',
  id: '{account}/{RegionName}',
  label: 'RegionName',
  home: 'RegionName',
  item: object<Region>()({ RegionName: text, OptInStatus: oneOf('opt-in-not-required', 'opted-in', 'not-opted-in') }),
  list: { operation: 'ec2:DescribeRegions', at: 'Regions', once: 'account' },
  reads: {},
  relations: {},
  members: {
    trails: 'AWS::CloudTrail::Trail',
    eventDataStores: 'AWS::CloudTrail::EventDataStore',
    configurationRecorders: 'AWS::Config::ConfigurationRecorder',
    detectors: 'AWS::GuardDuty::Detector',
    hubs: 'AWS::SecurityHub::Hub',
    eventRules: 'AWS::Events::Rule',
  },
});

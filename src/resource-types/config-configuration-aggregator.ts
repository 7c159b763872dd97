import type {
  AccountAggregationSource,
  AggregatorFilterResourceType,
  AggregatorFilterServicePrincipal,
  AggregatorFilters,
  ConfigurationAggregator,
  OrganizationAggregationSource,
} from '@aws-sdk/client-config-service';
import { resourceType } from './resource-type.ts';
import { flag, list, object, text } from './shape.ts';

const texts = list(text);

/** What brings the configuration of several accounts or regions together in one (aws-semantics §9.3). */
export const configurationAggregator = resourceType({
  name: 'AWS::Config::ConfigurationAggregator',
  id: 'ConfigurationAggregatorArn',
  label: 'ConfigurationAggregatorName',
  home: 'arn',
  item: object<ConfigurationAggregator>()({
    ConfigurationAggregatorArn: text,
    ConfigurationAggregatorName: text,
    AccountAggregationSources: list(
      object<AccountAggregationSource>()({ AccountIds: texts, AllAwsRegions: flag, AwsRegions: texts }),
    ),
    OrganizationAggregationSource: object<OrganizationAggregationSource>()({
      RoleArn: text,
      AllAwsRegions: flag,
      AwsRegions: texts,
    }),
    AggregatorFilters: object<AggregatorFilters>()({
      ResourceType: object<AggregatorFilterResourceType>()({ Type: text, Value: texts }),
      ServicePrincipal: object<AggregatorFilterServicePrincipal>()({ Type: text, Value: texts }),
    }),
  }),
  list: { operation: 'config:DescribeConfigurationAggregators', at: 'ConfigurationAggregators' },
  reads: {},
  relations: {},
});

import type { Compliance, ConfigRule, Source } from '@aws-sdk/client-config-service';
import { resourceType } from './resource-type.ts';
import { object, oneOf, text } from './shape.ts';

/** The rules that AWS Config itself judges by, and what they last said (aws-semantics §9.5). */
export const configRule = resourceType({
  name: 'AWS::Config::ConfigRule',
  id: 'ConfigRuleArn',
  label: 'ConfigRuleName',
  home: 'arn',
  item: object<ConfigRule>()({
    ConfigRuleArn: text,
    ConfigRuleName: text,
    ConfigRuleState: oneOf('ACTIVE', 'DELETING', 'DELETING_RESULTS', 'EVALUATING'),
    // Of a managed rule the identifier says which it is (CLOUD_TRAIL_ENABLED); its name is whatever somebody chose.
    Source: object<Source>()({ Owner: oneOf('AWS', 'CUSTOM_LAMBDA', 'CUSTOM_POLICY'), SourceIdentifier: text }),
  }),
  list: { operation: 'config:DescribeConfigRules', at: 'ConfigRules' },
  reads: {
    'config:DescribeComplianceByConfigRule': {
      params: { ConfigRuleNames: ['{ConfigRuleName}'] },
      at: 'ComplianceByConfigRules.[ConfigRuleName={ConfigRuleName}].Compliance',
      gives: {
        Compliance: object<Compliance>()({
          ComplianceType: oneOf('COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA'),
        }),
      },
    },
  },
  relations: {},
});

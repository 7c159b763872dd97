import { isAggregated } from '../config-aggregator.ts';
import { recordsIam } from '../config-recorder.ts';
import { type Fact, known } from './fact.ts';

const recorder = 'AWS::Config::ConfigurationRecorder';

/** What can be asked of AWS Config's recorders and aggregators. */
export const configFacts: Readonly<Record<string, Fact>> = {
  recordsIam: {
    says: 'Whether it is set to record all of the users, groups, roles and policies of IAM, and can in its region.',
    node: { kind: 'flag' },
    of: [recorder],
    answer: () => known(undefined),
    proof: recordsIam,
    needs: () => ({ [recorder]: [] }),
  },
  aggregated: {
    says: 'Whether a delegated administrator of AWS Config aggregates all of its accounts and regions.',
    node: { kind: 'flag' },
    of: ['AWS::Organizations::Organization'],
    answer: () => known(undefined),
    proof: isAggregated,
    needs: () => ({
      'AWS::Organizations::Account': ['DelegatedServices'],
      'AWS::Config::ConfigurationAggregator': [],
    }),
  },
};

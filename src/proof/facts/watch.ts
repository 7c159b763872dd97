import { actionsEnabled, heard, mayPublish, oneEventEnough, takesAction, watched } from '../alerting/audit-alarms.ts';
import { auditing } from '../alerting/auditing.ts';
import { deadLetters } from '../alerting/topic.ts';
import { type Fact, known } from './fact.ts';

/** What shows which filters, alarms and topics keep watch over trails. */
const watch = { 'AWS::CloudTrail::Trail': [], 'AWS::Logs::MetricFilter': [], 'AWS::CloudWatch::Alarm': [] };

/** What can be asked of filters, alarms and topics that keep watch over trails (aws-semantics §6). */
export const watchFacts: Readonly<Record<string, Fact>> = {
  auditing: {
    says: 'Whether it belongs to the watch over a trail: a metric filter on its log group, an alarm on what such a filter writes or above one, a topic that such an alarm notifies.',
    node: { kind: 'flag' },
    of: ['AWS::Logs::MetricFilter', 'AWS::CloudWatch::Alarm', 'AWS::SNS::Topic'],
    answer: () => known(undefined),
    proof: auditing,
    needs: () => watch,
  },
  watched: {
    says: 'Whether for each metric that it writes there is an alarm, by namespace and name.',
    node: { kind: 'flag' },
    of: ['AWS::Logs::MetricFilter'],
    answer: () => known(undefined),
    proof: watched,
    needs: () => watch,
  },
  oneEventEnough: {
    says: 'Whether one event that a metric filter counts sets it off.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: oneEventEnough,
    needs: () => watch,
  },
  takesAction: {
    says: 'Whether it, or a composite alarm that goes off with it, takes an action when it goes off.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: takesAction,
    needs: () => watch,
  },
  actionsEnabled: {
    says: 'Whether such an action is switched on, and no other alarm or mute rule may hold it back.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: actionsEnabled,
    needs: () => ({ ...watch, 'AWS::CloudWatch::Alarm': ['MuteRules'] }),
  },
  heard: {
    says: 'Whether each topic that it notifies has a confirmed subscription that lets its messages through.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: heard,
    needs: () => ({ 'AWS::SNS::Topic': ['Subscriptions'], 'AWS::SNS::Subscription': [] }),
  },
  mayPublish: {
    says: 'Whether it may publish to each topic that it notifies, under the key of the topic.',
    node: { kind: 'flag' },
    of: ['AWS::CloudWatch::Alarm'],
    answer: () => known(undefined),
    proof: mayPublish,
    needs: () => ({ 'AWS::SNS::Topic': [], 'AWS::KMS::Key': ['Policy'] }),
  },
  deadLetters: {
    says: 'Whether each of its confirmed subscriptions has a dead-letter queue.',
    node: { kind: 'flag' },
    of: ['AWS::SNS::Topic'],
    answer: () => known(undefined),
    proof: deadLetters,
    needs: () => ({ 'AWS::SNS::Topic': ['Subscriptions'], 'AWS::SNS::Subscription': [] }),
  },
};

import { backedByTrail } from '../alerting/backed-by-trail.ts';
import { isAuditing } from '../alerting/event-rule-pattern.ts';
import { asksForReads, receivesReads } from '../alerting/event-rule-reads.ts';
import { failuresAlarmed, reachesTarget } from '../alerting/event-rule-targets.ts';
import { sharedWith } from '../shared-with.ts';
import type { Fact } from './fact.ts';

const rule = 'AWS::Events::Rule';
const unsaid: Fact['answer'] = () => ({ is: 'absent', from: undefined });
const ofRule = { node: { kind: 'flag' }, of: [rule], answer: unsaid } as const;

/** What can be asked of EventBridge's rules and buses (aws-semantics §7). */
export const eventBridgeFacts: Readonly<Record<string, Fact>> = {
  intercepting: {
    ...ofRule,
    says: 'Whether it is about what CloudTrail records: its pattern names the kind or source of such events, or a field of their records.',
    proof: isAuditing,
    needs: () => ({ [rule]: [] }),
  },
  asksForReads: {
    ...ofRule,
    says: 'Whether its pattern names calls that are read-only management events.',
    proof: asksForReads,
    needs: () => ({ [rule]: [] }),
  },
  receivesReads: {
    ...ofRule,
    says: 'Whether its state lets the read-only management events through that its pattern names.',
    proof: receivesReads,
    needs: () => ({ [rule]: [] }),
  },
  backedByTrail: {
    ...ofRule,
    says: 'Whether a logging trail records what its pattern is about, in its region.',
    proof: backedByTrail,
    needs: () => ({
      'AWS::CloudTrail::Trail': ['Status', 'EventSelectors', 'InsightSelectors'],
      'AWS::Region': [],
    }),
  },
  reachesTarget: {
    ...ofRule,
    says: 'Whether one of its targets exists and lets EventBridge in.',
    proof: reachesTarget,
    needs: () => ({
      [rule]: ['Targets'],
      'AWS::SNS::Topic': [],
      'AWS::KMS::Key': ['Policy'],
      'AWS::Lambda::Function': ['Policy'],
    }),
  },
  failuresAlarmed: {
    ...ofRule,
    says: 'Whether an alarm with something to do counts its invocations that failed.',
    proof: failuresAlarmed,
    needs: () => ({ 'AWS::CloudWatch::Alarm': [] }),
  },
  sharedWith: {
    says: 'Whom its policy lets in beside its own account and organization: the ids of accounts and organizations, `*` for anybody.',
    node: { kind: 'list', of: { kind: 'text' } },
    of: ['AWS::Events::EventBus'],
    reads: 'Policy',
    answer: sharedWith,
    needs: () => ({ 'AWS::Organizations::Organization': [] }),
  },
};

import { describe, expect, test } from 'vitest';
import { withRegions } from '../../src/collectors/plan.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Rule } from '../../src/rules/compile.ts';
import { remember } from '../../src/snapshot/remember.ts';
import { collectDeciding, judge, rules } from './judge-account.ts';

const whole = judge(await collectDeciding());
const wholeByFingerprint = new Map(whole.map((finding) => [finding.fingerprint, finding]));
const named = rules.map((rule) => [rule.definition.id, rule] as const);

const line = ({ rule, resource, status, message }: Finding): string =>
  `${rule} ${resource.id} ${status}: ${message.slice(0, 200)}`;

const collected = new Map<Rule, Promise<readonly Finding[]>>();

const collectedFor = (rule: Rule): Promise<readonly Finding[]> =>
  remember(collected, rule, async () =>
    judge(await collectDeciding({ plan: withRegions({ operations: rule.operations }, resourceTypes) })),
  );

const namesWhatIsMissing = ({ status, evidence }: Finding): boolean =>
  status === 'unknown' && evidence.some(({ gap }) => gap?.operation !== undefined && gap.error === 'NotCollected');

/** What a collection made for one rule says when every rule judges it. */
describe.each(named)('collected for %s alone', (id, rule) => {
  test('every verdict is the one that collecting everything gives, or names an operation that was not collected', async () => {
    const decided = (await collectedFor(rule)).filter((finding) => !namesWhatIsMissing(finding));
    const wrong = decided.filter(({ fingerprint, status }) => {
      const before = wholeByFingerprint.get(fingerprint);
      // A bucket that nothing but a trail names, and that is gone, has no finding when somebody looks.
      return before ? before.status !== status : status !== 'not-applicable';
    });
    expect(wrong.map(line)).toEqual([]);
  });

  test('no verdict is lost in silence', async () => {
    const findings = await collectedFor(rule);
    const kept = new Set(findings.map(({ fingerprint }) => fingerprint));
    const open = new Set(findings.filter(namesWhatIsMissing).map((finding) => finding.rule));
    const lost = whole.filter(
      (finding) => finding.status !== 'not-applicable' && !kept.has(finding.fingerprint) && !open.has(finding.rule),
    );
    expect(lost.map(line)).toEqual([]);
  });

  test('the rule itself says what it says among the others', async () => {
    // A bucket that is only named may be anybody's or nobody's: not every rule looks it up.
    const isThere = ({ fingerprint, status }: Finding) =>
      wholeByFingerprint.has(fingerprint) && status !== 'not-applicable';
    const verdicts = (findings: readonly Finding[]) =>
      findings
        .filter((finding) => finding.rule === id && isThere(finding))
        .map(({ resource, status }) => [resource.id, status]);
    expect(verdicts(await collectedFor(rule))).toEqual(verdicts(whole));
  });
});

import { afterAll, expect, test } from 'vitest';
import { everything } from '../../src/collectors/plan.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding, Status } from '../../src/evaluation/finding.ts';
import { resourceTypes as registry } from '../../src/resource-types/index.ts';
import { compileRules } from '../../src/rules/load.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import { readRecording } from '../../src/sources/recording.ts';
import { replaySource } from '../../src/sources/source.ts';
import { loadBuiltIn } from '../rules/built-in-rules.ts';
import { placed, recordingOf } from './config-rule-account.ts';
import { type ConfigRuleCase, configRuleCases } from './config-rule-case.ts';
import { type Difference, differences } from './config-rule-differences.ts';
import { type Mapped, mapping } from './config-rule-mapping.ts';
import { describeCases, reportCases } from './conformance-folder.ts';

const definitions = new Map((await loadBuiltIn()).map(({ definition }) => [definition.id, definition]));

/** The cases name no time. */
const collectedAt = '2020-01-01T00:00:00Z';

async function answer(one: ConfigRuleCase): Promise<Status> {
  const mapped = mapping[one.control]?.(one.parameters);
  if (!mapped) throw new Error(`${one.control} is mapped to no rule`);
  const recording = readRecording(recordingOf(placed(one), mapped.around));
  const account = { id: one.account, partition: 'aws' };
  const snapshot = await replaySource({ recording, registry, plan: everything(registry), account, collectedAt })();
  const { rules, mistakes } = compileRules(asked(mapped), { registry, parameters: mapped.parameters ?? {} });
  expect(mistakes).toEqual([]);
  const view = viewAccount(snapshot, { registry, critical: mapped.critical ?? [] });
  const { findings, crashes } = evaluate(rules, view, collectedAt);
  expect(crashes).toEqual([]);
  return together(mapped, findings);
}

function asked({ every, some = [] }: Mapped): readonly RuleDefinition[] {
  return [...every, ...some].map((id) => {
    const definition = definitions.get(id);
    if (!definition) throw new Error(`there is no rule ${id}`);
    return definition;
  });
}

/** The verdict on the account: what all have to pass, and what one resource has to pass whole. */
function together({ every, some = [] }: Mapped, findings: readonly Finding[]): Status {
  const of = (ids: readonly string[]) => findings.filter(({ rule }) => ids.includes(rule));
  const each = [...Map.groupBy(of(some), ({ resource }) => resource.id).values()].map((own) => worst(statusesOf(own)));
  return worst([...statusesOf(of(every)), ...(each.length > 0 ? [best(each)] : [])]);
}

const statusesOf = (findings: readonly Finding[]): readonly Status[] => findings.map(({ status }) => status);

const worst = (seen: readonly Status[]): Status => firstOf(['fail', 'unknown', 'pass'], seen);
const best = (seen: readonly Status[]): Status => firstOf(['pass', 'unknown', 'fail'], seen);
const firstOf = (order: readonly Status[], seen: readonly Status[]): Status =>
  order.find((status) => seen.includes(status)) ?? 'not-applicable';

const cases = configRuleCases();
const answers = new Map(await Promise.all(cases.map(async (one) => [one, await answer(one)] as const)));

describeCases('published rules for AWS Config agree, but where it is said why not', () => {
  const differing = cases.filter((one) => answers.get(one) !== one.expected);

  test('aws-config-rules: 27 of 54', () => {
    expect(cases.length).toBe(54);
    expect(differing.map((one) => `${one.name}: ${answers.get(one)}, not ${one.expected}`)).toEqual(
      Object.entries(differences).map(([name, { ours, theirs }]) => `${name}: ${ours}, not ${theirs}`),
    );
  });

  test('those that their publishers call no verdicts are among the differences', () => {
    expect(cases.filter((one) => one.isDebatable && !differing.includes(one))).toEqual([]);
  });

  afterAll(() => {
    for (const [control, own] of Map.groupBy(cases, (one) => one.control)) reportCases(control, countsOf(own));
    reportCases('aws-config-rules', countsOf(cases));
  });

  const countsOf = (some: readonly ConfigRuleCase[]) => {
    const differed = some.filter((one) => differing.includes(one));
    const debatable = differed.filter((one) => one.isDebatable).length;
    return {
      ran: some.length,
      agreed: some.length - differed.length,
      differed: differed.length,
      'of these debatable': debatable,
    };
  };
});

test('each difference has its reason in a sentence and a page of AWS', () => {
  const isSaid = ({ why, page }: Difference) =>
    /^[A-Z].+\.$/.test(why) && page.startsWith('https://docs.aws.amazon.com/');
  expect(Object.values(differences).filter((difference) => !isSaid(difference))).toEqual([]);
});

import type { FloorResult, FrameworkResult, RequirementResult, RuleResult } from '../evaluation/framework.ts';
import { plural, statusWords } from './describe.ts';
import { valueText } from './value-text.ts';

/** The status in words. What is met in part never reads as if it were met. */
export function requirementWord({ status, coverage }: Pick<RequirementResult, 'status' | 'coverage'>): string {
  if (status === 'pass' && coverage === 'partial') return 'pass (partial)';
  return status === 'not-applicable' ? 'not applicable' : status;
}

/** `11 requirements: 1 failed, 2 unknown, 5 passed (3 in part), 0 not applicable, 3 manual` */
export function frameworkCounts({ summary, requirements }: FrameworkResult): string {
  const { fail, unknown, pass, partial, manual } = summary;
  const inPart = partial > 0 ? ` (${partial} in part)` : '';
  const counts = [
    `${fail} ${statusWords.fail}`,
    `${unknown} ${statusWords.unknown}`,
    `${pass} ${statusWords.pass}${inPart}`,
    `${summary['not-applicable']} ${statusWords['not-applicable']}`,
    `${manual} manual`,
  ];
  return `${plural(requirements.length, 'requirement')}: ${counts.join(', ')}`;
}

/** Why a requirement is not met or not known: what each rule says that is as bad as the whole. */
export const reasonsOf = ({ status, rules }: RequirementResult): readonly string[] =>
  status === 'fail' || status === 'unknown' ? decisive(rules, status).map(ruleReason) : [];

/** The same, and of what is manual what has to be looked at. */
export const remarksOn = (requirement: RequirementResult): readonly string[] => {
  const { status, note } = requirement;
  return status === 'manual' && note !== undefined ? [note] : reasonsOf(requirement);
};

function decisive(rules: readonly RuleResult[], status: RuleResult['status']): readonly RuleResult[] {
  const same = rules.filter((rule) => rule.status === status);
  return same.length > 0 ? same : rules.filter(({ reason }) => reason !== undefined);
}

/** `trail-is-logging: 1 of 3 findings failed`, or why the findings do not say it. */
function ruleReason({ rule, status, findings, reason, floors = [] }: RuleResult): string {
  const total = Object.values(findings).reduce((sum, count) => sum + count, 0);
  const counted =
    findings[status] > 0 ? `${findings[status]} of ${plural(total, 'finding')} ${statusWords[status]}` : [];
  return `${rule}: ${[reason ?? [], counted, floors.map(floorText)].flat(2).join('; ')}`;
}

const bounds = { higher: 'at least', lower: 'at most', more: 'no less than', fewer: 'no more than' } as const;

/** `minimumDays is 90, and has to be at least 365` */
function floorText({ parameter, value, floor, stricter, holds }: FloorResult): string {
  const wanted = `${stricter === undefined ? 'as strict as' : bounds[stricter]} ${valueText(floor)}`;
  const is = value === undefined ? `${parameter} is not told` : `${parameter} is ${valueText(value)}`;
  return holds === 'no' ? `${is}, and has to be ${wanted}` : `${is}, and nobody can say whether that is ${wanted}`;
}

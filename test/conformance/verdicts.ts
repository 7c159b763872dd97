import { type Finding, type Status, statuses } from '../../src/evaluation/finding.ts';
import type { Evidence } from '../../src/proof/answer.ts';

/**
 * The verdicts on one account, for people to check: by status, a line for each rule and reason. What is known is shown
 * as `path = value`, what is not by the operation that would say it.
 */
export function verdictsOf(findings: readonly Finding[]): string {
  return statuses.map((status) => linesOf(status, findings)).join('');
}

function linesOf(status: Status, findings: readonly Finding[]): string {
  const lines = Map.groupBy(
    findings.filter((finding) => finding.status === status),
    (finding) => `${finding.rule.padEnd(40)} ${becauseOf(finding)}`,
  );
  const shown = [...lines].map(
    ([line, same]) => `  ${line}: ${same.map(({ resource }) => resource.name).join(', ')}\n`,
  );
  return shown.length > 0 ? `${status}\n${shown.join('')}` : '';
}

function becauseOf({ status, evidence, message }: Finding): string {
  const why = evidence.flatMap((item) => partOf(item, status));
  return why.length > 0 ? [...new Set(why)].join(', ') : message;
}

/** Of a verdict that applies, what made it apply is left out unless it is all there is. */
function partOf({ path, actual, gap, note, when }: Evidence, status: Status): readonly string[] {
  if (gap) return [gap.operation ?? `${gap.error} in ${gap.region ?? 'the account'}`];
  if (when && status !== 'not-applicable') return [];
  const where = path.replace(/\[arn:[^\]]*\/([^\]/]+)\]/g, '[$1]');
  return [note ? `${where} ${note}` : `${where} = ${JSON.stringify(actual) ?? 'absent'}`];
}

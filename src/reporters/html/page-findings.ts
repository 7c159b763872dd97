import type { Finding } from '../../evaluation/finding.ts';
import { outcomeOf } from '../../evaluation/tally.ts';
import type { Evidence } from '../../proof/answer.ts';
import { acceptedLines } from '../accepted-words.ts';
import { actionsToKnow, changeLines, evidenceSaid, fixesOf, sourceLines } from '../describe.ts';
import type { ReportRule } from '../report.ts';
import { cut, visible, visibleLines } from '../visible-text.ts';
import { holdsOf, waysOf } from './evidence-path.ts';
import type { Controls, PageEvidence, PageFinding, PageNode, PageRule } from './page-data.ts';

const maxEvidence = 40;
const maxText = 2_000;

const shown = (text: string): string => visible(cut(text, maxText));

/** A finding as the page holds it: in words, and with nothing in them that would act instead of show. */
export function pageFinding(finding: Finding, rules: ReadonlyMap<string, ReportRule>): PageFinding {
  const { rule, status, severity, title, message, resource, evidence, controls, fingerprint } = finding;
  const outcome = outcomeOf(finding);
  const more = evidence.length - maxEvidence;
  const [source] = sourceLines(finding);
  return {
    rule: shown(rule),
    status,
    severity,
    title: shown(title),
    message: shown(message),
    resource: {
      type: shown(resource.type),
      id: shown(resource.id),
      name: shown(resource.name),
      account: shown(resource.account),
      region: shown(resource.region),
    },
    evidence: evidence.slice(0, maxEvidence).map((item) => pageEvidence(item, finding)),
    ...(more > 0 && { moreEvidence: more }),
    ways: waysOf(finding).map((way) => way.map(pageNode)),
    toPass: changeLines(finding).map(shown),
    fixes: fixesOf(finding.remediation).map(({ by, text }) => ({
      by,
      text: visibleLines(cut(text, maxText)).join('\n'),
    })),
    actions: actionsToKnow(finding).map(shown),
    ...(JSON.stringify(controls) !== JSON.stringify(rules.get(rule)?.controls) && { controls: pageControls(controls) }),
    ...(source !== undefined && { source: shown(source) }),
    ...((outcome === 'waived' || outcome === 'known') && { standing: outcome }),
    accepted: acceptedLines(finding).map(shown),
    fingerprint,
  };
}

function pageEvidence(item: Evidence, finding: Finding): PageEvidence {
  const { path, from = item.gap?.operation, when } = item;
  return {
    path: shown(path),
    said: shown(evidenceSaid(item, finding)),
    ...(from !== undefined && { from: shown(from) }),
    holds: holdsOf(item, finding),
    ...(when && { when }),
  };
}

const pageNode = ({ by, name, holds, facts }: PageNode): PageNode => ({
  by: shown(by),
  name: shown(name),
  holds,
  facts: facts.map(shown),
});

const pageControls = (controls: Finding['controls']): Controls =>
  Object.fromEntries(Object.entries(controls).map(([framework, ids]) => [shown(framework), ids.map(shown)]));

/** What the page says of the rules whose findings it holds. */
export function pageRules(
  rules: ReadonlyMap<string, ReportRule>,
  findings: readonly Pick<Finding, 'rule'>[],
): Readonly<Record<string, PageRule>> {
  const used = [...new Set(findings.map(({ rule }) => rule))];
  return Object.fromEntries(
    used.flatMap((id) => {
      const rule = rules.get(id);
      return rule ? [[shown(id), pageRule(rule)]] : [];
    }),
  );
}

const pageRule = ({ why, controls, references = [] }: ReportRule): PageRule => ({
  why: shown(why),
  controls: pageControls(controls),
  references: references.map(({ title, url }) => ({ title: shown(title), url: shown(url) })),
});

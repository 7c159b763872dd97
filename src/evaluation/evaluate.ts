import type { Answer, Evidence } from '../proof/answer.ts';
import { unknown } from '../proof/leaf.ts';
import { namesIn } from '../resource-types/template.ts';
import type { Rule } from '../rules/compile.ts';
import { compareText } from '../snapshot/compare-text.ts';
import { listingsOf } from '../snapshot/gaps.ts';
import { unseen } from '../snapshot/members.ts';
import { remember } from '../snapshot/remember.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import type { Gap } from '../snapshot/snapshot.ts';
import { distinct } from './distinct.ts';
import type { Finding, FindingResource, Status } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Ruling, RulingIn } from './overrides.ts';
import { fillRemediation, fillText } from './remediation.ts';
import { sentence } from './sentence.ts';

/** The findings of one account, and the errors of rules that crashed: their findings are unknown, the run ends with 2. */
export interface Evaluation {
  readonly findings: readonly Finding[];
  readonly crashes: readonly { readonly rule: string; readonly error: Error }[];
}

/**
 * Judges every resource of an account by every rule, or by what overrides make of it there. Each rule yields at least
 * one finding, so that a rule that nobody could answer is never taken for a pass. Ordered by rule, then resource.
 */
export function evaluate(
  rules: readonly Rule[],
  account: AccountView,
  now: string | undefined,
  rulingOf: RulingIn = asWritten,
): Evaluation {
  const [own] = account.byType.get('AWS::Account') ?? [];
  if (!own) throw new Error('an account has no view of itself');
  const judged = rules.map((rule) => {
    const { id } = rule.definition;
    try {
      return { rule: id, findings: judgeAll(rule, own, { now, rulingOf }), crash: undefined };
    } catch (error) {
      const crash = error instanceof Error ? error : new Error(String(error));
      return { rule: id, findings: [crashed(rule, own, crash)], crash: { rule: id, error: crash } };
    }
  });
  // In order rule by rule, the sort has next to nothing left to do.
  const byRule = judged.toSorted((a, b) => compareText(a.rule, b.rule));
  return {
    findings: byRule.flatMap(({ findings }) => findings).toSorted(inOrder),
    crashes: judged.flatMap(({ crash }) => crash ?? []),
  };
}

const inOrder = (a: Finding, b: Finding): number =>
  compareText(a.rule, b.rule) || compareText(a.resource.id, b.resource.id);

const asWritten: RulingIn = (rule) => ({ rule, by: [] });

interface Judging {
  readonly now: string | undefined;
  readonly rulingOf: RulingIn;
}

function judgeAll(rule: Rule, own: ResourceView, judging: Judging): readonly Finding[] {
  const { account } = own;
  const type = account.registry[rule.definition.resource];
  const seen = (type && account.byType.get(type.name)) ?? [];
  const views = account.run ? seen.filter(account.run.isJudgedBy) : seen;
  const findings = views.map((view) => judgeUnder(rule, view, judging));
  const gaps = type ? unseen(type, account, rule.namedBy) : [];
  let leftOut: Finding | undefined;
  for (const [region, missing] of Map.groupBy(gaps, (gap) => gap.region ?? '')) {
    const ruling = judging.rulingOf(rule, region || 'global');
    // What a rule that is skipped, or without its parameters, would say of others does not matter.
    const left = notJudgedUnder(ruling, own);
    if (left) leftOut ??= left;
    else findings.push(unlisted(ruling.rule, own, { region, missing }));
  }
  // But that it says nothing of them has to be said.
  if (leftOut && !findings.some(({ notJudged }) => notJudged)) findings.push(leftOut);
  // What another account judges is there all the same.
  return findings.length > 0 || seen.length > 0 ? findings : [judgeNone(rule, own, judging)];
}

function judgeUnder(written: Rule, view: ResourceView, { rulingOf, now }: Judging): Finding {
  const ruling = rulingOf(written, view.region);
  return withheldUnder(ruling, view) ?? judge(ruling.rule, view, now);
}

function judgeNone(written: Rule, own: ResourceView, { rulingOf }: Judging): Finding {
  const ruling = rulingOf(written, 'global');
  return withheldUnder(ruling, own) ?? none(ruling.rule, own);
}

/** Why something is not judged by a rule, or nobody knows by which; undefined: it can be judged. */
function withheldUnder(ruling: Ruling, view: ResourceView): Finding | undefined {
  const { rule, by, withheld } = ruling;
  if (withheld === undefined || withheld === 'skipped') return notJudgedUnder(ruling, view);
  const message = `nobody knows whether ${by.join(' and ')} holds here: ${sentence(withheld)}`;
  return finding(rule, view, { status: 'unknown', answer: withheld, message });
}

/** The config says that it is not judged here, or leaves out what it would have to say. */
function notJudgedUnder({ rule, by, withheld }: Ruling, view: ResourceView): Finding | undefined {
  const why = withheld === 'skipped' ? 'skipped' : rule.unset.length > 0 ? 'unset' : undefined;
  if (why === undefined) return undefined;
  const message = why === 'skipped' ? `not judged here: ${by.join(' and ')} skips it` : needsParameters(rule);
  return { ...finding(rule, view, { status: 'not-applicable', answer: quiet(), message }), notJudged: why };
}

function judge(rule: Rule, view: ResourceView, now: string | undefined): Finding {
  const applies = rule.when?.(view, now);
  if (applies && applies.truth !== 'yes') {
    const status = applies.truth === 'no' ? 'not-applicable' : 'unknown';
    const why = remember(reasons, applies, () => sentence(applies));
    return finding(rule, view, {
      status,
      answer: applies,
      message: status === 'unknown' ? why : `does not apply: ${why}`,
    });
  }
  const { truth, evidence, changes } = rule.require(view, now);
  const all = applies && applies.evidence.length > 0 ? [...applies.evidence, ...evidence] : evidence;
  return finding(rule, view, { status: statusOf[truth], answer: { truth, evidence: distinct(all), changes } });
}

/** Why rules do not apply: often several for the same reason. */
const reasons = new WeakMap<Answer, string>();

const statusOf = { yes: 'pass', no: 'fail', unknown: 'unknown' } as const;

interface Outcome {
  readonly status: Status;
  readonly answer: Answer;
  readonly message?: string;
}

function finding({ definition, parameters }: Rule, view: ResourceView, { status, answer, message }: Outcome): Finding {
  const { id: rule, severity, title, controls = {} } = definition;
  const { evidence } = answer;
  const resource = resourceOf(view);
  const identity = fingerprint(rule, resource);
  if (status !== 'fail') {
    const said = message ?? sentence(answer);
    return { rule, status, severity, title, message: said, resource, evidence, controls, fingerprint: identity };
  }
  const own = definition.message ? fillText(definition.message, { view, parameters }) : undefined;
  return {
    rule,
    status,
    severity,
    title,
    message: message ?? own ?? sentence(answer),
    resource,
    evidence,
    ...(answer.changes.length > 0 && { toPass: answer.changes }),
    controls,
    ...(definition.remediation && { remediation: fillRemediation(definition.remediation, { view, parameters }) }),
    fingerprint: identity,
  };
}

function resourceOf({ type, id, name, region, account }: ResourceView): FindingResource {
  return {
    type: type.name,
    id,
    name,
    account: account.account.id,
    partition: account.account.partition,
    region: region || 'global',
  };
}

const quiet = (evidence: readonly Evidence[] = []): Answer => ({ truth: 'no', evidence, changes: [] });

function needsParameters({ definition, unset }: Rule): string {
  const names = unset.map((name) => {
    const why = definition.parameters?.[name]?.why;
    return why ? `${name} (${why.replace(/\.$/, '')})` : name;
  });
  return `needs the parameter ${names.join(' and ')}: set it in the config under parameters, or with --parameter`;
}

interface Unlisted {
  /** Empty: of the whole account. */
  readonly region: string;
  readonly missing: readonly Gap[];
}

/** Resources that may be there and were not listed: of a region, or of the account. */
function unlisted(rule: Rule, own: ResourceView, { region, missing }: Unlisted): Finding {
  const answer = unknown(own, rule.definition.resource, missing);
  const { id, partition } = own.account.account;
  const resource: FindingResource = {
    type: rule.definition.resource,
    id: region ? `${id}/${region}` : id,
    name: region || id,
    account: id,
    partition,
    region: region || 'global',
  };
  const what = region ? `others in ${region}` : 'others';
  return {
    ...finding(rule, own, { status: 'unknown', answer, message: `there may be ${what}: ${sentence(answer)}` }),
    resource,
    fingerprint: fingerprint(rule.definition.id, resource, 'unlisted'),
  };
}

/** There is no resource of the type: said once for the account. */
function none(rule: Rule, own: ResourceView): Finding {
  const { definition } = rule;
  const { registry, gaps } = own.account;
  const type = registry[definition.resource];
  const listed = type
    ? listingsOf(type, registry, gaps, rule.namedBy).map(({ operation }) => ({ from: operation }))
    : [];
  const said: Evidence = { path: definition.resource, expected: 'at least one', actual: 0 };
  const evidence = listed.length > 0 ? listed.map((it): Evidence => ({ ...said, ...it })) : [said];
  const outcome: Outcome = {
    status: definition.whenNone === 'fail' ? 'fail' : 'not-applicable',
    answer: quiet(evidence),
    message: `there is no ${definition.resource} in the account`,
  };
  return finding({ ...rule, definition: withoutTexts(definition) }, own, outcome);
}

const general = new WeakMap<Rule['definition'], Rule['definition']>();

/** Texts about one resource cannot be filled in where there is none: only what holds of any is left. */
const withoutTexts = (whole: Rule['definition']): Rule['definition'] =>
  remember(general, whole, () => {
    const { message: _, remediation = {}, ...definition } = whole;
    const left = Object.entries(remediation).filter(([, text]: [string, string]) =>
      namesIn(text).every((name) => name.startsWith('$')),
    );
    return { ...definition, ...(left.length > 0 && { remediation: Object.fromEntries(left) }) };
  });

/** Whatever it would have found: that it crashed says nothing of the account. */
function crashed(rule: Rule, own: ResourceView, error: Error): Finding {
  const evidence: Evidence = { path: rule.definition.id, note: `the rule crashed: ${error.message}` };
  const outcome: Outcome = { status: 'unknown', answer: { truth: 'unknown', evidence: [evidence], changes: [] } };
  return finding(rule, own, outcome);
}

import { callOf, type Send, valueAt } from '../collectors/call.ts';
import { refusalOf, refusalText } from '../collectors/refusal.ts';
import { plural } from '../reporters/describe.ts';
import type { Report } from '../reporters/report.ts';
import { again } from './again.ts';
import { configLimits, type Evaluation, evaluationsOf } from './config-evaluations.ts';
import type { Destination } from './destination.ts';
import type { Reach, Sent } from './sent.ts';

type ToConfig = Extract<Destination, { readonly to: 'config' }>;

/**
 * Answers the rule of AWS Config that the result token is for: one evaluation for each resource of its account and its
 * region, so many at once as it takes. What fails of them is sent again; one that arrives twice is one.
 */
export async function sendToConfig(report: Report, { mode, token }: ToConfig, reach: Reach): Promise<Sent> {
  const to = mode === 'test' ? 'config:test' : 'config';
  const { collectedAt } = report.scope;
  if (collectedAt === undefined) {
    const why = 'the report does not say when the account was read (collectedAt), and an evaluation needs a time';
    return { to, done: [], failed: [why] };
  }
  const { account, region, send } = await reach.aws();
  const told = evaluationsOf(report.findings, { account, region, time: new Date(collectedAt) });
  const { arrived, failed } = await putAll(told.evaluations, { send, region, token, mode }, reach);
  const isTest = mode === 'test' ? ' in a test, which keeps nothing' : '';
  return {
    to,
    done: [
      `${plural(arrived, 'evaluation')} sent${isTest}`,
      ...(told.unknown > 0 ? [`${plural(told.unknown, 'resource')} not evaluated: too little is known`] : []),
      ...(told.elsewhere > 0
        ? [`${plural(told.elsewhere, 'finding')} left to rules of other accounts and regions`]
        : []),
    ],
    failed,
  };
}

interface RuleEnd extends Pick<ToConfig, 'token' | 'mode'> {
  readonly send: Send;
  readonly region: string;
}

async function putAll(evaluations: readonly Evaluation[], end: RuleEnd, reach: Pick<Reach, 'sleep'>) {
  let arrived = 0;
  for (let start = 0; start < evaluations.length; start += configLimits.evaluations) {
    const batch = evaluations.slice(start, start + configLimits.evaluations);
    try {
      const left = await again<readonly Evaluation[]>(batch, (rest) => put(rest, end), reach);
      arrived += batch.length - (left?.length ?? 0);
    } catch (thrown) {
      const count = plural(evaluations.length - arrived, 'evaluation');
      return { arrived, failed: [`${count}: ${refusalText(refusalOf(thrown))}`] };
    }
  }
  const missing = evaluations.length - arrived;
  return { arrived, failed: missing === 0 ? [] : [`${plural(missing, 'evaluation')}: AWS Config did not take them`] };
}

async function put(evaluations: readonly Evaluation[], { send, region, token, mode }: RuleEnd) {
  const params = { Evaluations: evaluations, ResultToken: token, TestMode: mode === 'test' };
  const answer = await send(callOf('config:PutEvaluations', region, params));
  const failed = valueAt(answer, 'FailedEvaluations');
  if (!Array.isArray(failed) || failed.length === 0) return undefined;
  const keys = new Set(failed.map(keyOf));
  const left = evaluations.filter((evaluation) => keys.has(keyOf(evaluation)));
  // If it is not clear which, better all of them again than one of them lost.
  return { left: left.length === failed.length ? left : evaluations };
}

const keyOf = (evaluation: unknown): string =>
  JSON.stringify([valueAt(evaluation, 'ComplianceResourceType'), valueAt(evaluation, 'ComplianceResourceId')]);

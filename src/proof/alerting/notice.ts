import { resolve } from '../../snapshot/links.ts';
import { read } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { byRole, type Notifier } from './notifier.ts';
import { permitted } from './permitted.ts';
import { topicTells } from './topic.ts';

/** Whether a function may be invoked by the notifier: what it does then is its own affair. */
export function functionTells(arn: string, notifier: Notifier): Answer {
  const { view, service, prefix } = notifier;
  const path = `${prefix}function`;
  const leads = resolve(view.account, 'AWS::Lambda::Function', arn);
  if (leads.is === 'unknown') return unknown(view, path, leads.gaps);
  const evidence = { path, actual: arn, resource: view.id };
  if (leads.is === 'absent') {
    return isThere(unqualified(arn), notifier)
      ? undecided({ ...evidence, note: 'the policy of that version or alias is not read' })
      : decided(false, { ...evidence, note: 'the function does not exist' });
  }
  if (notifier.role) return byRole(notifier);
  const target = leads.view;
  const at = `${path}[${target.id}].`;
  const { from } = read(target, 'Policy');
  const note = 'without a policy no service may invoke it';
  return permitted(target, at, {
    service: service === 'cloudwatch.amazonaws.com' ? 'lambda.alarms.cloudwatch.amazonaws.com' : service,
    action: 'lambda:InvokeFunction',
    keys: { 'aws:SourceArn': view.id, 'aws:SourceAccount': view.accountId },
    without: decided(false, { path: `${at}Policy`, ...(from && { from }), resource: target.id, note }),
  });
}

/** A function's ARN without the version or alias that stands behind its name. */
const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':');

const isThere = (arn: string, { view }: Notifier): boolean =>
  resolve(view.account, 'AWS::Lambda::Function', arn).is === 'found';

/** Where it is kept and nobody is told (aws-semantics §7.5). */
const stores: ReadonlySet<string | undefined> = new Set(['sqs', 'logs', 'firehose', 'kinesis', 's3']);

/** What alarms can start that brings them before people: an OpsItem, an incident, an investigation. */
function isBeforePeople(service: string | undefined, what: string | undefined): boolean {
  return service === 'ssm' ? what === 'opsitem' : service === 'ssm-incidents' || service === 'aiops';
}

/** Whether an action or target brings it before somebody. */
export function tells(arn: string, notifier: Notifier): Answer {
  const [, , service, , , what] = arn.split(':');
  if (service === 'sns') return topicTells(arn, notifier);
  if (service === 'lambda') return functionTells(arn, notifier);
  const evidence = { path: `${notifier.prefix}action`, actual: arn, resource: notifier.view.id };
  if (stores.has(service)) return decided(false, { ...evidence, note: 'it is kept there, and nobody is told' });
  if (notifier.service === 'cloudwatch.amazonaws.com') {
    return isBeforePeople(service, what)
      ? decided(true, evidence)
      : decided(false, { ...evidence, note: 'it changes something, and tells nobody' });
  }
  const isBus = service === 'events' && what?.startsWith('event-bus/');
  const note = isBus ? 'what rules of another bus do is not followed' : 'what is done there is not known';
  return undecided({ ...evidence, note });
}

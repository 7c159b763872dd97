import { members } from '../../snapshot/members.ts';
import { objectsIn, type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import { type Answer, all, any } from '../answer.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { goesOff, type Verdict } from './alarm.ts';
import { tells } from './notice.ts';
import { composites } from './risen.ts';
import { unreadIn } from './unread.ts';
import { besideOf, type Written, writtenBy } from './written.ts';

/** Whether some alarm, in the region of the log group, goes off for what the filter writes, and tells somebody. */
export function alarmed(filter: ResourceView, prefix: string, account: ResourceView): Answer {
  const { gaps, from } = members(account, 'alarms');
  const near = ownAlarms(account, filter);
  const written = writtenBy(filter);
  const metrics = written.map((it) => ({ it, beside: besideOf(account, filter, it) }));
  const answers = near.flatMap((alarm) => {
    const at = `${prefix}alarms[${alarm.id}].`;
    const unread = unreadIn(alarm, at, ['MetricName', 'Metrics']);
    if (unread) return mayWatch(alarm, written) ? [unread] : [];
    return metrics.flatMap(({ it, beside }) => {
      const verdict = goesOff(alarm, it, beside);
      return verdict ? [alarmTells(alarm, verdict, { alarms: near, prefix: at })] : [];
    });
  });
  const path = `${prefix}alarms`;
  const hidden = gaps.filter(({ region }) => !region || region === filter.region);
  if (hidden.length > 0) return any([...answers, unknown(filter, path, hidden, from)], 'no');
  const listed = { path, actual: near.length, ...(from && { from }), resource: filter.id };
  if (answers.length > 0) return any([...answers, decided(false, listed)], 'no');
  return decided(false, { ...listed, actual: 0, note: 'no alarm watches its metric' });
}

/** The alarms that can watch what something writes: those of its region and account. */
export const ownAlarms = (account: ResourceView, { region, accountId }: ResourceView): readonly ResourceView[] =>
  members(account, 'alarms').sure.filter((alarm) => alarm.region === region && alarm.accountId === accountId);

/** Of an alarm that was read in part: it is on this metric, or on one that nobody knows. */
const mayWatch = ({ item }: ResourceView, written: readonly Written[]): boolean =>
  typeof item.MetricName !== 'string' || written.some(({ name }) => name === item.MetricName);

interface Among {
  readonly alarms: readonly ResourceView[];
  readonly prefix: string;
}

const from = 'cloudwatch:DescribeAlarms';

/** By its own actions, or those of an alarm above it (aws-semantics §6.7). */
function alarmTells(alarm: ResourceView, { truth, note }: Verdict, { alarms, prefix }: Among): Answer {
  const evidence = {
    path: `${prefix}Threshold`,
    actual: alarm.item.Threshold,
    from,
    resource: alarm.id,
    ...(note && { note }),
  };
  const off = truth === 'unknown' ? undecided(evidence) : decided(truth === 'yes', evidence);
  const parents = composites(alarm, alarms).map(({ alarm: parent, truth: goes }) => {
    const at = `${prefix}parents[${parent.id}].`;
    const said = { path: `${at}AlarmRule`, actual: parent.item.AlarmRule, from, resource: parent.id };
    return all([goes === 'unknown' ? undecided(said) : decided(goes === 'yes', said), acts(parent, at)], 'no');
  });
  return all([off, any([acts(alarm, prefix), ...parents], 'no')], 'no');
}

/** Whether an alarm's actions are on, and one of them tells somebody. */
function acts(alarm: ResourceView, prefix: string): Answer {
  const unread = unreadIn(alarm, prefix, ['ActionsEnabled', 'AlarmActions', 'ActionsSuppressor']);
  if (unread) return unread;
  const { ActionsEnabled, ActionsSuppressor } = alarm.item;
  const on = decided(
    ActionsEnabled !== false,
    { path: `${prefix}ActionsEnabled`, expected: true, actual: ActionsEnabled ?? true, from, resource: alarm.id },
    [[{ resource: alarm.id, path: 'ActionsEnabled', set: true }]],
  );
  const suppressed = undecided({
    path: `${prefix}ActionsSuppressor`,
    actual: ActionsSuppressor,
    from,
    resource: alarm.id,
    note: 'another alarm may hold its actions back',
  });
  return all([on, told(alarm, prefix), ...(ActionsSuppressor ? [suppressed] : []), ...muted(alarm, prefix)], 'no');
}

/** What may hold an alarm's actions back, for hours or for good: when it does is not worked out (aws-semantics §6.7). */
export function muted(alarm: ResourceView, prefix: string): readonly Answer[] {
  const path = `${prefix}MuteRules`;
  const reading = read(alarm, 'MuteRules');
  if (reading.is === 'gap') return [unknown(alarm, path, reading.gaps, reading.from)];
  const evidence = { path, ...(reading.from && { from: reading.from }), resource: alarm.id };
  const muting = objectsIn(saidBy(reading)).filter(({ Status }) => Status !== 'EXPIRED');
  if (muting.length === 0) return [decided(true, { ...evidence, actual: 0 })];
  return muting.map(({ AlarmMuteRuleArn, Status }) => {
    const name = String(AlarmMuteRuleArn).split(':').at(-1);
    const note = `the mute rule ${name}${Status === undefined ? '' : `, which is ${Status},`} may hold its actions back`;
    return undecided({ ...evidence, note });
  });
}

function told(alarm: ResourceView, prefix: string): Answer {
  const { AlarmActions } = alarm.item;
  const actions = Array.isArray(AlarmActions) ? AlarmActions.map(String) : [];
  const note = 'it takes no action when it goes off';
  if (actions.length === 0)
    return decided(false, { path: `${prefix}AlarmActions`, actual: 0, from, resource: alarm.id, note });
  return any(
    actions.map((arn) => tells(arn, { view: alarm, service: 'cloudwatch.amazonaws.com', prefix })),
    'no',
  );
}

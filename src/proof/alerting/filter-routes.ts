import { target } from '../../snapshot/links.ts';
import { members } from '../../snapshot/members.ts';
import { remember, workedOut } from '../../snapshot/remember.ts';
import { type ResourceView, read, saidBy } from '../../snapshot/resource-view.ts';
import type { Gap } from '../../snapshot/snapshot.ts';
import { type Answer, all } from '../answer.ts';
import { type EventSet, nobodyKnowsWhich } from '../event-set.ts';
import { eventsOf } from '../filter-pattern/events-of.ts';
import { parseFilterPattern } from '../filter-pattern/parse.ts';
import { undecided, unknown } from '../leaf.ts';
import { alarmed } from './alarmed.ts';
import { is } from './is.ts';
import { arrives } from './log-group.ts';
import { type Head, type Here, type Route, routeThrough, type Sieve } from './route.ts';
import { unreadIn } from './unread.ts';

/** From a trail to its log group, over each metric filter on it, to the alarms on its metric (aws-semantics §6). */
export function filterRoutes(heads: readonly Head[], here: Here): readonly Route[] {
  return heads.flatMap((head) => {
    const group = target(head.recorder.view, 'logGroup');
    const arn = group.is === 'found' ? group.view.id : groupArn(head.recorder.view);
    if (group.is === 'unknown' && !isOwn(arn, here))
      return [routeUnseen(head, { gaps: group.gaps, from: group.pointer.from })];
    const owner = group.is === 'found' ? accountOf(group.view, here) : here.account;
    const { sure, gaps, from } = members(owner, 'metricFilters');
    const own = sure.filter((filter) => filter.item.LogGroupArn === arn && here.isAbout(matchedByFilter(filter)));
    const routes = own.map((filter) => filterRoute(head, filter, { ...here, account: owner }));
    // What may be missing of the account itself is said once for all its trails.
    return owner === here.account || gaps.length === 0 ? routes : [...routes, routeUnseen(head, { gaps, from })];
  });
}

/** The account whose filters and alarms work on a log group: its own, as with the trail of an organization. */
const accountOf = ({ account }: ResourceView, here: Here): ResourceView =>
  account === here.account.account ? here.account : (account.own.get('AWS::Account')?.[0] ?? here.account);

/** The log group that a trail names, without the ending that stands for its streams. */
function groupArn(trail: ResourceView): string | undefined {
  const arn = saidBy(read(trail, 'CloudWatchLogsLogGroupArn'));
  return typeof arn === 'string' ? arn.replace(/:\*$/, '') : undefined;
}

const isOwn = (arn: string | undefined, { account }: Here): boolean =>
  arn?.split(':')[4] === account.account.account.id;

/** What nobody could see the filters of may have one for any event. */
function routeUnseen({ recorder, sieve, works }: Head, { gaps, from }: Unseen): Route {
  const { view, prefix } = recorder;
  const path = `${prefix}logGroup`;
  const filters: Sieve = { events: nobodyKnowsWhich, path, resource: view.id, from, does: 'match' };
  return routeThrough([filters, sieve], () => all([...works(), unknown(view, path, gaps, from)], 'no'));
}

interface Unseen {
  readonly gaps: readonly Gap[];
  readonly from: string | undefined;
}

function filterRoute({ recorder, sieve, works }: Head, filter: ResourceView, here: Here): Route {
  const prefix = `${here.prefix}metricFilters[${filter.id}].`;
  const pattern: Sieve = {
    events: matchedByFilter(filter),
    path: `${prefix}FilterPattern`,
    resource: filter.id,
    from: read(filter, 'FilterPattern').from,
    does: 'match',
  };
  // First what most often says no: it is asked of every filter.
  return routeThrough([pattern, sieve, sentOn(sieve)], () =>
    all([...works(), arrives(recorder), ...notified(filter, prefix, here.account)], 'no'),
  );
}

/** Whether a filter notifies somebody: the same for every region and trail, and so asked once. */
const notified = (filter: ResourceView, prefix: string, account: ResourceView): readonly Answer[] =>
  remember(workedOut(filter, noAnswers), prefix, () => {
    const unread = unreadIn(filter, prefix, deciding);
    return unread ? [unread] : [isValid(filter, prefix), alarmed(filter, prefix, account)];
  });

const noAnswers = (_: ResourceView): Map<string, readonly Answer[]> => new Map();

const sent: EventSet = { any: [{ not: is('eventCategory', 'NetworkActivity') }, nobodyKnowsWhich] };

/** Whether network activity reaches log groups the documents do not agree on (aws-semantics §2.11, U7). */
const sentOn = (recorded: Sieve): Sieve => ({
  ...recorded,
  events: sent,
  does: 'send to its log group',
  unread: () => undefined,
});

const patternOf = ({ item }: ResourceView): ReturnType<typeof parseFilterPattern> | undefined =>
  typeof item.FilterPattern === 'string' ? parseFilterPattern(item.FilterPattern) : undefined;

/** The events that a filter's pattern matches, if it is one. */
export const matchedByFilter = (filter: ResourceView): EventSet => workedOut(filter, matchedBy);

function matchedBy(filter: ResourceView): EventSet {
  const pattern = workedOut(filter, patternOf);
  // What a transformer makes of an event is not known here.
  if (!pattern || 'mistake' in pattern || filter.item.ApplyOnTransformedLogs === true) return nobodyKnowsWhich;
  // What is selected first is not known: then at most these, and perhaps none.
  return filter.item.FieldSelectionCriteria ? { all: [eventsOf(pattern), nobodyKnowsWhich] } : eventsOf(pattern);
}

const deciding = ['FilterPattern', 'MetricTransformations', 'ApplyOnTransformedLogs', 'FieldSelectionCriteria'];

/** Whether a filter's pattern is one that CloudWatch Logs could have stored. */
function isValid(filter: ResourceView, prefix: string): Answer {
  const evidence = { path: `${prefix}FilterPattern`, resource: filter.id };
  const pattern = workedOut(filter, patternOf);
  if (!pattern) return undecided({ ...evidence, note: 'what it matches is not said' });
  if (!('mistake' in pattern)) return { truth: 'yes', evidence: [], changes: [] };
  return undecided({ ...evidence, note: `the filter is not valid at column ${pattern.column}: ${pattern.mistake}` });
}

import type { ResourceView } from '../snapshot/resource-view.ts';
import { coverage } from './coverage.ts';
import { type EventClass, readEventClass } from './event-class.ts';
import type { KeySpace } from './lifecycle.ts';
import { selectionOf } from './recorder.ts';

/** A folder of the log bucket that a trail writes to, and what is in it. */
export interface Folder extends KeySpace {
  readonly holds: 'logs' | 'digests' | 'Insights' | 'network activity' | 'everything';
}

/**
 * The folders that a trail writes to (aws-semantics §1.6). An organization trail writes below the organization's id;
 * where that is not known, neither is what comes after it.
 */
function foldersOf(trail: ResourceView): readonly Folder[] {
  const root = rootOf(trail);
  if (trail.item.IsOrganizationTrail === true) {
    const id = organizationOf(trail);
    return [{ holds: 'everything', prefix: id ? `${root}${id}/` : `${root}o-`, open: id === undefined }];
  }
  return accountFolders(trail, `${root}${trail.accountId}/`);
}

/** The folders that a trail writes to for one account, below the account's own. */
export function accountFolders(trail: ResourceView, prefix: string): readonly Folder[] {
  const { LogFileValidationEnabled, HasInsightSelectors } = trail.item;
  const folder = (holds: Folder['holds'], name: string): Folder => ({
    holds,
    prefix: `${prefix}${name}/`,
    open: false,
  });
  return [
    folder('logs', 'CloudTrail'),
    ...(LogFileValidationEnabled === true ? [folder('digests', 'CloudTrail-Digest')] : []),
    ...(HasInsightSelectors === true ? [folder('Insights', 'CloudTrail-Insight')] : []),
    ...(selectsNetworkActivity(trail) ? [folder('network activity', 'CloudTrail-NetworkActivity')] : []),
  ];
}

/** The folders of a trail that hold such events; of no events in particular: all that it writes. */
export function foldersFor(trail: ResourceView, events: readonly EventClass[]): readonly Folder[] {
  const folders = foldersOf(trail);
  if (events.length === 0) return folders;
  return folders.filter(({ holds }) =>
    events.some(({ fields }) => categoriesIn[holds].some((one) => fields.get('eventCategory')?.has(one) !== 'no')),
  );
}

/** Digests hold no events: they prove those in the logs. */
const categoriesIn: Readonly<Record<Folder['holds'], readonly string[]>> = {
  everything: ['Management', 'Data', 'Insight', 'NetworkActivity'],
  logs: ['Management', 'Data'],
  digests: ['Management', 'Data'],
  Insights: ['Insight'],
  'network activity': ['NetworkActivity'],
};

/** What the keys of all its files begin with. */
export const rootOf = ({ item: { S3KeyPrefix } }: ResourceView): string =>
  `${typeof S3KeyPrefix === 'string' && S3KeyPrefix ? `${S3KeyPrefix}/` : ''}AWSLogs/`;

/** The id of the organization that a trail of one writes under, where the snapshot says it. */
export function organizationOf({ account }: ResourceView): string | undefined {
  const id = account.byType.get('AWS::Organizations::Organization')?.[0]?.item.Id;
  return typeof id === 'string' ? id : undefined;
}

const networkActivity = readEventClass({ eventCategory: 'NetworkActivity' });

const selectsNetworkActivity = (trail: ResourceView): boolean =>
  coverage([{ works: 'yes', events: selectionOf(trail).events }], networkActivity).some !== 'no';

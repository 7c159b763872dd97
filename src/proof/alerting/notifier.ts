import type { ResourceView } from '../../snapshot/resource-view.ts';
import type { Answer } from '../answer.ts';
import { undecided } from '../leaf.ts';

/** Who notifies: the alarm, rule or trail, and the service that acts for it. */
export interface Notifier {
  readonly view: ResourceView;
  readonly service: 'cloudwatch.amazonaws.com' | 'events.amazonaws.com' | 'cloudtrail.amazonaws.com';
  readonly prefix: string;
  /** The role that it notifies with, if it has one: then policies that let the service in are not asked. */
  readonly role?: unknown;
}

/** What the policies of a role say nobody reads. */
export const byRole = ({ view, prefix, role }: Notifier): Answer =>
  undecided({ path: `${prefix}RoleArn`, actual: role, resource: view.id, note: 'what its role may do is not read' });

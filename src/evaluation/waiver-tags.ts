import { type AccountView, isObject, type ResourceView, read } from '../snapshot/resource-view.ts';
import type { TagsOf } from './waivers.ts';

/**
 * The tags of what an account's findings are about. What could not be read is not known, and nor are those of
 * resources that could not be listed.
 */
export function tagsIn(account: AccountView): TagsOf {
  const views = new Map<string, ReadonlyMap<string, ResourceView>>();
  const byId = (type: string): ReadonlyMap<string, ResourceView> =>
    new Map((account.byType.get(type) ?? []).map((view) => [view.id, view]));
  return ({ resource: { type, id } }) => {
    const ofType = views.get(type) ?? byId(type);
    views.set(type, ofType);
    const view = ofType.get(id);
    if (!view) return undefined;
    const tags = read(view, 'tags');
    if (tags.is === 'gap') return undefined;
    return tags.is === 'value' && isObject(tags.value) ? tags.value : {};
  };
}

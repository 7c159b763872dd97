import type { Reading, ResourceView } from './resource-view.ts';

/** A resource of another account that is not held: of what was read of it, the values are. */
export interface Away {
  readonly view: () => ResourceView;
  readonly readings: Map<string, Reading>;
}

/** The view itself, whose account knows it: of one that is away, made again. */
export const atHand = (view: ResourceView): ResourceView => view.away?.view() ?? view;

/** A view of what is known by name alone until somebody asks more. */
export function viewAway({ type, id, accountId }: Pick<ResourceView, 'type' | 'id' | 'accountId'>, view: Away['view']) {
  return {
    type,
    id,
    accountId,
    away: { view, readings: new Map() },
    get account() {
      return view().account;
    },
    get item() {
      return view().item;
    },
    get name() {
      return view().name;
    },
    get region() {
      return view().region;
    },
  } satisfies ResourceView;
}

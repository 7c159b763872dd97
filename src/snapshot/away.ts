import type { Reading, ResourceView } from './resource-view.ts';

/** A resource of another account that is not held: of what was read of it, the values are. */
export interface Away {
  readonly view: () => ResourceView;
  readonly readings: Map<string, Reading>;
}

/** The view itself, whose account knows it: of one that is away, made again. */
export const atHand = (view: ResourceView): ResourceView => view.away?.view() ?? view;

/** A view of what is known by name alone until somebody asks more. */
export const viewAway = (named: Named, load: Away['view']): ResourceView => new AwayView(named, load);

type Named = Pick<ResourceView, 'type' | 'id' | 'accountId'>;

/** Thousands are held at once, for a central bucket: a class, so that each need not have what all have in common. */
class AwayView implements ResourceView, Away {
  readonly type: ResourceView['type'];
  readonly id: string;
  readonly accountId: string;
  readonly #load: Away['view'];
  #readings: Away['readings'] | undefined;

  constructor({ type, id, accountId }: Named, load: Away['view']) {
    this.type = type;
    this.id = id;
    this.accountId = accountId;
    this.#load = load;
  }
  get away(): Away {
    return this;
  }
  get readings(): Away['readings'] {
    this.#readings ??= new Map();
    return this.#readings;
  }
  view(): ResourceView {
    return this.#load();
  }
  get account() {
    return this.view().account;
  }
  get item() {
    return this.view().item;
  }
  get name() {
    return this.view().name;
  }
  get region() {
    return this.view().region;
  }
}

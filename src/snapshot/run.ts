import type { ResourceType } from '../resource-types/resource-type.ts';
import { type ViewOptions, viewAccount } from './account-view.ts';
import { viewAway } from './away.ts';
import { namesOf } from './links.ts';
import { nameIn } from './pointers.ts';
import { remember } from './remember.ts';
import { type AccountView, type ResourceView, readPath, saidBy } from './resource-view.ts';
import { accountIn, type Origin, type RunIndex, startIndex } from './run-index.ts';
import type { Snapshot } from './snapshot.ts';

/** The accounts that are judged together: what one of them points at may be another's (design §3). */
export interface Run {
  /** The view of one account; undefined: the run does not hold it, or knows it in another partition. */
  accountOf(id: string, partition: string): AccountView | undefined;
  ownerOf: RunIndex['ownerOf'];
  /** The resources of other accounts that point at one along a way back, each once. */
  pointingAt(view: ResourceView, back: string): readonly ResourceView[];
  /**
   * Whether an account is the one that judges a resource it sees. What several see has one finding: its owner's, where
   * the owner is in the run and shows it, else that of the first to be judged.
   */
  isJudgedBy(view: ResourceView): boolean;
}

export interface RunOptions extends Omit<ViewOptions, 'run'> {
  readonly index: RunIndex;
  /** The snapshot of one account of the index. */
  readonly load: (account: string) => Snapshot;
}

/** A central bucket or key is looked at from account after account: its own need not be read for each. */
const heldViews = 4;

/** Accounts that know of each other. The views of a few are held; the others are made again when they are needed. */
export function openRun({ index, load, ...options }: RunOptions): Run {
  const views = new Map<string, AccountView>();
  const run = knowing(index, (id) => {
    const view = views.get(id) ?? viewAccount(load(id), { ...options, run });
    // The one that was used last stands last.
    views.delete(id);
    views.set(id, view);
    for (const oldest of [...views.keys()].slice(0, -heldViews)) views.delete(oldest);
    return view;
  });
  return run;
}

function knowing(index: RunIndex, viewOf: (id: string) => AccountView | undefined): Run {
  const judges = new Map<string, string>();
  const accountOf: Run['accountOf'] = (id, partition) =>
    index.accounts.get(id) === partition ? viewOf(id) : undefined;
  return {
    accountOf,
    ownerOf: index.ownerOf,
    pointingAt(view, back) {
      const { id: own, partition } = view.account.account;
      const named = { names: namesOf(view), partition };
      return index.pointingAt(view.type, back, named).flatMap((origin) => {
        const { account, type, id } = origin;
        const owner = accountIn(id) || account;
        const seen = owner === account ? undefined : shownBy(accountOf(owner, partition), type, id);
        // Where it points its owner knows best.
        if (seen && !mayPointAt(view.type, back, named.names, seen)) return [];
        if (account === own) return [];
        return [viewAway({ type, id, accountId: owner }, () => shown(accountOf(account, partition), origin))];
      });
    },
    isJudgedBy({ account: { account }, type, id, accountId, unread }) {
      if (accountId === account.id && !unread) return true;
      if (shownBy(accountOf(accountId, account.partition), type, id)) return false;
      return remember(judges, `${type.name} ${id}`, () => account.id) === account.id;
    },
  };
}

/** The views of a few accounts that know of each other. */
export function viewTogether(
  snapshots: readonly Snapshot[],
  options: Omit<ViewOptions, 'run'>,
): readonly AccountView[] {
  const index = startIndex(options.registry);
  const views = new Map<string, AccountView>();
  for (const snapshot of snapshots) index.add(snapshot);
  const run = knowing(index, (id) => views.get(id));
  for (const snapshot of snapshots) views.set(snapshot.account.id, viewAccount(snapshot, { ...options, run }));
  return [...views.values()];
}

/** Whether a resource points at what is called so, or nobody knows where it does. */
function mayPointAt(to: ResourceType, back: string, names: readonly string[], source: ResourceView): boolean {
  const relations = Object.values(source.type.relations).filter((one) => one.to === to.name && one.back === back);
  return relations.some((relation) => {
    const pointer = readPath(source, relation.by);
    return pointer.is === 'gap' || names.includes(nameIn(relation, String(saidBy(pointer))));
  });
}

function shown(account: AccountView | undefined, { type, id }: Origin): ResourceView {
  const view = shownBy(account, type, id);
  if (view) return view;
  throw new Error(`${id} is not where it was seen`);
}

const shownBy = (account: AccountView | undefined, type: ResourceType, id: string): ResourceView | undefined =>
  account?.own.get(type.name)?.find((view) => view.id === id);

import type { ResourceType } from '../resource-types/resource-type.ts';
import { type ViewOptions, viewAccount } from './account-view.ts';
import { namesOf } from './links.ts';
import { remember } from './remember.ts';
import type { AccountView, ResourceView } from './resource-view.ts';
import { accountIn, type RunIndex, startIndex } from './run-index.ts';
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
      return index.pointingAt(view.type, back, { names: namesOf(view), partition }).flatMap(({ id, type, account }) => {
        const seers = [accountIn(id), account].filter((seer) => seer !== own);
        return seers.flatMap((seer) => shownBy(accountOf(seer, partition), type, id) ?? []).slice(0, 1);
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

const shownBy = (account: AccountView | undefined, type: ResourceType, id: string): ResourceView | undefined =>
  account?.own.get(type.name)?.find((view) => view.id === id);

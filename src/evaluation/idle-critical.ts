import { calledCritical } from '../proof/facts/every-resource.ts';
import type { RuleDefinition } from '../rules/rule.ts';
import { unseen } from '../snapshot/members.ts';
import { type AccountView, type CriticalSelector, isObject, type ResourceView } from '../snapshot/resource-view.ts';

/** Words by which a config calls resources critical, and that name none: a slip of the pen guards nothing. */
export interface CriticalWatch {
  see(account: AccountView): void;
  /** The words that named nothing so far, as people write them. */
  idle(): readonly string[];
}

/** Watches, over the accounts of a run, what its rules judge by whether it is critical. */
export function watchCritical(selectors: readonly CriticalSelector[], rules: readonly RuleDefinition[]): CriticalWatch {
  const asking = rules.filter(({ when, require }) => asksCritical([when, require]));
  const types = new Set(asking.map(({ resource }) => resource));
  let left = types.size > 0 ? selectors : [];
  return {
    see(account) {
      for (const name of left.length > 0 ? types : []) {
        const type = account.registry[name];
        // What nobody could list may be what is meant.
        if (type && unseen(type, account).length > 0) left = [];
        const views = account.own.get(name) ?? [];
        left = left.filter((selector) => !views.some((view) => mayBeCalledSo(view, selector)));
      }
    },
    idle: () => left.map(textOf),
  };
}

function mayBeCalledSo(view: ResourceView, selector: CriticalSelector): boolean {
  const called = calledCritical(view, [selector]);
  return called.is === 'gap' || (called.is === 'value' && called.value === true);
}

function asksCritical(condition: unknown): boolean {
  if (!isObject(condition)) return false;
  return Object.entries(condition).some(([name, inner]) => name === 'critical' || asksCritical(inner));
}

const textOf = (selector: CriticalSelector): string =>
  typeof selector === 'string' ? selector : `tag ${JSON.stringify(selector.tag)}`;

import { AppError } from '../errors.ts';
import { knownFailures, markKnown, staleEntries } from '../evaluation/baseline.ts';
import { dayOf } from '../evaluation/calendar.ts';
import type { Finding } from '../evaluation/finding.ts';
import type { Accepted } from '../evaluation/gate.ts';
import type { JudgedScope } from '../evaluation/gone.ts';
import { tagsIn } from '../evaluation/waiver-tags.ts';
import { type Waived, waive, waiverUses } from '../evaluation/waivers.ts';
import type { AccountView } from '../snapshot/resource-view.ts';
import type { KnownDebt } from './baseline-file.ts';
import type { Waiving } from './waiving.ts';

export interface MarkingOptions {
  readonly waiving: Pick<Waiving, 'waivers' | 'policy'>;
  readonly debt: KnownDebt | undefined;
  readonly maxAge: number | undefined;
}

/** Waivers and baseline of a run. */
export interface Marking {
  /** The findings of an account, as of a time, with the waivers that name them and what was known of them. */
  readonly mark: (findings: readonly Finding[], account: AccountView, now: string | undefined) => readonly Finding[];
  /** What came of them, once all accounts are judged. */
  readonly outcome: (findings: Iterable<Finding>, scope: JudgedScope) => Accepted;
}

/** Applies waivers and a baseline, account by account. */
export function startMarking({ waiving, debt, maxAge }: MarkingOptions): Marking {
  const { waivers, policy } = waiving;
  const known = knownFailures(debt?.entries ?? []);
  let reach: Waived['reach'] = new Map();
  let latest: string | undefined;
  const needsTime = waivers.length > 0 || (debt !== undefined && maxAge !== undefined);
  return {
    mark(findings, account, now) {
      if (needsTime && now === undefined) throw timeless(account.account.id);
      const today = now === undefined ? undefined : dayOf(now);
      if (today !== undefined && (latest === undefined || today > latest)) latest = today;
      const waived =
        today === undefined ? { findings, reach } : waive(findings, { waivers, policy, today }, tagsIn(account), reach);
      ({ reach } = waived);
      return markKnown(waived.findings, known, { today, maxAge });
    },
    outcome(findings, scope) {
      const uses = latest === undefined ? [] : waiverUses({ waivers, policy, today: latest }, reach, scope);
      const stale = debt && staleEntries(debt.entries, findings, scope);
      return {
        ...(waivers.length > 0 && { waivers: uses }),
        ...(debt && stale && { baseline: { file: debt.file, entries: debt.entries.length, stale } }),
      };
    },
  };
}

/** When a waiver ends cannot be told without a time, and the clock is not asked. */
const timeless = (account: string): AppError =>
  new AppError('usage', `when account ${account} was read is not known, so neither is which waivers have ended`, {
    hint: 'Say the time: --now 2026-11-20T09:00:00Z.',
  });

import { readLines, shownName, standardInput } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { dayOf } from '../evaluation/calendar.ts';
import type { Finding } from '../evaluation/finding.ts';
import { isBroad, isIdle, type Waiver, type WaiverUse, waive, waiverUses } from '../evaluation/waivers.ts';
import { waiverRemark } from '../reporters/accepted-words.ts';
import { plural } from '../reporters/describe.ts';
import type { ReportGap } from '../reporters/report.ts';
import { visible } from '../reporters/visible-text.ts';
import { expectedAccounts } from './expected-accounts.ts';
import type { RuleFlags, RunFlags } from './flags.ts';
import { filesOf, readAccounts } from './inputs.ts';
import { judge } from './judge.ts';
import { planOf } from './plan.ts';
import { isJsonFile } from './printed-json.ts';
import { lastDayOf, readReport } from './read-report.ts';
import { type ChosenRules, registry } from './rule-set.ts';
import { emptyFlag, timeFlag } from './run-report.ts';
import { spool } from './spool.ts';
import type { Waiving } from './waiving.ts';

/** What the waivers of a config do, and what is the matter with them. */
export interface WaiverLint {
  readonly waiver: Waiver;
  /** Where it is written. */
  readonly place: string;
  readonly hides: number;
  readonly problems: readonly string[];
  /** It only ends soon. */
  readonly isSound: boolean;
}

interface LintOptions extends ChosenRules {
  readonly flags: RuleFlags & RunFlags;
  readonly version: string;
}

/** Looks at the waivers of a config beside what a report holds, or beside what the accounts in files are judged to be. */
export async function lintWaivers(paths: readonly string[], options: LintOptions): Promise<readonly WaiverLint[]> {
  const { waiving } = options.config;
  const [first] = paths;
  const isOfReport = paths.length === 1 && first !== undefined && (await isReport(first));
  const uses = isOfReport ? await usesInReport(first, options) : await usesInAccounts(paths, options);
  return uses.map((use, index) => lintOf(use, waiving, index, isOfReport ? 'report' : 'accounts'));
}

/** A report says what it is in its first lines. */
async function isReport(path: string): Promise<boolean> {
  if (path === standardInput || !isJsonFile(path)) return false;
  let read = 0;
  for await (const { text } of readLines(path)) {
    if (text.includes('"report/1"')) return true;
    read += 1;
    if (read === 3) break;
  }
  return false;
}

/** Of tags a report says nothing: a waiver that names by them may name more than is seen here. */
async function usesInReport(path: string, { config, flags }: LintOptions): Promise<readonly WaiverUse[]> {
  const { findings, scope } = await readReport(path);
  const now = timeFlag(flags.now);
  const today = now === undefined ? lastDayOf(scope) : dayOf(now);
  const { waivers, policy } = config.waiving;
  const terms = { waivers, policy, today };
  return waiverUses(terms, waive([...findings], terms, () => undefined).reach, scope);
}

async function usesInAccounts(paths: readonly string[], options: LintOptions): Promise<readonly WaiverUse[]> {
  const { rules, overrides, needs, config, flags, version } = options;
  const allowEmpty = emptyFlag(flags);
  const files = filesOf(paths, { allowEmpty });
  const now = timeFlag(flags.now);
  const at = now === undefined ? {} : { now };
  const expected = expectedAccounts(paths);
  const reading = { registry, plan: planOf(needs), allowEmpty, onOrganization: expected.take, ...at };
  const kept = { findings: spool<Finding>(), gaps: spool<ReportGap>() };
  try {
    const { report, crashes } = await judge(expected.completed(readAccounts(files, reading)), {
      rules,
      ...(overrides && { overrides }),
      critical: config.critical,
      accepted: { waiving: config.waiving, debt: undefined },
      policy: { failOn: 'info', unknown: 'fail' },
      version,
      inputs: files.map(shownName),
      allowEmpty,
      progress: { step: () => Promise.resolve(), stop: () => undefined },
      ...kept,
      ...at,
    });
    const [crash] = crashes;
    if (crash) throw crash.error;
    return report.waivers ?? [];
  } finally {
    kept.findings.close();
    kept.gaps.close();
  }
}

function lintOf(use: WaiverUse, { waivers, places }: Waiving, index: number, of: 'report' | 'accounts'): WaiverLint {
  const waiver = waivers[index];
  if (!waiver) throw new Error(`there is no waiver ${index}`);
  const { overlaps = 0, hides } = use;
  const remark = waiverRemark(use);
  const isUnseen = of === 'report' && waiver.match?.tags !== undefined;
  const others = [
    ...(isBroad(waiver) ? ['is over-broad: nothing narrows what it names'] : []),
    ...(overlaps > 0 ? [`overlaps: another waiver hides ${overlaps} of them too`] : []),
  ];
  const unseen = isUnseen ? ['names by tags, which no report holds: name the snapshots to see what it hides'] : [];
  return {
    waiver,
    place: places.get(waiver) ?? '',
    hides,
    problems: [...(remark === undefined ? [] : [remark]), ...others, ...unseen],
    isSound: !isIdle(use) && others.length === 0,
  };
}

/** The waivers, each with what it hides and what is the matter with it, for people. */
export function lintText(lints: readonly WaiverLint[]): string {
  const lines = lints.flatMap(({ waiver, place, hides, problems }) => [
    `${place} ${waiver.rule}, ${waiver.owner}, until ${waiver.expires}: hides ${plural(hides, 'finding')}`,
    ...problems.map((problem) => `  ${problem}`),
  ]);
  const wrong = lints.filter(({ isSound }) => !isSound).length;
  const sum = `${plural(lints.length, 'waiver')}, ${wrong === 0 ? 'all sound' : `${wrong} to look at`}`;
  return [...lines, sum].map((line) => `${visible(line)}\n`).join('');
}

/** Nothing was named to look at waivers beside. */
export const nothingToLint = (): AppError =>
  new AppError('usage', 'waivers lint needs a report, or what check reads', {
    hint: 'trailproof check snapshot.yaml --output json=report.json writes a report.',
  });

import { AppError } from '../errors.ts';
import { type Revision, type RevisionOptions, revised } from '../evaluation/baseline.ts';
import { plural } from '../reporters/describe.ts';
import { visible } from '../reporters/visible-text.ts';
import { baselineText, readBaseline } from './baseline-file.ts';
import { readConfig } from './config.ts';
import { firstDayOf, readReport } from './read-report.ts';
import { isThere, writeFiles } from './write-file.ts';

const defaultFile = 'trailproof-baseline.yaml';

export interface RevisedFile {
  readonly file: string;
  readonly revision: Revision;
  readonly entries: number;
}

interface Named {
  readonly report: string;
  readonly baseline?: string | undefined;
  readonly config?: string | undefined;
}

/** The file of known failures: the one that is named, else the config's, else the one of the usual name. */
async function baselineFile({ baseline, config }: Named): Promise<string> {
  return baseline ?? (await readConfig(config)).waiving.baseline ?? defaultFile;
}

/** Writes a first baseline: whatever fails in the report and nobody has accepted. */
export async function createBaseline(named: Named): Promise<RevisedFile> {
  const file = await baselineFile(named);
  if (isThere(file))
    throw new AppError('output', `${file} is there already`, {
      hint: 'trailproof baseline update brings it up to date.',
    });
  return revise(named, { file, entries: [] }, 'grow');
}

/** Brings a baseline up to date. It is written only if that changes something. */
export async function updateBaseline(named: Named, may: RevisionOptions['may']): Promise<RevisedFile> {
  return revise(named, await readBaseline(await baselineFile(named)), may);
}

async function revise(
  { report: path }: Named,
  { file, entries }: Awaited<ReturnType<typeof readBaseline>>,
  may: RevisionOptions['may'],
): Promise<RevisedFile> {
  const report = await readReport(path);
  if (report.summary.exitCode === 2)
    throw new AppError('input', 'a rule crashed in the run of this report, so nothing may be concluded from it', {
      hint: 'Run it again without the rule: --skip.',
    });
  const { scope } = report;
  const revision = revised({ entries }, [...report.findings], { scope, today: firstDayOf(scope), may });
  const isChanged = revision.added > 0 || revision.removed.length > 0 || !isThere(file);
  if (isChanged) await writeFiles([{ path: file, pieces: [await baselineText(revision.baseline, file)] }]);
  return { file, revision, entries: revision.baseline.entries.length };
}

/** What became of a baseline, for people. */
export function revisionText({ file, revision, entries }: RevisedFile): string {
  const { added, removed, waived, unknown } = revision;
  const because = { passes: 'does not fail any more', gone: 'is not there any more' } as const;
  const lines = [
    `${file}: ${plural(entries, 'known failure')}, ${added} added, ${removed.length} removed`,
    ...removed.map(
      ({ rule, account, region, resource, because: why }) =>
        `  ${rule}: ${resource} (account ${account}, ${region}) ${because[why]}`,
    ),
    ...(waived > 0 ? [`Left out: ${plural(waived, 'failure')} that waivers name; an accepted risk is no debt.`] : []),
    ...(unknown > 0
      ? [`Left out: ${plural(unknown, 'unknown finding')}; a baseline hides nothing that is not known.`]
      : []),
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}

import { parseDocument } from '../documents/document.ts';
import { readText } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { isDay } from '../evaluation/calendar.ts';
import type { Finding } from '../evaluation/finding.ts';
import { holds, type Waiver, type WaiverTerms, waive, waiverState } from '../evaluation/waivers.ts';
import { configOf } from './config.ts';
import { layerOfDocument, readLayers } from './config-files.ts';
import { isJsonFile, printedJson } from './printed-json.ts';
import { lastDayOf, readReport } from './read-report.ts';
import { isThere, writeFiles } from './write-file.ts';
import { type WrittenWaiver, withWaiver } from './write-waiver.ts';

export interface NewWaiver {
  readonly fingerprint: string;
  /** The path of the report that holds the finding. */
  readonly report: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  /** The file that it is written to. */
  readonly config: string;
}

/**
 * Writes a waiver for one finding of a report into the config. No reason, no owner, days that there are not or that are
 * over, what is waived already, and what the config's policy does not allow are AppErrors.
 */
export async function addWaiver(given: NewWaiver): Promise<WrittenWaiver> {
  const { fingerprint, reason, owner, expires, config: file } = given;
  for (const [flag, said] of Object.entries({ reason, owner }))
    if (said.trim() === '')
      throw new AppError('usage', `--${flag} says nothing`, { hint: 'Whoever reads the waiver later will ask.' });
  const report = await readReport(given.report);
  const findings = [...report.findings];
  const finding = openFinding(findings, fingerprint);
  const waiver = { rule: finding.rule, match: matchOf(finding, findings), reason, owner, expires };
  const text = isThere(file) ? await readText(file, { code: 'config', format: 'YAML' }) : undefined;
  const { waivers, policy } = configOf(text === undefined ? [] : await readLayers(file)).waiving;
  const terms = { waivers, policy, today: lastDayOf(report.scope) };
  assertAllowed(waiver, terms);
  for (const one of waive([finding], terms, () => undefined).findings) assertOpen(one);
  const written = text === undefined ? await newConfig(waiver, file) : await withWaiver(text, file, waiver);
  await layerOfDocument(await parseDocument(written, { file, kind: 'config' }), file);
  await writeFiles([{ path: file, pieces: [written] }]);
  return waiver;
}

async function newConfig(waiver: WrittenWaiver, file: string): Promise<string> {
  if (isJsonFile(file)) return printedJson({ waivers: [waiver] });
  const { stringify } = await import('yaml');
  return stringify({ waivers: [waiver] }, { lineWidth: 0 });
}

function openFinding(findings: readonly Finding[], fingerprint: string): Finding {
  const found = findings.find((finding) => finding.fingerprint === fingerprint);
  if (!found)
    throw new AppError('usage', `no finding of the report has the fingerprint ${fingerprint}`, {
      hint: 'trailproof report REPORT --explain-gate names those that decide, --format csv all.',
    });
  if (found.status !== 'fail' && found.status !== 'unknown')
    throw new AppError('usage', `${found.rule} neither fails nor is unknown there: it is ${found.status}`, {
      hint: 'Only what fails or is unknown can be waived.',
    });
  return found;
}

/** By the report, or by what the config says since. */
function assertOpen({ waiver }: Finding): void {
  if (!waiver || !holds(waiver.state)) return;
  throw new AppError('usage', `${waiver.owner} has waived it already, until ${waiver.expires}`, {
    hint: 'Change that waiver instead.',
  });
}

/** What names the finding in words people know; its fingerprint too, where these name others as well. */
function matchOf(finding: Finding, findings: readonly Finding[]): WrittenWaiver['match'] {
  const { account, region, id } = finding.resource;
  const match = { account, region, resource: id };
  const alike = findings.filter(
    ({ rule, resource }) =>
      rule === finding.rule && resource.account === account && resource.region === region && resource.id === id,
  );
  return alike.length > 1 || /[*?]/u.test(id) ? { ...match, fingerprint: finding.fingerprint } : match;
}

function assertAllowed({ rule, expires }: Pick<Waiver, 'rule' | 'expires'>, terms: WaiverTerms): void {
  const { policy, today } = terms;
  if (!isDay(expires))
    throw new AppError('usage', `--expires ${expires}: there is no such day`, { hint: 'Write it like 2026-12-31.' });
  const refusals = {
    expired: [`--expires ${expires}: that is over, as of ${today}, the day of the report`, 'Name a later day.'],
    'too-long': [
      `--expires ${expires}: waiverPolicy allows ${policy.maximumDays} days, from ${today}, the day of the report`,
      'Name an earlier day.',
    ],
    forbidden: [`nobody may waive ${rule}: waiverPolicy.never names it`, 'Fix what it finds.'],
  } as const;
  const state = waiverState({ expires }, rule, terms);
  if (state === 'active' || state === 'expiring') return;
  const [message, hint] = refusals[state];
  throw new AppError('usage', message, { hint });
}

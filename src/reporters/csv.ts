import type { Finding } from '../evaluation/finding.ts';
import { requirementColumns, requirementRows } from './csv-framework.ts';
import { csvRow } from './csv-row.ts';
import { actionsToKnow, controlLines, evidenceLines, fixesOf, sourceLines } from './describe.ts';
import type { Report } from './report.ts';
import { visible } from './visible-text.ts';

const columns: readonly (readonly [string, (finding: Finding) => string])[] = [
  ['status', ({ status }) => status],
  ['severity', ({ severity }) => severity],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['account', ({ resource }) => resource.account],
  ['partition', ({ resource }) => resource.partition],
  ['region', ({ resource }) => resource.region],
  ['resource_type', ({ resource }) => resource.type],
  ['resource_id', ({ resource }) => resource.id],
  ['resource_name', ({ resource }) => resource.name],
  ['message', ({ message }) => message],
  ['evidence', (finding) => evidenceLines(finding).join('; ')],
  ['actions_to_know', (finding) => actionsToKnow(finding).join(' ')],
  ['controls', ({ controls }) => controlLines(controls).join('; ')],
  ['remediation', ({ remediation }) => fixesOf(remediation)[0]?.text ?? ''],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['waiver_state', ({ waiver }) => waiver?.state ?? ''],
  ['waiver_owner', ({ waiver }) => waiver?.owner ?? ''],
  ['waiver_expires', ({ waiver }) => waiver?.expires ?? ''],
  ['waiver_reason', ({ waiver }) => waiver?.reason ?? ''],
  ['known_since', ({ baseline }) => baseline?.firstSeen ?? ''],
  ['source', (finding) => sourceLines(finding).join()],
];

/** A table for spreadsheets: a row for each requirement of the frameworks that were asked about, else for each finding. */
export function* csv({ frameworks, findings }: Report): Generator<string> {
  if (frameworks === undefined) {
    yield csvRow(columns.map(([name]) => name));
    for (const finding of findings) yield csvRow(columns.map(([, value]) => visible(value(finding))));
    return;
  }
  yield csvRow(requirementColumns);
  for (const framework of frameworks) for (const cells of requirementRows(framework)) yield csvRow(cells.map(visible));
}

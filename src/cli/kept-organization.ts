import { join } from 'node:path';
import { diagnosticsError } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText } from '../documents/files.ts';
import { type Organization, readOrganization } from '../snapshot/organization.ts';
import { withDetails } from '../snapshot/organization-details.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { isThere, type OutputFile, writeFiles } from './write-file.ts';

/** Beside the accounts of a checkpoint, where a check of the folder finds it. */
const fileIn = (folder: string): string => join(folder, 'organization.json');

/** The record of an organization, as it is kept: it takes no memory while its accounts are read. */
export const organizationFile = (folder: string, organization: Organization): OutputFile => ({
  path: fileIn(folder),
  pieces: [`${JSON.stringify(organization)}\n`],
});

/**
 * Puts into the record of a folder what the account that sees the whole organization was told, and answers its file;
 * undefined: the folder has none.
 *
 * @throws AppError `input` for a record that somebody changed so that it is none any more.
 */
export async function completeOrganization(
  folder: string,
  seers: (managementAccount: string) => readonly Snapshot[],
): Promise<string | undefined> {
  const file = fileIn(folder);
  if (!isThere(file)) return undefined;
  const listed = await readRecord(file);
  const [first, ...others] = seers(listed.managementAccount);
  // Nobody was let into the management account, say, and a delegated administrator was told as much.
  const seer = [first, ...others].find((one) => one?.resources['AWS::Organizations::Organization']) ?? first;
  if (seer) await writeFiles([organizationFile(folder, withDetails(listed, seer))]);
  return file;
}

async function readRecord(file: string): Promise<Organization> {
  const { validate } = await import('../generated/validate-organization.js');
  const document = await parseDocument(await readText(file, { format: 'JSON' }), { file, kind: 'snapshot' });
  const read = readOrganization({ document, file }, validate);
  if ('mistakes' in read) throw diagnosticsError(read.mistakes);
  return read.organization;
}

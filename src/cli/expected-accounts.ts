import { join } from 'node:path';
import { diagnosticsError } from '../documents/diagnostic.ts';
import { AppError } from '../errors.ts';
import { activeAccounts, type OrganizationDocument, readOrganization } from '../snapshot/organization.ts';
import { manifestName } from './checkpoint-name.ts';
import type { Account } from './inputs.ts';
import { isThere } from './write-file.ts';

/** The accounts that a run should hold, as far as its files say. */
export interface ExpectedAccounts {
  /** Takes the record of an organization that is among the files. */
  readonly take: (document: OrganizationDocument) => void;
  /**
   * The accounts, and after them those that the record lists as active, or that a checkpoint was to hold, and that are
   * not among them: of such an account nothing is known, which is a gap and never a pass.
   *
   * @throws AppError `input` for a record with mistakes, for several, and for a checkpoint that cannot be read.
   */
  completed(accounts: AsyncIterable<Account>): AsyncGenerator<Account>;
}

/** Of a run that reads these files and folders. */
export function expectedAccounts(paths: readonly string[]): ExpectedAccounts {
  const taken: OrganizationDocument[] = [];
  return {
    take: (document) => void taken.push(document),
    async *completed(accounts) {
      const there = new Map<string, string>();
      let collectedAt: string | undefined;
      for await (const account of accounts) {
        const { account: own, collectedAt: time = '' } = account.snapshot;
        there.set(own.id, own.partition);
        if (time > (collectedAt ?? '')) collectedAt = time;
        yield account;
      }
      // An organization never leaves its partition (aws-semantics §10.3).
      const [partition = 'aws'] = there.values();
      for (const expected of [...(await listedBy(taken)), ...(await begunIn(paths))]) {
        const { id } = expected;
        if (there.has(id)) continue;
        there.set(id, partition);
        yield unread(expected, partition, collectedAt);
      }
    },
  };
}

/** Which accounts there should be is no question of what happens to an event in those that are there. */
export const passOverOrganization = (_record: OrganizationDocument): void => undefined;

interface Expected {
  readonly id: string;
  readonly name?: string;
  /** The file that says so. */
  readonly place: string;
  readonly message: string;
}

/** Nobody read it at any time: what depends on a day goes by the last on which another one was read. */
const unread = (
  { id, name, place, message }: Expected,
  partition: string,
  collectedAt: string | undefined,
): Account => ({
  snapshot: {
    trailproof: 'snapshot/1',
    account: { id, partition, ...(name !== undefined && { alias: name }) },
    ...(collectedAt !== undefined && { collectedAt }),
    regions: [],
    resources: {},
    operations: [],
    gaps: [{ error: 'NotScanned', message }],
    absent: [],
  },
  place,
});

async function listedBy([record, other]: readonly OrganizationDocument[]): Promise<readonly Expected[]> {
  if (!record) return [];
  if (other) {
    throw new AppError('input', 'there are several organization records', {
      details: [record, other].map(({ file }) => `  ${file}`),
      hint: 'Check one organization at a time.',
    });
  }
  const { validate } = await import('../generated/validate-organization.js');
  const read = readOrganization(record, validate);
  if ('mistakes' in read) throw diagnosticsError(read.mistakes);
  const { id: organization } = read.organization;
  const message = `${organization} lists the account, and there is no snapshot of it.`;
  return activeAccounts(read.organization).map(({ id, name }) => ({
    id,
    ...(name !== undefined && { name }),
    place: record.file,
    message,
  }));
}

/** A scan that was broken off leaves a folder of snapshots that looks whole. */
async function begunIn(paths: readonly string[]): Promise<readonly Expected[]> {
  const folders = paths.filter((path) => isThere(join(path, manifestName)));
  if (folders.length === 0) return [];
  const { readManifest } = await import('./checkpoint.ts');
  return folders.flatMap((folder) => {
    const place = join(folder, manifestName);
    const message = `${folder} is the checkpoint of a scan that was to read the account, and there is no snapshot of it.`;
    return readManifest(place, folder).accounts.map((id) => ({ id, place, message }));
  });
}

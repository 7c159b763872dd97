import { diagnosticsError } from '../documents/diagnostic.ts';
import { AppError } from '../errors.ts';
import { missingAccounts, type OrganizationDocument, readOrganization } from '../snapshot/organization.ts';
import type { Account } from './inputs.ts';

/** The record of an organization among the files of a run, if one is. */
export interface OrganizationRecord {
  readonly take: (document: OrganizationDocument) => void;
  /**
   * The accounts, and after them those that the record lists as active and that are not among them: of such an account
   * nothing is known, which is a gap and never a pass.
   *
   * @throws AppError `input` for a record with mistakes, and for several.
   */
  completed(accounts: AsyncIterable<Account>): AsyncGenerator<Account>;
}

export function organizationRecord(): OrganizationRecord {
  const taken: OrganizationDocument[] = [];
  return {
    take: (document) => void taken.push(document),
    async *completed(accounts) {
      const there = new Map<string, string>();
      for await (const account of accounts) {
        const { id, partition } = account.snapshot.account;
        there.set(id, partition);
        yield account;
      }
      yield* await missingFrom(taken, there);
    },
  };
}

/** Which accounts there should be is no question of what happens to an event in those that are there. */
export const passOverOrganization = (_record: OrganizationDocument): void => undefined;

async function missingFrom(
  [record, other]: readonly OrganizationDocument[],
  there: ReadonlyMap<string, string>,
): Promise<readonly Account[]> {
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
  // An organization never leaves its partition (aws-semantics §10.3).
  const [partition = 'aws'] = there.values();
  return missingAccounts(read.organization, (id) => there.has(id)).map(({ id, name }) => ({
    snapshot: {
      trailproof: 'snapshot/1',
      account: { id, partition, ...(name !== undefined && { alias: name }) },
      regions: [],
      resources: {},
      operations: [],
      gaps: [{ error: 'NotScanned', message: `${organization} lists the account, and there is no snapshot of it.` }],
      absent: [],
    },
    place: record.file,
  }));
}

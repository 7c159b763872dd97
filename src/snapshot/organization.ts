import type { Diagnostic } from '../documents/diagnostic.ts';
import { schemaDiagnostics, type Validator } from '../documents/schema-errors.ts';
import type { TextDocument } from '../documents/text-document.ts';
import type { Gap } from './snapshot.ts';

/** What an organization looked like at one moment: a file beside the snapshots of its accounts. */
export interface Organization {
  readonly trailproof: 'organization/1';
  readonly id: string;
  readonly managementAccount: string;
  readonly accounts: readonly OrganizationAccount[];
  readonly delegatedAdministrators?: readonly { readonly account: string; readonly service: string }[];
  readonly trustedServices?: readonly string[];
  readonly policies?: readonly OrganizationPolicy[];
  readonly gaps?: readonly OrganizationGap[];
}

/** A policy, with the roots, organizational units and accounts that it is attached to. */
interface OrganizationPolicy {
  readonly id: string;
  readonly type: string;
  readonly content: string;
  readonly targets: readonly string[];
}

/** What could not be had of an organization, and why. */
export interface OrganizationGap extends Pick<Gap, 'error' | 'message'> {
  readonly operation: string;
}

export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** `ACTIVE`, or why nobody is let in (Organizations API: AccountState). */
  readonly state: string;
  /** The unit that it is in and those above that one, the root last. */
  readonly parents?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** A record as it stands in its file. */
export interface OrganizationDocument {
  readonly document: TextDocument;
  readonly file: string;
}

type Outcome = { readonly organization: Organization } | { readonly mistakes: readonly Diagnostic[] };

/** Organizations lists accounts by these: without one of them nobody knows whether there are more. */
const listing: ReadonlySet<string> = new Set([
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
]);

/** Reads a record. One whose list of accounts is not whole says nothing of what is missing, and is a mistake. */
export function readOrganization({ document, file }: OrganizationDocument, validate: Validator): Outcome {
  const { value, position } = document;
  if (!validate(value)) return { mistakes: schemaDiagnostics(validate.errors, { file, position }) };
  // Just validated against the schema of a record.
  const organization = value as Organization;
  const mistakes = (organization.gaps ?? []).flatMap(({ operation, error }, index): readonly Diagnostic[] => {
    if (!listing.has(operation)) return [];
    const message = `its accounts are not all known (${operation}: ${error}), so nobody can say which are missing`;
    const hint = 'read the organization again, or leave the record out';
    return [{ file, ...position(['gaps', index, 'operation'], 'value'), message, hint }];
  });
  return mistakes.length > 0 ? { mistakes } : { organization };
}

/**
 * Nobody is let into accounts in these states (Organizations API: AccountState). One that is in any other, as AWS may
 * add or somebody may misspell, is not left out for it.
 */
const shut: ReadonlySet<string> = new Set(['PENDING_ACTIVATION', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']);

/** The accounts that are active, each once, by their ids. */
export function activeAccounts({ accounts }: Organization): readonly OrganizationAccount[] {
  const active = accounts.filter(({ state }) => !shut.has(state));
  return [...new Map(active.map((account) => [account.id, account])).values()].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

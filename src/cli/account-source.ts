import { shownName, standardInput } from '../documents/files.ts';
import type { Finding } from '../evaluation/finding.ts';
import type { AccountView } from '../snapshot/resource-view.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Config } from './config.ts';
import type { Account } from './inputs.ts';

/** Where an account is written down: numbers alone, for a run keeps them of all accounts. */
export interface AccountSource {
  readonly file: string;
  readonly line: number;
  /** The lines of its resources, by type in the order of the snapshot. */
  readonly lines?: Readonly<Record<string, readonly number[]>>;
}

/** Reads the lines off the file that an account stands in, which need not be held any longer then. */
export function accountSource(
  snapshot: Snapshot,
  { file, line, lineOf }: NonNullable<Account['source']>,
): AccountSource {
  if (!lineOf) return { file, line };
  const lines = Object.entries(snapshot.resources).map(
    ([type, items]) => [type, items.map((_, index) => lineOf(type, index))] as const,
  );
  return { file, line, lines: Object.fromEntries(lines) };
}

/**
 * Accounts that a scan read, each with the line of the config that names it, if one does: whoever owns that line hears
 * of its findings. The files that a scan keeps accounts in for itself are nobody's source.
 */
export async function* asTargets(
  accounts: AsyncIterable<Account>,
  config: Pick<Config, 'layers'>,
): AsyncGenerator<Account> {
  const named = targetSources(config);
  for await (const { source: _, ...account } of accounts) {
    const source = named.get(account.snapshot.account.id);
    yield source ? { ...account, source } : account;
  }
}

/** The line of each account that a config names; where several files do, of the one that says it last. */
function targetSources({ layers }: Pick<Config, 'layers'>): ReadonlyMap<string, AccountSource> {
  const sources = new Map<string, AccountSource>();
  for (const { written, place } of layers) {
    // As the schema of the config says.
    const { accounts = [] } = (written.targets ?? {}) as NonNullable<Config['targets']>;
    for (const [index, id] of accounts.entries()) {
      const at = place?.(['targets', 'accounts', index], 'value');
      if (at) sources.set(id, { file: at.file, line: at.line });
    }
  }
  return sources;
}

/** Whether readers of the findings can look there: nobody finds a line of standard input again. */
export const isFile = ({ file }: Pick<AccountSource, 'file'>): boolean => file !== shownName(standardInput);

/** The findings of an account, each with the line on which its resource begins; else with that of the account. */
export function withSource(
  findings: readonly Finding[],
  view: AccountView,
  source: AccountSource | undefined,
): readonly Finding[] {
  if (!source) return findings;
  const { file, line } = source;
  const known = linesIn(view, source.lines ?? {});
  return findings.map((finding) => {
    const { type, id } = finding.resource;
    return { ...finding, source: { file, line: known.get(`${type} ${id}`) ?? line } };
  });
}

function linesIn(view: AccountView, lines: NonNullable<AccountSource['lines']>): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const [type, own] of Object.entries(lines)) {
    const places = new Map((view.snapshot.resources[type] ?? []).map((item, index) => [item, own[index]]));
    for (const { id, item } of view.own.get(type) ?? []) {
      const line = places.get(item);
      if (line !== undefined) known.set(`${type} ${id}`, line);
    }
  }
  return known;
}

import { type Account, filesOf, type InputOptions, readAccounts } from '../cli/inputs.ts';
import { registry } from '../cli/rule-set.ts';
import type { Plan } from '../collectors/plan.ts';
import { shownName } from '../documents/files.ts';
import { AppError } from '../errors.ts';
import { readSnapshotValue } from '../snapshot/read-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * What is judged: paths of files and folders that hold snapshots or recordings, and snapshots as values. A value is
 * checked as a file is; its mistakes have the line and column of `JSON.stringify(snapshot, undefined, 2)`.
 */
export type Input = string | Snapshot | readonly (string | Snapshot)[];

interface Reading extends Pick<InputOptions, 'onOrganization'> {
  readonly plan: Plan;
  readonly now?: string;
  /** Of a recording that does not say it. */
  readonly account?: string;
}

export interface ReadInput {
  readonly accounts: AsyncIterable<Account>;
  /** The files, as a report calls them. */
  readonly inputs: readonly string[];
}

/**
 * The accounts of an input, one at a time, in its order.
 *
 * @throws AppError `input` or `usage` for what cannot be read, when it is come to.
 */
export function readInput(input: Input, reading: Reading): ReadInput {
  const parts = partsOf(input);
  const inputs = parts.flatMap((part) => ('files' in part ? part.files.map(shownName) : []));
  return { accounts: accountsOf(parts, reading), inputs };
}

type Part = { readonly files: readonly string[] } | { readonly snapshot: Snapshot; readonly place: string };

/** Files that stand beside each other are one part, so that the mistakes of all of them are said at once. */
function partsOf(input: Input): readonly Part[] {
  const given: readonly (string | Snapshot)[] = isList(input) ? input : [input];
  if (given.length === 0) {
    throw new AppError('usage', 'no account is given, so nothing can be concluded', {
      hint: 'Name a file, or give a snapshot.',
    });
  }
  const parts: Part[] = [];
  for (const [index, one] of given.entries()) {
    const last = parts.at(-1);
    if (typeof one !== 'string') parts.push({ snapshot: one, place: isList(input) ? `input[${index}]` : 'input' });
    else if (last && 'files' in last) parts.splice(-1, 1, { files: [...last.files, ...filesAt(one)] });
    else parts.push({ files: filesAt(one) });
  }
  return parts;
}

const filesAt = (path: string): readonly string[] => filesOf([path], { allowEmpty: 'not-empty' });

const isList = (input: Input): input is readonly (string | Snapshot)[] => Array.isArray(input);

async function* accountsOf(parts: readonly Part[], reading: Reading): AsyncGenerator<Account> {
  const { validate } = await import('../generated/validate-snapshot.js');
  for (const part of parts) {
    if ('files' in part) yield* readAccounts(part.files, { registry, allowEmpty: 'not-empty', ...reading });
    else yield { snapshot: readSnapshotValue(part.snapshot, part.place, { registry, validate }), place: part.place };
  }
}

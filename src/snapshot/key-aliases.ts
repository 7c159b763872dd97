import type { ResourceType } from '../resource-types/resource-type.ts';
import { type AccountView, isObject, type ResourceView } from './resource-view.ts';
import type { Gap, SnapshotAccount } from './snapshot.ts';

/** Whether a pointer at a key is an alias, by its name or its ARN. */
export const isAlias = (pointer: string): boolean => /(?:^|:)alias\//.test(pointer);

/**
 * An alias by its ARN: a name alone is one of the account and region of what names it, for KMS knows no other. Where
 * the region is not known it stays a name; what is no alias stays as it is.
 */
export const aliasArn = (pointer: string, { id, partition }: SnapshotAccount, region: string): string =>
  pointer.startsWith('alias/') && region !== '' ? `arn:${partition}:kms:${region}:${id}:${pointer}` : pointer;

/** The ARNs of the aliases that a key has, as far as `kms:ListAliases` said them; nothing else has any. */
export function aliasesOf({ type, item, region, account: { account } }: ResourceView): readonly string[] {
  const aliases = type.name === 'AWS::KMS::Key' && Array.isArray(item.Aliases) ? item.Aliases : [];
  return aliases
    .filter(isObject)
    .map(({ AliasArn, AliasName }) => AliasArn ?? aliasArn(String(AliasName), account, region))
    .filter((arn) => typeof arn === 'string');
}

/** AWS makes the key of an alias of its own when it is first used: that no key has it does not say that it is none. */
const isOfAws = (alias: string): boolean => /(?:^|:)alias\/aws\//.test(alias);

/**
 * Why nobody knows which key an alias stands for, when none that is known has it and AWS does not say that there is
 * none. Empty: it does not exist, as a hand-written file shows that names the aliases of its keys.
 */
export function whyNotResolved(alias: string, { lookup }: ResourceType, account: AccountView): readonly Gap[] {
  const { snapshot, own } = account;
  const isRefused = (snapshot.gaps ?? []).some(
    ({ operation, region }) =>
      operation === 'kms:ListAliases' && (!region || !alias.startsWith('arn:') || region === alias.split(':')[3]),
  );
  const areNamed = own.get('AWS::KMS::Key')?.some(({ item }) => item.Aliases !== undefined) ?? false;
  if (!snapshot.operations && areNamed && !isRefused && alias.startsWith('arn:') && !isOfAws(alias)) return [];
  const message = 'it is an alias: which key it stands for is not in the snapshot';
  return [{ ...(lookup && { operation: lookup.operation }), resource: alias, error: 'AliasNotResolved', message }];
}

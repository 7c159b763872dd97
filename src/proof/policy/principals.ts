import { formerCloudTrail } from '../../resource-types/aws-accounts.ts';
import { flipTruth, type Truth } from '../answer.ts';
import type { Principals } from './policy.ts';
import type { Caller } from './request.ts';
import { anyOf, truthOf } from './truth.ts';

/** Whether the Principal or NotPrincipal of a statement means who asks. */
export function isMeant(principals: Principals, caller: Caller): Truth {
  const named = isAmong(principals, caller);
  if (!principals.not) return named;
  // One in an account is also the account: whether leaving out the one alone is enough differs between services.
  const alone =
    caller.kind === 'account' && isAmong(principals, { kind: 'account', account: caller.account }) !== 'yes';
  return named === 'yes' && alone ? 'unknown' : flipTruth(named);
}

const isAmong = ({ everyone, byKind }: Principals, caller: Caller): Truth =>
  everyone ? 'yes' : anyOf([...byKind].map(([kind, names]) => isNamed(kind, names, caller)));

function isNamed(kind: string, names: readonly string[], caller: Caller): Truth {
  switch (kind) {
    case 'Service':
      return caller.kind === 'service' ? isService(names, caller.name) : 'no';
    case 'AWS':
      return anyOf(names.map((name) => isAccount(name, caller)));
    case 'Federated':
    case 'CanonicalUser':
      return caller.kind === 'account' ? 'unknown' : 'no';
    default:
      return 'unknown';
  }
}

/** Whether `*` means every service is not documented. */
function isService(names: readonly string[], name: string): Truth {
  if (names.includes(name)) return 'yes';
  return names.includes('*') ? 'unknown' : 'no';
}

function isAccount(name: string, caller: Caller): Truth {
  const account = /^\d{12}$/.test(name) ? name : (name.split(':')[4] ?? '');
  if (caller.kind === 'service') {
    return caller.name === 'cloudtrail.amazonaws.com' && formerCloudTrail.has(account) ? 'unknown' : 'no';
  }
  if (caller.kind !== 'account' || account !== caller.account) return 'no';
  if (name === account || name.endsWith(':root')) return 'yes';
  return caller.arn === undefined ? 'unknown' : truthOf(name === caller.arn || isSessionOf(caller.arn, name));
}

/** A session does not say the path of its role; the name of a role is unique in an account all the same. */
function isSessionOf(session: string, role: string): boolean {
  const name = /:assumed-role\/([^/]+)\//.exec(session)?.[1];
  return name !== undefined && /:role\//.test(role) && role.endsWith(`/${name}`);
}

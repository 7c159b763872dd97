import type { Caller } from './request.ts';

/** Who a principal is, as a policy or a rule writes it: an account is its root's ARN too, and `*` is anybody. */
export function callersOf(principal: string): readonly Caller[] {
  if (principal === '*') return [{ kind: 'anonymous' }, { kind: 'stranger' }];
  if (/^\d{12}$/.test(principal)) return [{ kind: 'account', account: principal }];
  const account = principal.split(':')[4];
  if (!account) return [{ kind: 'service', name: principal }];
  return [{ kind: 'account', account, ...(!principal.endsWith(':root') && { arn: principal }) }];
}

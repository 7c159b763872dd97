import { redactedGap, redactedValue } from '../../snapshot/redacted.ts';
import {
  type CriticalSelector,
  hasKnownOwner,
  isObject,
  type Reading,
  type ResourceView,
  read,
} from '../../snapshot/resource-view.ts';
import { matchesGlob } from '../glob.ts';
import { ownedByManagement } from '../organization-owner.ts';
import { type Fact, known, text } from './fact.ts';

/** What nobody could read has an owner and a region only where its ARN says so. */
const said = (view: ResourceView, value: string): Reading =>
  hasKnownOwner(view) ? known(value) : { is: 'gap', gaps: view.unread ?? [], from: undefined };

/** What every resource is, and whose: and what the config calls it. */
export const everyResourceFacts: Readonly<Record<string, Fact>> = {
  id: { says: 'Its ARN, where AWS has one.', node: text, answer: ({ id }) => known(id) },
  name: { says: 'What people call it by.', node: text, answer: ({ name }) => known(name) },
  region: {
    says: 'Where it lives; `global` for what lives in no region.',
    node: text,
    answer: (view) => said(view, view.region),
  },
  accountId: { says: 'The account that owns it.', node: text, answer: (view) => said(view, view.accountId) },
  partition: {
    says: 'aws, aws-us-gov or aws-cn.',
    node: text,
    answer: ({ account }) => known(account.account.partition),
  },
  ownedByThisAccount: {
    says: 'Whether the account that is judged owns it: a trail of the organization or a shared VPC belongs to another, and so does the organization itself in a member.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail', 'AWS::EC2::VPC', 'AWS::Organizations::Organization'],
    answer: ({ accountId, account }) => known(accountId === account.account.id),
  },
  ownedByManagementAccount: {
    says: 'Whether the management account of the organization that the judged account is in owns it.',
    node: { kind: 'flag' },
    of: ['AWS::CloudTrail::Trail'],
    answer: () => known(undefined),
    proof: ownedByManagement,
    needs: () => ({ 'AWS::Organizations::Organization': [] }),
  },
  critical: {
    says: 'Whether the config calls it critical, by name, ARN glob or tag.',
    node: { kind: 'flag' },
    of: ['AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table'],
    reads: 'tags',
    answer: (view) => calledCritical(view, view.account.critical),
  },
};

/** Whether selectors call a resource critical: by name, ARN glob or tag (design §7). Tags are read only if a tag may decide. */
export function calledCritical(view: ResourceView, selectors: readonly CriticalSelector[]): Reading {
  if (
    selectors.some(
      (selector) => typeof selector === 'string' && [view.name, view.id].some((it) => matchesGlob(selector, it)),
    )
  ) {
    return known(true);
  }
  const wanted = selectors.flatMap((selector) => (typeof selector === 'string' ? [] : Object.entries(selector.tag)));
  if (wanted.length === 0) return known(false);
  const tags = read(view, 'tags');
  if (tags.is === 'gap') return tags;
  const has = tags.is === 'value' && isObject(tags.value) ? tags.value : {};
  const asked = wanted.flatMap(([key, value]) => (Object.hasOwn(has, key) ? [{ found: has[key], value }] : []));
  const value = asked.some((tag) => tag.found === tag.value);
  if (!value && asked.some(({ found }) => found === redactedValue))
    return { is: 'gap', gaps: [redactedGap(view.id)], from: tags.from };
  return { is: 'value', value, from: tags.from };
}

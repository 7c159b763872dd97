import { listingGaps } from '../snapshot/gaps.ts';
import type { AccountView, ResourceView } from '../snapshot/resource-view.ts';
import { objectsIn, read, valueAt } from '../snapshot/resource-view.ts';
import type { Answer, Evidence } from './answer.ts';
import { undecided, unknown } from './leaf.ts';
import { type Policy, parsePolicy } from './policy/policy.ts';

/** A policy that a principal has, and where it stands. */
export interface OwnPolicy {
  readonly name: string;
  readonly policy: Policy;
  readonly evidence: Evidence;
}

/** Everything that says what a user, group or role may do. */
export interface Identity {
  readonly policies: readonly OwnPolicy[];
  /** What bounds it from above; undefined: nothing does. */
  readonly boundary: OwnPolicy | undefined;
  /** That these are all its policies. */
  readonly ground: readonly Evidence[];
  /** What nobody could read: it may allow or deny anything. */
  readonly open: readonly Answer[];
}

const inlineProperties: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RolePolicyList',
  'AWS::IAM::User': 'UserPolicyList',
  'AWS::IAM::Group': 'GroupPolicyList',
};

const groupType = 'AWS::IAM::Group';
const managedType = 'AWS::IAM::ManagedPolicy';

/** The policies of a principal: those written into it, those attached to it, those of a user's groups, its boundary. */
export function identityOf(view: ResourceView, prefix: string): Identity {
  const parts = [
    inlineOf(view, prefix),
    attachedTo(view, 'AttachedManagedPolicies', prefix),
    ...groupsOf(view, prefix),
  ];
  const bounds = boundaryOf(view, prefix);
  return {
    policies: parts.flatMap(({ policies }) => policies),
    boundary: bounds.policies[0],
    ground: [...parts, bounds].flatMap(({ ground }) => ground),
    open: [...parts, bounds].flatMap(({ open }) => open),
  };
}

/** All that was read: any of it might have allowed or denied it. */
export const everythingOf = ({ ground, policies, boundary }: Identity): readonly Evidence[] => [
  ...ground,
  ...[...policies, ...(boundary ? [boundary] : [])].map(({ evidence }) => evidence),
];

type Part = Omit<Identity, 'boundary'>;

const nothing: Part = { policies: [], ground: [], open: [] };

/** The values of a property of a principal, or why nobody knows them. */
function propertyOf(view: ResourceView, property: string, prefix: string) {
  const path = `${prefix}${property}`;
  const reading = read(view, property);
  const evidence: Evidence = { path, ...(reading.from && { from: reading.from }), resource: view.id };
  const gap = reading.is === 'gap' ? unknown(view, path, reading.gaps, reading.from) : undefined;
  return { value: reading.is === 'value' ? reading.value : undefined, evidence, gap };
}

function parsed(name: string, text: unknown, evidence: Evidence): Part {
  const policy = parsePolicy(typeof text === 'string' ? text : '', 'identity');
  if ('mistake' in policy)
    return { ...nothing, open: [undecided({ ...evidence, note: `${name}: ${policy.mistake}` })] };
  return { ...nothing, policies: [{ name, policy, evidence }] };
}

function joined(parts: readonly Part[], ground: readonly Evidence[]): Part {
  return {
    policies: parts.flatMap(({ policies }) => policies),
    ground: [...ground, ...parts.flatMap((part) => part.ground)],
    open: parts.flatMap(({ open }) => open),
  };
}

function inlineOf(view: ResourceView, prefix: string): Part {
  const { value, evidence, gap } = propertyOf(view, inlineProperties[view.type.name] ?? '', prefix);
  if (gap) return { ...nothing, open: [gap] };
  const parts = objectsIn(value).map(({ PolicyName, PolicyDocument }) =>
    parsed(String(PolicyName), PolicyDocument, evidence),
  );
  return joined(parts, [evidence]);
}

function attachedTo(view: ResourceView, property: string, prefix: string): Part {
  const { value, evidence, gap } = propertyOf(view, property, prefix);
  if (gap) return { ...nothing, open: [gap] };
  const parts = objectsIn(value).map(({ PolicyArn }) => managed(String(PolicyArn), view, prefix));
  return joined(parts, [evidence]);
}

function boundaryOf(view: ResourceView, prefix: string): Part {
  if (view.type.name === groupType) return nothing;
  const { value, evidence, gap } = propertyOf(view, 'PermissionsBoundary', prefix);
  if (gap) return { ...nothing, open: [gap] };
  const arn = valueAt(value, ['PermissionsBoundaryArn']);
  return joined(typeof arn === 'string' ? [managed(arn, view, prefix)] : [], [evidence]);
}

const why = (account: AccountView, typeName: string) => {
  const type = account.registry[typeName];
  return type ? listingGaps(type, account.registry, account.gaps) : [];
};

/** A managed policy by its ARN: what its default version says. */
function managed(arn: string, { account, id }: ResourceView, prefix: string): Part {
  const view = account.own.get(managedType)?.find((policy) => policy.id === arn);
  const path = `${prefix}${managedType}[${arn}].PolicyVersionList`;
  if (!view) {
    const gaps = why(account, managedType);
    const from = account.registry[managedType]?.list?.operation;
    const missing: Evidence = { path, ...(from && { from }), resource: arn, note: `what ${arn} says is not here` };
    const open = gaps.length > 0 ? { ...undecided(missing), ...gapsAs(gaps, path, id) } : undecided(missing);
    return { ...nothing, open: [open] };
  }
  const { value, evidence, gap } = propertyOf(view, 'PolicyVersionList', `${prefix}${managedType}[${arn}].`);
  if (gap) return { ...nothing, open: [gap] };
  const { item } = view;
  const version = objectsIn(value).find(
    ({ IsDefaultVersion, VersionId }) => IsDefaultVersion === true || VersionId === item.DefaultVersionId,
  );
  return parsed(view.name, version?.Document, evidence);
}

const gapsAs = (gaps: ReturnType<typeof why>, path: string, resource: string): Pick<Answer, 'evidence'> => ({
  evidence: gaps.map((gap) => ({ path, resource, gap })),
});

/** The policies of the groups that a user is in. */
function groupsOf(view: ResourceView, prefix: string): readonly Part[] {
  if (view.type.name !== 'AWS::IAM::User') return [];
  const { value, evidence, gap } = propertyOf(view, 'GroupList', prefix);
  if (gap) return [{ ...nothing, open: [gap] }];
  const names = Array.isArray(value) ? value.map(String) : [];
  const parts = names.flatMap((name): readonly Part[] => {
    const group = view.account.own.get(groupType)?.find((one) => one.name === name);
    const at = `${prefix}${groupType}[${group?.id ?? name}].`;
    if (group) return [inlineOf(group, at), attachedTo(group, 'AttachedManagedPolicies', at)];
    const gaps = why(view.account, groupType);
    const note = `group ${name} is not here`;
    return [
      {
        ...nothing,
        open: [gaps.length > 0 ? unknown(view, at, gaps) : undecided({ path: at, resource: view.id, note })],
      },
    ];
  });
  return [joined(parts, [evidence])];
}

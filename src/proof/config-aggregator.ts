import { listingGaps, uniqueGaps } from '../snapshot/gaps.ts';
import { unseen } from '../snapshot/members.ts';
import {
  type AccountView,
  isObject,
  objectsIn,
  type Reading,
  type ResourceView,
  read,
  saidBy,
} from '../snapshot/resource-view.ts';
import { type Answer, all, any } from './answer.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';

/** Who may aggregate for an organization: not the principal of organization rules, config-multiaccountsetup. */
const config = 'config.amazonaws.com';

/**
 * Whether a delegated administrator of AWS Config brings the configuration of the whole organization together, from
 * every region (aws-semantics §9.3). Its aggregators are looked for in its own snapshot, if the run has it.
 */
export function isAggregated(organization: ResourceView, prefix: string, { thorough }: Context): Answer {
  const { account } = organization;
  const path = `${prefix}delegatedAdministrators`;
  const members = account.byType.get('AWS::Organizations::Account') ?? [];
  const answers = members.map((member) => {
    const at = `${path}[${member.id}].`;
    const delegated = isDelegated(member, at);
    return delegated.truth === 'no' ? delegated : all([delegated, aggregatesAll(member, at)], 'no');
  });
  const type = account.registry['AWS::Organizations::Account'];
  const gaps = type ? unseen(type, account) : [];
  const listed = { path, actual: members.length, from: 'organizations:ListAccounts', resource: organization.id };
  const note = `no account is delegated administrator of ${config}`;
  const isAny = members.some((member) => isDelegated(member, '').truth === 'yes');
  const rest =
    gaps.length > 0 ? unknown(organization, path, gaps) : decided(false, isAny ? listed : { ...listed, note });
  return any([rest, ...answers], thorough);
}

const fromOf = ({ from }: Reading): { readonly from?: string } => (from === undefined ? {} : { from });

function isDelegated(member: ResourceView, prefix: string): Answer {
  const path = `${prefix}DelegatedServices`;
  const reading = read(member, 'DelegatedServices');
  if (reading.is === 'gap') return unknown(member, path, reading.gaps, reading.from);
  const principals = objectsIn(saidBy(reading)).map(({ ServicePrincipal }) => ServicePrincipal);
  return decided(principals.includes(config), {
    path,
    expected: config,
    actual: principals,
    ...fromOf(reading),
    resource: member.id,
  });
}

/** Whether an account has an aggregator of the organization, from all regions. */
function aggregatesAll(member: ResourceView, prefix: string): Answer {
  const path = `${prefix}aggregators`;
  const id = member.id.split('/').at(-1) ?? '';
  const account =
    id === member.account.account.id
      ? member.account
      : member.account.run?.accountOf(id, member.account.account.partition);
  if (!account) {
    const message = `it is account ${id}, which this run has not read`;
    return unknown(member, path, [{ resource: member.id, error: 'OtherAccount', message }]);
  }
  const aggregators = (account.byType.get('AWS::Config::ConfigurationAggregator') ?? []).map((aggregator) =>
    all([fromEveryRegion(aggregator, path), unfiltered(aggregator, path)], 'no'),
  );
  const gaps = aggregatorGaps(account);
  const rest =
    gaps.length > 0
      ? unknown(member, path, gaps, list)
      : decided(false, { path, actual: aggregators.length, from: list, resource: member.id });
  return any([...aggregators, rest], 'no');
}

const list = 'config:DescribeConfigurationAggregators';

const aggregatorGaps = ({ registry, gaps }: AccountView) => {
  const type = registry['AWS::Config::ConfigurationAggregator'];
  return type ? uniqueGaps(listingGaps(type, registry, gaps)) : [];
};

function fromEveryRegion(aggregator: ResourceView, prefix: string): Answer {
  const own = 'OrganizationAggregationSource';
  const path = `${prefix}[${aggregator.id}].${own}.AllAwsRegions`;
  const reading = read(aggregator, own);
  if (reading.is === 'gap') return unknown(aggregator, path, reading.gaps, reading.from);
  const source = saidBy(reading);
  const said = { path, expected: true, ...fromOf(reading), resource: aggregator.id };
  if (!isObject(source)) return decided(false, { ...said, note: 'it is no aggregator of the organization' });
  const actual = source.AllAwsRegions;
  return decided(actual === true, { ...said, actual }, [
    [{ resource: aggregator.id, path: `${own}.AllAwsRegions`, set: true }],
  ]);
}

/** Whether it takes all that is recorded: a filter names the types of resource, or the services, that it takes alone. */
function unfiltered(aggregator: ResourceView, prefix: string): Answer {
  const path = `${prefix}[${aggregator.id}].AggregatorFilters`;
  const reading = read(aggregator, 'AggregatorFilters');
  if (reading.is === 'gap') return unknown(aggregator, path, reading.gaps, reading.from);
  const said = { path, expected: { exists: false }, ...fromOf(reading), resource: aggregator.id };
  const filters = saidBy(reading);
  const types = isObject(filters) ? Object.values(filters).filter(isObject) : [];
  if (types.length === 0) return decided(true, said);
  return types.some(({ Type }) => Type === 'INCLUDE')
    ? decided(false, { ...said, actual: filters, note: 'it takes what its filters name alone' })
    : undecided({ ...said, actual: filters, note: 'what its filters let through is not known' });
}

import { describe, expect, test } from 'vitest';
import { isAggregated } from '../../src/proof/config-aggregator.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { viewTogether } from '../../src/snapshot/run.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { home, other, snapshotWith } from '../rules/judging.ts';
import { brief, resourceOf } from './viewing.ts';

const organization = { Arn: `arn:aws:organizations::${home}:organization/o-1`, Id: 'o-1', MasterAccountId: home };
const arnOf = (id: string): string => `arn:aws:organizations::${home}:account/o-1/${id}`;
const member = (id: string, ...services: readonly string[]) => ({
  Arn: arnOf(id),
  Id: id,
  DelegatedServices: services.map((ServicePrincipal) => ({ ServicePrincipal })),
});
const aggregatorArn = (id: string): string => `arn:aws:config:us-east-1:${id}:config-aggregator/config-aggregator-1`;
const aggregator = (id: string, AllAwsRegions = true) => ({
  ConfigurationAggregatorArn: aggregatorArn(id),
  ConfigurationAggregatorName: 'all',
  OrganizationAggregationSource: { AllAwsRegions },
});
const config = 'config.amazonaws.com';

const managing = (members: readonly object[], aggregators: readonly object[] = [], more: Partial<Snapshot> = {}) =>
  snapshotWith(
    {
      'AWS::Organizations::Organization': [organization],
      'AWS::Organizations::Account': members,
      'AWS::Config::ConfigurationAggregator': aggregators,
    },
    more,
  );
const asking = { now: undefined, thorough: 'no' } as const;

describe('whether an organization is aggregated (aws-semantics §9.3)', () => {
  const said = (snapshot: Snapshot) =>
    brief(isAggregated(resourceOf(snapshot, 'AWS::Organizations::Organization'), '', asking));
  const at = (id: string) => `delegatedAdministrators[${arnOf(id)}]`;

  test('by its delegated administrator', () => {
    expect(said(managing([member(home, config), member(other)], [aggregator(home)]))).toEqual([
      'yes',
      `${at(home)}.DelegatedServices: ["config.amazonaws.com"]`,
      `${at(home)}.aggregators[${aggregatorArn(home)}].OrganizationAggregationSource.AllAwsRegions: true`,
      `${at(home)}.aggregators[${aggregatorArn(home)}].AggregatorFilters: undefined`,
    ]);
  });

  test('not by listed regions, and what would mend it', () => {
    const view = resourceOf(
      managing([member(home, config)], [aggregator(home, false)]),
      'AWS::Organizations::Organization',
    );
    const answer = isAggregated(view, '', asking);
    expect(answer.truth).toBe('no');
    expect(answer.changes).toEqual([
      [{ resource: aggregatorArn(home), path: 'OrganizationAggregationSource.AllAwsRegions', set: true }],
    ]);
  });

  test('nobody administers it, and what shows that', () => {
    expect(said(managing([member(home, 'guardduty.amazonaws.com'), member(other)], [aggregator(home)]))).toEqual([
      'no',
      `delegatedAdministrators: no account is delegated administrator of ${config}`,
      `${at(home)}.DelegatedServices: ["guardduty.amazonaws.com"]`,
      `${at(other)}.DelegatedServices: []`,
    ]);
  });

  test('the administrator has none of the organization', () => {
    const own = { ...aggregator(home), OrganizationAggregationSource: undefined };
    expect(said(managing([member(home, config)], [own]))).toEqual([
      'no',
      'delegatedAdministrators: 1',
      `${at(home)}.aggregators[${aggregatorArn(home)}].OrganizationAggregationSource.AllAwsRegions: it is no aggregator of the organization`,
      `${at(home)}.aggregators: 1`,
    ]);
  });

  test('the administrator was not read', () => {
    expect(said(managing([member(home), member(other, config)], [aggregator(home)]))).toEqual([
      'unknown',
      `${at(other)}.aggregators: OtherAccount`,
    ]);
  });

  test('whom AWS does not name', () => {
    const denied = { operation: 'organizations:ListAccounts', error: 'AccessDenied' };
    expect(said(managing([], [aggregator(home)], { gaps: [denied] }))).toEqual([
      'unknown',
      'delegatedAdministrators: AccessDenied',
    ]);
    expect(said(managing([member(home, config)], [aggregator(home)], { gaps: [denied] }))[0]).toBe('yes');
  });

  test('what an account administers was refused', () => {
    const gaps = [
      { operation: 'organizations:ListDelegatedServicesForAccount', resource: arnOf(other), error: 'AccessDenied' },
    ];
    const silent = { ...member(other), DelegatedServices: undefined };
    expect(said(managing([member(home), silent], [], { gaps }))).toEqual([
      'unknown',
      `${at(other)}.DelegatedServices: AccessDenied`,
      `${at(other)}.aggregators: OtherAccount`,
    ]);
  });

  test('its aggregators could not be listed', () => {
    const gaps = [{ operation: 'config:DescribeConfigurationAggregators', region: 'us-east-1', error: 'AccessDenied' }];
    expect(said(managing([member(home, config)], [], { gaps }))).toEqual([
      'unknown',
      `${at(home)}.aggregators: AccessDenied`,
    ]);
    expect(said(managing([member(home, config)], [aggregator(home)], { gaps }))[0]).toBe('yes');
  });

  test('an administrator of another account of the run is asked there', () => {
    const theirs = (...aggregators: readonly object[]) =>
      snapshotWith(
        { 'AWS::Config::ConfigurationAggregator': aggregators },
        { account: { id: other, partition: 'aws' } },
      );
    const ask = (away: Snapshot) => {
      const [management] = viewTogether([managing([member(home), member(other, config)]), away], {
        registry: resourceTypes,
        critical: [],
      });
      const view = management?.byType.get('AWS::Organizations::Organization')?.[0];
      return view && isAggregated(view, '', asking).truth;
    };
    expect([ask(theirs(aggregator(other))), ask(theirs(aggregator(other, false))), ask(theirs())]).toEqual([
      'yes',
      'no',
      'no',
    ]);
  });
});

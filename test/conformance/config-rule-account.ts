import type { Members } from '../../src/collectors/call.ts';
import type { ConfigRuleCall, ConfigRuleCase } from './config-rule-case.ts';

/** What stands around the resources of a case, so that they are where our rules look. */
export type Around = (one: Placed) => readonly ConfigRuleCall[];

/** A case and where it happens. */
export interface Placed extends ConfigRuleCase {
  readonly region: string;
  /** `placed.arn('kms', 'key/1')` */
  readonly arn: (service: string, resource: string) => string;
}

/** Where the case happens: where its ARNs say, else where trails of global services are. */
export function placed(one: ConfigRuleCase): Placed {
  const { account, calls, parameters } = one;
  const [, region = 'us-east-1'] = /arn:aws:[a-z]+:([\w-]+):/.exec(JSON.stringify([calls, parameters])) ?? [];
  return { ...one, region, arn: (service, resource) => `arn:aws:${service}:${region}:${account}:${resource}` };
}

/**
 * The lines of a recording of the account that a case is about. Its calls are those of the case, each answer with the
 * identity that AWS never leaves out and that the tests, which look at names alone, do. The account has the region
 * where the rule runs, so no trail elsewhere, and no event data store, of which no such rule knows. Of a case
 * without calls nothing is recorded.
 */
export function recordingOf(one: Placed, around: Around): readonly string[] {
  if (one.calls.length === 0) return [];
  const own = one.calls.map((call) => withIdentity(one, call));
  const rest = [
    answered('ec2:DescribeRegions', { Regions: [{ RegionName: one.region, OptInStatus: 'opt-in-not-required' }] }),
    answered('cloudtrail:ListEventDataStores', { EventDataStores: [] }),
    ...around({ ...one, calls: own }),
  ];
  return [...own, ...rest].map((call) => JSON.stringify(call));
}

/** A call that is answered the same whoever it names, or whom `params` name. */
export function answered(name: string, response: Members, params: Members = {}): ConfigRuleCall {
  const [service = '', operation = ''] = name.split(':');
  return { service, operation, region: null, params, response };
}

/** What an operation answered, each time that it was asked. */
export const answersOf = ({ calls }: Pick<ConfigRuleCase, 'calls'>, operation: string): readonly ConfigRuleCall[] =>
  calls.filter((call) => call.operation === operation);

function withIdentity(one: Placed, call: ConfigRuleCall): ConfigRuleCall {
  const complete = identities[call.operation];
  return complete ? { ...call, ...complete(one, call) } : call;
}

type Complete = (one: Placed, call: ConfigRuleCall) => Partial<ConfigRuleCall>;

const identities: Readonly<Record<string, Complete>> = {
  // In the only region there is, those that others have made reach no further than those that it has.
  DescribeTrails: ({ region, arn }, { response }) => ({
    params: {},
    response: {
      trailList: (response.trailList as Members[]).map((trail) => ({
        HomeRegion: region,
        ...trail,
        // The tests tell trails apart by their names, and give some of them the ARN of another.
        TrailARN: arn('cloudtrail', `trail/${String(trail.Name)}`),
      })),
    },
  }),
  DescribeKey: ({ arn }, { params = {}, response }) => {
    const KeyId = String(params.KeyId);
    return {
      response: { KeyMetadata: { KeyId, Arn: arn('kms', `key/${KeyId}`), ...(response.KeyMetadata as Members) } },
    };
  },
  GetTopicAttributes: (_, { params = {}, response }) => ({
    response: { Attributes: { ...(response.Attributes as Members), TopicArn: params.TopicArn } },
  }),
};

// What a scan must ask of the account that `calls.e2e.ts` seeds, worked out from what is in it.

/** More of each kind than any API may be asked for in two seconds. */
export const many = 25;

/** What was seeded: in the account that every test has, besides it, and in great number. */
const seeded = {
  trails: many + ['main', 'stopped', 'orphan'].length,
  stores: 1,
  listedBuckets: many + ['audit', 'access', 'expiring', 'website'].length,
  /** Those that trails write to, and the one that takes the access logs of one of them. */
  namedBuckets: many + ['audit', 'access', 'expiring'].length,
  accessLogBuckets: 1,
  deletedBuckets: 1,
  keys: many + 1,
  logGroups: many + 1,
  recorders: 1,
};

/** How often each question of the recommended rules must be asked, by what it is about (aws-semantics §10.5). */
export function necessary(
  regions: number,
  namedBuckets = seeded.namedBuckets - seeded.accessLogBuckets,
): Readonly<Record<string, number>> {
  const { trails, stores, deletedBuckets, keys, logGroups } = seeded;
  return {
    // Of the account.
    GetCallerIdentity: 1,
    DescribeRegions: 1,
    // There is none, so nobody asks what is in it.
    DescribeOrganization: 1,
    "account's GetPublicAccessBlock": 1,
    ListBuckets: 1,
    // Of each Region: a shadow of a trail says that it works there.
    DescribeTrails: regions,
    ListEventDataStores: regions,
    ListChannels: regions,
    DescribeDestinations: regions,
    DescribeMetricFilters: regions,
    DescribeAlarms: regions,
    ListRules: regions,
    // The policies of the Region, and those of a log group alone.
    DescribeResourcePolicies: regions + logGroups,
    // Of each trail, in its home Region alone.
    GetTrailStatus: trails,
    GetEventSelectors: trails,
    GetInsightSelectors: trails,
    GetEventDataStore: stores,
    GetResourcePolicy: stores,
    // Of each bucket that something writes to.
    GetBucketPolicy: namedBuckets,
    GetBucketRequestPayment: namedBuckets,
    GetBucketPolicyStatus: namedBuckets,
    GetBucketAcl: namedBuckets,
    GetPublicAccessBlock: namedBuckets,
    GetBucketVersioning: namedBuckets,
    GetBucketLifecycleConfiguration: namedBuckets,
    GetBucketOwnershipControls: namedBuckets,
    HeadBucket: deletedBuckets,
    // Of each key and log group.
    DescribeKey: keys,
    GetKeyPolicy: keys,
    DescribeLogGroups: logGroups,
  };
}

/** The same of all built-in rules, which look at the bucket of access logs too. */
export function necessaryForEverything(regions: number): Readonly<Record<string, number>> {
  const { trails, stores, listedBuckets, namedBuckets, keys, logGroups, recorders } = seeded;
  return {
    ...necessary(regions, namedBuckets),
    // Users, groups, roles and policies.
    GetAccountAuthorizationDetails: 4,
    DescribeConfigurationRecorders: regions,
    DescribeConfigurationAggregators: regions,
    DescribeConfigRules: regions,
    ListEventBuses: regions,
    ListEndpoints: regions,
    ListFunctions: regions,
    ListTables: regions,
    GetDatabases: regions,
    ListDetectors: regions,
    DescribeHub: regions,
    // Each Region comes with a workgroup and a VPC.
    ListWorkGroups: regions,
    GetWorkGroup: regions,
    DescribeVpcs: regions,
    DescribeFlowLogs: regions,
    // One operation for trails and event data stores.
    ListTags: trails + stores,
    // Of each bucket: any may send its access logs to one that has to be looked at.
    GetBucketLogging: listedBuckets,
    GetBucketEncryption: namedBuckets,
    GetObjectLockConfiguration: namedBuckets,
    GetBucketReplication: namedBuckets,
    GetBucketNotificationConfiguration: namedBuckets,
    GetKeyRotationStatus: keys,
    DescribeSubscriptionFilters: logGroups,
    DescribeConfigurationRecorderStatus: recorders,
    DescribeDeliveryChannels: recorders,
    DescribeDeliveryChannelStatus: recorders,
    DescribeRetentionConfigurations: recorders,
  };
}

/** The sum of the table in aws-semantics §10.5, with what its steps cost at most. */
export function upperBound(regions: number): number {
  const { trails, stores, listedBuckets, namedBuckets, keys, logGroups } = seeded;
  const account = 4 + 1;
  const ofTrails = regions + 4 * trails;
  const ofStores = regions + 2 * stores;
  const ofBuckets = 13 * namedBuckets + listedBuckets;
  return account + ofTrails + ofStores + ofBuckets + 3 * keys + 3 * logGroups + 4 * regions;
}

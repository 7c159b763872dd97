const leaders: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
};

/** The region where a partition's global services live and are recorded; undefined for a partition nobody knows yet. */
export const leaderRegion = (partition: string): string | undefined =>
  Object.hasOwn(leaders, partition) ? leaders[partition] : undefined;

/**
 * Where the events of a global service are recorded. In China those of Organizations are not where those of IAM are
 * (aws-semantics §10.3).
 */
export const globalServiceRegion = (eventSource: string, partition: string): string | undefined =>
  partition === 'aws-cn' && eventSource === 'organizations.amazonaws.com' ? 'cn-northwest-1' : leaderRegion(partition);

/** The region that answers for a whole account of a partition (aws-semantics §10.3); a partition nobody knows yet: aws's. */
export const endpointRegion = (partition: string): string => leaderRegion(partition) ?? 'us-east-1';

/** The regions of partition aws that are there for every account: all that came later are opted in to (aws-semantics §1.3). */
const alwaysOn: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/** Whether an account may be without a region; in the other partitions none may. */
export const isOptIn = (region: string, partition: string): boolean =>
  partition === 'aws' && !alwaysOn.includes(region);

/** The regions of partition aws that AWS Config came to after those that are always on, and before February 2022. */
const withConfigBefore2022: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-southeast-3',
  'eu-south-1',
  'me-south-1',
];

/**
 * Whether AWS Config can record users, groups, roles and policies of IAM in a region: only where it was before February
 * 2022, whatever a recorder is set to (select-resources in its developer guide). Undefined: nobody says.
 */
export function canRecordIam(region: string, partition: string): boolean | undefined {
  if (partition === 'aws') return !isOptIn(region, partition) || withConfigBefore2022.includes(region);
  return partition === 'aws-cn' || partition === 'aws-us-gov' ? true : undefined;
}

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

/** The region that answers for a whole account of a partition (aws-semantics §10.3); a partition nobody knows yet: aws's. */
export const endpointRegion = (partition: string): string => leaderRegion(partition) ?? 'us-east-1';

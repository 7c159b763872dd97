/**
 * What BatchImportFindings takes (API_AwsSecurityFinding in the API reference of Security Hub; the sizes in
 * guidelines-batchimportfindings of its partner guide). Of texts the characters.
 */
export const asffLimits = {
  title: 256,
  description: 1024,
  note: 512,
  recommendation: 512,
  generatorId: 512,
  requirements: 32,
  requirement: 64,
  productField: 2048,
  region: 16,
  /** Ours: AWS names none, but a finding may only be so large. */
  resourceId: 2048,
  findingBytes: 240_000,
  /** In one call. */
  findings: 100,
  bytes: 6_000_000,
} as const;

import type { Status } from '../../src/evaluation/finding.ts';

/** A case of which we say something else than the rule that it was written for. */
export interface Difference {
  readonly ours: Status;
  readonly theirs: string;
  readonly why: string;
  /** What AWS says about it. */
  readonly page: string;
}

type Reason = Pick<Difference, 'why' | 'page'>;

const docs = 'https://docs.aws.amazon.com';

/** A case without calls: nothing that we ask is answered. */
const parameterRefused: Reason = {
  why: 'The rule refuses a parameter of its own before it asks anything, and what was never asked is unknown.',
  page: `${docs}/config/latest/APIReference/API_PutConfigRule.html`,
};

const roleRefused: Reason = {
  why: 'The role could not be assumed, so nothing was read: that is a gap of the account and no verdict.',
  page: `${docs}/STS/latest/APIReference/API_AssumeRole.html`,
};

const isItLogging: Reason = {
  why: 'The rule looks at selectors alone; a trail that is stopped records nothing, and nobody asked whether these are.',
  page: `${docs}/awscloudtrail/latest/APIReference/API_GetTrailStatus.html`,
};

const doesTheKeyWork: Reason = {
  why: 'The rule looks at the name of the key alone; while the key is disabled the group is of no use, and nobody asked.',
  page: `${docs}/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html`,
};

const whoseKeyIsIt: Reason = {
  why: "The rule looks at the name of the key alone; AWS's own key, by which CloudWatch cannot publish, has such an ARN too, and nobody asked.",
  page: `${docs}/sns/latest/dg/sns-key-management.html`,
};

const refused = { ours: 'unknown', theirs: 'error', ...parameterRefused } as const;
const seven = ['', ' #2', ' #3', ' #4', ' #5', ' #6', ' #7'];

/** Every case that differs, by its name, in the order of the cases. */
export const differences: Readonly<Record<string, Difference>> = {
  ...Object.fromEntries(
    seven.map((nth) => [`CLOUDTRAIL_ENABLED_V2/test_scenario01_param_not_valid${nth}`, refused] as const),
  ),
  'CLOUDTRAIL_ENABLED_V2/test_scenario02_no_trail': {
    ours: 'fail',
    theirs: 'not-applicable',
    why: 'An account without a trail is what the control is about; the managed rule of AWS finds it NON_COMPLIANT too.',
    page: `${docs}/config/latest/developerguide/cloudtrail-enabled.html`,
  },
  'CLOUDTRAIL_ENABLED_V2/test_scenario06_encryption': {
    ours: 'unknown',
    theirs: 'fail',
    why: 'No rule of ours demands one certain key; that the key is no AWS managed one, which ours does demand, nobody asked.',
    page: `${docs}/kms/latest/APIReference/API_DescribeKey.html`,
  },
  'CLOUDTRAIL_ENABLED_V2/test_scenario15_all': {
    ours: 'unknown',
    theirs: 'pass',
    why: 'No error is no proof of delivery: the status names no LatestDeliveryTime, and the key was never described.',
    page: `${docs}/awscloudtrail/latest/APIReference/API_GetTrailStatus.html`,
  },
  'CLOUDTRAIL_ENABLED_V2/test_sts_access_denied': { ours: 'unknown', theirs: 'error', ...roleRefused },
  'CLOUDTRAIL_ENABLED_V2/test_sts_unknown_error': { ours: 'unknown', theirs: 'error', ...roleRefused },
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED/test_invalid_rule_parameter_value': refused,
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED/test_no_trail': {
    ours: 'fail',
    theirs: 'not-applicable',
    why: 'Without a trail or event data store nobody records the objects; the managed rule of AWS is NON_COMPLIANT then too.',
    page: `${docs}/config/latest/developerguide/cloudtrail-s3-dataevents-enabled.html`,
  },
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED/test_trails_default_check': { ours: 'unknown', theirs: 'pass', ...isItLogging },
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED/test_trails_s3_custom_check_c': { ours: 'unknown', theirs: 'pass', ...isItLogging },
  'CLOUDWATCH_LOG_GROUP_ENCRYPTED/test_invalid_parameter_value': refused,
  'CLOUDWATCH_LOG_GROUP_ENCRYPTED/test_loggroup_encrypted_matching_key': {
    ours: 'unknown',
    theirs: 'pass',
    ...doesTheKeyWork,
  },
  'CLOUDWATCH_LOG_GROUP_ENCRYPTED/test_loggroup_encrypted_no_matching_key': {
    ours: 'unknown',
    theirs: 'fail',
    why: 'No rule of ours demands one certain key, and whether the key that the group has works nobody asked.',
    page: `${docs}/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html`,
  },
  'CLOUDWATCH_LOG_GROUP_ENCRYPTED/test_loggroup_encrypted_no_parameter': {
    ours: 'unknown',
    theirs: 'pass',
    ...doesTheKeyWork,
  },
  'SNS_ENCRYPTED_TOPIC_CHECK/test_scenario_4_compliant_resources_without_key': {
    ours: 'unknown',
    theirs: 'pass',
    ...whoseKeyIsIt,
  },
  'SNS_ENCRYPTED_TOPIC_CHECK/test_scenario_6_compliant_resources_with_key': {
    ours: 'unknown',
    theirs: 'pass',
    ...whoseKeyIsIt,
  },
  'SNS_ENCRYPTED_TOPIC_CHECK/test_scenario_1_error': refused,
  'SNS_ENCRYPTED_TOPIC_CHECK/test_scenario_5_non_compliant_resources_with_key': {
    ours: 'unknown',
    theirs: 'fail',
    why: 'No rule of ours demands one certain key; that the key is no AWS managed one, which ours does demand, nobody asked.',
    page: `${docs}/sns/latest/dg/sns-key-management.html`,
  },
  'KMS_KEYS_TO_NOT_DELETE/test_scenario_1_invalid_param': refused,
  'SNS_TOPIC_EMAIL_SUB_IN_DOMAINS/test_scenario1': refused,
  'SNS_TOPIC_EMAIL_SUB_IN_DOMAINS/test_scenario3': refused,
};

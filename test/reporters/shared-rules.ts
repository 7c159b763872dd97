import type { ReportRule } from '../../src/reporters/report.ts';
import { hostile } from './hostile.ts';

const cis = 'cis-aws-foundations-3.0.0';

export const rules: readonly ReportRule[] = [
  {
    id: 'trail-is-logging',
    title: 'The trail is logging',
    severity: 'critical',
    resource: 'AWS::CloudTrail::Trail',
    why: 'A trail that is stopped records nothing.',
    controls: { [cis]: ['3.1'], 'aws-fsbp': ['CloudTrail.1'] },
    references: [
      {
        title: 'StartLogging',
        url: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html',
      },
    ],
    actions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
    remediation: { cli: 'aws cloudtrail start-logging --name {TrailARN}' },
  },
  {
    id: 'trail-log-file-validation-enabled',
    title: 'Log file validation is on',
    severity: 'medium',
    resource: 'AWS::CloudTrail::Trail',
    why: 'Without digest files nobody can show that a log was not altered.',
    controls: { [cis]: Array.from({ length: 12 }, (_, index) => `3.${index + 1}`) },
    references: [{ title: 'not an address', url: 'javascript:alert(1)' }],
    actions: ['cloudtrail:DescribeTrails'],
    remediation: { terraform: 'enable_log_file_validation = true' },
  },
  {
    id: 'log-bucket-retention-minimum',
    title: 'Logs are kept long enough',
    severity: 'high',
    resource: 'AWS::S3::Bucket',
    why: 'Most intrusions are noticed after months.',
    controls: {},
    actions: ['s3:GetLifecycleConfiguration'],
  },
  {
    id: 'log-group-name-is-hostile',
    title: `Hostile ${hostile.html} ${hostile.pipe} ${hostile.link}`,
    severity: 'low',
    resource: 'AWS::Logs::LogGroup',
    why: hostile.long,
    controls: { [hostile.pipe]: [hostile.html] },
    actions: [],
    remediation: { text: hostile.link, cli: hostile.code },
  },
  {
    id: 'account-has-organization-trail',
    title: 'An organization trail exists',
    severity: 'info',
    resource: 'AWS::Account',
    why: '',
    controls: {},
    actions: [],
  },
];

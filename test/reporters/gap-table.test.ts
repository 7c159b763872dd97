import { expect, test } from 'vitest';
import { missingRows } from '../../src/reporters/gap-table.ts';
import type { ReportGap } from '../../src/reporters/report.ts';

const denied = (account: string, region: string): ReportGap => ({
  account,
  region,
  operation: 's3:GetBucketLifecycleConfiguration',
  action: 's3:GetLifecycleConfiguration',
  error: 'AccessDenied',
});
const [here, there] = ['111122223333', '444455556666'];

test.each<[string, readonly ReportGap[], ReturnType<typeof missingRows>]>([
  ['nothing is missing', [], []],
  [
    'an action in one region, named as IAM names it',
    [denied(here, 'us-east-1'), denied(here, 'us-east-1')],
    [
      {
        what: 's3:GetLifecycleConfiguration',
        why: 'AccessDenied',
        count: 2,
        where: 'us-east-1 of account 111122223333',
      },
    ],
  ],
  [
    'the same action in several accounts and regions',
    [denied(there, 'eu-west-1'), denied(here, 'us-east-1')],
    [
      {
        what: 's3:GetLifecycleConfiguration',
        why: 'AccessDenied',
        count: 2,
        where: 'eu-west-1, us-east-1 of 2 accounts',
      },
    ],
  ],
  [
    'more regions than anybody reads',
    ['a', 'b', 'c', 'd'].map((region) => denied(here, region)),
    [
      {
        what: 's3:GetLifecycleConfiguration',
        why: 'AccessDenied',
        count: 4,
        where: '4 regions of account 111122223333',
      },
    ],
  ],
  [
    'one action for two reasons, the more frequent first',
    [{ ...denied(here, 'a'), error: 'TimedOut' }, denied(here, 'a'), denied(here, 'b')],
    [
      { what: 's3:GetLifecycleConfiguration', why: 'AccessDenied', count: 2, where: 'a, b of account 111122223333' },
      { what: 's3:GetLifecycleConfiguration', why: 'TimedOut', count: 1, where: 'a of account 111122223333' },
    ],
  ],
  [
    'a region that was not read, a role that was not taken, an account of which nothing is known',
    [
      { account: here, region: 'ap-east-1', error: 'NotScanned' },
      { account: there, operation: 'sts:AssumeRole', error: 'AccessDenied' },
      { account: there, error: 'NotScanned' },
    ],
    [
      { what: 'a whole account', why: 'NotScanned', count: 1, where: 'account 444455556666' },
      { what: 'a whole region', why: 'NotScanned', count: 1, where: 'ap-east-1 of account 111122223333' },
      { what: 'sts:AssumeRole', why: 'AccessDenied', count: 1, where: 'account 444455556666' },
    ],
  ],
])('%s', (_, gaps, rows) => {
  expect(missingRows({ gaps })).toEqual(rows);
});
